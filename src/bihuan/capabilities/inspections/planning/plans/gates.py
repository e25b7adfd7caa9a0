"""The facts a deed of a plan rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bihuan.capabilities.inspections.planning.models import Plan, PlanLine
from bihuan.capabilities.inspections.planning.plans.places import places_in
from bihuan.capabilities.inspections.planning.plans.states import PlanKind, PlanState
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Absent, Failure, Refused
from bihuan.kernel.loops.checks import gone_by
from bihuan.kernel.objects.access import access_object

_FORMS = {PlanKind.YEAR: ("2027", 12), PlanKind.QUARTER: ("2027Q1", 3), PlanKind.MONTH: ("2027-03", 1)}


def period_fits(plan: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """A year, quarter or month, as chosen, that is not over."""
    example, months = _FORMS[PlanKind(given.kind)]
    says = f"{PlanKind(given.kind).label}的期间请写成 {example} 这样的形式"
    try:
        period = Period.parse(given.period)
    except Refused:
        yield Failure("plan.period_unreadable", says, "period")
        return
    if not period.regular or len(period.months()) != months or "W" in period.label:
        yield Failure("plan.period_unfit", says, "period")
    elif period.last < clock.today():
        yield Failure("plan.period_over", f"{period.chinese()}已经过去，不能再编制计划", "period")


def numbers_sensible(plan: Any, given: Any, actor: Any) -> Iterator[Failure]:
    if not 0 < given.months <= 60:
        yield Failure("plan.months", "“超过几个月没有检查的列入”请填 1 至 60", "months")
    if not 0 < given.most <= 2000:
        yield Failure("plan.most", "“最多列入多少家”请填 1 至 2000", "most")


def name_free(plan: Any, given: Any, actor: Any) -> Failure | None:
    """One plan of a name for a unit and period."""
    alike = Plan.objects.filter(agency=plan.agency_id, period=given.period.strip(), title=given.title)
    there = alike.exclude(state=PlanState.CANCELLED).exclude(pk=plan.pk).first()
    if there is None:
        return None
    return Failure("plan.named_twice", f"本单位这一期间已有同名计划（{there.no}），请在那里修改", "title")


def has_lines(plan: Any, given: Any, actor: Any) -> Failure | None:
    if PlanLine.objects.filter(plan=plan.pk).exists():
        return None
    return Failure("plan.empty", "计划里还没有检查对象，请先增加对象或重新提出")


def may_be_added(plan: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """In the unit's charge, not in it yet, on a day of the period."""
    try:
        one = access_object(actor, given.object)
    except Absent:
        yield Failure("plan.object_unknown", "没有查到该单位，或不在您的辖区，请重新选择", "object")
        return
    if PlanLine.objects.filter(plan=plan.pk, object=one).exists():
        yield Failure("plan.object_twice", f"“{one.name}”已在计划中", "object")
    period = Period.parse(plan.period)
    if given.due_on not in period:
        says = f"请选择计划期间内的一天（{period.first} 至 {period.last}）"
        yield Failure("plan.due_outside", says, "due_on")


def place_there(plan: Any, given: Any, actor: Any) -> Failure | None:
    if PlanLine.objects.filter(plan=plan.pk, place=given.place).exists():
        return None
    return Failure("plan.no_such_line", f"计划里没有第 {given.place} 家，请核对序号", "place")


def not_done_yet(plan: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """What was inspected cannot be let off any more."""
    line = PlanLine.objects.filter(plan=plan.pk, place=given.place).first()
    if line is None:
        return
    if line.done_on is not None:
        yield Failure("plan.done_before", f"第 {line.place} 家已于 {line.done_on} 检查", "place")
    elif line.excused:
        yield Failure("plan.excused_before", f"第 {line.place} 家已不再检查：{line.excused}", "place")
    elif line.inspection:
        says = f"第 {line.place} 家已安排检查 {line.inspection}，请先取消那次检查"
        yield Failure("plan.arranged_before", says, "place")


def may_be_arranged(plan: Any, given: Any, actor: Any) -> Iterator[Failure]:
    """Lines that are there, not arranged, not done; a day ahead."""
    past = gone_by(given.planned_on, "planned_on", "检查日期", "plan.planned_in_past")
    if past is not None:
        yield past
    try:
        wanted = places_in(given.places)
    except ValueError as wrong:
        yield Failure("plan.places_unreadable", str(wrong), "places")
        return
    lines = {line.place: line for line in PlanLine.objects.filter(plan=plan.pk, place__in=wanted)}
    for place in wanted:
        line = lines.get(place)
        if line is None:
            yield Failure("plan.no_such_line", f"计划里没有第 {place} 家，请核对序号", "places")
        elif line.inspection or line.done_on or line.excused:
            yield Failure(
                "plan.line_settled", f"第 {place} 家已安排、已检查或不再检查，请去掉这一家", "places"
            )


def something_to_arrange(plan: Any, given: Any, actor: Any) -> Failure | None:
    waiting = PlanLine.objects.filter(plan=plan.pk, inspection="", done_on=None, excused="")
    return None if waiting.exists() else Failure("plan.nothing_left", "计划内的对象都已安排")


def over_or_done(plan: Any, given: Any, actor: Any) -> Failure | None:
    """A plan ends with its period, or when nothing is left to do."""
    left = PlanLine.objects.filter(plan=plan.pk, done_on=None, excused="").count()
    last = Period.parse(plan.period).last
    if clock.today() > last or not left:
        return None
    return Failure("plan.still_running", f"计划期到 {last}，还有 {left} 家没有检查，不能结束")
