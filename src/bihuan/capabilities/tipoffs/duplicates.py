"""Which other items may tell of the same thing: a hint for whoever admits, never a decision (M242).

Alike is what is about the same object, lies within some metres, or uses much the same words in the same town, within some
months. The words are compared as the pairs of characters by which the search finds them; who reported is never compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q

from bihuan.capabilities.tipoffs import positions
from bihuan.capabilities.tipoffs.models import Item
from bihuan.capabilities.tipoffs.states import ItemState
from bihuan.kernel import clock
from bihuan.kernel.policies import values as policies
from bihuan.kernel.search import GAP, pairs_literal

ALIKE = 0.35
"""So large a share of the pairs of two texts in common reads as the same story."""
LOOKED_AT, SHOWN = 400, 8


@dataclass(frozen=True, slots=True)
class Hint:
    """An item like this one, and in what it is like it."""

    item: Any
    reasons: tuple[str, ...]
    score: float


def hints(item: Any) -> Sequence[Hint]:
    """The likeliest of the items received about the same time; one statement over an index."""
    rules = policies.values(["tipoff.near_metres", "tipoff.duplicate_days"], clock.today())
    reach, days = (int(rules[key].value) for key in ("tipoff.near_metres", "tipoff.duplicate_days"))
    since, until = item.received_on - timedelta(days=days), item.received_on + timedelta(days=days)
    near = _in_the_same_town(item.region_path)
    if item.subject_id is not None:
        near |= Q(subject=item.subject_id)
    if item.lon_e6 is not None:
        west, east, south, north = positions.around((item.lon_e6, item.lat_e6), reach)
        near |= Q(lon_e6__range=(west, east), lat_e6__range=(south, north))
    rows = Item.objects.filter(near, received_on__range=(since, until)).exclude(pk=item.pk)
    rows = rows.exclude(state__in=[ItemState.MERGED.value, ItemState.REVOKED.value]).order_by(
        "-received_on", "-uid"
    )[:LOOKED_AT]
    own = Told.of(item)
    found = [hint for other in rows if (hint := _hint(item, other, own, reach)) is not None]
    return sorted(found, key=lambda hint: hint.score, reverse=True)[:SHOWN]


def _in_the_same_town(path: str) -> Q:
    """One names the village, another the town, a third says nothing: what may lie in the same town is compared."""
    steps = path.rstrip(".").split(".")
    return Q(region_path__startswith=".".join(steps[:2]) + ".") | Q(region_path=f"{steps[0]}.")


@dataclass(frozen=True, slots=True)
class Told:
    """An item's story and its place as pairs of characters, each by itself: the same street is not the same story."""

    words: frozenset[int]
    place: frozenset[int]

    @classmethod
    def of(cls, item: Any) -> Told:
        return cls(pairs(item.words), pairs(item.place))


def _hint(item: Any, other: Any, own: Told, reach: int) -> Hint | None:
    reasons, score = [], 0.0
    if item.subject_id is not None and item.subject_id == other.subject_id:
        reasons.append("反映同一单位")
        score += 1
    if item.lon_e6 is not None and other.lon_e6 is not None:
        apart = positions.metres((item.lon_e6, item.lat_e6), (other.lon_e6, other.lat_e6))
        if apart <= reach:
            reasons.append(f"相距 {apart:.0f} 米")
            score += 1
    theirs = Told.of(other)
    if own.place and own.place == theirs.place:
        reasons.append("地点写法相同")
        score += 0.5
    alike = likeness(own.words, theirs.words)
    if alike >= ALIKE:
        reasons.append(f"内容相近（{alike:.0%}）")
        score += alike
    return Hint(other, tuple(reasons), score) if reasons else None


def pairs(text: str) -> frozenset[int]:
    """The pairs of neighbouring characters of a text, as the search keeps them."""
    return frozenset(
        code for one in pairs_literal(text).strip("{}").split(",") if one and (code := int(one)) != GAP
    )


def likeness(one: frozenset[int], other: frozenset[int]) -> float:
    """The share of the pairs of the shorter text that the other has too; 0 where one of them says too little to tell."""
    shorter = min(len(one), len(other))
    return len(one & other) / shorter if shorter >= 6 else 0.0
