"""How cases show themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import F, Q, QuerySet

from bihuan.capabilities.enforcement import linkage, sections
from bihuan.capabilities.enforcement.loop import CASE
from bihuan.capabilities.enforcement.models import FACETS, Case
from bihuan.capabilities.enforcement.offering import offers, prefill
from bihuan.capabilities.enforcement.states import (
    OPEN_STATES,
    STARTED,
    CaseSource,
    CaseState,
    Outcome,
    Template,
)
from bihuan.kernel import clock
from bihuan.kernel.documents.numerals import exact_yuan
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Person
from bihuan.kernel.search import containing
from bihuan.kernel.territory.models import Agency, Sector
from bihuan.kernel.territory.trees import towns
from bihuan.kernel.web import parts
from bihuan.kernel.web.matters.matter import days_of_warning
from bihuan.kernel.web.matters.narrowing import (
    in_state,
    on_day,
    region_path,
    town_choices,
    unit_choices,
    within_region,
)
from bihuan.kernel.web.matters.pages import ListFilter, MatterPages, Order, TabOf, show
from bihuan.kernel.web.matters.timeline import state_part
from bihuan.registers.law import penalties

_OPEN = [state.value for state in OPEN_STATES]
BY_DEADLINE = Order("deadline", "deadline", descending=False, within=lambda: Q(state__in=_OPEN), few=True)
BY_DUTY = Order("duty", "duty_on", descending=False, within=lambda: Q(duty_on__isnull=False), few=True)
BY_PROPOSAL = Order("proposed", "proposed_on", descending=True)
SUMMARY = parts.Level("简易程序", None)
ABSOLUTE = parts.Level("四个一律", "red")


def level(case: Any) -> parts.Level | None:
    return ABSOLUTE if case.absolute else SUMMARY if case.summary else None


def tags(case: Case) -> Sequence[str]:
    shown = [CaseSource(case.source).label]
    if case.template != Template.PENALTY:
        shown.append(Template(case.template).label)
    if case.recurrence:
        shown.append(f"屡整屡犯 此前{case.recurrence}次")
    if case.outcome != Outcome.NONE:
        shown.append(Outcome(case.outcome).label)
    if case.parts:
        shown.append(f"联合办案 {linkage.kind_of(case.parts)}")
    elif linkage.told(case):
        shown.append("待联合办理")
    if any(not row.get("until") for row in case.limit.get("pauses", ())):
        shown.append("已中止")
    return shown


COLUMNS = (
    parts.Column("案件", "title"),
    parts.Column("当事人"),
    parts.Column("来源", phone=False),
    parts.Column("立案日期", "day", phone=False),
    parts.Column("罚款", "money", "元"),
    parts.Column("期限", "day"),
    parts.Column("状态", "state"),
)


def row(case: Any) -> parts.Row:
    open_now = CaseState(case.state) in OPEN_STATES
    soon = days_of_warning(CASE)
    deadline = parts.Deadline.of(case.deadline, soon=soon) if open_now and case.deadline else None
    return parts.Row(
        cells=(
            case.cause,
            case.party,
            CaseSource(case.source).label,
            case.filed_on,
            parts.Money(case.fine_fen if case.decided_on else None),
            deadline,
            state_part(CASE, case.state),
        ),
        href=f"/cases/{case.no}/",
        late=deadline is not None and deadline.left < 0,
        sub=case.no,
    )


_OF: dict[str, Any] = {"agency_name": F("agency__name")}
_LISTED = (
    "uid", "no", "state", "version", "deadline", "party", "party_kind", "party_code", "cause", "source", "template",
    "origin", "summary", "acted_on", "proposed_on", "filed_on", "decide_by", "decided_on", "served_on", "concluded_on",
    "archived_on", "outcome", "fine_fen", "paid_fen", "additional_fen", "additional_paid_fen", "daily_fen", "recurrence",
    "absolute", "sector_path", "object_id",
)  # fmt: skip


def listed(rows: QuerySet[Case]) -> QuerySet[Any]:
    """Rows with what lists and exports show, as plain tuples under the model's names."""
    return rows.annotate(**_OF).values_list(*_LISTED, *_OF, named=True)


TABS = (
    TabOf("open", "在办", in_state(*OPEN_STATES), BY_DEADLINE),
    TabOf("overdue", "逾期", lambda: Q(state__in=_OPEN, deadline__lt=clock.today()), BY_DEADLINE, warn=True),
    TabOf("proposed", "待立案", in_state(CaseState.PROPOSED), BY_DEADLINE),
    TabOf("started", "调查审查", in_state(*STARTED), BY_DEADLINE),
    TabOf("decided", "待送达", in_state(CaseState.DECIDED), BY_DEADLINE),
    TabOf("executing", "执行中", in_state(CaseState.EXECUTING), BY_DEADLINE),
    TabOf("transferred", "移送", in_state(CaseState.TRANSFERRED), BY_DEADLINE),
    TabOf("publish", "待公示", lambda: Q(duty_on__isnull=False, duties__open__has_key="publish"), BY_DUTY),
    TabOf("concluded", "待归档", in_state(CaseState.CONCLUDED), BY_DEADLINE),
    TabOf("archived", "已归档", in_state(CaseState.ARCHIVED), BY_PROPOSAL),
    TabOf("all", "全部", Q, BY_PROPOSAL),
)


def _sector(text: str) -> Q:
    path = Sector.objects.filter(name=text, until=None).values_list("path", flat=True).first()
    if path is None:
        raise ValueError(text)
    return Q(sector_path__startswith=path)


def _sectors() -> Sequence[tuple[str, str]]:
    names = Sector.objects.filter(parent=None, until=None).order_by("order", "path")
    return [(name, name) for name in names.values_list("name", flat=True)]


