"""The facts that closing a place for good rests on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bihuan.capabilities.enforcement.measures import gates
from bihuan.capabilities.enforcement.measures.models import Measure
from bihuan.capabilities.enforcement.measures.states import Family, MeasureState
from bihuan.kernel import clock
from bihuan.kernel.errors import Failure
from bihuan.kernel.loops.checks import Told
from bihuan.kernel.policies import values as policies


def not_proposed_already(measure: Any, given: Any, actor: Any) -> Failure | None:
    open_ones = [MeasureState.PROPOSED.value, MeasureState.APPROVED.value, MeasureState.IN_FORCE.value]
    other = Measure.objects.filter(
        object=measure.object_id, family=Family.CLOSURE.value, state__in=open_ones
    ).first()
    if other is None:
        return None
    return Failure("measure.closing_already", f"{other.no} 已在办理该单位的关闭取缔", "object")


def approval_numbered(measure: Measure, given: Any, actor: Any) -> Failure | None:
    """Closing is a decision of the government with a number."""
    if measure.family != Family.CLOSURE or given.document_no.strip():
        return None
    return Failure("measure.closure_without_number", "请填写政府关闭取缔决定的文号", "document_no")


def closed_in_order(measure: Measure, given: Any, actor: Any) -> Iterable[Failure]:
    ahead = gates.past(given.closed_at, "closed_at", "实施时间")
    if ahead is not None:
        yield ahead
    day = clock.day_of(given.closed_at)
    if measure.approved_on is not None and day < measure.approved_on:
        yield Failure(
            "measure.closed_before_approval", f"实施时间早于批准日期 {measure.approved_on}", "closed_at"
        )
    if not gates.pictures(measure, given, "photos"):
        yield Failure("measure.closing_without_photo", "请上传关闭取缔现场照片", "photos")


def verified_in_order(measure: Measure, given: Any, actor: Any) -> Iterable[Failure]:
    told = Told(given.verified_on, "verified_on", "核实日期", ahead="measure.verified_in_future")
    failure = told.follows(measure.since, "关闭日期", "measure.verified_before_closing")
    if failure is not None:
        yield failure
    if not gates.pictures(measure, given, "photos"):
        yield Failure("measure.verification_without_photo", "请上传核实照片", "photos")


def not_verified_yet(measure: Measure, given: Any, actor: Any) -> Failure | None:
    if measure.verified_on is None:
        return None
    return Failure("measure.verified_already", f"已于 {measure.verified_on} 核实")


def is_verified(measure: Measure, given: Any, actor: Any) -> Failure | None:
    if measure.verified_on is not None:
        return None
    return Failure("measure.not_verified", "尚未现场核实，请先核实是否关闭到位")


def rechecked_in_order(measure: Measure, given: Any, actor: Any) -> Failure | None:
    told = Told(given.checked_on, "checked_on", "复查日期", ahead="measure.rechecked_in_future")
    return told.follows(measure.verified_on, "核实日期", "measure.rechecked_before_verification")


def seen_after_closing(measure: Measure, given: Any, actor: Any) -> Iterable[Failure]:
    told = Told(given.seen_on, "seen_on", "发现日期", ahead="measure.seen_in_future")
    failure = told.follows(measure.since, "关闭日期", "measure.seen_before_start")
    if failure is not None:
        yield failure
    if not gates.pictures(measure, given, "photos"):
        yield Failure("measure.breach_without_photo", "请上传现场照片作为证据", "photos")


def rechecks_done(measure: Measure, given: Any, actor: Any) -> Failure | None:
    """As often as the district chose, a closed place is looked at again before the matter ends."""
    day = clock.day_of(measure.opened_at)
    times = int(policies.recent("measure.recheck_times", on=day).value)
    if measure.rechecked >= times:
        return None
    return Failure("measure.rechecks_left", f"关闭取缔后须复查 {times} 次，已复查 {measure.rechecked} 次")
