"""What plans and rounds of inspection are told by hazards and key periods, and what they cause."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from bihuan.capabilities.dispatch.windows.lookup import kinds, windows_between
from bihuan.capabilities.hazards.inputs import Finding
from bihuan.capabilities.hazards.states import Source
from bihuan.capabilities.hazards.weighing import weigh
from bihuan.capabilities.inspections.planning import risk
from bihuan.capabilities.inspections.planning.models import Round
from bihuan.capabilities.inspections.planning.rounds import hooks
from bihuan.kernel import clock
from bihuan.kernel.loops import engine
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import ENTERPRISE_ROLES, Role


def connect() -> None:
    """Plans weigh what hazards say; rounds report what they find; packs know the key periods (M110, M113, M121)."""

    def windows(first: date, last: date) -> Sequence[hooks.Window]:
        return [
            hooks.Window(one.no, one.kind, one.name, one.first_day, one.last_day)
            for one in windows_between(first, last)
        ]

    risk.weigh_by(weigh)
    hooks.findings_become(hazard_of_round)
    hooks.windows_from(windows, kinds)


def hazard_of_round(round: Round, given: Any, actor: Actor) -> str:
    """What a section of a round shows is reported at once as a hazard that carries the round's number (M113)."""
    source = Source.ROUTINE
    if actor.roles & ENTERPRISE_ROLES:
        source = Source.SELF_CHECK
    elif actor.holds(Role.GRID):
        source = Source.GRID
    found = Finding(
        object=round.object_id, place=given.place or given.section, description=given.note, source=source.value,
        grade="major" if given.major else "general", criterion=given.criterion, found_on=clock.today(),
    )  # fmt: skip
    return engine.open_matter("hazard", "report", found, actor=actor, origin=round.no).no
