"""How tasks show themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from bihuan.capabilities.dispatch.loop import TASK
from bihuan.capabilities.dispatch.models import FACETS, OPEN_STATES, Task
from bihuan.capabilities.dispatch.states import TaskKind, TaskState
from bihuan.kernel import clock
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Post
from bihuan.kernel.search import containing
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.web import parts
from bihuan.kernel.web.matters.finding import came_from
from bihuan.kernel.web.matters.narrowing import in_state, of_campaign, on_day, unit_choices
from bihuan.kernel.web.matters.pages import ListFilter, MatterPages, Order, TabOf, show
from bihuan.kernel.web.matters.timeline import state_part

SUPERVISED = parts.Level("挂牌督办", "red")
_OPEN = [state.value for state in OPEN_STATES]
BY_DEADLINE = Order("deadline", "deadline", descending=False, within=lambda: Q(state__in=_OPEN), few=True)
BY_DISPATCH = Order("dispatched", "dispatched_on", descending=True)


def tags(task: Task) -> Sequence[str]:
    shown = [TaskKind(task.kind).label]
    if task.sent_back:
        shown.append(f"退回 {task.sent_back} 次")
    if task.declined:
        shown.append("牵头单位有异议")
    if task.extension:
        shown.append("延期待批")
    if task.campaign:
        shown.append(task.campaign)
    return shown


def facts(task: Task) -> Sequence[parts.Fact]:
    listed = [
        parts.Fact("任务", task.title, wide=True),
        parts.Fact("具体要求", task.requirement or "—", wide=True),
        parts.Fact("牵头单位", task.agency.name),
        parts.Fact("配合单位", "、".join(names_of(task.supporting)) or "—"),
        parts.Fact("交办日期", task.dispatched_on),
        parts.Fact("完成期限", task.due_on),
        parts.Fact("分管（督促）领导", task.leader_name or "（空缺）"),
        parts.Fact("来源", _source(task)),
    ]
    if task.quote:
        listed.append(parts.Fact("原文", task.quote, wide=True))
    return listed


def _source(task: Task) -> str:
    if not task.source_title:
        return "—"
    return f"{task.source_title}（{task.source_on}）" if task.source_on else task.source_title


def names_of(agencies: Sequence[int]) -> list[str]:
    """What units are called today, in the order given; the key of one that is no more."""
    known = dict(Agency.objects.filter(pk__in=agencies).values_list("pk", "name"))
    return [known.get(pk, str(pk)) for pk in agencies]


def more_facts(task: Task, actor: Actor) -> Sequence[tuple[str, Sequence[parts.Fact]]]:
    sections: list[tuple[str, Sequence[parts.Fact]]] = [("落实情况", _carried_out(task))]
    if task.origin:
        sections.append(("出自", (came_from(task.origin, actor),)))
    if task.declined:
        sections.append(("牵头单位的异议", (parts.Fact("理由", task.declined, wide=True),)))
    if task.extension:
        asked = task.extension
        sections.append(
            (
                "待批的延期申请",
                (
                    parts.Fact("申请延期至", date.fromisoformat(asked["until"])),
                    parts.Fact("申请人", asked["by"]),
                    parts.Fact("理由", asked["reason"], wide=True),
                ),
            )
        )
    if task.accepted_on:
        sections.append(
            ("验收", (parts.Fact("验收日期", task.accepted_on), parts.Fact("验收人", task.accepted_by)))
        )
    return sections


def _carried_out(task: Task) -> Sequence[parts.Fact]:
    """The four of M044, each said or visibly missing."""
    told = [
        parts.Fact(label, value or "尚未填报", wide=label in ("有落实", "有成效"))
        for label, value in task.has().items()
    ]
    if task.progress:
        told.append(parts.Fact("最近进展", task.progress, hint=f"{task.progress_on} 报", wide=True))
    return told


COLUMNS = (
    parts.Column("任务", "title"),
    parts.Column("牵头单位"),
    parts.Column("类型", phone=False),
    parts.Column("交办日期", "day", phone=False),
    parts.Column("期限", "day"),
    parts.Column("状态", "state"),
)


def row(task: Any) -> parts.Row:
    open_now = TaskState(task.state) in OPEN_STATES
    deadline = parts.Deadline.of(task.deadline) if open_now and task.deadline else None
    return parts.Row(
        cells=(
            task.title,
            task.agency_name,
            TaskKind(task.kind).label,
            task.dispatched_on,
            deadline or task.due_on,
            state_part(TASK, task.state),
        ),
        href=f"/tasks/{task.no}/",
        late=deadline is not None and deadline.left < 0,
        sub=task.no,
    )


_OF_UNIT: dict[str, Any] = {"agency_name": F("agency__name")}
_LISTED = (
    "uid", "no", "state", "version", "deadline", "title", "requirement", "kind", "due_on", "dispatched_on",
    "source_title", "source_on", "campaign", "responsible_person", "measures", "progress", "progress_on", "finished_on",
    "result", "accepted_on", "accepted_by", "sent_back", "supporting", "leader_name", "supervised_on",
)  # fmt: skip


def listed(rows: QuerySet[Task]) -> QuerySet[Any]:
    """Rows with what lists and exports show, as plain tuples under the model's names."""
    return rows.annotate(**_OF_UNIT).values_list(*_LISTED, *_OF_UNIT, named=True)


