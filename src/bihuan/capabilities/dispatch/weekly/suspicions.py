"""Zeros that are hard to believe (M038): pointed out with the figures behind them, answered by the unit, seen by the office.

A suspicion refuses nothing: a zero may be true. It only may not pass without a word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q

from bihuan.capabilities.dispatch.weekly.computing import Cell, Reach, reach_of
from bihuan.capabilities.dispatch.weekly.layouts import WEEK
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import answers, registry
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.figures.values import FigureValue
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.policies import values as policies
from bihuan.kernel.territory.models import Standing
from bihuan.kernel.web.figures.cards import records_href

FOUND, OPEN_TASKS = "hazards.found", "tasks.open"
INSPECTIONS = ("inspections.done", "inspections.made")
INSPECT = "inspect"


@dataclass(frozen=True, slots=True)
class Suspicion:
    """What was noticed, and the numbers that speak against the zero."""

    code: str
    text: str
    numbers: tuple[tuple[str, str, str], ...]
    """Label, number and the address of its records."""

    def json(self) -> dict[str, Any]:
        return {"code": self.code, "text": self.text, "numbers": [list(one) for one in self.numbers]}


def of_form(form: Any, found: Sequence[Cell]) -> list[Suspicion]:
    """What is to be pointed out about the zeros of a form; nothing is asked while the week shows findings."""
    zero = next(
        (cell for cell in found if cell.row.figure == FOUND and cell.column == WEEK and _plain(cell)), None
    )
    if zero is None or zero.amount:
        return []
    reach = reach_of(form.agency, form.week.last)
    return [
        each
        for each in (
            _silent_weeks(form, zero.value, reach),
            _assisted(zero.value, reach),
            _tasks_open(form, zero.value, reach),
        )
        if each is not None
    ]


def _plain(cell: Cell) -> bool:
    return not cell.row.grade and not cell.row.campaign


def _silent_weeks(form: Any, zero: FigureValue, reach: Reach) -> Suspicion | None:
    """No hazard found for so many weeks, though there is much to inspect."""
    weeks = int(policies.value("weekly.zero_weeks", on=clock.today()).value)
    earlier = list(_values_before(form.week, zero.scope, weeks - 1))
    enterprises = SupervisedObject.objects.filter(_supervised(reach), standing=Standing.CONFIRMED).count()
    if not enterprises or any(value.amount for value in earlier):
        return None
    numbers = [_number(zero, "本周发现隐患")]
    numbers += [_number(value, value.period.chinese()) for value in earlier]
    numbers.append(("在册监管对象", f"{enterprises} 家", ""))
    inspected = _inspected(zero, reach)
    if inspected is not None:
        numbers.append(_number(inspected, "本周检查"))
    during = f"连续 {weeks} 周" if weeks > 1 else "本周"
    looked = f"、本周检查 {inspected.amount} 次" if inspected is not None else ""
    text = f"{during}排查发现隐患为 0，而所管范围在册监管对象有 {enterprises} 家{looked}，请核实是否漏报。"
    return Suspicion("weekly.silent_weeks", text, tuple(numbers))


def _values_before(week: Period, scope: Scope, count: int) -> Iterator[FigureValue]:
    for back in range(1, count + 1):
        before = Period.week_of(week.first - timedelta(days=7 * back))
        yield answers.value(FOUND, before, before.last, scope)


def _supervised(reach: Reach) -> Q:
    if reach.exactly:
        return Q(sector_path__in=reach.sectors)
    if reach.sectors:
        wanted = Q()
        for path in reach.sectors:
            wanted |= Q(sector_path__startswith=path)
        return wanted
    if reach.regions:
        return Q(region_path__startswith=reach.regions[0])
    return Q(agency=reach.agency)


def _inspected(zero: FigureValue, reach: Reach) -> FigureValue | None:
    """The inspections of the week, once a room counts them."""
    name = next((name for name in INSPECTIONS if name in registry.names()), "")
    if not name:
        return None
    tally = registry.figure(name).tally
    if not reach.scope(tally).dims() <= tally.dims.keys():
        return None
    return answers.value(name, zero.period, zero.as_of, reach.scope(tally))


def _assisted(zero: FigureValue, reach: Reach) -> Suspicion | None:
    """Nothing under the unit's own name, though hazards were found where it helps to supervise."""
    if reach.sectors or not reach.assists:
        return None
    there = answers.value(FOUND, zero.period, zero.as_of, Scope(sectors=reach.assists))
    if not there.amount:
        return None
    text = f"本单位名下本周发现隐患为 0，而配合监管的行业领域本周发现 {there.amount} 项，请核实有无应由本单位处理的。"
    return Suspicion(
        "weekly.found_where_assisting",
        text,
        (_number(zero, "本单位发现"), _number(there, "配合监管行业发现")),
    )


def _tasks_open(form: Any, zero: FigureValue, reach: Reach) -> Suspicion | None:
    """A task to inspect is under way, and nothing was found all week."""
    since = Period.since(form.template.counts_from)
    tasks = answers.value(OPEN_TASKS, since, zero.as_of, Scope(agency=reach.agency, kind=INSPECT))
    if not tasks.amount:
        return None
    text = f"本单位牵头的检查排查任务还有 {tasks.amount} 项未办结，而本周排查发现隐患为 0，请说明进展。"
    return Suspicion(
        "weekly.inspection_tasks_open",
        text,
        (_number(zero, "本周发现隐患"), _number(tasks, "未办结检查任务")),
    )


def _number(value: FigureValue, label: str) -> tuple[str, str, str]:
    return label, value.text(), records_href(value) if value.amount else ""
