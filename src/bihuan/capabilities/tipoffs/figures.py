"""The figures of tip-offs, each declared once and at one of two levels: 批次 or 件 (M242, N04).

All are about what was *received* in the period and judged at the cut-off. Closed and open are the same records parted by
one day, so that they are what was received at both levels; :mod:`.reconciling` proves it over the records. 不予受理 and 移送
are ways of being closed and counted by themselves beside it; what was entered by mistake (撤销登记) counts nowhere.
"""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q

from bihuan.capabilities.tipoffs.states import BatchState, Channel, ItemState, Topic, Verdict
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import registry
from bihuan.kernel.figures.declarations import Counted, DateOf, Dim, Figure, Measure, Tally
from bihuan.kernel.figures.wording import name_codes

ITEMS = Tally(
    name="tipoff_items",
    model="tipoffs.Item",
    table="tipoffs_item",
    born=DateOf("received_on"),
    dates={
        "closed": DateOf("closed_on"),
        "replied": DateOf("replied_on"),
        "late": DateOf("due_on", plus=1, unless="closed_on <= due_on"),
        "rated": DateOf("rated_on"),
        "asked": DateOf("asked_on"),
        "answered": DateOf("answered_on"),
    },
    dims={
        "region": Dim("region_path"),
        "sector": Dim("sector_path"),
        "agency": Dim("agency_id", "bigint"),
        "source": Dim("channel", called="来源"),
        "topic": Dim("topic"),
        "origin": Dim("origin"),
        "company": Dim("company"),
    },
    sums={
        "timely": "COALESCE(closed_on <= due_on, FALSE)::int",
        "rejected": f"(state = '{ItemState.REJECTED.value}')::int",
        "transferred": f"(state = '{ItemState.TRANSFERRED.value}')::int",
        "satisfied": f"(verdict = '{Verdict.SATISFIED.value}')::int",
        "unsatisfied": f"(verdict = '{Verdict.UNSATISFIED.value}')::int",
    },
    where=f"state <> '{ItemState.REVOKED.value}'",
    desk=False,
    label="举报件",
    narrow=True,
)
BATCHES = Tally(
    name="tipoff_batches",
    model="tipoffs.Batch",
    table="tipoffs_batch",
    born=DateOf("received_on"),
    dates={"closed": DateOf("closed_on")},
    dims={"region": Dim("region_path"), "source": Dim("channel", called="来源"), "origin": Dim("origin")},
    where=f"state <> '{BatchState.REVOKED.value}'",
    desk=False,
    label="举报批次",
    narrow=True,
)


def received(period: Period, as_of: date) -> Q:
    """Received in the period and by the cut-off; batches and items call what was entered by mistake alike."""
    there = ~Q(state=ItemState.REVOKED.value)
    return there & Q(received_on__gte=period.first, received_on__lte=min(period.last, as_of))


def closed(period: Period, as_of: date) -> Q:
    """Received, and closed on or before the cut-off."""
    return received(period, as_of) & Q(closed_on__lte=as_of)


def still_open(period: Period, as_of: date) -> Q:
    """Received, and not closed by the cut-off."""
    return received(period, as_of) & (Q(closed_on=None) | Q(closed_on__gt=as_of))


def closed_on_time(period: Period, as_of: date) -> Q:
    """Closed, and no later than the day for closing it."""
    return closed(period, as_of) & Q(closed_on__lte=F("due_on"))


def overdue(period: Period, as_of: date) -> Q:
    """Open, and the day for closing it has gone by; on that day itself nobody is late."""
    return still_open(period, as_of) & Q(due_on__lt=as_of)


def unreplied(period: Period, as_of: date) -> Q:
    """Received, and not answered by the cut-off."""
    return received(period, as_of) & (Q(replied_on=None) | Q(replied_on__gt=as_of))


def ended_as(state: ItemState) -> Counted:
    """Closed in one of the ways that are no 办结 of the matter itself."""
    return lambda period, as_of: closed(period, as_of) & Q(state=state.value)


def judged(verdict: Verdict) -> Counted:
    """The answer that stands was judged so by the cut-off."""
    return lambda period, as_of: received(period, as_of) & Q(rated_on__lte=as_of, verdict=verdict.value)


