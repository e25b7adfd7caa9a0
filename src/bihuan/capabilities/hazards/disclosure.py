"""主动报告: who reports a hazard before anybody came, and mends it in time, is dealt with leniently (M094).

Judged from the record when the hazard is accepted. Which penalty follows is the enforcement's to decide; this says on
which branch it starts, and why.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q

from bihuan.capabilities.hazards.categories import place_key
from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.hazards.states import Source
from bihuan.capabilities.hazards.terms import chosen

LENIENT, ORDINARY = "lenient", "ordinary"


def judge(hazard: Hazard, context: Any) -> None:
    """Set the branch of a disclosed hazard that is being accepted, with the reason on the record."""
    if not hazard.voluntary:
        return
    why_not = _why_not(hazard)
    hazard.leniency = ORDINARY if why_not else LENIENT
    context.facts["leniency"] = {
        "branch": hazard.leniency,
        "why": why_not or "检查发现之前主动报告，并在期限内整改合格",
    }


def _why_not(hazard: Hazard) -> str:
    earlier = _inspected_before(hazard)
    if earlier:
        return f"此前检查已发现（{earlier}），不属于检查前主动报告"
    if hazard.rectify_by is None or hazard.rectified_on is None or hazard.rectified_on > hazard.rectify_by:
        return "没有在整改期限内完成整改"
    if hazard.failed_acceptances:
        return f"验收或复查不合格 {hazard.failed_acceptances} 次"
    if hazard.hand("grant_extension") is not None:
        return "整改期限经过延期，没有在原定期限内完成"
    return ""


def _inspected_before(hazard: Hazard) -> str:
    """The number of the same hazard as somebody from outside had found it, no later than the disclosure."""
    since = hazard.found_on - timedelta(days=chosen(hazard, "recurrence_window_days"))
    found = (
        Hazard.objects.filter(
            object=hazard.object_id,
            category=hazard.category,
            voided=False,
            found_on__gte=since,
        )
        .filter(Q(found_on__lt=hazard.found_on) | Q(found_on=hazard.found_on, opened_at__lt=hazard.opened_at))
        .exclude(source=Source.SELF_CHECK)
        .order_by("-found_on", "-uid")
        .values_list("no", "place")
    )
    here = place_key(hazard.place)
    return next((no for no, place in found[:200] if place_key(place) == here), "")
