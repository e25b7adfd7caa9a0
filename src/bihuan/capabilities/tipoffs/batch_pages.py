"""How batches show themselves: by what way they came, which items they hold, and whether anybody can be reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from bihuan.capabilities.tipoffs import places
from bihuan.capabilities.tipoffs.access import visible_items
from bihuan.capabilities.tipoffs.batch_loop import BATCH
from bihuan.capabilities.tipoffs.hands import receives
from bihuan.capabilities.tipoffs.models import Batch, Receipt
from bihuan.capabilities.tipoffs.pages import COLUMNS as ITEM_COLUMNS
from bihuan.capabilities.tipoffs.pages import listed as listed_items
from bihuan.capabilities.tipoffs.pages import row as item_row
from bihuan.capabilities.tipoffs.states import OPEN_STATES, BatchState, Channel
from bihuan.kernel import clock
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.matters.narrowing import on_day
from bihuan.kernel.web.matters.pages import ListFilter, MatterPages, Order, TabOf, show
from bihuan.kernel.web.matters.timeline import state_part
from bihuan.kernel.web.sections import Section, tell_of_matter

BY_DAY = Order("received", "received_on", descending=True)
_OPEN_ITEMS = Count("items", filter=Q(items__state__in=[state.value for state in OPEN_STATES]))


def what(batch: Any) -> str:
    """上级交办 市住房和城乡建设局: the way it came, never who."""
    return f"{Channel(batch.channel).label} {batch.origin}".strip()


def facts(batch: Any) -> Sequence[parts.Fact]:
    told = [
        parts.Fact("来源", Channel(batch.channel).label),
        parts.Fact("收到日期", batch.received_on),
        parts.Fact("举报人", "匿名" if batch.anonymous else "已留联系方式，加密保存"),
    ]
    if batch.origin:
        told += [
            parts.Fact("来文单位", batch.origin),
            parts.Fact("来文编号", batch.origin_no),
            parts.Fact("要求答复日期", batch.reply_by or "未规定"),
            parts.Fact("回报来文单位", batch.reported_back_on or "尚未回报", hint=batch.reported_back),
        ]
    if batch.closed_on is not None:
        told.append(parts.Fact("办结日期", batch.closed_on))
    return told


def more_facts(batch: Any, actor: Actor) -> Sequence[tuple[str, Sequence[parts.Fact]]]:
    given = Receipt.objects.filter(batch=batch.pk).exists()
    if given:
        told = parts.Fact("查询码", "已告知举报人", hint="凭查询码查进展和回复；系统里不存明文，无法再查")
    elif receives(actor, batch):
        told = parts.Fact(
            "查询码", "现在发一个", hint="告知举报人一次", href=f"{places.BATCHES}{batch.no}/receipt/"
        )
    else:
        return ()
    return [("查询进展", [told])]


_KEPT = (0, 3, 5, 6)
"""Of the list of items: what, whose, until when, how it stands; the rest is the batch's own."""
_INSIDE = tuple(ITEM_COLUMNS[place] for place in _KEPT)


def _inside(row: parts.Row) -> parts.Row:
    return replace(row, cells=tuple(row.cells[place] for place in _KEPT))


def items_of(actor: Actor, loop: str, matter: Any) -> Section | None:
    """The items on their batch's page."""
    if loop != BATCH.name:
        return None
    rows = listed_items(visible_items(actor).filter(batch=matter.pk)).order_by("ordinal")
    ledger = parts.Ledger(_INSIDE, [_inside(item_row(one)) for one in rows], "本批次的举报件")
    links: tuple[parts.Link, ...] = ()
    if matter.state == BatchState.OPEN and receives(actor, matter):
        links = (parts.Link("同批再登记一件", f"{places.ITEMS}new/add/?batch={matter.no}"),)
    return Section("本批次的举报件", ledger, links=links)


COLUMNS = (
    parts.Column("批次", "title"), parts.Column("来文编号", phone=False), parts.Column("收到", "day"),
    parts.Column("要求答复", "day"), parts.Column("件数", "number", "件"), parts.Column("在办", "number", "件"),
    parts.Column("状态", "state"),
)  # fmt: skip


def row(batch: Any) -> parts.Row:
    waits = (
        batch.reported_back_on is None
        and batch.state != BatchState.REVOKED
        and (
            batch.state == BatchState.OPEN
            or (batch.reply_by is not None and clock.day_of(batch.opened_at) <= batch.reply_by)
        )
    )
    asked = batch.reply_by
    deadline = parts.Deadline.of(asked) if waits and asked is not None else asked
    return parts.Row(
        cells=(
            what(batch), batch.origin_no or "—", batch.received_on, deadline, batch.items_all, batch.items_open,
            state_part(BATCH, batch.state),
        ),
        href=f"{places.BATCHES}{batch.no}/",
        late=waits and asked is not None and asked < clock.today(),
        sub=batch.no,
    )  # fmt: skip


