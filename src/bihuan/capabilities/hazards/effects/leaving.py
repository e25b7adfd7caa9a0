"""The other ways out: 作废, 并入, 移送."""

from __future__ import annotations

from typing import Any

from bihuan.capabilities.hazards import recurrence
from bihuan.capabilities.hazards.access import access_hazard
from bihuan.capabilities.hazards.models import OPEN_STATES, Hazard
from bihuan.capabilities.hazards.states import HazardState
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.territory.models import Agency


def void(hazard: Hazard, given: Any, context: Any) -> None:
    """作废: counted nowhere, forgotten nowhere."""
    _leave_count(hazard, context)


def _leave_count(hazard: Hazard, context: Any) -> None:
    """What is counted no more is nobody's former hazard either."""
    hazard.voided = True
    context.afterwards.append(lambda: recurrence.recount([hazard.spot], context.day))


def merge(hazard: Hazard, given: Any, context: Any) -> None:
    """并入: the other hazard goes on for both."""
    try:
        other = access_hazard(context.actor, given.into)
    except Absent as absent:
        raise Refused.because(
            "hazard.merge_target", f"没有查到隐患 {given.into}，或不在您的辖区", "into"
        ) from absent
    other = Hazard.objects.select_for_update().get(pk=other.pk)
    if HazardState(other.state) not in OPEN_STATES:
        label = HazardState(other.state).label
        raise Refused.because(
            "hazard.merge_target", f"{given.into} {label}，不能再替这一条办下去，请另选", "into"
        )
    if other.object_id != hazard.object_id:
        raise Refused.because("hazard.merge_target", f"{given.into} 是另一家单位的隐患，不能并为一条", "into")
    _leave_count(hazard, context)


def refer(hazard: Hazard, given: Any, context: Any) -> None:
    """移送: another authority goes on with it; this district's figures still count the finding."""
    agency = Agency.objects.filter(pk=given.to).first()
    if agency is None:
        raise Refused.because("hazard.referral_target", "移送单位不存在，请重新选择", "to")
    context.facts["agency"] = agency.name
