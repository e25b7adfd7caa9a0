"""屡整屡犯、反复发生: the same kind of hazard at the same place of the same object within the window (M096).

Object, kind and place of a hazard are one number, its spot, so that the former hazard there is found by one look into
an index, for one finding as for a thousand rows of a ledger. Where a repeat raises the penalty nobody may be taken for
a repeater by mistake: where the kind cannot be told or no place is given, only the same words are the same spot.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import blake2b
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from bihuan.capabilities.hazards.categories import Category, place_key
from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel.policies import values as policies

CHAIN_SHOWN = 10


def spot_of(hazard: Any) -> int:
    """The number of the place in the object where one kind of hazard is found: 63 bits, the same on every machine."""
    place = place_key(hazard.place)
    unsure = not place or hazard.category in ("", Category.OTHER)
    words = "".join(hazard.description.split()) if unsure else ""
    said = f"{hazard.object_id.hex}/{hazard.category}/{place}/{words}"
    return int.from_bytes(blake2b(said.encode(), digest_size=8).digest()) >> 1


@dataclass(slots=True)
class _Found:
    """One hazard at a spot. ``change`` is set for those just being opened."""

    found_on: date
    uid: UUID
    no: str
    recurrence: int
    change: Any = None

    @property
    def turn(self) -> tuple[date, UUID]:
        return self.found_on, self.uid


def remember(changes: Sequence[Any], context: Any) -> None:
    """Tell each new hazard which one it repeats, of those already there and of those that come with it.

    A hazard found before others that are known already (a ledger that comes late) moves their chain: that is counted
    anew once all are written.
    """
    window = _window(context.day)
    new: dict[int, list[_Found]] = defaultdict(list)
    for change in changes:
        matter = change.matter
        new[matter.spot].append(_Found(matter.found_on, matter.uid, matter.no, 0, change))
    since = min(change.matter.found_on for change in changes) - window
    latest = _latest(new, since, alone=len(changes) == 1)
    late = [spot for spot, former in latest.items() if any(former.turn > one.turn for one in new[spot])]
    known = _all(late, since) if late else {}
    for spot, found in new.items():
        if len(found) > 1 or spot in latest:
            former = known[spot] if spot in known else [latest[spot]] if spot in latest else []
            _link(sorted([*former, *found], key=lambda one: one.turn), window)
    if late:
        context.afterwards.append(lambda: recount(late, context.day))


def _window(day: date) -> timedelta:
    return timedelta(days=int(policies.recent("hazard.recurrence_window_days", on=day).value))


def _link(found: Sequence[_Found], window: timedelta) -> None:
    former: _Found | None = None
    for one in found:
        if one.change is not None and former is not None and one.found_on - former.found_on <= window:
            matter = one.change.matter
            matter.recurs_id = former.uid
            matter.recurrence = one.recurrence = former.recurrence + 1
            one.change.payload["recurs"] = former.no
        former = one


_LOCK = "SELECT pg_advisory_xact_lock(%s); "
_LATEST = """
SELECT asked.spot, h.found_on, h.uid, h.no, h.recurrence FROM unnest(%s::bigint[]) AS asked(spot) CROSS JOIN LATERAL (
  SELECT found_on, uid, no, recurrence FROM hazards_hazard
   WHERE spot = asked.spot AND NOT voided AND found_on >= %s ORDER BY found_on DESC, uid DESC LIMIT 1) AS h
"""


def _latest(spots: Iterable[int], since: date, *, alone: bool) -> dict[int, _Found]:
    """The latest hazard at each spot, by one statement.

    Two who report the same spot at one moment wait for each other, so that the second knows of the first. A ledger waits
    for nobody: it would hold a thousand spots until its last row is read.
    """
    asked = list(spots)
    with connection.cursor() as cursor:
        if alone:
            cursor.execute(_LOCK + _LATEST, [asked[0], asked, since])
            cursor.nextset()
        else:
            cursor.execute(_LATEST, [asked, since])
        return {spot: _Found(*row) for spot, *row in cursor.fetchall()}


def _all(spots: Sequence[int], since: date) -> Mapping[int, list[_Found]]:
    rows = Hazard.objects.filter(spot__in=spots, voided=False, found_on__gte=since)
    found: dict[int, list[_Found]] = defaultdict(list)
    for spot, found_on, uid, no, times in rows.values_list("spot", "found_on", "uid", "no", "recurrence"):
        if spot is not None:
            found[spot].append(_Found(found_on, uid, no, times))
    return found


_RECOUNT = """
WITH story AS (
  SELECT spot, uid, found_on, lag(uid) OVER turn AS former,
         COALESCE(found_on - lag(found_on) OVER turn > %(days)s, true) AS begins
    FROM hazards_hazard WHERE spot = ANY(%(spots)s) AND NOT voided WINDOW turn AS (PARTITION BY spot ORDER BY found_on, uid)
), runs AS (
  SELECT *, SUM(begins::int) OVER (PARTITION BY spot ORDER BY found_on, uid) AS run FROM story
), told AS (
  SELECT uid, CASE WHEN NOT begins THEN former END AS recurs,
         LEAST(row_number() OVER (PARTITION BY spot, run ORDER BY found_on, uid) - 1, 32767) AS nth FROM runs
)
UPDATE hazards_hazard AS h SET recurs_id = told.recurs, recurrence = told.nth FROM told
 WHERE h.uid = told.uid AND (h.recurs_id, h.recurrence) IS DISTINCT FROM (told.recurs, told.nth)
"""


def recount(spots: Iterable[int | None], day: date) -> None:
    """Link the hazards of ``spots`` anew in the order they were found, after one came between, left or was voided."""
    asked = [spot for spot in {*spots} if spot is not None]
    if not asked:
        return
    with connection.cursor() as cursor:
        cursor.execute(_RECOUNT, {"spots": asked, "days": _window(day).days})


def place(spots: Mapping[UUID, int], day: date) -> None:
    """Write the spots of hazards and link them to what they repeat."""
    if not spots:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE hazards_hazard AS h SET spot = told.spot"
            " FROM unnest(%s::uuid[], %s::bigint[]) AS told(uid, spot) WHERE h.uid = told.uid",
            [list(spots), list(spots.values())],
        )
    recount(spots.values(), day)


_CHAIN = f"""
WITH RECURSIVE chain AS (
  SELECT recurs_id, 0 AS back FROM hazards_hazard WHERE uid = %s
  UNION ALL
  SELECT h.recurs_id, back + 1 FROM chain JOIN hazards_hazard h ON h.uid = chain.recurs_id WHERE back < {CHAIN_SHOWN}
) SELECT recurs_id FROM chain WHERE recurs_id IS NOT NULL
"""  # noqa: S608 - a number of our own


def chain_of(hazard: Hazard, visible: QuerySet[Hazard]) -> list[Hazard]:
    """The hazards that ``hazard`` repeats, the latest first, of those the reader may see."""
    former = visible.filter(pk__in=RawSQL(_CHAIN, [hazard.pk]))  # noqa: S611 - the only value is a parameter
    return sorted(former[:CHAIN_SHOWN], key=lambda one: (one.found_on, one.uid), reverse=True)