_LISTED = (
    "uid", "no", "state", "version", "deadline", "opened_at", "channel", "received_on", "origin", "origin_no", "reply_by",
    "anonymous", "reported_back_on", "closed_on",
)  # fmt: skip


def listed(rows: QuerySet[Batch]) -> QuerySet[Any]:
    """Rows with what lists, exports and the API show."""
    receipt = Exists(Receipt.objects.filter(batch=OuterRef("pk")))
    counts = {"items_all": Count("items"), "items_open": _OPEN_ITEMS, "has_receipt": receipt}
    return rows.annotate(**counts).values_list(*_LISTED, *counts, named=True)


def _not_answered() -> Q:
    """The organ that asked has no answer and its day went by, whether or not the items are closed.

    Of closed ones only those that were here before that day: a ledger of earlier years tells nothing of answers.
    """
    late = Q(reported_back_on=None, reply_by__lt=clock.today()) & ~Q(state=BatchState.REVOKED.value)
    return late & (Q(state=BatchState.OPEN.value) | Q(opened_at__date__lte=F("reply_by")))


TABS = (
    TabOf("open", "在办", lambda: Q(state=BatchState.OPEN.value), BY_DAY),
    TabOf("due", "逾期未答复来文", _not_answered, BY_DAY, warn=True),
    TabOf("closed", "已办结", lambda: Q(state=BatchState.CLOSED.value), BY_DAY),
    TabOf("revoked", "已撤销", lambda: Q(state=BatchState.REVOKED.value), BY_DAY),
    TabOf("all", "全部", Q, BY_DAY),
)  # fmt: skip
FILTERS = (
    ListFilter("channel", "来源", lambda value: Q(channel=value), choices=Channel.choices()),
    ListFilter("origin_no", "来文编号", lambda value: Q(origin_no=value.strip()), "text"),
    ListFilter("from", "收到日期自", on_day("received_on__gte"), "date"),
    ListFilter("to", "至", on_day("received_on__lte"), "date"),
    ListFilter("state", "状态", lambda value: Q(state=value), choices=BatchState.choices(), shown=False),
    ListFilter("origin", "来文单位", lambda value: Q(origin=value), "text", shown=False),
)


def resource(batch: Any) -> dict[str, Any]:
    """The batch as the API gives it."""
    days = ("received_on", "reply_by", "reported_back_on", "closed_on")
    said = {name: day.isoformat() if (day := getattr(batch, name)) else None for name in days}
    return {
        "channel": batch.channel, "origin": batch.origin, "origin_no": batch.origin_no, "anonymous": batch.anonymous,
        "items": batch.items_all, "items_open": batch.items_open, **said,
    }  # fmt: skip


def prefill(deed: str, batch: Any, actor: Actor) -> dict[str, Any]:
    known = {} if batch is None else {"reply_by": batch.reply_by}
    return {"received_on": clock.today(), "reported_back_on": clock.today(), **known}


EXPORT = (
    ("编号", lambda one: one.no),
    ("来源", lambda one: Channel(one.channel).label),
    ("来文单位", lambda one: one.origin),
    ("来文编号", lambda one: one.origin_no),
    ("收到日期", lambda one: one.received_on),
    ("要求答复日期", lambda one: one.reply_by),
    ("件数", lambda one: one.items_all),
    ("在办件数", lambda one: one.items_open),
    ("回报来文单位日期", lambda one: one.reported_back_on),
    ("办结日期", lambda one: one.closed_on),
    ("状态", lambda one: BatchState(one.state).label),
)

PAGES = MatterPages(
    loop=BATCH,
    lead="一次来电、来信、来访、网上提交或上级交办是一个批次；批次里的件全部办结，批次才办结。",
    what=what,
    where=lambda batch: batch.origin_no,
    level=lambda batch: None,
    tags=lambda batch: ["匿名"] if batch.anonymous else ["留有联系方式"],
    facts=facts,
    more_facts=more_facts,
    columns=COLUMNS,
    row=row,
    tabs=TABS,
    filters=FILTERS,
    resource=resource,
    listed=listed,
    prefill=prefill,
    export=EXPORT,
    empty=parts.Empty("这里没有符合条件的批次。", "接到举报的，立即登记。", places.REGISTER, "登记举报"),
    chained=False,
    pictured=False,
    beside=places.tabs(places.BATCHES),
)  # fmt: skip


def install() -> None:
    """Give the batch loop its pages."""
    show(PAGES)
    tell_of_matter(20, items_of)
