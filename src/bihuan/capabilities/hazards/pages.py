"""How hazards show themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from bihuan.capabilities.hazards import disclosure, inputs, recurrence, terms
from bihuan.capabilities.hazards.access import visible_hazards
from bihuan.capabilities.hazards.categories import Category
from bihuan.capabilities.hazards.enlisting import ASSIGNED
from bihuan.capabilities.hazards.loop import HAZARD
from bihuan.capabilities.hazards.models import FACETS, OPEN_STATES, REPLACED, Hazard, Listing
from bihuan.capabilities.hazards.reminding import last_day_soon
from bihuan.capabilities.hazards.states import Grade, HazardState, Source
from bihuan.kernel import clock
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.policies import values as policies
from bihuan.kernel.responsibility.chain import lead_agency
from bihuan.kernel.responsibility.leaders import leaders_of
from bihuan.kernel.search import containing
from bihuan.kernel.territory.models import Agency, Sector
from bihuan.kernel.territory.trees import find_sector, towns
from bihuan.kernel.web import parts
from bihuan.kernel.web.matters.finding import came_from
from bihuan.kernel.web.matters.matter import days_of_warning
from bihuan.kernel.web.matters.narrowing import on_day, region_path, town_choices, within_region
from bihuan.kernel.web.matters.pages import ListFilter, MatterPages, Order, TabOf, of_campaign, show
from bihuan.kernel.web.matters.timeline import state_part
from bihuan.registers import criteria

TOWN_DEPTH = 2
MAJOR = parts.Level("重大", "red")
GENERAL = parts.Level("一般", None)
_OPEN = [state.value for state in OPEN_STATES]
BY_DEADLINE = Order("deadline", "deadline", descending=False, within=lambda: Q(state__in=_OPEN), few=True)
BY_DUTY = Order("duty", "duty_on", descending=False, within=lambda: Q(duty_on__isnull=False), few=True)
BY_FOUND = Order("found", "found_on", descending=True)
BY_ACCEPTANCE = Order("accepted", "accepted_on", descending=True, within=lambda: Q(accepted_on__isnull=False))


def what(hazard: Hazard) -> str:
    """The hazard in one line."""
    text = hazard.description.splitlines()[0]
    return text if len(text) <= 40 else text[:39] + "…"


def where(hazard: Hazard) -> str:
    return f"{hazard.object.name} {hazard.place}".strip()


def tags(hazard: Hazard) -> Sequence[str]:
    shown = [Source(hazard.source).label]
    if hazard.claimed:
        shown.append("台账所载")
    if hazard.recurrence:
        shown.append(f"屡整屡犯 第{hazard.recurrence + 1}次")
    if hazard.voluntary:
        shown.append("主动报告")
    if hazard.leniency:
        shown.append("从轻处理" if hazard.leniency == disclosure.LENIENT else "不符合从轻条件")
    if terms.failed_too_often(hazard):
        shown.append(f"屡次不合格 {hazard.failed_acceptances} 次")
    if hazard.campaign:
        shown.append(hazard.campaign)
    return shown


def facts(hazard: Hazard) -> Sequence[parts.Fact]:
    sector = _sectors().get(hazard.sector_path, "")
    listed = [
        parts.Fact("隐患描述", hazard.description, wide=True),
        parts.Fact("所在单位", hazard.object.name, href=f"/enterprises/{hazard.object_id}/"),
        parts.Fact("部位", hazard.place or "—"),
        parts.Fact("镇街", town_name(hazard.region_path) or "—"),
        parts.Fact("行业领域", sector or "—"),
        parts.Fact("隐患类别", Category(hazard.category).label if hazard.category else "—"),
        parts.Fact("排查来源", Source(hazard.source).label),
        parts.Fact("发现日期", hazard.found_on),
        parts.Fact("检查人", hazard.found_by or "—"),
    ]
    if hazard.criterion:
        listed.append(_criterion_fact(hazard))
    return listed


def _criterion_words(criterion: str) -> str:
    try:
        found = criteria.criterion(criterion)
    except KeyError:
        return criterion
    return f"{found.text}（{found.basis}）"


def _criterion_fact(hazard: Hazard) -> parts.Fact:
    try:
        found = criteria.criterion(hazard.criterion)
    except KeyError:
        return parts.Fact("判定依据", hazard.criterion)
    return parts.Fact("判定依据", found.text, hint=f"{found.basis} · {found.mark_label}", wide=True)


def more_facts(hazard: Hazard, actor: Actor) -> Sequence[tuple[str, Sequence[parts.Fact]]]:
    sections: list[tuple[str, Sequence[parts.Fact]]] = []
    if hazard.responsible_person or hazard.measures or hazard.rectify_by:
        sections.append(("整改五落实", _elements(hazard)))
    if hazard.rectified_on or hazard.accepted_on:
        sections.append(("整改与验收", _result(hazard)))
    if hazard.grade == Grade.MAJOR:
        sections.append(("重大隐患", _major(hazard)))
    if hazard.extension:
        asked = hazard.extension
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
    if hazard.origin:
        sections.append(("出自", (came_from(hazard.origin, actor),)))
    if hazard.recurs_id:
        sections.append(("反复发生", _recurrence(hazard, actor)))
    return sections


def _elements(hazard: Hazard) -> Sequence[parts.Fact]:
    return (
        parts.Fact("责任人", hazard.responsible_person or "—"),
        parts.Fact("期限", hazard.rectify_by or "—"),
        parts.Fact("资金", parts.Money(hazard.funds_planned_fen)),
        parts.Fact("预案", hazard.contingency_plan or "—"),
        parts.Fact("措施", hazard.measures or "—", wide=True),
    )


def _result(hazard: Hazard) -> Sequence[parts.Fact]:
    told = [
        parts.Fact("整改完成", hazard.rectified_on or "—"),
        parts.Fact("实际投入", parts.Money(hazard.funds_spent_fen)),
        parts.Fact(
            "验收日期",
            hazard.accepted_on or "—",
            hint="仅台账所载，未在系统中签名" if hazard.accepted_claimed else "",
        ),
        parts.Fact("验收人", hazard.accepted_by or "—"),
    ]
    if hazard.rectification:
        told.append(parts.Fact("整改情况", hazard.rectification, wide=True))
    if hazard.failed_acceptances:
        told.append(parts.Fact("验收不合格", f"{hazard.failed_acceptances} 次"))
    return told


def _listings(hazard: Hazard) -> Sequence[parts.Fact]:
    """The listing in force, and below it what came before; one that was replaced is no second listing."""
    listings = list(hazard.listings.select_related("lead").order_by("-id"))
    current = [one for one in listings if one.delisted_on is None]
    told = [parts.Fact(f"{one.level_label}挂牌督办", _terms(one), wide=True) for one in current]
    if not current and hazard.state in ASSIGNED:
        told.append(parts.Fact("挂牌督办", "待挂牌：督办期限或包保领导未定，请安委办办理挂牌督办", wide=True))
    former = [
        f"{one.level_label}：{_terms(one)}，{_ended(one)}" for one in listings if one.delisted_on is not None
    ]
    if former:
        told.append(parts.Fact("挂牌经过", "\n".join(former), wide=True))
    return told


def _terms(listing: Listing) -> str:
    return f"{listing.listed_on} 挂牌，{listing.lead.name}牵头，包保领导 {listing.leader_name}，限 {listing.due_on} 前完成"


def _ended(listing: Listing) -> str:
    return (
        f"{listing.delisted_on} {listing.reason}"
        if listing.reason == REPLACED
        else f"{listing.delisted_on} 摘牌"
    )


def _major(hazard: Hazard) -> Sequence[parts.Fact]:
    told = [
        parts.Fact("报监管部门", hazard.reported_to_regulator_on or "尚未登记"),
        parts.Fact("报职工大会", hazard.reported_to_workers_on or "尚未登记"),
    ]
    told += _listings(hazard)
    return told


def _recurrence(hazard: Hazard, actor: Actor) -> Sequence[parts.Fact]:
    return [
        parts.Fact(
            str(former.found_on), f"{former.no} {what(former)}", href=f"/hazards/{former.no}/", wide=True
        )
        for former in recurrence.chain_of(hazard, visible_hazards(actor))
    ]


@lru_cache(maxsize=1)
def _towns() -> dict[str, str]:
    return {town.path: town.name for town in towns()}


def town_name(path: str) -> str:
    """The town or zone a region path lies in, whichever village it ends at; asked anew once when not known yet."""
    town = ".".join(path.split(".")[:TOWN_DEPTH]) + "."
    if town not in _towns():
        _towns.cache_clear()
    return _towns().get(town, "")


@lru_cache(maxsize=1)
def _sectors() -> dict[str, str]:
    return dict(Sector.objects.values_list("path", "name"))


def sector_name(path: str) -> str:
    """What a sector path is called; asked anew once when it is not known yet."""
    if path and path not in _sectors():
        _sectors.cache_clear()
    return _sectors().get(path, "")


COLUMNS = (
    parts.Column("隐患", "title"),
    parts.Column("所在单位"),
    parts.Column("等级", "mark"),
    parts.Column("来源", phone=False),
    parts.Column("发现日期", "day", phone=False),
    parts.Column("期限", "day"),
    parts.Column("状态", "state"),
)


def row(hazard: Hazard) -> parts.Row:
    open_now = HazardState(hazard.state) in OPEN_STATES
    soon = days_of_warning(HAZARD)
    deadline = parts.Deadline.of(hazard.deadline, soon=soon) if open_now and hazard.deadline else None
    return parts.Row(
        cells=(
            what(hazard),
            hazard.object_name,
            MAJOR if hazard.grade == Grade.MAJOR else GENERAL,
            Source(hazard.source).label,
            hazard.found_on,
            deadline or hazard.rectify_by,
            state_part(HAZARD, hazard.state),
        ),
        href=f"/hazards/{hazard.no}/",
        late=deadline is not None and deadline.left < 0,
        sub=hazard.no + _marks(hazard),
    )


def _marks(hazard: Hazard) -> str:
    """What a reader of the list must not miss: that it failed again and again."""
    if not hazard.failed_acceptances:
        return ""
    limit = int(policies.recent("hazard.failed_acceptance_limit", on=clock.today()).value)
    failed = hazard.failed_acceptances
    return f" · 屡次不合格 {failed} 次" if failed >= limit else ""


def listed(rows: QuerySet[Hazard]) -> QuerySet[Any]:
    """Rows with what lists and exports show, as plain tuples under the model's names: they cost half of instances."""
    return rows.annotate(**_OF_OBJECT).values_list(*_LISTED, named=True)


