"""How meetings show themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet

from bihuan.capabilities.dispatch import pages as task_pages
from bihuan.capabilities.dispatch.meetings import places
from bihuan.capabilities.dispatch.meetings.access import told_of, visible_deployments
from bihuan.capabilities.dispatch.meetings.loop import MEETING
from bihuan.capabilities.dispatch.meetings.models import Meeting
from bihuan.capabilities.dispatch.meetings.states import Body, MeetingKind, MeetingState
from bihuan.capabilities.dispatch.states import TaskState
from bihuan.kernel import clock
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.search import containing
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.web import parts
from bihuan.kernel.web.matters.finding import addresses_of, came_from
from bihuan.kernel.web.matters.narrowing import in_state, on_day
from bihuan.kernel.web.matters.pages import ListFilter, MatterPages, Order, TabOf, show
from bihuan.kernel.web.matters.timeline import state_part

BY_DAY = Order("held", "held_on", descending=True)
NEXT = Order("next", "held_on", descending=False)


def tags(meeting: Meeting) -> Sequence[str]:
    return [Body(meeting.body).label, MeetingKind(meeting.kind).label]


def in_one_line(text: str) -> str:
    """Lines of a text told apart where a page runs them together."""
    return "；".join(line.strip() for line in text.splitlines() if line.strip())


def facts(meeting: Meeting) -> Sequence[parts.Fact]:
    listed = [
        parts.Fact("会议层级", Body(meeting.body).label),
        parts.Fact("会议类型", MeetingKind(meeting.kind).label),
        parts.Fact("召开日期", meeting.held_on),
        parts.Fact("地点", meeting.place or "—"),
        parts.Fact("主持人", meeting.chair_name or "—"),
        parts.Fact("登记单位", meeting.agency.name if meeting.agency else "—"),
    ]
    if meeting.agenda:
        listed.append(parts.Fact("议程", in_one_line(meeting.agenda), wide=True))
    return listed


def more_facts(meeting: Meeting, actor: Actor) -> Sequence[tuple[str, Sequence[parts.Fact]]]:
    sections = [
        ("会议决定", _decided(meeting, actor, difficulty=False)),
        ("困难和问题", _decided(meeting, actor, difficulty=True)),
        ("到会情况", _attendance(meeting)),
        ("会后部署", _deployments(meeting, actor)),
        ("纪要", _minutes(meeting)),
        ("关联任务", [came_from(meeting.task_no, actor)] if meeting.task_no else []),
        ("年初会议", _annual(meeting)),
    ]
    return [(heading, some) for heading, some in sections if some]


def _decided(meeting: Meeting, actor: Actor, *, difficulty: bool) -> Sequence[parts.Fact]:
    """Each with the task it became and how that stands; the way there for whoever may see the task."""
    rows = list(
        meeting.decisions.filter(difficulty=difficulty)
        .select_related("task__agency", "raised_by")
        .order_by("order")
    )
    seen = addresses_of([row.task.no for row in rows], actor)
    told = []
    for number, row in enumerate(rows, 1):
        task = row.task
        raised = f"，{row.raised_by.name}提出" if row.raised_by else ""
        hint = f"{task.agency.name}牵头，{task.due_on} 前；{TaskState(task.state).label}；{task.no}{raised}"
        href = seen[task.no][0] if task.no in seen else ""
        told.append(parts.Fact(f"第 {number} 条", row.words, hint=hint, href=href, wide=True))
    return told


def names_of(keys: Sequence[int]) -> list[str]:
    """Units in official order."""
    return list(
        Agency.objects.filter(pk__in=keys).order_by("kind", "order", "id").values_list("name", flat=True)
    )


def _attendance(meeting: Meeting) -> Sequence[parts.Fact]:
    told: list[parts.Fact] = []
    if meeting.invited:
        known = dict(
            Agency.objects.filter(pk__in=meeting.invited)
            .order_by("kind", "order", "id")
            .values_list("pk", "name")
        )
        away = set(meeting.absent)
        sent = set(meeting.substitutes)
        if meeting.took_place:
            came = [name for pk, name in known.items() if pk not in away | sent]
            told += [
                parts.Fact(f"到会（{len(came)}）", "、".join(came) or "—", wide=True),
                parts.Fact(
                    f"派人代会（{len(sent)}）",
                    "、".join(known[pk] for pk in known if pk in sent) or "—",
                    wide=True,
                ),
                parts.Fact(
                    f"缺席（{len(away)}）",
                    "、".join(known[pk] for pk in known if pk in away) or "—",
                    wide=True,
                ),
            ]
        else:
            told.append(parts.Fact(f"通知参会（{len(known)}）", "、".join(known.values()), wide=True))
    if meeting.summoned:
        told += _enterprises(meeting)
    return told


def _enterprises(meeting: Meeting) -> Sequence[parts.Fact]:
    """Whose legal representative was called, and who did not come (M046)."""
    rows = SupervisedObject.objects.filter(pk__in=meeting.summoned).order_by("name_pinyin", "uid")
    known = {str(pk): name for pk, name in rows.values_list("pk", "name")}
    away = set(meeting.summoned_absent)
    if not meeting.took_place:
        return [parts.Fact(f"通知企业法定代表人到会（{len(known)}）", "、".join(known.values()), wide=True)]
    came = [name for pk, name in known.items() if pk not in away]
    missed = [name for pk, name in known.items() if pk in away]
    return [
        parts.Fact(f"企业法定代表人到会（{len(came)}）", "、".join(came) or "—", wide=True),
        parts.Fact(f"企业法定代表人未到会（{len(missed)}）", "、".join(missed) or "—", wide=True),
    ]


def _deployments(meeting: Meeting, actor: Actor) -> Sequence[parts.Fact]:
    """What each unit filed, and who has not filed yet."""
    if meeting.deploy_by is None:
        return []
    filed = set(meeting.deployments.values_list("agency", flat=True))
    missing = [pk for pk in meeting.invited if pk not in filed]
    due = parts.Deadline.of(meeting.deploy_by) if missing else meeting.deploy_by
    told = [parts.Fact("报送期限", due, hint=meeting.demand, wide=True)]
    for row in visible_deployments(actor, meeting):
        late = "，迟报" if row.filed_on > meeting.deploy_by else ""
        hint = f"{row.deployed_on} 部署，{row.filed_by} {row.filed_on} 报送{late}"
        told.append(parts.Fact(row.agency.name, in_one_line(row.words), hint=hint, wide=True))
    if actor.all_seeing or actor.holds(Role.OFFICE, Role.LEADER):
        told.append(
            parts.Fact(f"还没有报送（{len(missing)}）", "、".join(names_of(missing)) or "没有", wide=True)
        )
    return told


def _minutes(meeting: Meeting) -> Sequence[parts.Fact]:
    if meeting.minuted_on is None:
        return []
    told = [parts.Fact("印发日期", meeting.minuted_on), parts.Fact("文号", meeting.document_no or "—")]
    if meeting.minutes:
        told.append(parts.Fact("正文", in_one_line(meeting.minutes), wide=True))
    return told


def _annual(meeting: Meeting) -> Sequence[parts.Fact]:
    if meeting.kind != MeetingKind.ANNUAL:
        return []
    year = meeting.held_on.year - 1
    href = f"/meetings/{meeting.no}/last-year/"
    return [parts.Fact("上年度情况通报", f"{year} 年各镇街安全生产情况", href=href, wide=True)]


COLUMNS = (
    parts.Column("会议", "title"),
    parts.Column("层级"),
    parts.Column("类型", phone=False),
    parts.Column("召开日期", "day"),
    parts.Column("参会单位", "number", "个", phone=False),
    parts.Column("议定事项", "number", "项"),
    parts.Column("状态", "state"),
)


def row(meeting: Any) -> parts.Row:
    overdue = meeting.state == MeetingState.PLANNED and meeting.held_on < clock.today()
    return parts.Row(
        cells=(
            meeting.title,
            Body(meeting.body).label,
            MeetingKind(meeting.kind).label,
            meeting.held_on,
            len(meeting.invited),
            meeting.decided,
            state_part(MEETING, meeting.state),
        ),
        href=f"/meetings/{meeting.no}/",
        late=overdue,
        sub=meeting.no,
    )


_LISTED = (
    "uid", "no", "state", "version", "deadline", "opened_at", "title", "body", "kind", "held_on", "place", "chair_name",
    "invited", "absent", "substitutes", "summoned", "summoned_absent", "minuted_on", "document_no", "deploy_by",
)  # fmt: skip


def listed(rows: QuerySet[Meeting]) -> QuerySet[Any]:
    """Rows with what lists and exports show, and how many things each meeting decided."""
    counted: dict[str, Any] = {"decided": Count("decisions")}
    return rows.annotate(**counted).values_list(*_LISTED, *counted, named=True)


TABS = (
    TabOf("held", "开过的会", in_state(MeetingState.HELD, MeetingState.MINUTED), BY_DAY),
    TabOf("planned", "拟召开", in_state(MeetingState.PLANNED), NEXT),
    TabOf("unminuted", "纪要待印发", in_state(MeetingState.HELD), BY_DAY),
    TabOf("all", "全部", Q, BY_DAY),
)


FILTERS = (
    ListFilter("q", "搜索", lambda text: containing("meetings_meeting.search", text), "text"),
    ListFilter("body", "层级", lambda value: Q(body=value), choices=Body.choices()),
    ListFilter("kind", "类型", lambda value: Q(kind=value), choices=MeetingKind.choices()),
    ListFilter("from", "召开日期自", on_day("held_on__gte"), "date"),
    ListFilter("to", "至", on_day("held_on__lte"), "date"),
    ListFilter("state", "状态", lambda value: Q(state=value), choices=MeetingState.choices(), shown=False),
)  # fmt: skip


def resource(meeting: Any) -> dict[str, Any]:
    """The meeting as the API gives it."""
    return {
        "title": meeting.title,
        "body": meeting.body,
        "kind": meeting.kind,
        "held_on": meeting.held_on.isoformat(),
        "place": meeting.place,
        "chair": meeting.chair_name,
        "invited": list(meeting.invited),
        "absent": list(meeting.absent),
        "substitutes": list(meeting.substitutes),
        "summoned": list(meeting.summoned),
        "summoned_absent": list(meeting.summoned_absent),
        "minuted_on": meeting.minuted_on.isoformat() if meeting.minuted_on else None,
        "document_no": meeting.document_no,
        "deploy_by": meeting.deploy_by.isoformat() if meeting.deploy_by else None,
    }


def prefill(deed: str, meeting: Any, actor: Actor) -> dict[str, Any]:
    """What a form may know beforehand."""
    today = clock.today()
    if deed == "record":
        return {"held_on": today}
    if deed == "hold":
        return {"held_on": meeting.held_on}
    if deed == "issue_minutes":
        return {"minuted_on": today}
    if deed == "file_deployment":
        return {"deployed_on": today}
    return {}


def describe(name: str, value: Any) -> Any:
    """Ids of a payload as names, and lines as what they are."""
    if isinstance(value, str):
        return in_one_line(value)
    if name == "invited" and isinstance(value, list):
        return "、".join(names_of(value))
    if name == "chair_post":
        return task_pages.describe("leader_post", value)
    if name == "raised_by":
        return task_pages.describe("lead", value)
    return task_pages.describe(name, value)


EXPORT = (
    ("编号", lambda meeting: meeting.no),
    ("会议名称", lambda meeting: meeting.title),
    ("会议层级", lambda meeting: Body(meeting.body).label),
    ("会议类型", lambda meeting: MeetingKind(meeting.kind).label),
    ("召开日期", lambda meeting: meeting.held_on),
    ("地点", lambda meeting: meeting.place),
    ("主持人", lambda meeting: meeting.chair_name),
    ("参会单位数", lambda meeting: len(meeting.invited)),
    ("缺席单位数", lambda meeting: len(meeting.absent)),
    ("派人代会单位数", lambda meeting: len(meeting.substitutes)),
    ("通知到会企业数", lambda meeting: len(meeting.summoned)),
    ("未到会企业数", lambda meeting: len(meeting.summoned_absent)),
    ("议定事项数", lambda meeting: meeting.decided),
    ("纪要印发日期", lambda meeting: meeting.minuted_on),
    ("文号", lambda meeting: meeting.document_no),
    ("状态", lambda meeting: MeetingState(meeting.state).label),
)

PAGES = MatterPages(
    loop=MEETING,
    told=told_of,
    lead="哪一级开了什么会、谁到了谁没到、定了哪些事、办得怎样。每条会议决定都是一项任务。",
    what=lambda meeting: meeting.title,
    where=lambda meeting: meeting.place,
    level=lambda meeting: None,
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
        "这里没有符合条件的会议。",
        "换一个筛选条件；开过的会用“补录会议”登记。",
        "/meetings/new/record/",
        "补录会议",
    ),
    opening="plan",
    openings=("record",),
    chained=False,
    pictured=False,
    beside=places.tabs(places.MEETINGS),
)


def install() -> None:
    """Give the meeting loop its pages."""
    show(PAGES)