FILTERS = (
    ListFilter("q", "搜索", lambda text: containing("enforcement_case.search", text), "text"),
    ListFilter("source", "来源", lambda value: Q(source=value), choices=CaseSource.choices()),
    ListFilter("kind", "程序模板", lambda value: Q(template=value), choices=Template.choices()),
    ListFilter("region", "镇街", within_region, choices=town_choices, judges=True, means=region_path),
    ListFilter("sector", "行业领域", _sector, choices=_sectors, judges=True),
    ListFilter("agency", "办案机关", lambda text: Q(agency=int(text)), choices=unit_choices),
    ListFilter("from", "提请日期自", on_day("proposed_on__gte"), "date"),
    ListFilter("to", "至", on_day("proposed_on__lte"), "date"),
    ListFilter("outcome", "处理结果", lambda value: Q(outcome=value), choices=Outcome.choices(), shown=False),
    ListFilter("state", "状态", lambda value: Q(state=value), choices=CaseState.choices(), shown=False),
    ListFilter("overdue", "逾期", lambda value: Q(state__in=_OPEN, deadline__lt=clock.today()), "flag", shown=False),
)  # fmt: skip


def resource(case: Any) -> dict[str, Any]:
    """The case as the API gives it; money in yuan."""
    days = (
        "acted_on",
        "proposed_on",
        "filed_on",
        "decide_by",
        "decided_on",
        "served_on",
        "concluded_on",
        "archived_on",
    )
    told = {name: value.isoformat() if (value := getattr(case, name)) else None for name in days}
    return told | {
        "party": case.party,
        "party_kind": case.party_kind,
        "cause": case.cause,
        "source": case.source,
        "template": case.template,
        "origin": case.origin,
        "summary": case.summary,
        "agency": case.agency_name,
        "outcome": case.outcome,
        "fine": exact_yuan(case.fine_fen),
        "paid": exact_yuan(case.paid_fen),
        "additional_fine": exact_yuan(case.additional_fen),
        "daily_penalty": exact_yuan(case.daily_fen),
    }


def describe(name: str, value: Any) -> Any:
    """Ids of a payload as names."""
    if name == "clause" and isinstance(value, str):
        try:
            return penalties.clause(value).basis
        except KeyError:
            return value
    if name in ("first", "second", "presider") and isinstance(value, int):
        person = Person.objects.filter(pk=value).first()
        return person.name if person else value
    if name == "agency" and isinstance(value, int):
        unit = Agency.objects.filter(pk=value).first()
        return unit.name if unit else value
    if name == "town" and isinstance(value, int):
        town = next((one for one in towns() if one.pk == value), None)
        return town.name if town else value
    return value


EXPORT = (
    ("编号", lambda case: case.no),
    ("当事人", lambda case: case.party),
    ("案由", lambda case: case.cause),
    ("案件来源", lambda case: CaseSource(case.source).label),
    ("程序", lambda case: "简易程序" if case.summary else "普通程序"),
    ("办案机关", lambda case: case.agency_name),
    ("违法行为发生日期", lambda case: case.acted_on),
    ("立案日期", lambda case: case.filed_on),
    ("办案期限", lambda case: case.decide_by),
    ("决定日期", lambda case: case.decided_on),
    ("处理结果", lambda case: Outcome(case.outcome).label),
    ("罚款（元）", lambda case: case.fine_fen / 100),
    ("已缴罚款（元）", lambda case: case.paid_fen / 100),
    ("加处罚款（元）", lambda case: case.additional_fen / 100),
    ("送达日期", lambda case: case.served_on),
    ("结案日期", lambda case: case.concluded_on),
    ("归档日期", lambda case: case.archived_on),
    ("状态", lambda case: CaseState(case.state).label),
)


def beside(actor: Actor) -> Sequence[parts.Tab]:
    """Pages of the same place."""
    return tabs("/cases/")


_BESIDE = [
    ("案件", "/cases/"),
    ("文书", "/instruments/"),
    ("统计", "/figures/?of=cases"),
    ("依据与期限", "/cases/rules/"),
]


def tabs(here: str) -> Sequence[parts.Tab]:
    """The pages of enforcement as tabs; other rooms of enforcement add theirs by :func:`stand_beside`."""
    return [parts.Tab(label, href, current=href == here) for label, href in _BESIDE]


def stand_beside(label: str, href: str) -> None:
    """Put a page of a room of enforcement among the tabs. Called once, when its app is ready."""
    if (label, href) not in _BESIDE:
        _BESIDE.insert(-1, (label, href))


PAGES = MatterPages(
    loop=CASE,
    lead="每件案件从立案到归档：走到哪一步、缺什么、期限到哪天。",
    what=lambda case: case.name,
    where=lambda case: case.agency_name,
    level=level,
    tags=tags,
    facts=sections.facts,
    more_facts=sections.more_facts,
    facets=FACETS,
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
    empty=parts.Empty(
        "这里没有符合条件的案件。", "换一个筛选条件，或者提请立案。", "/cases/new/file/", "提请立案"
    ),
    unread=(
        "evidence",
        "violations",
        "finding",
        "proposal",
        "notice",
        "review",
        "limit",
        "decision",
        "measures",
        "account",
        "remedies",
        "refunds",
        "enforcement",
        "referral",
        "parts",
        "former",
        "brief",
        "search",
        "linked",
        "officers",
    ),
    opening="file",
    openings=("punish_on_the_spot",),
    chained=False,
    pictured=False,
    beside=beside,
)


def install() -> None:
    """Give the case loop its pages."""
    show(PAGES)
