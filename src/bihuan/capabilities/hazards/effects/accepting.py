"""验收、销号 and what undoes it: sent back, opened again; and the check of what an enterprise accepted by itself."""

from __future__ import annotations

from typing import Any

from bihuan.capabilities.hazards import disclosure, owing
from bihuan.capabilities.hazards.effects.listings import put_on_list
from bihuan.capabilities.hazards.hands import answers_for_object
from bihuan.capabilities.hazards.models import Hazard, SpotCheck
from bihuan.capabilities.hazards.states import Grade


def accept(hazard: Hazard, given: Any, context: Any) -> None:
    """验收、销号."""
    hazard.accepted_on = given.accepted_on
    hazard.accepted_by = context.actor.name
    hazard.accepted_claimed = False
    hazard.self_accepted = answers_for_object(context.actor, hazard)
    disclosure.judge(hazard, context)
    owing.closed(hazard, context)


def send_back(hazard: Hazard, given: Any, context: Any) -> None:
    """A failed acceptance counts, and the deadline is issued anew (M095)."""
    hazard.rectified_on = None
    hazard.rectify_by = given.rectify_by
    owing.failed_once_more(hazard, context)


def reopen(hazard: Hazard, given: Any, context: Any) -> None:
    """What was closed too early goes back to work; the former acceptance stays in the record."""
    context.facts["former_acceptance"] = {"on": hazard.accepted_on, "by": hazard.accepted_by}
    hazard.rectified_on = None
    hazard.accepted_on = None
    hazard.accepted_by = ""
    hazard.accepted_claimed = False
    hazard.self_accepted = False
    hazard.leniency = ""
    hazard.rectify_by = given.rectify_by
    if hazard.grade == Grade.MAJOR:
        put_on_list(hazard, context)


def spot_check(hazard: Hazard, given: Any, context: Any) -> None:
    """抽查 of what an enterprise accepted by itself."""
    SpotCheck.objects.create(
        hazard=hazard,
        on=given.checked_on,
        by=context.actor.name,
        passed=given.passed,
        finding=given.finding[:500],
    )
