"""How key periods show themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from bihuan.capabilities.dispatch.campaigns import places
from bihuan.capabilities.dispatch.hands import DISTRICT
from bihuan.capabilities.dispatch.models import Task
from bihuan.capabilities.dispatch.states import TaskKind, TaskState
from bihuan.capabilities.dispatch.windows import summary, turning
from bihuan.capabilities.dispatch.windows.loop import WINDOW
from bihuan.capabilities.dispatch.windows.models import KeyWindow
from bihuan.capabilities.dispatch.windows.states import Reporting, To, WindowKind, WindowState
from bihuan.kernel import clock
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.web import parts
from bihuan.kernel.web.matters.narrowing import in_state
from bihuan.kernel.web.matters.pages import ListFilter, MatterPages, Order, TabOf, show
from bihuan.kernel.web.matters.timeline import state_part

HERE = "/windows/"
SOONEST = Order("first_day", "first_day", descending=False)
LATEST = Order("first_day_down", "first_day", descending=True)
SHOWN = 60


def facts(window: KeyWindow) -> Sequence[parts.Fact]:
    listed = [
        parts.Fact("时段", f"{window.first_day} 至 {window.last_day}"),
        parts.Fact("布置日期", window.enters_on, hint="到这一天系统自动布置任务"),
        parts.Fact(
            "日报",
            Reporting(window.reporting).label,
            hint=window.forms if window.reporting != Reporting.NOBODY else "",
        ),
        parts.Fact(
            "任务",
            f"{len(window.templates)} 项" if window.entered_on is None else f"已布置 {len(window.opened)} 项",
        ),
    ]
    if window.opinion:
        listed.append(parts.Fact("总结意见", window.opinion, wide=True))
    return listed


def more_facts(window: KeyWindow, actor: Actor) -> Sequence[tuple[str, Sequence[parts.Fact]]]:
    sections: list[tuple[str, Sequence[parts.Fact]]] = []
    if window.summary:
        paper = parts.Fact(
            "总结", "查看总结", href=f"{HERE}{window.no}/summary/", hint="可下载 .docx", wide=True
        )
        sections.append(("时段总结", [paper, *_numbers(window.summary)]))
    if window.entered_on is None:
        sections.append(("进入时布置的任务", _templates(window)))
    else:
        sections.append(("布置的任务", _opened(window)))
        if window.units:
            sections.append(("日报", _reports(window)))
    return sections


def _numbers(told: Mapping[str, Any]) -> Sequence[parts.Fact]:
    return [
        parts.Fact(
            one["label"],
            summary.shown(one),
            href=summary.href_of(name, told) if one["amount"] or one["denominator"] else "",
        )
        for name, one in summary.in_order(told)
    ]


def _templates(window: KeyWindow) -> Sequence[parts.Fact]:
    if not window.templates:
        return [parts.Fact("任务", "没有；进入时段时不布置任务", wide=True)]
    named = dict(
        Agency.objects.filter(pk__in=[one["unit"] for one in window.templates if one["unit"]]).values_list(
            "pk", "name"
        )
    )
    return [
        parts.Fact(
            f"第 {place} 项", one["title"],
            hint=f"{named.get(one['unit']) or To(one['to']).label}，{TaskKind(one['kind']).label}，{_due(window, one)}",
            wide=True,
        )
        for place, one in enumerate(window.templates, 1)
    ]  # fmt: skip


def _due(window: KeyWindow, one: Mapping[str, Any]) -> str:
    return "时段结束前完成" if one["days"] is None else f"开始后第 {one['days']} 天前完成"


def _opened(window: KeyWindow) -> Sequence[parts.Fact]:
    rows = list(
        Task.objects.filter(no__in=window.opened).select_related("agency").order_by("state", "due_on", "no")
    )
    left = [task for task in rows if task.state not in (TaskState.CLOSED, TaskState.WITHDRAWN)]
    told = [
        parts.Fact("办结", f"{len(rows) - len(left)} 项"),
        parts.Fact("未办结", f"{len(left)} 项"),
        parts.Fact("逾期", f"{sum(task.due_on < clock.today() for task in left)} 项"),
    ]
    told += [
        parts.Fact(task.agency.name, task.title, href=f"/tasks/{task.no}/", wide=True,
                   hint=f"{TaskState(task.state).label}，{task.due_on} 前")
        for task in left[:SHOWN]
    ]  # fmt: skip
    return told


def _reports(window: KeyWindow) -> Sequence[parts.Fact]:
    told = turning.reports_of(window, clock.today())
    href = f"/filings/?kind={turning.kind_of(window)}"
    listed = [
        parts.Fact("应报", f"{told['due']} 份", href=href if told["due"] else ""),
        parts.Fact("已报", f"{told['came']} 份"),
        parts.Fact("未报", f"{told['missing']} 份"),
    ]
    listed += [
        parts.Fact(unit, f"欠 {len(days)} 份", hint=summary.days_words(days))
        for unit, days in told["owed"].items()
    ]
    return listed


COLUMNS = (
    parts.Column("时段", "title"),
    parts.Column("类别", phone=False),
    parts.Column("开始", "day"),
    parts.Column("结束", "day"),
    parts.Column("布置", "day", phone=False),
    parts.Column("状态", "state"),
)


def row(window: Any) -> parts.Row:
    return parts.Row(
        cells=(
            window.name, WindowKind(window.kind).label, window.first_day, window.last_day, window.enters_on,
            state_part(WINDOW, window.state),
        ),
        href=f"{HERE}{window.no}/",
        sub=window.no,
    )  # fmt: skip


TABS = (
    TabOf("ahead", "进行中和待进入", in_state(WindowState.PLANNED, WindowState.OPEN), SOONEST),
    TabOf("open", "进行中", in_state(WindowState.OPEN), SOONEST),
    TabOf("closed", "已总结", in_state(WindowState.CLOSED), LATEST),
    TabOf("all", "全部", Q, LATEST),
)
FILTERS = (
    ListFilter("kind", "类别", lambda value: Q(kind=value), choices=WindowKind.choices()),
    ListFilter("year", "年份", lambda text: Q(year=int(text)), "text", shown=False),
    ListFilter("state", "状态", lambda value: Q(state=value), choices=WindowState.choices(), shown=False),
)  # fmt: skip


def resource(window: Any) -> dict[str, Any]:
    """The window as the API gives it."""
    return {
        "name": window.name,
        "kind": window.kind,
        "first_day": window.first_day.isoformat(),
        "last_day": window.last_day.isoformat(),
        "enters_on": window.enters_on.isoformat(),
        "reporting": window.reporting,
        "templates": window.templates,
        "opened": window.opened,
        "summary": window.summary,
    }


def listed(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.select_related("agency")


def prefill(deed: str, window: Any, actor: Actor) -> dict[str, Any]:
    """What a form may know beforehand."""
    if deed == "revise":
        names = ("kind", "name", "first_day", "last_day", "ahead", "reporting", "forms")
        return {name: getattr(window, name) for name in names}
    return {"opinion": window.opinion} if deed == "comment" else {}


def describe(name: str, value: Any) -> Any:
    """Ids of a payload as names."""
    if name == "unit" and isinstance(value, int):
        return Agency.objects.filter(pk=value).values_list("name", flat=True).first() or value
    return value


EXPORT = (
    ("编号", lambda one: one.no),
    ("时段", lambda one: one.name),
    ("类别", lambda one: WindowKind(one.kind).label),
    ("开始日期", lambda one: one.first_day),
    ("结束日期", lambda one: one.last_day),
    ("布置日期", lambda one: one.enters_on),
    ("状态", lambda one: WindowState(one.state).label),
    ("布置任务", lambda one: len(one.opened)),
)

PAGES = MatterPages(
    loop=WINDOW,
    lead="春节、两会、汛期这些日子：到日子自动布置值班、检查和日报，结束后自动总结。",
    what=lambda window: window.name,
    where=lambda window: f"{window.first_day} 至 {window.last_day}",
    level=lambda window: None,
    tags=lambda window: [WindowKind(window.kind).label],
    facts=facts,
    more_facts=more_facts,
    columns=COLUMNS,
    row=row,
    tabs=TABS,
    filters=FILTERS,
    resource=resource,
    listed=listed,
    prefill=prefill,
    describe=describe,
    export=EXPORT,
    empty=parts.Empty(
        "还没有列入重点时段。",
        "可以按日历一次列入一年的时段，再调整日期和任务。",
        "/windows/year/",
        "按日历列入",
    ),
    opening="plan",
    beside=lambda actor: places.tabs(actor, HERE),
)


def install() -> None:
    """Give key periods their pages."""
    show(PAGES)
    places.hang(20, "重点时段", HERE)
    places.hang(25, "按日历列入", f"{HERE}year/", DISTRICT)
