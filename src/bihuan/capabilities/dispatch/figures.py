"""The figures of tasks that reports, pages and dispatch packs print (M033, M036, M044), each declared once.

All of them are about the tasks *dispatched* in the period and judged at the cut-off day, so a report printed again
later says the same. A task that was withdrawn is none.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import F, Q

from bihuan.capabilities.dispatch.states import TaskKind
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import registry
from bihuan.kernel.figures.declarations import DateOf, Dim, Figure, Measure, Tally
from bihuan.kernel.figures.wording import name_codes

TASKS = Tally(
    name="tasks",
    model="dispatch.Task",
    table="dispatch_task",
    born=DateOf("dispatched_on"),
    dates={
        "accepted": DateOf("accepted_on"),
        "late": DateOf("due_on", plus=1, unless="finished_on <= due_on"),
    },
    dims={
        "region": Dim("region_path"),
        "agency": Dim("agency_id", "bigint"),
        "kind": Dim("kind"),
        "campaign": Dim("campaign"),
    },
    sums={"timely": "COALESCE(finished_on <= due_on, FALSE)::int"},
    where="NOT withdrawn",
)


UNANSWERED = Tally(
    name="unanswered",
    model="dispatch.Task",
    table="dispatch_task",
    born=DateOf("due_on", plus=1, unless="finished_on <= due_on"),
    dates={},
    dims=TASKS.dims,
    where="NOT withdrawn",
    label="逾期未答复的任务",
)
"""Tasks by the day after the one set for them, where no report of completion had come: each unit's silence by month."""


def dispatched(period: Period, as_of: date) -> Q:
    """Dispatched in the period and by the cut-off."""
    return Q(withdrawn=False, dispatched_on__gte=period.first, dispatched_on__lte=min(period.last, as_of))


def closed(period: Period, as_of: date) -> Q:
    """Dispatched, and accepted on or before the cut-off; done but not accepted is not yet closed."""
    return dispatched(period, as_of) & Q(accepted_on__lte=as_of)


def closed_on_time(period: Period, as_of: date) -> Q:
    """Closed, and finished no later than the day set."""
    return closed(period, as_of) & Q(finished_on__lte=F("due_on"))


def still_open(period: Period, as_of: date) -> Q:
    """Dispatched, and not accepted by the cut-off."""
    return dispatched(period, as_of) & (Q(accepted_on=None) | Q(accepted_on__gt=as_of))


def overdue(period: Period, as_of: date) -> Q:
    """Open, not finished in time, and the day set has gone by; on that day itself nobody is late."""
    in_time = Q(finished_on__isnull=False, finished_on__lte=F("due_on"))
    return still_open(period, as_of) & Q(due_on__lt=as_of) & ~in_time


def unanswered(period: Period, as_of: date) -> Q:
    """The day set went by in the period and no completion had been reported by then, whatever came later."""
    before, last = period.first - timedelta(days=1), min(period.last, as_of) - timedelta(days=1)
    in_time = Q(finished_on__isnull=False, finished_on__lte=F("due_on"))
    return Q(withdrawn=False, due_on__gte=before, due_on__lte=last) & ~in_time


registry.register(
    Figure("tasks.dispatched", "交办任务", "项", "count", TASKS, dispatched, plus=Measure()),
    Figure("tasks.closed", "办结任务", "项", "count", TASKS, closed, plus=Measure(("accepted",))),
    Figure(
        "tasks.closed_on_time", "按期办结任务", "项", "count", TASKS, closed_on_time,
        plus=Measure(("accepted",), amount="timely"),
    ),
    Figure(
        "tasks.open", "未办结任务", "项", "count", TASKS, still_open,
        plus=Measure(), minus=Measure(("accepted",)),
    ),
    Figure(
        "tasks.overdue", "逾期未办结任务", "项", "count", TASKS, overdue,
        plus=Measure(("late",)), minus=Measure(("late", "accepted")),
    ),
    Figure(
        "tasks.closing_rate", "任务办结率", "%", "ratio", TASKS, dispatched, of=("tasks.closed", "tasks.dispatched"),
    ),
    Figure("tasks.unanswered", "到期未答复任务", "项", "count", UNANSWERED, unanswered, plus=Measure()),
)  # fmt: skip

name_codes("kind", {kind.value: kind.label for kind in TaskKind})
