"""How the matters of gaps show themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import F, Q, QuerySet

from bihuan.capabilities.responsibility.gaps.causes import Cause
from bihuan.capabilities.responsibility.gaps.loop import GAP
from bihuan.capabilities.responsibility.gaps.models import Gap
from bihuan.capabilities.responsibility.gaps.states import OPEN_STATES, GapState
from bihuan.kernel import clock
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.search import containing
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.web import parts
from bihuan.kernel.web.matters.narrowing import in_state, of_object, unit_choices
from bihuan.kernel.web.matters.pages import ListFilter, MatterPages, Order, TabOf, show
from bihuan.kernel.web.matters.timeline import state_part

OVERVIEW = "/responsibility/gaps/"
_OPEN = [state.value for state in OPEN_STATES]
BY_DAY = Order("found", "found_on", descending=True)


def what(gap: Any) -> str:
    cause = Cause(gap.cause)
    if cause is Cause.OTHER:
        return (
            f"{gap.subject_name}：{gap.description[:40]}" if gap.subject_name else str(gap.description[:60])
        )
    return f"{gap.subject_name}：{cause.label}"


def facts(gap: Gap) -> Sequence[parts.Fact]:
    cause = Cause(gap.cause)
    listed = [
        parts.Fact("情形", cause.label),
        parts.Fact("对象", gap.subject_name or None),
        parts.Fact("发现时涉及", f"{gap.concerned:,} 家"),
        parts.Fact("发现日期", gap.found_on),
        parts.Fact("发现方式", "系统比对" if gap.detected else "人工登记"),
        parts.Fact("落实单位", gap.agency.name),
        parts.Fact("解决期限", gap.due_on),
    ]
    if cause is not Cause.OTHER:
        href = f"{OVERVIEW}{cause.value}/?subject={gap.subject}"
        listed.append(parts.Fact("现在还有", "打开名单", href=href))
        words, where = cause.mended_at
        listed.append(parts.Fact("怎样解决", words, href=where))
    if gap.description:
        listed.append(parts.Fact("情况说明", gap.description, wide=True))
    if gap.demand:
        listed.append(parts.Fact("要求", gap.demand, wide=True))
    return listed


def more_facts(gap: Gap, actor: Actor) -> Sequence[tuple[str, Sequence[parts.Fact]]]:
    if not gap.how:
        return ()
    told = [
        parts.Fact("怎样解决的", gap.how, wide=True),
        parts.Fact("落实到的责任", gap.settled_by or "没有查到新的分工或任职", wide=True),
        parts.Fact("报告日期", gap.settled_on),
        parts.Fact("核销日期", gap.closed_on),
        parts.Fact("核销人", gap.closed_by or None),
    ]
    return (("落实情况", told),)


COLUMNS = (
    parts.Column("盲区、争议", "title"), parts.Column("涉及", "number", "家"), parts.Column("落实单位"),
    parts.Column("发现日期", "day", phone=False), parts.Column("期限", "day"), parts.Column("状态", "state"),
)  # fmt: skip


def row(gap: Any) -> parts.Row:
    open_now = gap.state in _OPEN
    deadline = parts.Deadline.of(gap.deadline) if open_now and gap.deadline else None
    return parts.Row(
        (
            what(gap),
            gap.concerned,
            gap.agency_name,
            gap.found_on,
            deadline or gap.due_on,
            state_part(GAP, gap.state),
        ),
        href=f"/gaps/{gap.no}/",
        late=deadline is not None and deadline.left < 0,
        sub=gap.no,
    )


_NAMES: dict[str, Any] = {"agency_name": F("agency__name")}
_LISTED = (
    "uid", "no", "state", "version", "deadline", "cause", "subject", "subject_name", "concerned", "description", "found_on",
    "due_on", "detected", "how", "settled_by", "settled_on", "closed_on", "closed_by",
)  # fmt: skip


def listed(rows: QuerySet[Gap]) -> QuerySet[Any]:
    return rows.annotate(**_NAMES).values_list(*_LISTED, *_NAMES, named=True)


TABS = (
    TabOf("open", "未核销", in_state(*OPEN_STATES), BY_DAY),
    TabOf("overdue", "逾期", lambda: Q(state__in=_OPEN, deadline__lt=clock.today()), BY_DAY, warn=True),
    TabOf("found", "待交办", in_state(GapState.FOUND), BY_DAY),
    TabOf("under_way", "落实中", in_state(GapState.UNDER_WAY), BY_DAY),
    TabOf("settled", "待核销", in_state(GapState.SETTLED), BY_DAY),
    TabOf("closed", "已核销", in_state(GapState.CLOSED), BY_DAY),
    TabOf("all", "全部", Q, BY_DAY),
)


FILTERS = (
    ListFilter("q", "搜索", lambda text: containing("gaps_gap.search", text), "text"),
    ListFilter("cause", "情形", lambda value: Q(cause=value), choices=Cause.choices()),
    ListFilter("unit", "落实单位", lambda value: Q(agency=int(value)), choices=unit_choices),
    ListFilter("object", "企业", of_object, "object"),
    ListFilter("subject", "对象", lambda value: Q(subject=value), "text", shown=False),
    ListFilter(
        "state", "状态", lambda value: Q(state=value), choices=GapState.choices(), shown=False
    ),
    ListFilter(
        "overdue", "逾期", lambda value: Q(state__in=_OPEN, deadline__lt=clock.today()), "flag", shown=False
    ),
)  # fmt: skip


def resource(gap: Any) -> dict[str, Any]:
    """The gap as the API gives it."""
    return {
        "cause": gap.cause,
        "subject": gap.subject_name,
        "concerned": gap.concerned,
        "unit": gap.agency_name,
        "found_on": gap.found_on.isoformat(),
        "due_on": gap.due_on.isoformat() if gap.due_on else None,
        "how": gap.how,
        "settled_by": gap.settled_by,
        "closed_on": gap.closed_on.isoformat() if gap.closed_on else None,
    }


def describe(name: str, value: Any) -> Any:
    if name == "lead" and isinstance(value, int):
        return Agency.objects.filter(pk=value).values_list("name", flat=True).first() or value
    if name == "cause" and value in [one.value for one in Cause]:
        return Cause(value).label
    return value


EXPORT = (
    ("编号", lambda gap: gap.no),
    ("情形", lambda gap: Cause(gap.cause).label),
    ("对象", lambda gap: gap.subject_name),
    ("涉及监管对象（家）", lambda gap: gap.concerned),
    ("落实单位", lambda gap: gap.agency_name),
    ("发现日期", lambda gap: gap.found_on),
    ("解决期限", lambda gap: gap.due_on),
    ("怎样解决的", lambda gap: gap.how),
    ("落实到的责任", lambda gap: gap.settled_by),
    ("核销日期", lambda gap: gap.closed_on),
    ("核销人", lambda gap: gap.closed_by),
    ("状态", lambda gap: GapState(gap.state).label),
)

PAGES = MatterPages(
    loop=GAP,
    lead="没有人管的、两家都管或都不管的：交给一个单位，落实到人，核对属实才能核销。",
    what=what,
    where=lambda gap: f"{gap.agency.name}落实",
    level=lambda gap: parts.Level("争议", "orange") if Cause(gap.cause).conflict else None,
    tags=lambda gap: [Cause(gap.cause).label],
    facts=facts,
    more_facts=more_facts,
    columns=COLUMNS,
    row=row,
    tabs=TABS,
    filters=FILTERS,
    resource=resource,
    listed=listed,
    describe=describe,
    export=EXPORT,
    empty=parts.Empty(
        "没有符合条件的盲区。", "每天夜里自动比对；发现没人管的，也可以随时登记。", icon="circle-check"
    ),
    opening="raise",
    beside=lambda actor: (parts.Tab("盲区一览", OVERVIEW), parts.Tab("办理情况", "/gaps/", current=True)),
)


def install() -> None:
    """Give the gap loop its pages."""
    show(PAGES)