_OF_OBJECT: dict[str, Any] = {"object_name": F("object__name"), "object_code": F("object__credit_code")}
_LISTED = (
    "uid", "object_id", *_OF_OBJECT,
    "no", "state", "version", "deadline", "grade", "source", "category", "campaign", "description", "place",
    "found_on", "found_by", "rectify_by", "rectified_on", "accepted_on", "claimed", "accepted_claimed",
    "funds_planned_fen", "funds_spent_fen", "sector_path", "responsible_person", "measures", "contingency_plan",
    "accepted_by", "duty_on", "failed_acceptances", "leniency", "voluntary",
)  # fmt: skip


def _state(*states: HazardState) -> Any:
    values = [state.value for state in states]
    return lambda: Q(state=values[0]) if len(values) == 1 else Q(state__in=values)


def _owing(duty: str) -> Any:
    """Where a duty is open; ``duty_on`` leads to them by an index that holds nothing else."""
    return lambda: Q(duty_on__isnull=False, duties__open__has_key=duty)


TABS = (
    TabOf("open", "未销号", _state(*OPEN_STATES), BY_DEADLINE),
    TabOf("overdue", "逾期", lambda: Q(state__in=_OPEN, deadline__lt=clock.today()), BY_DEADLINE, warn=True),
    TabOf(
        "soon",
        "即将到期",
        lambda: Q(state__in=_OPEN, deadline__range=(clock.today(), last_day_soon(clock.today()))),
        BY_DEADLINE,
    ),
    TabOf("reported", "已上报", _state(HazardState.REPORTED), BY_DEADLINE),
    TabOf("rectifying", "整改中", _state(HazardState.RECTIFYING), BY_DEADLINE),
    TabOf("awaiting", "待验收", _state(HazardState.AWAITING_ACCEPTANCE), BY_DEADLINE),
    TabOf("recheck", "待复查", _owing("recheck"), BY_DUTY),
    TabOf("spot", "待抽查", _owing("spot_check"), BY_DUTY),
    TabOf("closed", "已销号", _state(HazardState.CLOSED), BY_ACCEPTANCE),
    TabOf("all", "全部", Q, BY_FOUND),
)


