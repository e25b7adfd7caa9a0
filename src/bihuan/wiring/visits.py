"""What a leader's visit causes: hazards, and pairings that are met."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from bihuan.capabilities.dispatch.meetings.hooks import findings_become, when_recorded
from bihuan.capabilities.dispatch.meetings.lines import Found
from bihuan.capabilities.dispatch.meetings.models import Visit
from bihuan.capabilities.dispatch.meetings.states import VisitKind
from bihuan.capabilities.hazards.inputs import Finding
from bihuan.capabilities.hazards.states import Source
from bihuan.capabilities.responsibility.naming.pairing import unvisited, visited
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.registry import after
from bihuan.kernel.people.actors import Actor


def connect() -> None:
    """Findings become hazards; a visit meets the pairing that asked for it, and a voided one no longer does."""
    findings_become(hazards_of_visit)
    when_recorded(pairings_met)
    after("visit", "void", pairings_missed)


def hazards_of_visit(visit: Visit, found: Sequence[Found], actor: Actor) -> Sequence[str]:
    """What a leader's visit found is reported as hazards that carry its number, all of them or none (M045, M101).

    Found by 带队排查 its source is 领导带队, by 督导检查 it is 督查: the two stay two counters among hazards as well.
    """
    led = visit.kind == VisitKind.LED_INSPECTION
    source = Source.LEADER_LED if led else Source.SUPERVISION_VISIT
    given = [
        Finding(
            object=one.object, place=one.place, description=one.description, source=source.value, grade=one.grade,
            criterion=one.criterion, found_on=visit.visited_on,
        )
        for one in found
    ]  # fmt: skip
    opened = engine.open_many(
        "hazard", "report", given, actor=actor, columns=[{"origin": visit.no}] * len(given)
    )
    return [one.no for one in opened]


def pairings_met(visit: Visit, actor: Actor) -> None:
    """A leader's visit to an enterprise paired with that leader is the visit the pairing asks for (M016, M045)."""
    for object in visit.visited:
        visited(UUID(object), visit.visited_on, visit.uid, actor, post=visit.leader_post)


def pairings_missed(visit: Visit, given: Any, context: Any) -> None:
    """A voided visit met nothing: what it met is due again, unless another visit of the period was made (M016)."""
    for object, period in unvisited(visit.uid, context.actor):
        others = Visit.objects.filter(
            voided=False, leader_post=visit.leader_post, visited__contains=[str(object)],
            visited_on__range=(period.first, period.last),
        )  # fmt: skip
        for other in others.exclude(uid=visit.uid).order_by("visited_on", "uid"):
            visited(object, other.visited_on, other.uid, context.actor, post=other.leader_post)