def unrated(period: Period, as_of: date) -> Q:
    """Answered, and not judged by the cut-off."""
    answered = received(period, as_of) & Q(replied_on__lte=as_of)
    return answered & (Q(rated_on=None) | Q(rated_on__gt=as_of))


def question_open(period: Period, as_of: date) -> Q:
    """The reporter asked on, and had no answer to it by the cut-off."""
    asked = received(period, as_of) & Q(asked_on__lte=as_of)
    return asked & (Q(answered_on=None) | Q(answered_on__gt=as_of))


_CLOSED = ("closed",)

registry.register(
    Figure("tipoffs.batches_received", "收到举报投诉（批次）", "批次", "count", BATCHES, received, plus=Measure()),
    Figure("tipoffs.batches_closed", "办结举报投诉（批次）", "批次", "count", BATCHES, closed, plus=Measure(_CLOSED)),
    Figure(
        "tipoffs.batches_open", "在办举报投诉（批次）", "批次", "count", BATCHES, still_open,
        plus=Measure(), minus=Measure(_CLOSED),
    ),
    Figure(
        "tipoffs.batches_closing_rate", "举报投诉办结率（批次）", "%", "ratio", BATCHES, received,
        of=("tipoffs.batches_closed", "tipoffs.batches_received"),
    ),
    Figure("tipoffs.items_received", "收到举报投诉（件）", "件", "count", ITEMS, received, plus=Measure()),
    Figure("tipoffs.items_closed", "办结举报投诉（件）", "件", "count", ITEMS, closed, plus=Measure(_CLOSED)),
    Figure(
        "tipoffs.items_open", "在办举报投诉（件）", "件", "count", ITEMS, still_open,
        plus=Measure(), minus=Measure(_CLOSED),
    ),
    Figure(
        "tipoffs.items_closing_rate", "举报投诉办结率（件）", "%", "ratio", ITEMS, received,
        of=("tipoffs.items_closed", "tipoffs.items_received"),
    ),
    Figure(
        "tipoffs.items_not_admitted", "不予受理举报投诉（件）", "件", "count", ITEMS, ended_as(ItemState.REJECTED),
        plus=Measure(_CLOSED, amount="rejected"),
    ),
    Figure(
        "tipoffs.items_passed_on", "移送其他机关举报投诉（件）", "件", "count", ITEMS, ended_as(ItemState.TRANSFERRED),
        plus=Measure(_CLOSED, amount="transferred"),
    ),
    Figure(
        "tipoffs.items_satisfied", "举报人满意（件）", "件", "count", ITEMS, judged(Verdict.SATISFIED),
        plus=Measure(("rated",), amount="satisfied"),
    ),
    Figure(
        "tipoffs.items_unsatisfied", "举报人不满意（件）", "件", "count", ITEMS, judged(Verdict.UNSATISFIED),
        plus=Measure(("rated",), amount="unsatisfied"),
    ),
    Figure(
        "tipoffs.items_unrated", "已回复未评价（件）", "件", "count", ITEMS, unrated,
        plus=Measure(("replied",)), minus=Measure(("replied", "rated")),
    ),
    Figure(
        "tipoffs.questions_open", "追问待答复（件）", "件", "count", ITEMS, question_open,
        plus=Measure(("asked",)), minus=Measure(("asked", "answered")),
    ),
    Figure(
        "tipoffs.items_on_time", "按时办结举报投诉（件）", "件", "count", ITEMS, closed_on_time,
        plus=Measure(_CLOSED, amount="timely"),
    ),
    Figure(
        "tipoffs.items_on_time_rate", "举报投诉按时办结率（按时办结件占办结件）", "%", "ratio", ITEMS, closed,
        of=("tipoffs.items_on_time", "tipoffs.items_closed"),
    ),
    Figure(
        "tipoffs.items_overdue", "逾期未办结举报投诉（件）", "件", "count", ITEMS, overdue,
        plus=Measure(("late",)), minus=Measure(("late", "closed")),
    ),
    Figure(
        "tipoffs.unreplied", "未回复举报投诉（件）", "件", "count", ITEMS, unreplied,
        plus=Measure(), minus=Measure(("replied",)),
    ),
)  # fmt: skip

name_codes("source", {one.value: one.label for one in Channel})
name_codes("topic", {one.value: one.label for one in Topic})
name_codes("origin", {"": "直接收到"})
name_codes("company", {"": "承办单位自办"})
