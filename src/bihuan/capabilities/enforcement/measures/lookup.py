"""What a measure is bound to, found by number through the doors of whoever asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from bihuan.capabilities.enforcement.measures.models import Measure
from bihuan.capabilities.enforcement.measures.states import STANDING
from bihuan.kernel.loops.registry import Running, all_running
from bihuan.kernel.people.actors import Actor
from bihuan.registers.models import Place

CROWDED = frozenset(
    {
        "mall",
        "amusement",
        "netbar",
        "hotel",
        "hospital",
        "school",
        "care",
        "lunch",
        "station",
        "sight",
        "worship",
        "rides",
    }
)
"""Sorts of places in which many people gather (人员密集场所)."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A matter of another loop: enough to bind to it and to judge it."""

    uid: UUID
    no: str
    loop: str
    object: UUID | None
    state: str
    grade: str
    open: bool


def matter_of(no: str, actor: Actor, *loops: str) -> Bound | None:
    """The matter with this number, of one of ``loops`` if any are named, as far as the actor may see it."""
    service = _service(no.partition("-")[2][:1], loops)
    found: Any = service.visible(actor).filter(no=no).first() if service else None
    if service is None or found is None:
        return None
    state = service.loop.state(found.state)
    return Bound(
        found.uid, found.no, service.loop.name, found.object_id, found.state, getattr(found, "grade", ""),
        state in service.loop.open_states,
    )  # fmt: skip


def _service(letter: str, loops: Sequence[str]) -> Running | None:
    fitting = (one for one in all_running() if one.loop.letter == letter)
    return next((one for one in fitting if not loops or one.loop.name in loops), None)


def in_force(object_uid: UUID | None) -> QuerySet[Measure]:
    """The measures in force on an object now."""
    standing = [state.value for state in STANDING]
    return Measure.objects.filter(object=object_uid, state__in=standing).order_by("since", "no")


def is_crowded(object_uid: UUID | None) -> bool:
    """Whether the object is a place in which many people gather."""
    return Place.objects.filter(object=object_uid, sort__in=CROWDED).exists()