def _sector(text: str) -> Q:
    known = Sector.objects.filter(name=text, until=None).values_list("path", flat=True)
    path = next(iter(known[:1]), None) or _path_by_alias(text)
    return Q(sector_path__startswith=path)


def _sector_names() -> QuerySet[Sector, str]:
    return Sector.objects.filter(until=None).order_by("order", "path").values_list("name", flat=True)


def _path_by_alias(text: str) -> str:
    found = find_sector(text)
    if found is None:
        raise ValueError(text)
    return found.path


_DAY = timedelta(days=1) // timedelta(milliseconds=1) << 80


def _of_batch(text: str) -> Q:
    """What one import brought; all of it is younger than the batch, so only that end of the table is read."""
    batch = _uuid(text)
    if batch.version != 7 or batch.time_low >> 24 > 3:
        raise ValueError(text)
    return Q(batch=batch, uid__gte=UUID(int=max(0, batch.int - _DAY)))


def _moment_of(batch: str) -> str:
    """A batch is called by its hour, which its number carries: a file's name may be another's to know."""
    at = datetime.fromtimestamp((_uuid(batch).int >> 80) / 1000, clock.SHANGHAI)
    return f"{at:%Y-%m-%d %H:%M} 上传"


FILTERS = (
    ListFilter("q", "搜索", lambda text: containing("hazards_hazard.search", text), "text"),
    ListFilter(
        "region", "镇街", within_region, judges=True, means=region_path, choices=town_choices,
    ),
    ListFilter(
        "sector", "行业领域", _sector, judges=True,
        choices=lambda: [(name, name) for name in _sector_names()],
    ),
    ListFilter("grade", "等级", lambda value: Q(grade=value), choices=Grade.choices()),
    ListFilter("source", "来源", lambda value: Q(source=value), choices=Source.choices()),
    ListFilter("found_from", "发现日期自", on_day("found_on__gte"), "date"),
    ListFilter("found_to", "至", on_day("found_on__lte"), "date"),
    ListFilter("state", "状态", lambda value: Q(state=value), choices=HazardState.choices(), shown=False),
    ListFilter("overdue", "逾期", lambda value: Q(state__in=_OPEN, deadline__lt=clock.today()), "flag", shown=False),
    ListFilter("object", "单位", lambda value: Q(object=_uuid(value)), "text", shown=False),
    ListFilter("batch", "导入批次", _of_batch, "text", shown=False, named=_moment_of),
    ListFilter("campaign", "专项行动", of_campaign, "text", shown=False),
)  # fmt: skip


