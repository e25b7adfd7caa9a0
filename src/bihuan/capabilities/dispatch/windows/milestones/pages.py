"""How milestone projects show themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from bihuan.capabilities.dispatch.campaigns import places
from bihuan.capabilities.dispatch.windows.milestones.loop import PROJECT
from bihuan.capabilities.dispatch.windows.milestones.models import Project
from bihuan.capabilities.dispatch.windows.milestones.states import (
    ProjectKind,
    ProjectState,
    Stop,
    stop_of,
    waiting,
)
from bihuan.kernel import clock
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.web import parts
from bihuan.kernel.web.matters.narrowing import in_state, unit_choices
from bihuan.kernel.web.matters.pages import ListFilter, MatterPages, Order, TabOf, show
from bihuan.kernel.web.matters.timeline import state_part

HERE = "/milestones/"
BY_PLAN = Order("planned", "planned_on", descending=True)


def tags(project: Project) -> Sequence[str]:
    late = sum(stop_of(one, clock.today()) is Stop.LATE for one in project.milestones)
    return [ProjectKind(project.kind).label, *([f"逾期节点 {late} 个"] if late else [])]


def facts(project: Project) -> Sequence[parts.Fact]:
    listed = [
        parts.Fact("牵头单位", project.agency.name),
        parts.Fact("督促单位", _name(project.urged_by) or "—"),
        parts.Fact("列入日期", project.planned_on),
        parts.Fact("依据", project.basis or "—"),
    ]
    if project.content:
        listed.append(parts.Fact("内容", project.content, wide=True))
    if project.result:
        listed.append(parts.Fact("完成情况", project.result, wide=True))
    return listed


def _name(unit: int | None) -> str:
    return Agency.objects.filter(pk=unit).values_list("name", flat=True).first() or "" if unit else ""


def more_facts(project: Project, actor: Actor) -> Sequence[tuple[str, Sequence[parts.Fact]]]:
    return [
        ("节点", [fact for number, one in enumerate(project.milestones, 1) for fact in _stop(number, one)])
    ]


def _stop(number: int, one: dict[str, Any]) -> Sequence[parts.Fact]:
    standing = stop_of(one, clock.today())
    said = f"；{one['result']}" if one["result"] else ""
    days = [f"{one['due']} 前"]
    days += [f"{one['reported_on']} 上报完成"] if one["reported_on"] else []
    days += [f"{one['accepted_on']} {one['accepted_by']}验收"] if one["accepted_on"] else []
    title = parts.Level(f"{one['title']}（逾期）", "red") if standing is Stop.LATE else one["title"]
    words = "，".join([standing.label, *days])
    listed = [parts.Fact(f"第 {number} 个节点", title, hint=f"{words}{said}", wide=True)]
    if one["task"]:
        listed.append(parts.Fact("督促任务", one["task"], href=f"/tasks/{one['task']}/", wide=True))
    return listed


COLUMNS = (
    parts.Column("工程", "title"),
    parts.Column("类别", phone=False),
    parts.Column("牵头单位"),
    parts.Column("节点", phone=False),
    parts.Column("下一节点", "day"),
    parts.Column("状态", "state"),
)


def row(project: Any) -> parts.Row:
    ahead = waiting(project.milestones) if project.state == ProjectState.UNDER_WAY else []
    deadline = parts.Deadline.of(date.fromisoformat(ahead[0]["due"])) if ahead else None
    done = sum(bool(one["accepted_on"]) for one in project.milestones)
    return parts.Row(
        cells=(
            project.name, ProjectKind(project.kind).label, project.agency_name, f"{done}/{len(project.milestones)}",
            deadline, state_part(PROJECT, project.state),
        ),
        href=f"{HERE}{project.no}/",
        late=deadline is not None and deadline.left < 0,
        sub=project.no,
    )  # fmt: skip


TABS = (
    TabOf("open", "推进中", in_state(ProjectState.UNDER_WAY, ProjectState.AWAITING_ACCEPTANCE), BY_PLAN),
    TabOf(
        "late",
        "逾期",
        lambda: Q(state=ProjectState.UNDER_WAY, deadline__lt=clock.today()),
        BY_PLAN,
        warn=True,
    ),
    TabOf("closed", "已完成", in_state(ProjectState.CLOSED), BY_PLAN),
    TabOf("all", "全部", Q, BY_PLAN),
)


FILTERS = (
    ListFilter("kind", "类别", lambda value: Q(kind=value), choices=ProjectKind.choices()),
    ListFilter("unit", "牵头单位", lambda text: Q(agency=int(text)), choices=unit_choices),
    ListFilter("state", "状态", lambda value: Q(state=value), choices=ProjectState.choices(), shown=False),
)  # fmt: skip


def resource(project: Any) -> dict[str, Any]:
    """The project as the API gives it; who reported stays inside."""
    return {
        "name": project.name,
        "kind": project.kind,
        "lead": project.agency_name,
        "milestones": [
            {key: value for key, value in one.items() if key != "reporter"} for one in project.milestones
        ],
        "result": project.result,
        "accepted_on": project.accepted_on.isoformat() if project.accepted_on else None,
    }


def listed(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.select_related("agency")


def prefill(deed: str, project: Any, actor: Actor) -> dict[str, Any]:
    """The milestone most likely meant: the nearest to report, or the first that waits."""
    if project is None:
        return {}
    wanted = Stop.REPORTED if deed in ("accept", "reject") else None
    for number, one in enumerate(project.milestones, 1):
        standing = stop_of(one, clock.today())
        if standing is wanted or (wanted is None and standing in (Stop.AHEAD, Stop.LATE)):
            return {"number": number, "reported_on": clock.today(), "due": one["due"]}
    return {}


def describe(name: str, value: Any) -> Any:
    return _name(value) or value if name in ("lead", "urged_by") and isinstance(value, int) else value


EXPORT = (
    ("编号", lambda one: one.no),
    ("工程", lambda one: one.name),
    ("类别", lambda one: ProjectKind(one.kind).label),
    ("牵头单位", lambda one: one.agency_name),
    ("节点", lambda one: "；".join(f"{each['due']} {each['title']}（{stop_of(each, clock.today()).label}）" for each in one.milestones)),
    ("状态", lambda one: ProjectState(one.state).label),
)  # fmt: skip

PAGES = MatterPages(
    loop=PROJECT,
    lead="有日期、有节点、有验收的重点工程和试点：节点过期没有上报，系统向牵头单位交办一次。",
    what=lambda project: project.name,
    where=lambda project: f"{project.agency_name}牵头",
    level=lambda project: None,
    tags=tags,
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
        "这里没有符合条件的重点工程。",
        "换一个筛选条件，或者列入新的工程。",
        "/milestones/new/plan/",
        "列入重点工程",
    ),
    opening="plan",
    beside=lambda actor: places.tabs(actor, HERE),
)


def install() -> None:
    """Give projects their pages."""
    show(PAGES)
    places.hang(30, "重点工程", HERE)
