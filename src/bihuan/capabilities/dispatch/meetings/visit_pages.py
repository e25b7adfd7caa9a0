"""How leaders' visits show themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from bihuan.capabilities.dispatch import pages as task_pages
from bihuan.capabilities.dispatch.meetings import places
from bihuan.capabilities.dispatch.meetings.models import Visit
from bihuan.capabilities.dispatch.meetings.pages import in_one_line
from bihuan.capabilities.dispatch.meetings.states import VisitKind, VisitState
from bihuan.capabilities.dispatch.meetings.visit_loop import VISIT
from bihuan.kernel import clock
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Post, Role
from bihuan.kernel.search import containing
from bihuan.kernel.territory.models import Sector
from bihuan.kernel.web import parts
from bihuan.kernel.web.matters.finding import addresses_of
from bihuan.kernel.web.matters.narrowing import on_day
from bihuan.kernel.web.matters.pages import ListFilter, MatterPages, Order, TabOf, show
from bihuan.kernel.web.matters.timeline import state_part
from bihuan.registers import criteria

BY_DAY = Order("visited", "visited_on", descending=True)


def facts(visit: Visit) -> Sequence[parts.Fact]:
    return [
        parts.Fact("领导", visit.leader_name),
        parts.Fact("类型", VisitKind(visit.kind).label),
        parts.Fact("日期", visit.visited_on),
        parts.Fact("受督导单位", visit.unit.name if visit.unit else "—"),
        parts.Fact("地点", visit.place or "—"),
        parts.Fact("陪同人员", visit.companions or "—"),
        parts.Fact("检查情况", visit.situation, wide=True),
        parts.Fact("领导确认", visit.confirmed_on or "待确认"),
    ]


def more_facts(visit: Visit, actor: Actor) -> Sequence[tuple[str, Sequence[parts.Fact]]]:
    sections = [("到的企业、场所", _visited(visit, actor)), ("发现的隐患和问题", _found(visit, actor))]
    return [(heading, some) for heading, some in sections if some]


def _visited(visit: Visit, actor: Actor) -> Sequence[parts.Fact]:
    rows = (
        SupervisedObject.objects.filter(pk__in=visit.visited)
        .select_related("region")
        .order_by("name_pinyin", "uid")
    )
    return [
        parts.Fact(
            each.region.name if each.region else "—", each.name, href=f"/enterprises/{each.pk}/", wide=True
        )
        for each in rows
    ]


def _found(visit: Visit, actor: Actor) -> Sequence[parts.Fact]:
    """Each with its number and how it stands, for whoever may see it."""
    rows = list(visit.findings.select_related("task").order_by("order"))
    numbers = [row.hazard_no or _task_no(row) for row in rows]
    seen = addresses_of(numbers, actor)
    told = []
    for place, (row, no) in enumerate(zip(rows, numbers, strict=True), 1):
        href, state = seen.get(no, ("", ""))
        hint = f"{'隐患' if row.hazard_no else '任务'} {no}{f'，{state}' if state else ''}"
        told.append(parts.Fact(f"第 {place} 条", row.words, hint=hint, href=href, wide=True))
    return told


def _task_no(finding: Any) -> str:
    return str(finding.task.no) if finding.task is not None else ""


COLUMNS = (
    parts.Column("领导", "title"),
    parts.Column("类型"),
    parts.Column("日期", "day"),
    parts.Column("到哪里"),
    parts.Column("发现问题", "number", "项"),
    parts.Column("状态", "state"),
)


def row(visit: Any) -> parts.Row:
    return parts.Row(
        cells=(
            visit.leader_name,
            VisitKind(visit.kind).label,
            visit.visited_on,
            visit.unit_name
            or visit.place
            or (f"{len(visit.visited)} 家企业、场所" if visit.visited else "—"),
            visit.found,
            state_part(VISIT, visit.state),
        ),
        href=f"/visits/{visit.no}/",
        late=visit.state == VisitState.RECORDED
        and visit.deadline is not None
        and visit.deadline < clock.today(),
        sub=visit.no,
    )


_LISTED = (
    "uid", "no", "state", "version", "deadline", "opened_at", "leader_name", "leader_post", "kind", "visited_on", "place",
    "visited", "companions", "situation", "confirmed_on",
)  # fmt: skip


def listed(rows: QuerySet[Visit]) -> QuerySet[Any]:
    """Rows with what lists and exports show, and how much each visit found."""
    more: dict[str, Any] = {"unit_name": F("unit__name"), "found": Count("findings")}
    return rows.annotate(**more).values_list(*_LISTED, *more, named=True)


def _kind(kind: VisitKind) -> Any:
    return lambda: Q(kind=kind.value, voided=False)


TABS = (
    TabOf("supervision", "督导检查", _kind(VisitKind.SUPERVISION), BY_DAY),
    TabOf("led", "带队排查", _kind(VisitKind.LED_INSPECTION), BY_DAY),
    TabOf("unconfirmed", "待领导确认", lambda: Q(state=VisitState.RECORDED.value), BY_DAY),
    TabOf("all", "全部", Q, BY_DAY),
)


def _leaders() -> Sequence[tuple[str, str]]:
    rows = Post.objects.filter(role=Role.LEADER).order_by("-heads", "id")
    return [(str(pk), title) for pk, title in rows.values_list("pk", "title")]


FILTERS = (
    ListFilter("q", "搜索", lambda text: containing("meetings_visit.search", text), "text"),
    ListFilter("leader", "领导", lambda value: Q(leader_post=int(value)), choices=_leaders),
    ListFilter("from", "日期自", on_day("visited_on__gte"), "date"),
    ListFilter("to", "至", on_day("visited_on__lte"), "date"),
    ListFilter("state", "状态", lambda value: Q(state=value), choices=VisitState.choices(), shown=False),
)  # fmt: skip


def resource(visit: Any) -> dict[str, Any]:
    """The visit as the API gives it."""
    return {
        "leader": visit.leader_name,
        "kind": visit.kind,
        "visited_on": visit.visited_on.isoformat(),
        "place": visit.place,
        "visited": list(visit.visited),
        "companions": visit.companions,
        "situation": visit.situation,
        "confirmed_on": visit.confirmed_on.isoformat() if visit.confirmed_on else None,
    }


def prefill(deed: str, visit: Any, actor: Actor) -> dict[str, Any]:
    """What a form may know beforehand: a leader records the own visit."""
    if deed == "record":
        seats = [scope.post_id for scope in actor.scopes if scope.role == Role.LEADER]
        return {"visited_on": clock.today(), "leader_post": seats[0] if seats else None}
    return {}


def describe(name: str, value: Any) -> Any:
    """Ids of a payload as names, and lines as what they are."""
    if isinstance(value, str):
        return in_one_line(value)
    return task_pages.describe("lead" if name == "unit" else name, value)


def criterion_choices(visit: Any) -> Sequence[tuple[str, Any]]:
    """The criteria that decide, of the fields of what was visited; of every field when nothing registered was."""
    day = visit.visited_on if visit is not None else clock.today()
    paths = _paths(visit) if visit is not None else []
    roots = (
        Sector.objects.filter(parent=None, until=None).order_by("order", "path").values_list("path", "name")
    )
    names = [name for path, name in roots if not paths or any(one.startswith(path) for one in paths)]
    groups = []
    for name in names:
        fitting = [item for item in criteria.criteria(name, day) if item.decides]
        if fitting:
            groups.append((name, [(item.id, f"{item.article} {item.text[:60]}") for item in fitting]))
    return groups


def _paths(visit: Visit) -> list[str]:
    rows = SupervisedObject.objects.filter(pk__in=visit.visited).exclude(sector_path="")
    return list(rows.values_list("sector_path", flat=True).distinct())


EXPORT = (
    ("编号", lambda visit: visit.no),
    ("领导", lambda visit: visit.leader_name),
    ("类型", lambda visit: VisitKind(visit.kind).label),
    ("日期", lambda visit: visit.visited_on),
    ("受督导单位", lambda visit: visit.unit_name or ""),
    ("地点", lambda visit: visit.place),
    ("到的企业、场所数", lambda visit: len(visit.visited)),
    ("陪同人员", lambda visit: visit.companions),
    ("检查情况", lambda visit: visit.situation),
    ("发现问题数", lambda visit: visit.found),
    ("领导确认日期", lambda visit: visit.confirmed_on),
    ("状态", lambda visit: VisitState(visit.state).label),
)

PAGES = MatterPages(
    loop=VISIT,
    lead="领导到了哪里、查出什么、交给谁改。督导检查和带队排查分别计数，登记即计数，领导确认情况另行显示。",
    what=lambda visit: f"{visit.leader_name} {VisitKind(visit.kind).label}",
    where=lambda visit: visit.place or (visit.unit.name if visit.unit else ""),
    level=lambda visit: None,
    tags=lambda visit: [VisitKind(visit.kind).label],
    facts=facts,
    more_facts=more_facts,
    columns=COLUMNS,
    row=row,
    tabs=TABS,
    filters=FILTERS,
    resource=resource,
    listed=listed,
    prefill=prefill,
    criteria=criterion_choices,
    describe=describe,
    export=EXPORT,
    empty=parts.Empty(
        "这里没有符合条件的督导检查。",
        "换一个筛选条件，或者登记一次。",
        "/visits/new/record/",
        "登记督导检查",
    ),
    opening="record",
    chained=False,
    pictured=False,
    beside=places.tabs(places.VISITS),
)


def install() -> None:
    """Give the visit loop its pages."""
    show(PAGES)
