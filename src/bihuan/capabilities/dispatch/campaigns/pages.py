"""How campaigns show themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from bihuan.capabilities.dispatch.campaigns import numbers, places, sets
from bihuan.capabilities.dispatch.campaigns.access import visible_campaigns, visible_targets
from bihuan.capabilities.dispatch.campaigns.loop import CAMPAIGN
from bihuan.capabilities.dispatch.campaigns.models import Campaign
from bihuan.capabilities.dispatch.campaigns.reporting import kind_of
from bihuan.capabilities.dispatch.campaigns.states import (
    Aspect,
    CampaignState,
    Filing,
    InPlace,
    Nature,
    SetRule,
)
from bihuan.kernel import clock
from bihuan.kernel.expectations.models import Expectation, Standing
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.search import containing
from bihuan.kernel.territory.models import Agency, Region, Sector
from bihuan.kernel.web import parts
from bihuan.kernel.web.figures.kinds import Kind, show_kept
from bihuan.kernel.web.matters.narrowing import in_state
from bihuan.kernel.web.matters.pages import ListFilter, MatterPages, Order, TabOf, show
from bihuan.kernel.web.matters.timeline import state_part
from bihuan.kernel.web.paging import Keyset

BY_DRAFT = Order("drafted", "drafted_on", descending=True)
HERE = "/campaigns/"
_LOOKS = {InPlace.YES.value: "done", InPlace.PARTLY.value: "waiting", InPlace.NO.value: "open"}


def tags(campaign: Campaign) -> Sequence[str]:
    shown = [Nature(campaign.nature).label]
    if campaign.parent is not None:
        shown.append(f"属于“{campaign.parent.name}”")
    if lacking := sets.missing(campaign) if campaign.set_rule else ():
        shown.append(f"尚缺 {len(lacking)} 处")
    return shown


def facts(campaign: Campaign) -> Sequence[parts.Fact]:
    listed = [
        parts.Fact("牵头单位", campaign.agency_name or "（待定）"),
        parts.Fact("成员单位", "、".join(_units(campaign.members)) or "—"),
        parts.Fact("起止日期", _days(campaign)),
        parts.Fact("范围", _range(campaign)),
        parts.Fact("上级部署文件", _basis(campaign)),
        parts.Fact("落实的职责", campaign.duties_served or "（待补）", wide=True),
        parts.Fact("服务的发展任务", campaign.development or "（待补）", wide=True),
    ]
    if campaign.content:
        listed.append(parts.Fact("主要内容", campaign.content, wide=True))
    if campaign.filing != Filing.NEVER:
        listed.append(
            parts.Fact("报送要求", f"{Filing(campaign.filing).label}：{campaign.forms}",
                       hint=f"每期结束后 {campaign.filing_days} 个工作日内", wide=True)
        )  # fmt: skip
    if campaign.summary:
        listed.append(parts.Fact("总结", campaign.summary, wide=True))
    return listed


def _days(campaign: Campaign) -> str:
    if campaign.first_day is None or campaign.last_day is None:
        return "（待定）"
    return f"{campaign.first_day} 至 {campaign.last_tagged}"


def _basis(campaign: Campaign) -> str:
    if not campaign.superior:
        return "（待补）"
    return f"《{campaign.superior.strip('《》')}》{f'（{campaign.superior_no}）' if campaign.superior_no else ''}"


def _range(campaign: Campaign) -> str:
    sectors = _named(Sector, campaign.sector_paths) or "全部行业领域"
    return f"{_named(Region, campaign.region_paths) or '全区'}，{sectors}"


def _named(kind: type[Region] | type[Sector], paths: Sequence[str]) -> str:
    return (
        "、".join(kind.objects.filter(path__in=paths).order_by("order", "id").values_list("name", flat=True))
        if paths
        else ""
    )


def _units(agencies: Sequence[int]) -> list[str]:
    if not agencies:
        return []
    return list(
        Agency.objects.filter(pk__in=agencies).order_by("kind", "order", "id").values_list("name", flat=True)
    )


def more_facts(campaign: Campaign, actor: Actor) -> Sequence[tuple[str, Sequence[parts.Fact]]]:
    sections: list[tuple[str, Sequence[parts.Fact]]] = []
    if campaign.nature == Nature.CAMPAIGN or campaign.nature == Nature.PROBLEM:
        if counted := numbers.facts(numbers.figures_of(campaign, actor)):
            sections.append(("数据（只计带有本专项行动名称的记录，与其他口径不相加）", counted))
        sections.append(("四个到位", _in_place(campaign)))
    else:
        sections += _members(campaign, actor)
    former = [
        f"{row.name}（{row.get_kind_display()}）"
        for row in campaign.names.order_by("id")
        if row.kind != "present"
    ]
    if former:
        sections.append(("同时计入的名称", [parts.Fact("名称", "、".join(former), wide=True)]))
    if campaign.filing != Filing.NEVER and campaign.approved_on is not None:
        sections.append(("报送", _filed(campaign)))
    return sections


def _in_place(campaign: Campaign) -> Sequence[parts.Fact]:
    """四个到位: each said with what it rests on, or visibly not said."""
    told = []
    for aspect in Aspect:
        noted = campaign.in_place.get(aspect.value)
        if noted is None:
            told.append(parts.Fact(f"{aspect.label}到位", "尚未登记"))
            continue
        state = InPlace(noted["state"])
        hint = f"{noted['evidence']}（{noted['by']}，{noted['on']}）"
        told.append(
            parts.Fact(f"{aspect.label}到位", parts.State(state.label, _LOOKS[state.value]), hint=hint)  # type: ignore[arg-type]
        )
    return told


def _members(campaign: Campaign, actor: Actor) -> list[tuple[str, Sequence[parts.Fact]]]:
    """What a set, programme or plan holds, with what is still open in each (M037, M043, M052)."""
    seen = set(visible_campaigns(actor).filter(parent=campaign).values_list("pk", flat=True))
    rows = [each for each in sets.members_of(campaign) if each.pk in seen]
    found = numbers.by_tag(("tasks.dispatched", "tasks.open", "tasks.overdue"), rows, actor)
    listed = [
        parts.Fact(
            each.name, _progress(each, found), href=f"{HERE}{each.no}/",
            hint=f"{each.agency_name or '（牵头单位待定）'}，{_days(each)}，{CampaignState(each.state).label}", wide=True,
        )
        for each in rows
    ]  # fmt: skip
    open_ones = sum(
        value.amount or 0 for name, value in found["tasks.open"].items() if name in {r.name for r in rows}
    )
    heading = f"{'问题组' if campaign.nature == Nature.PROGRAMME else '所属各项'}（{len(rows)} 项，未办结任务 {open_ones} 项）"
    sections: list[tuple[str, Sequence[parts.Fact]]] = [
        (heading, listed or [parts.Fact("所属各项", "还没有；拟定方案时填写本编号，即列在这里", wide=True)])
    ]
    if campaign.set_rule:
        lacking = sets.missing(campaign)
        rule = f"{SetRule(campaign.set_rule).label}，应有 {campaign.members_due} 项"
        told = [parts.Fact("构成要求", rule)]
        told += [parts.Fact("尚缺", words, wide=True) for words in lacking] or [
            parts.Fact("构成情况", parts.State("齐全", "done"))
        ]
        sections.append(("是否齐全", told))
    return sections


def _progress(each: Campaign, found: Any) -> str:
    dispatched, left, late = (
        (found[name][each.name].amount or 0) if each.name in found[name] else 0
        for name in ("tasks.dispatched", "tasks.open", "tasks.overdue")
    )
    return f"任务 {dispatched} 项，未办结 {left} 项，逾期 {late} 项"


def _filed(campaign: Campaign) -> Sequence[parts.Fact]:
    rows = Expectation.objects.filter(kind=kind_of(campaign), opens_on__lte=clock.today())
    stands = [row.standing(clock.today()) for row in rows]
    href = f"/filings/?kind={kind_of(campaign)}"
    return [
        parts.Fact("应报", f"{len(stands)} 期次", href=href if stands else ""),
        parts.Fact("已报", f"{sum(s in (Standing.FILED, Standing.NIL, Standing.LATE) for s in stands)} 期次"),
        parts.Fact("未报", f"{stands.count(Standing.MISSING)} 期次"),
    ]


COLUMNS = (
    parts.Column("名称", "title"),
    parts.Column("类别", phone=False),
    parts.Column("牵头单位"),
    parts.Column("开始", "day", phone=False),
    parts.Column("结束", "day"),
    parts.Column("状态", "state"),
)


def row(campaign: Any) -> parts.Row:
    late = campaign.state in _AT_WORK and campaign.last_day is not None and campaign.last_day < clock.today()
    return parts.Row(
        cells=(
            campaign.name, Nature(campaign.nature).label, campaign.agency_name or None, campaign.first_day,
            parts.Deadline.of(campaign.last_day) if late else campaign.last_day, state_part(CAMPAIGN, campaign.state),
        ),
        href=f"{HERE}{campaign.no}/",
        late=late,
        sub=campaign.no,
    )  # fmt: skip


_AT_WORK = (CampaignState.UNDER_WAY, CampaignState.SUMMING_UP)


def listed(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.select_related("agency", "parent")


TABS = (
    TabOf("going", "实施中", in_state(*_AT_WORK), BY_DRAFT),
    TabOf("drafted", "拟定中", in_state(CampaignState.DRAFTED), BY_DRAFT),
    TabOf("late", "超期", lambda: Q(state__in=_AT_WORK, last_day__lt=clock.today()), BY_DRAFT, warn=True),
    TabOf("ended", "已结束", in_state(CampaignState.ENDED), BY_DRAFT),
    TabOf("all", "全部", Q, BY_DRAFT),
)


def _lead() -> Sequence[tuple[str, str]]:
    rows = Agency.objects.filter(until=None).order_by("kind", "order", "id").values_list("pk", "name")
    return [(str(pk), name) for pk, name in rows]


def _on(text: str) -> Q:
    day = date.fromisoformat(text)
    return Q(first_day__lte=day, last_day__gte=day)


FILTERS = (
    ListFilter("q", "搜索", lambda text: containing("campaigns_campaign.search", text), "text"),
    ListFilter("nature", "类别", lambda value: Q(nature=value), choices=Nature.choices()),
    ListFilter("lead", "牵头单位", lambda text: Q(agency=int(text)), choices=_lead),
    ListFilter("on", "在这一天实施", _on, "date"),
    ListFilter("state", "状态", lambda value: Q(state=value), choices=CampaignState.choices(), shown=False),
)  # fmt: skip


def resource(campaign: Any) -> dict[str, Any]:
    """The campaign as the API gives it."""
    return {
        "name": campaign.name,
        "nature": campaign.nature,
        "lead": campaign.agency_name,
        "members": list(campaign.members),
        "superior": campaign.superior,
        "superior_no": campaign.superior_no,
        "first_day": campaign.first_day.isoformat() if campaign.first_day else None,
        "last_day": campaign.last_day.isoformat() if campaign.last_day else None,
        "filing": campaign.filing,
        "in_place": {aspect: noted["state"] for aspect, noted in campaign.in_place.items()},
        "summary": campaign.summary,
    }


_SAME = (
    "name", "nature", "superior", "superior_no", "duties_served", "development", "content", "first_day", "last_day", "filing",
    "forms", "filing_days", "set_rule", "members_due", "members",
)  # fmt: skip


def prefill(deed: str, campaign: Any, actor: Actor) -> dict[str, Any]:
    """What a form may know beforehand."""
    if deed == "revise":
        return {
            **{name: getattr(campaign, name) for name in _SAME},
            "lead": campaign.agency_id,
            "parent": campaign.parent.no if campaign.parent else "",
            "sectors": list(
                Sector.objects.filter(path__in=campaign.sector_paths).values_list("pk", flat=True)
            ),
            "towns": list(Region.objects.filter(path__in=campaign.region_paths).values_list("pk", flat=True)),
        }
    if deed in ("extend", "resume"):
        return {"last_day": campaign.last_day}
    if deed == "rename":
        return {"name": campaign.name}
    return {"checked_on": clock.today()} if deed == "log_checks" else {}


def describe(name: str, value: Any) -> Any:
    """Ids of a payload as names."""
    if name == "lead" and isinstance(value, int):
        return next(iter(_units([value])), value)
    if isinstance(value, list):
        if name == "members":
            return "、".join(_units(value))
        kind = {"sectors": Sector, "towns": Region}.get(name)
        if kind is not None:
            return "、".join(kind._default_manager.filter(pk__in=value).values_list("name", flat=True))
    return value


EXPORT = (
    ("编号", lambda one: one.no),
    ("名称", lambda one: one.name),
    ("类别", lambda one: Nature(one.nature).label),
    ("上级部署文件", lambda one: one.superior),
    ("文号", lambda one: one.superior_no),
    ("牵头单位", lambda one: one.agency_name),
    ("开始日期", lambda one: one.first_day),
    ("结束日期", lambda one: one.last_day),
    ("报送频次", lambda one: Filing(one.filing).label),
    ("状态", lambda one: CampaignState(one.state).label),
    ("总结", lambda one: one.summary),
)

PAGES = MatterPages(
    loop=CAMPAIGN,
    lead="方案从拟定到总结：谁牵头、到哪天、覆盖了多少、整改了多少。数据只从带有专项行动名称的隐患和任务算出。",
    what=lambda campaign: campaign.name,
    where=lambda campaign: f"{campaign.agency_name}牵头" if campaign.agency_id else "牵头单位待定",
    level=lambda campaign: None,
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
        "这里没有符合条件的专项行动。",
        "换一个筛选条件，或者拟定新的方案。",
        "/campaigns/new/draft/",
        "拟定方案",
    ),
    opening="draft",
    beside=lambda actor: places.tabs(actor, HERE),
)


def _target_row(target: Any) -> parts.Row:
    return parts.Row(
        (
            target.object.name,
            target.campaign_name,
            target.registered_on,
            target.checked_on,
            target.checked_by or None,
        ),
        href=f"/enterprises/{target.object_id}/",
    )


TARGETS = Kind(
    label="专项行动检查对象",
    visible=visible_targets,
    columns=(
        parts.Column("单位", "title"), parts.Column("专项行动"), parts.Column("列入日期", "day", phone=False),
        parts.Column("检查日期", "day"), parts.Column("检查单位"),
    ),
    row=_target_row,
    export=(
        ("单位", lambda one: one.object.name), ("专项行动", lambda one: one.campaign_name),
        ("列入日期", lambda one: one.registered_on), ("检查日期", lambda one: one.checked_on),
        ("检查单位", lambda one: one.checked_by),
    ),
    order=Keyset(("registered_on", "id"), descending=True),
    listed=lambda rows: rows.select_related("object"),
)  # fmt: skip


def install() -> None:
    """Give campaigns and what they reach their pages."""
    show(PAGES)
    show_kept("campaigns.Target", TARGETS)
    places.hang(10, "专项行动", HERE)
    places.hang(90, "未登记的名称", f"{HERE}names/")