TABS = (
    TabOf("open", "未办结", in_state(*OPEN_STATES), BY_DEADLINE),
    TabOf("overdue", "逾期", lambda: Q(state__in=_OPEN, deadline__lt=clock.today()), BY_DEADLINE, warn=True),
    TabOf("dispatched", "待签收", in_state(TaskState.DISPATCHED), BY_DEADLINE),
    TabOf("under_way", "办理中", in_state(TaskState.UNDER_WAY), BY_DEADLINE),
    TabOf("awaiting", "待验收", in_state(TaskState.AWAITING_ACCEPTANCE), BY_DEADLINE),
    TabOf("closed", "已办结", in_state(TaskState.CLOSED), BY_DISPATCH),
    TabOf("all", "全部", Q, BY_DISPATCH),
)


def _unit(text: str) -> Q:
    return Q(agency=int(text))


FILTERS = (
    ListFilter("q", "搜索", lambda text: containing("dispatch_task.search", text), "text"),
    ListFilter("unit", "牵头单位", _unit, choices=unit_choices),
    ListFilter("kind", "类型", lambda value: Q(kind=value), choices=TaskKind.choices()),
    ListFilter("from", "交办日期自", on_day("dispatched_on__gte"), "date"),
    ListFilter("to", "至", on_day("dispatched_on__lte"), "date"),
    ListFilter("state", "状态", lambda value: Q(state=value), choices=TaskState.choices(), shown=False),
    ListFilter("overdue", "逾期", lambda value: Q(state__in=_OPEN, deadline__lt=clock.today()), "flag", shown=False),
    ListFilter("campaign", "专项行动", of_campaign, "text", shown=False),
)  # fmt: skip


def resource(task: Any) -> dict[str, Any]:
    """The task as the API gives it."""
    return {
        "title": task.title,
        "requirement": task.requirement,
        "kind": task.kind,
        "lead": task.agency_name,
        "supporting": list(task.supporting),
        "due_on": task.due_on.isoformat(),
        "dispatched_on": task.dispatched_on.isoformat(),
        "source": task.source_title,
        "campaign": task.campaign,
        "responsible_person": task.responsible_person,
        "measures": task.measures,
        "progress": task.progress,
        "finished_on": task.finished_on.isoformat() if task.finished_on else None,
        "result": task.result,
        "accepted_on": task.accepted_on.isoformat() if task.accepted_on else None,
    }


def prefill(deed: str, task: Any, actor: Actor) -> dict[str, Any]:
    """What a form may know beforehand."""
    if task is None:
        return {}
    if deed == "receive":
        return {"responsible_person": task.responsible_person, "measures": task.measures}
    if deed == "reassign":
        return {"lead": task.agency_id, "supporting": task.supporting, "due_on": task.due_on}
    if deed in ("complete", "accept"):
        return {"finished_on": clock.today()}
    return {}


def describe(name: str, value: Any) -> Any:
    """Ids of a payload as names."""
    if name == "lead" and isinstance(value, int):
        return next(iter(names_of([value])), value)
    if name == "supporting" and isinstance(value, list):
        return "、".join(names_of(value))
    if name == "leader_post" and isinstance(value, int):
        post = Post.objects.filter(pk=value).first()
        return post.title if post else value
    return value


EXPORT = (
    ("编号", lambda task: task.no),
    ("任务", lambda task: task.title),
    ("具体要求", lambda task: task.requirement),
    ("任务类型", lambda task: TaskKind(task.kind).label),
    ("牵头单位", lambda task: task.agency_name),
    ("分管（督促）领导", lambda task: task.leader_name),
    ("来源", lambda task: task.source_title),
    ("交办日期", lambda task: task.dispatched_on),
    ("完成期限", lambda task: task.due_on),
    ("责任人", lambda task: task.responsible_person),
    ("落实措施", lambda task: task.measures),
    ("最近进展", lambda task: task.progress),
    ("完成日期", lambda task: task.finished_on),
    ("完成情况和成效", lambda task: task.result),
    ("验收日期", lambda task: task.accepted_on),
    ("验收人", lambda task: task.accepted_by),
    ("状态", lambda task: TaskState(task.state).label),
)

PAGES = MatterPages(
    loop=TASK,
    lead="领导讲话和上级文件要求的每件事：哪个单位办、到哪天、办成没有、谁验收。",
    what=lambda task: task.title,
    where=lambda task: f"{task.agency_name}牵头",
    level=lambda task: SUPERVISED if task.supervised_on else None,
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
        "这里没有符合条件的任务。", "换一个筛选条件，或者交办新的任务。", "/tasks/new/dispatch/", "交办任务"
    ),
    opening="dispatch",
    facets=FACETS,
)


def install() -> None:
    """Give the task loop its pages."""
    show(PAGES)
