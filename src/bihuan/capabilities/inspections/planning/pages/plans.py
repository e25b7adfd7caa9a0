"""How plans show themselves: the made pages, and the list of a plan's objects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.capabilities.inspections import modes, places
from bihuan.capabilities.inspections.planning.access import access_plan, visible_lines
from bihuan.capabilities.inspections.planning.models import PlanLine
from bihuan.capabilities.inspections.planning.plans.loop import PLAN
from bihuan.capabilities.inspections.planning.plans.proposing import period_of
from bihuan.capabilities.inspections.planning.plans.states import PlanKind, PlanState
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Sector
from bihuan.kernel.web import parts
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.figures.kinds import Kind
from bihuan.kernel.web.matters.narrowing import in_state
from bihuan.kernel.web.matters.pages import ListFilter, MatterPages, Order, TabOf
from bihuan.kernel.web.matters.timeline import state_part
from bihuan.kernel.web.paging import Keyset
from bihuan.kernel.web.session import actor_for

HERE = "/plans/"
LATEST = Order("latest", "opened_at", descending=True)
SHOWN = 12
WAITING, ARRANGED, DONE, EXCUSED, LATE = "waiting", "arranged", "done", "excused", "late"
_TABS = ((WAITING, "待安排"), (ARRANGED, "已安排"), (DONE, "已检查"), (LATE, "逾期"), (EXCUSED, "不再检查"))


def _narrowed(rows: QuerySet[PlanLine], tab: str) -> QuerySet[PlanLine]:
    open_ = Q(done_on=None, excused="")
    conditions = {
        WAITING: open_ & Q(inspection=""), ARRANGED: open_ & ~Q(inspection=""), DONE: Q(done_on__isnull=False),
        EXCUSED: ~Q(excused=""), LATE: open_ & Q(due_on__lt=clock.today(), counts=True),
    }  # fmt: skip
    return rows.filter(conditions[tab]) if tab in conditions else rows


def facts(plan: Any) -> Sequence[parts.Fact]:
    names = Sector.objects.filter(path__in=plan.sectors).values_list("name", flat=True)
    listed = [
        parts.Fact("计划期间", period_of(plan).chinese()),
        parts.Fact("编制单位", plan.agency.name if plan.agency else "—"),
        parts.Fact("行业领域", "、".join(names) or "本单位监管的全部行业"),
        parts.Fact(
            "列入办法", f"超过 {plan.months} 个月没有检查的列入，按风险由高到低最多 {plan.most} 家", wide=True
        ),
        parts.Fact("编制依据", plan.basis, wide=True),
    ]
    if plan.approved_on:
        listed.append(parts.Fact("批准", f"{plan.approved_on} {plan.approved_by}"))
    if plan.closing:
        listed.append(parts.Fact("完成情况", plan.closing, wide=True))
    return listed


def more_facts(plan: Any, actor: Actor) -> Sequence[tuple[str, Sequence[parts.Fact]]]:
    """How far it is, and its first lines; all of them stand on a page of their own."""
    rows = list(plan.lines.select_related("object").order_by("place"))
    counted = [line for line in rows if not line.excused]
    done = sum(line.done_on is not None for line in counted)
    href = f"{HERE}{plan.no}/lines/"
    progress = [
        parts.Fact("列入对象", f"{len(rows)} 家", href=href),
        parts.Fact("已检查", f"{done} 家", href=f"{href}?tab={DONE}"),
        parts.Fact(
            "完成率", f"{done * 100 / len(counted):.1f}%" if counted else "—", hint="不再检查的不计入"
        ),
    ]
    first = [
        parts.Fact(
            f"第 {line.place} 家",
            line.object.name,
            hint=f"{'；'.join(line.reasons)}；{line.due_on} 前",
            wide=True,
        )
        for line in rows[:SHOWN]
    ]
    if len(rows) > SHOWN:
        first.append(parts.Fact("其余", f"打开全部 {len(rows)} 家", href=href, wide=True))
    return [("计划与完成", progress), ("检查对象", first)]


COLUMNS = (
    parts.Column("计划", "title"), parts.Column("类型", phone=False), parts.Column("编制单位", phone=False),
    parts.Column("对象", "number", "家"), parts.Column("已检查", "number", "家"), parts.Column("状态", "state"),
)  # fmt: skip


def row(plan: Any) -> parts.Row:
    return parts.Row(
        (
            plan.title, PlanKind(plan.kind).label, plan.agency.name if plan.agency else "—", plan.lines_count,
            plan.done_count, state_part(PLAN, plan.state),
        ),
        href=f"{HERE}{plan.no}/",
        sub=f"{plan.no}　{Period.parse(plan.period).chinese()}",
    )  # fmt: skip


def listed(rows: QuerySet[Any]) -> QuerySet[Any]:
    done = Count("lines", filter=Q(lines__done_on__isnull=False))
    found: QuerySet[Any] = rows.select_related("agency").annotate(done_count=done)
    return found


TABS = (
    TabOf("open", "编制和执行中", in_state(PlanState.DRAFT, PlanState.SUBMITTED, PlanState.RUNNING), LATEST),
    TabOf("submitted", "待审批", in_state(PlanState.SUBMITTED), LATEST),
    TabOf("running", "执行中", in_state(PlanState.RUNNING), LATEST),
    TabOf("ended", "已结束", in_state(PlanState.ENDED), LATEST),
    TabOf("all", "全部", Q, LATEST),
)
FILTERS = (
    ListFilter("kind", "计划类型", lambda value: Q(kind=value), choices=PlanKind.choices()),
    ListFilter("period", "计划期间", lambda text: Q(period=text.strip().upper()), "text"),
    ListFilter("state", "状态", lambda value: Q(state=value), choices=PlanState.choices(), shown=False),
)  # fmt: skip


def resource(plan: Any) -> dict[str, Any]:
    """The plan as the API gives it."""
    return {
        "kind": plan.kind,
        "period": plan.period,
        "title": plan.title,
        "objects": plan.lines_count,
        "approved_on": plan.approved_on.isoformat() if plan.approved_on else None,
    }


def prefill(deed: str, plan: Any, actor: Actor) -> dict[str, Any]:
    """What a form may know beforehand."""
    if deed == "draft":
        return {"period": str(clock.today().year + (clock.today().month >= 11))}
    if deed == "repropose":
        return {"months": plan.months, "most": plan.most}
    if deed == "arrange" and plan is not None:
        return {"planned_on": clock.today(), "officers": actor.name}
    return {}


def offers(deed: str, plan: Any, actor: Actor) -> Mapping[str, Sequence[tuple[str, Any]]]:
    """Lines to be picked by name instead of by number."""
    if plan is None or deed not in ("drop_object", "excuse"):
        return {}
    rows = plan.lines.select_related("object").order_by("place")
    if deed == "excuse":
        rows = rows.filter(done_on=None, excused="", inspection="")
    return {"place": [(str(line.place), f"第 {line.place} 家 {line.object.name}") for line in rows]}


def describe(name: str, value: Any) -> Any:
    """Codes of a payload as words."""
    if name == "mode":
        return modes.label(str(value))
    if name == "sectors" and isinstance(value, list):
        return "、".join(Sector.objects.filter(pk__in=value).values_list("name", flat=True))
    return value


EXPORT = (
    ("编号", lambda one: one.no),
    ("名称", lambda one: one.title),
    ("类型", lambda one: PlanKind(one.kind).label),
    ("期间", lambda one: one.period),
    ("编制单位", lambda one: one.agency.name if one.agency else ""),
    ("列入对象", lambda one: one.lines_count),
    ("已检查", lambda one: one.done_count),
    ("状态", lambda one: PlanState(one.state).label),
)

PAGES = MatterPages(
    loop=PLAN,
    lead="先按风险、规模和多久没查提出对象，再由另一人批准；安排成检查后，完成多少自动计算。",
    what=lambda plan: plan.title,
    where=lambda plan: period_of(plan).chinese(),
    level=lambda plan: None,
    tags=lambda plan: [PlanKind(plan.kind).label],
    facts=facts,
    more_facts=more_facts,
    columns=COLUMNS,
    row=row,
    tabs=TABS,
    filters=FILTERS,
    resource=resource,
    listed=listed,
    prefill=prefill,
    offers=offers,
    describe=describe,
    export=EXPORT,
    empty=parts.Empty("还没有检查计划。", "编制时系统先提出对象。", "/plans/new/", "编制检查计划", "clipboard-list"),
    opening="draft",
    chained=False,
    pictured=False,
    icon="clipboard-list",
    beside=places.tabs(HERE),
)  # fmt: skip

_LINE_COLUMNS = (
    parts.Column("序号", "number"), parts.Column("检查对象", "title"), parts.Column("列入理由"),
    parts.Column("分值", "number", "分", phone=False), parts.Column("应于", "day"),
    parts.Column("检查", phone=False), parts.Column("情况", "state"),
)  # fmt: skip


@require_GET
@only_for(places.OFFICIALS)
def lines_page(request: HttpRequest, no: str) -> HttpResponse:
    """All objects of a plan, in order, with why and how far."""
    actor = actor_for(request)
    plan = access_plan(actor, no)
    tab = request.GET.get("tab", "")
    rows = PlanLine.objects.filter(plan=plan)
    here = f"{HERE}{no}/lines/"
    tabs = [parts.Tab("全部", here, rows.count(), tab not in dict(_TABS))]
    tabs += [
        parts.Tab(label, f"{here}?tab={name}", _narrowed(rows, name).count(), tab == name, name == LATE)
        for name, label in _TABS
    ]
    shown = list(_narrowed(rows, tab).select_related("object__region").order_by("place"))
    context = {
        "crumbs": [parts.Link("检查计划", HERE), parts.Link(plan.title, f"{HERE}{no}/"), parts.Link("检查对象", "")],
        "heading": "检查对象",
        "lead": f"{plan.title}，{period_of(plan).chinese()}。分值只用来排先后：重大隐患、重点环节、屡查屡犯、规模和多久没查。",
        "tabs": tabs,
        "filters": (),
        "chips": (),
        "ledger": parts.Ledger(_LINE_COLUMNS, [_line(line) for line in shown], "检查对象"),
        "empty": parts.Empty("没有这样的对象。"),
        "count_words": f"共 {len(shown):,} 家",
    }  # fmt: skip
    return render(request, "list.html", context)


def _line(line: PlanLine) -> parts.Row:
    visit: Any = parts.Link(line.inspection, f"/inspections/{line.inspection}/") if line.inspection else None
    return parts.Row(
        (
            line.place, line.object.name, "；".join(line.reasons) or None, line.score or None, line.due_on,
            visit.label if visit else None, _standing(line),
        ),
        href=visit.href if visit else f"/enterprises/{line.object_id}/",
        late=line.done_on is None and not line.excused and line.due_on < clock.today(),
        sub=line.object.region.name,
    )  # fmt: skip


def _standing(line: PlanLine) -> parts.State:
    if line.excused:
        return parts.State(f"不再检查：{line.excused}", "off")
    if line.done_on:
        return parts.State(f"已检查 {line.done_on}", "done")
    return parts.State("已安排" if line.inspection else "待安排", "waiting")


KIND = Kind(
    label="计划内检查对象",
    visible=visible_lines,
    columns=(
        parts.Column("检查对象", "title"), parts.Column("计划", phone=False), parts.Column("应于", "day"),
        parts.Column("完成", "day"), parts.Column("检查"),
    ),
    row=lambda line: parts.Row(
        (line.object.name, line.plan.title, line.due_on, line.done_on, line.inspection or None),
        href=f"{HERE}{line.plan.no}/lines/",
    ),
    export=(
        ("检查对象", lambda line: line.object.name),
        ("计划", lambda line: line.plan.title),
        ("应于", lambda line: line.due_on),
        ("完成日期", lambda line: line.done_on),
        ("检查编号", lambda line: line.inspection),
    ),
    order=Keyset(("due_on", "pk")),
    listed=lambda rows: rows.select_related("object", "plan"),
)  # fmt: skip