def _uuid(text: str) -> UUID:
    return UUID(text)


def resource(hazard: Hazard) -> dict[str, Any]:
    """The hazard as the API gives it."""
    return {
        "grade": hazard.grade,
        "source": hazard.source,
        "category": hazard.category,
        "campaign": hazard.campaign,
        "description": hazard.description,
        "place": hazard.place,
        "object": {"uid": str(hazard.object_id), "name": hazard.object_name},
        "sector": sector_name(hazard.sector_path),
        "found_on": _iso(hazard.found_on),
        "found_by": hazard.found_by,
        "rectify_by": _iso(hazard.rectify_by),
        "rectified_on": _iso(hazard.rectified_on),
        "accepted_on": _iso(hazard.accepted_on),
        "failed_acceptances": hazard.failed_acceptances,
        "voluntary": hazard.voluntary,
        "leniency": hazard.leniency,
        "claimed": hazard.claimed,
        "accepted_claimed": hazard.accepted_claimed,
        "funds_planned_yuan": _yuan(hazard.funds_planned_fen),
        "funds_spent_yuan": _yuan(hazard.funds_spent_fen),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _yuan(fen: int | None) -> str | None:
    return None if fen is None else f"{fen // 100}.{fen % 100:02d}"


def prefill(deed: str, hazard: Any, actor: Actor) -> dict[str, Any]:
    """What a form may know beforehand."""
    if hazard is None:
        return _own_object(actor)
    if deed == "assign":
        general = hazard.grade != Grade.MAJOR
        return {
            "responsible_person": hazard.responsible_person,
            "measures": hazard.measures,
            "funds_planned": hazard.funds_planned_fen,
            "rectify_by": hazard.rectify_by or (terms.proposed(hazard, "rectify_days") if general else None),
            "contingency_plan": hazard.contingency_plan,
        }
    if deed in ("send_back", "recheck", "reopen"):
        return {"rectify_by": terms.proposed(hazard, "reissue_days")}
    if deed == "submit_rectification":
        return {"funds_spent": hazard.funds_planned_fen}
    if deed == "correct":
        return {name: getattr(hazard, name) for name in inputs.CORRECTED}
    if deed == "regrade":
        return {"grade": hazard.grade}
    if deed == "list_supervision":
        return _listing_terms(hazard)
    return {}


def _listing_terms(hazard: Hazard) -> dict[str, Any]:
    """What is known of a listing, so that it need only be signed: lead, bound leader, and a day that lies ahead."""
    today = clock.today()
    place = hazard.object.region_path, hazard.object.sector_path
    due = hazard.rectify_by if hazard.rectify_by and hazard.rectify_by >= today else None
    return {
        "lead": hazard.agency_id or lead_agency(hazard.sector_path, today),
        "leader_post": leaders_of([place], today)[place].post_id,
        "due_on": due,
        "level": "district",
    }


def _own_object(actor: Actor) -> dict[str, Any]:
    """Who answers for one object reports on that one, and finds things there by self-check."""
    own = {scope.object for scope in actor.scopes if scope.object is not None}
    if len(own) != 1:
        return {}
    name = SupervisedObject.objects.filter(uid=own.pop()).values_list("name", "credit_code").first()
    return {"object": "｜".join(part for part in name if part), "source": Source.SELF_CHECK} if name else {}


def criterion_choices(hazard: Any) -> Sequence[tuple[str, Any]]:
    """The criteria a person may cite: of the hazard's sector and day, or of all sectors when nothing is known yet."""
    day = hazard.found_on if hazard is not None else clock.today()
    names = [sector_name(hazard.sector_path)] if hazard is not None and hazard.sector_path else _top_sectors()
    groups = []
    for name in names:
        fitting = criteria.choices(name, day) if hazard is not None else _deciding(name, day)
        if fitting:
            groups.append((name, [(item.id, f"{item.article} {item.text[:60]}") for item in fitting]))
    return groups


def _deciding(sector: str, day: date) -> list[criteria.Criterion]:
    return [item for item in criteria.criteria(sector, day) if item.decides]


def _top_sectors() -> list[str]:
    return list(
        Sector.objects.filter(parent=None, until=None)
        .order_by("order", "path")
        .values_list("name", flat=True)
    )


def describe(name: str, value: Any) -> Any:
    """Ids of a payload as names; a criterion as its sentence with its basis, for an article's number tells nobody."""
    if name == "criterion" and value:
        return _criterion_words(str(value))
    if name in ("lead", "to") and isinstance(value, int):
        agency = Agency.objects.filter(pk=value).first()
        return agency.name if agency else value
    if name == "leader_post":
        from bihuan.kernel.people.models import Post

        post = Post.objects.filter(pk=value).first()
        return post.title if post else value
    return value


EXPORT = (
    ("编号", lambda hazard: hazard.no),
    ("企业名称", lambda hazard: hazard.object_name),
    ("统一社会信用代码", lambda hazard: hazard.object_code),
    ("行业领域", lambda hazard: sector_name(hazard.sector_path)),
    ("部位", lambda hazard: hazard.place),
    ("隐患描述", lambda hazard: hazard.description),
    ("隐患等级", lambda hazard: Grade(hazard.grade).label),
    ("排查来源", lambda hazard: Source(hazard.source).label),
    ("发现日期", lambda hazard: hazard.found_on),
    ("检查人", lambda hazard: hazard.found_by),
    ("整改责任人", lambda hazard: hazard.responsible_person),
    ("整改措施", lambda hazard: hazard.measures),
    (
        "整改资金（元）",
        lambda hazard: None if hazard.funds_planned_fen is None else hazard.funds_planned_fen / 100,
    ),
    ("整改期限", lambda hazard: hazard.rectify_by),
    ("应急预案", lambda hazard: hazard.contingency_plan),
    ("整改完成日期", lambda hazard: hazard.rectified_on),
    ("验收人", lambda hazard: hazard.accepted_by),
    ("验收日期", lambda hazard: hazard.accepted_on),
    (
        "验收依据",
        lambda hazard: (
            "" if not hazard.accepted_on else "台账所载" if hazard.accepted_claimed else "系统签名"
        ),
    ),
    ("状态", lambda hazard: HazardState(hazard.state).label),
)

PAGES = MatterPages(
    loop=HAZARD,
    lead="每条隐患从上报到销号，谁在办、到哪天、差哪一步。",
    what=what,
    where=where,
    level=lambda hazard: MAJOR if hazard.grade == Grade.MAJOR else GENERAL,
    tags=tags,
    facts=facts,
    more_facts=more_facts,
    facets=FACETS,
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
        "这里没有符合条件的隐患。",
        "换一个筛选条件，或者上报新发现的隐患。",
        "/hazards/new/report/",
        "上报隐患",
    ),
    opening="report",
)


def install() -> None:
    """Give the hazard loop its pages."""
    show(PAGES)
