"""The facts a step of a key period rests on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bihuan.capabilities.dispatch.windows.models import KeyWindow
from bihuan.capabilities.dispatch.windows.states import Reporting, To, WindowKind, WindowState
from bihuan.kernel import clock
from bihuan.kernel.errors import Failure
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.territory.trees import in_force

LONGEST = 200
MOST_AHEAD = 30
MOST_TASKS = 20


def days_fit(window: Any, given: Any, actor: Any) -> Iterable[Failure]:
    if given.last_day < given.first_day:
        says = f"结束日期 {given.last_day} 早于开始日期 {given.first_day}，请核对"
        yield Failure("window.days_backward", says, "last_day")
    elif (given.last_day - given.first_day).days >= LONGEST:
        yield Failure("window.too_long", f"重点时段最长 {LONGEST} 天，请核对日期", "last_day")
    if given.last_day < clock.today():
        yield Failure("window.past", f"{given.last_day} 已经过去，不能再列入", "last_day")
    if not 0 <= given.ahead <= MOST_AHEAD:
        yield Failure("window.ahead", f"提前布置应为 0 至 {MOST_AHEAD} 天", "ahead")


def once_a_year(window: Any, given: Any, actor: Any) -> Failure | None:
    """The same period is planned once a year; events of their own as often as they are."""
    if given.kind in (WindowKind.EVENT, WindowKind.OTHER):
        return None
    alike = KeyWindow.objects.filter(kind=given.kind, year=given.first_day.year)
    there = alike.exclude(state=WindowState.CANCELLED).exclude(uid=window.uid).first()
    if there is None:
        return None
    says = f"{there.year}年{WindowKind(there.kind).label}已列入（{there.no}），请在那里调整"
    return Failure("window.planned_already", says, "kind")


def reports_say_what(window: Any, given: Any, actor: Any) -> Failure | None:
    if given.reporting != Reporting.NOBODY and not given.forms:
        return Failure("window.report_without_form", "要求日报的，请写明日报内容", "forms")
    return None


def one_lead(window: Any, given: Any, actor: Any) -> Iterable[Failure]:
    """A task goes to one unit, or to each unit of a class by itself."""
    if given.to == To.ONE:
        known = Agency.objects.filter(in_force(clock.today()), pk=given.unit or 0)
        if not known.exists():
            yield Failure("window.no_unit", "请选择指定单位", "unit")
    elif given.unit is not None:
        yield Failure("window.unit_and_class", "交给每个镇街或部门的，不再另选指定单位", "unit")
    if given.days is not None and not 0 <= given.days <= LONGEST:
        yield Failure("window.task_days", f"完成期限应为 0 至 {LONGEST} 天", "days")
    if len(window.templates) >= MOST_TASKS:
        yield Failure("window.too_many_tasks", f"一个时段至多 {MOST_TASKS} 项任务，请先去掉用不着的")


def number_there(window: Any, given: Any, actor: Any) -> Failure | None:
    if not 1 <= given.number <= len(window.templates):
        return Failure("window.no_such_task", f"没有第 {given.number} 项任务", "number")
    return None


def its_time_has_come(window: Any, given: Any, actor: Any) -> Failure | None:
    if clock.today() < window.enters_on:
        return Failure("window.too_early", f"{window.enters_on} 才到布置的日子")
    return None


def still_ahead(window: Any, given: Any, actor: Any) -> Failure | None:
    if clock.today() > window.last_day:
        return Failure("window.over", f"时段已于 {window.last_day} 结束，不再布置任务")
    return None


def over(window: Any, given: Any, actor: Any) -> Failure | None:
    if clock.today() <= window.last_day:
        return Failure("window.not_over", f"{window.last_day} 结束后才能总结")
    return None


def asks_for_reports(window: Any, given: Any, actor: Any) -> Failure | None:
    return None if window.units else Failure("window.no_reports", "这个时段没有要求日报")


def has_templates(window: Any, given: Any, actor: Any) -> Failure | None:
    return None if window.templates else Failure("window.no_tasks", "没有任务可去掉")
