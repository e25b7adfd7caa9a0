"""What each deed means for the key period's own columns, and what it sets going beside it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bihuan.capabilities.dispatch.windows import turning
from bihuan.capabilities.dispatch.windows.kinds import CHECK, ROSTER, usual
from bihuan.capabilities.dispatch.windows.models import KeyWindow
from bihuan.capabilities.dispatch.windows.states import WindowKind, WindowState
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Refused
from bihuan.kernel.expectations import cadences, filings
from bihuan.kernel.expectations.models import Expectation
from bihuan.kernel.loops.deadlines import Deadline
from bihuan.kernel.territory.models import Agency, AgencyKind
from bihuan.kernel.territory.trees import require_district


def place(window: KeyWindow, given: Any, actor: Any) -> None:
    """A window lies in the district and belongs to the committee office."""
    window.region_path = require_district().region.path
    window.agency = Agency.objects.filter(kind=AgencyKind.COMMITTEE_OFFICE, until=None).order_by("id").first()


def plan(window: KeyWindow, given: Any, context: Any) -> None:
    """列入: with the tasks of the last window of its kind, else with the usual ones."""
    _write(window, given)
    window.templates = _former(window) or _usual(window)


def _write(window: KeyWindow, given: Any) -> None:
    for name in ("kind", "name", "first_day", "last_day", "ahead", "reporting", "forms"):
        setattr(window, name, getattr(given, name))
    window.year = given.first_day.year
    window.enters_on = given.first_day - timedelta(days=given.ahead)


def _former(window: KeyWindow) -> list[dict[str, Any]]:
    """What the district made of the same window last time; the name of the year in a title follows."""
    if window.kind in (WindowKind.EVENT, WindowKind.OTHER):
        return []
    rows = KeyWindow.objects.filter(kind=window.kind, first_day__lt=window.first_day)
    last = rows.exclude(state=WindowState.CANCELLED).order_by("-first_day").first()
    if last is None:
        return []
    return [{**one, "title": str(one["title"]).replace(last.name, window.name)} for one in last.templates]


def _usual(window: KeyWindow) -> list[dict[str, Any]]:
    known = usual(window.kind)
    templates = known.templates if known else (ROSTER, CHECK)
    return [template.json(window.name) for template in templates]


def revise(window: KeyWindow, given: Any, context: Any) -> None:
    """调整."""
    _write(window, given)


def add_task(window: KeyWindow, given: Any, context: Any) -> None:
    added = {
        "title": given.title, "requirement": given.requirement, "kind": given.kind, "to": given.to,
        "unit": given.unit, "days": given.days,
    }  # fmt: skip
    window.templates = [*window.templates, added]


def drop_task(window: KeyWindow, given: Any, context: Any) -> None:
    dropped = window.templates[given.number - 1]
    context.facts["dropped"] = dropped["title"]
    window.templates = [one for place, one in enumerate(window.templates, 1) if place != given.number]


def until_entering(window: KeyWindow, given: Any, context: Any) -> Deadline:
    return Deadline(window.enters_on, "到这一天自动布置任务", context.day)


def enter(window: KeyWindow, given: Any, context: Any) -> None:
    """进入: its tasks go out, one lead each, and its units owe their reports; all in one, or nothing."""
    window.entered_on = context.day
    window.units = [unit.pk for unit in turning.reporters(window, context.day)]
    window.opened = turning.open_tasks(window, context.day)
    context.facts |= {"opened": len(window.opened), "reporting": len(window.units)}
    context.afterwards.append(lambda: turning.expect_reports(window))


def until_summary(window: KeyWindow, given: Any, context: Any) -> Deadline:
    return Deadline(window.last_day + timedelta(days=1), "时段结束次日自动总结", context.day)


def leave(window: KeyWindow, given: Any, context: Any) -> None:
    """总结: what only the window needed stops, what is left open is listed, the numbers are kept."""
    if window.entered_on is not None:
        turning.write_down(window)
        cadences.stop(turning.kind_of(window), window.last_day)
    window.left_on = context.day
    window.summary = turning.sum_up(window)
    context.facts["summary"] = {
        "period": window.summary["period"],
        "figures": {name: told["amount"] for name, told in window.summary["figures"].items()},
        "tasks_open": [task[0] for task in window.summary["tasks"]["open"]],
        "reports_missing": window.summary["reports"]["missing"],
    }


def comment(window: KeyWindow, given: Any, context: Any) -> None:
    window.opinion = given.opinion


def report(window: KeyWindow, given: Any, context: Any) -> None:
    """日报: meets what one of the actor's units owes.

    Raises:
        Refused: nothing is owed, or not for that day.
    """
    turning.write_down(window)
    units = {scope.agency_id for scope in context.actor.scopes} & set(window.units)
    rows = Expectation.objects.filter(kind=turning.kind_of(window), holder__in=units, waived_at=None)
    rows = rows.filter(opens_on__lte=clock.today()).select_related("holder")
    if given.day is not None:
        row = rows.filter(period=given.day.isoformat()).first()
    else:
        row = rows.filter(met_at=None).order_by("period", "holder_id").first()
    if row is None:
        says = f"{given.day} 没有要求您单位日报" if given.day else "您单位没有待报的日报"
        raise Refused.because("window.nothing_due", says, "day")
    filings.meet(row.kind, row.holder, Period.parse(row.period), context.actor, met_by=window.uid)
    context.facts |= {"unit": row.holder.name, "of": row.period}
