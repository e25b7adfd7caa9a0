"""Entering and leaving a key period: what it opens, what it stops, and what it found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from bihuan.capabilities.dispatch.inputs import Dispatching
from bihuan.capabilities.dispatch.models import OPEN_STATES, Task
from bihuan.capabilities.dispatch.windows.models import KeyWindow
from bihuan.capabilities.dispatch.windows.states import Reporting, To
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.expectations import cadences
from bihuan.kernel.expectations.models import Cadence, Expectation, Frequency, Holders, Standing
from bihuan.kernel.figures import answers, registry
from bihuan.kernel.loops import engine
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Agency, AgencyKind
from bihuan.kernel.territory.trees import in_force

OFFICE = Actor.system("重点时段")
"""Who dispatches the tasks of a window: the system, by the plan that the committee office signed."""
FAMILY = "window"
TOLD = (
    "hazards.found", "hazards.rectified", "hazards.open", "hazards.overdue", "hazards.rectification_rate",
    "hazards.major_found", "tasks.dispatched", "tasks.closed", "tasks.open", "tasks.overdue",
)  # fmt: skip
DAILY_DAYS = 1
"""A day's report is due by the end of the next day."""


def kind_of(window: KeyWindow) -> str:
    """What the window's daily reports are called among all that is due."""
    return f"{FAMILY}.{window.no}"


def span(window: KeyWindow) -> Period:
    return Period.between(window.first_day, window.last_day)


def reporters(window: KeyWindow, day: date) -> list[Agency]:
    """The units that report daily, as they are on ``day``."""
    kinds = {
        Reporting.NOBODY.value: (),
        Reporting.TOWNS.value: (AgencyKind.TOWN_GOVERNMENT,),
        Reporting.ALL.value: (AgencyKind.TOWN_GOVERNMENT, AgencyKind.DEPARTMENT),
    }[window.reporting]
    return (
        list(Agency.objects.filter(in_force(day), kind__in=kinds).order_by("kind", "order", "id"))
        if kinds
        else []
    )


def open_tasks(window: KeyWindow, day: date) -> list[str]:
    """Dispatch every task of the window, each to one lead; the numbers in order."""
    inputs = [given for template in window.templates for given in _tasks(window, template, day)]
    if not inputs:
        return []
    outcomes = engine.open_many(
        "task", "raise_by_rule", inputs, actor=OFFICE, columns=[{"origin": window.no}] * len(inputs)
    )
    return [outcome.no for outcome in outcomes]


def _tasks(window: KeyWindow, template: dict[str, Any], day: date) -> Iterator[Dispatching]:
    days = template["days"]
    due = window.last_day if days is None else window.first_day + timedelta(days=days)
    for lead in _leads(template, day):
        yield Dispatching(
            title=f"{template['title']}"[:120],
            requirement=template["requirement"],
            kind=template["kind"],
            lead=lead.pk,
            due_on=max(min(due, window.last_day), day),
            source_title=f"重点时段：{window.name}",
            source_on=day,
        )


def _leads(template: dict[str, Any], day: date) -> list[Agency]:
    """Whom a template means today; a unit that is gone is stood in for by the committee office."""
    rows = Agency.objects.filter(in_force(day)).select_related("region").order_by("order", "id")
    if template["to"] == To.ONE:
        return list(rows.filter(pk=template["unit"])) or list(
            rows.filter(kind=AgencyKind.COMMITTEE_OFFICE)[:1]
        )
    kind = AgencyKind.TOWN_GOVERNMENT if template["to"] == To.EACH_TOWN else AgencyKind.DEPARTMENT
    return list(rows.filter(kind=kind))


def expect_reports(window: KeyWindow) -> None:
    """Each reporting unit owes a report for every day of the window, on rest days too."""
    for unit in Agency.objects.filter(pk__in=window.units):
        cadences.declare(
            kind_of(window), f"{window.name}日报"[:80], Frequency.DAY, since=window.first_day, until=window.last_day,
            holders=Holders.ONE, holder=unit, days=DAILY_DAYS, unit=Cadence.Unit.STRAIGHT,
        )  # fmt: skip
    write_down(window)


def write_down(window: KeyWindow) -> int:
    """What is due for every day so far, also of days on which nothing here was running; how many were new."""
    last = min(clock.today(), window.last_day)
    days = (last - window.first_day).days + 1
    rows = Expectation.objects.filter(kind=kind_of(window))
    written = set(rows.values_list("period", flat=True).distinct())
    wanted = [Period.day(window.first_day + timedelta(days=offset)) for offset in range(max(days, 0))]
    return sum(cadences.ensure(day, kind_of(window)) for day in wanted if day.label not in written)


def sum_up(window: KeyWindow) -> dict[str, Any]:
    """The window in numbers, as they stand today about its days; kept in the record with the leaving."""
    period, today = span(window), clock.today()
    names = [name for name in TOLD if name in registry.names()]
    found = answers.values(names, period, today)
    own = Task.objects.filter(no__in=window.opened).select_related("agency").order_by("no")
    return {
        "period": period.label,
        "as_of": today.isoformat(),
        "figures": {
            name: {
                "label": value.label, "unit": value.unit, "amount": value.amount, "numerator": value.numerator,
                "denominator": value.denominator,
            }
            for name, value in found.items()
        },
        "tasks": {
            "opened": len(window.opened),
            "closed": sum(task.state == "closed" for task in own),
            "open": [[task.no, task.title, task.agency.name] for task in own if task.state in OPEN_STATES],
        },
        "reports": reports_of(window, today),
    }  # fmt: skip


def reports_of(window: KeyWindow, on: date) -> dict[str, Any]:
    """How many daily reports were due and came, and who owes which days."""
    rows = Expectation.objects.filter(kind=kind_of(window)).select_related("holder")
    stands = [(row, row.standing(on)) for row in rows.order_by("holder__order", "holder_id", "period")]
    owed: dict[str, list[str]] = {}
    for row, standing in stands:
        if standing == Standing.MISSING:
            owed.setdefault(row.holder.name, []).append(row.period)
    return {
        "due": len(stands),
        "waiting": sum(standing == Standing.DUE for _, standing in stands),
        "came": sum(standing in (Standing.FILED, Standing.NIL, Standing.LATE) for _, standing in stands),
        "late": sum(standing == Standing.LATE for _, standing in stands),
        "missing": sum(len(days) for days in owed.values()),
        "owed": owed,
    }
