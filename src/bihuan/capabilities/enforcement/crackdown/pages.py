"""How items of the crackdown show themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from bihuan.capabilities.enforcement.crackdown import naming
from bihuan.capabilities.enforcement.crackdown.cases import filing_href
from bihuan.capabilities.enforcement.crackdown.catalogue import CODES, Kind, TransportKind, full_label
from bihuan.capabilities.enforcement.crackdown.hands import REPORTING, STRIKER
from bihuan.capabilities.enforcement.crackdown.loop import CRACKDOWN
from bihuan.capabilities.enforcement.crackdown.models import Item
from bihuan.capabilities.enforcement.crackdown.states import ItemState, PlaceType, Source, Way
from bihuan.capabilities.enforcement.crackdown.strip import HERE, hang, tabs_of
from bihuan.kernel import clock
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.search import containing
from bihuan.kernel.territory.models import Region
from bihuan.kernel.web import parts
from bihuan.kernel.web.matters.finding import came_from
from bihuan.kernel.web.matters.narrowing import in_state, of_campaign, on_day, town_choices
from bihuan.kernel.web.matters.pages import ListFilter, MatterPages, Order, TabOf, show
from bihuan.kernel.web.matters.timeline import state_part

_OPEN = [state.value for state in CRACKDOWN.open_states]
BY_DEADLINE = Order("deadline", "deadline", descending=False, within=lambda: Q(state__in=_OPEN), few=True)
BY_FINDING = Order("found", "found_on", descending=True)
BACK = parts.Level("死灰复燃", "red")
POLICE_ACTS = {"making": "生产", "trading": "买卖", "storing": "储存", "moving": "运输", "mailing": "邮寄", "other": "其他"}  # fmt: skip


def tags(item: Item) -> Sequence[str]:
    shown = [full_label(item.code)]
    if item.place_type:
        shown.append(PlaceType(item.place_type).label)
    if item.reemergences:
        shown.append(f"反弹 {item.reemergences} 次")
    if item.police_on and not item.police_feedback_on:
        shown.append("公安机关未反馈")
    if item.campaign:
        shown.append(item.campaign)
    return shown


def facts(item: Item) -> Sequence[parts.Fact]:
    listed = [
        parts.Fact("违法情形", full_label(item.code), hint=_unchecked(item)),
        parts.Fact("场所类型", PlaceType(item.place_type).label if item.place_type else "—"),
        parts.Fact("所在镇街（村）", item.place.name),
        parts.Fact("具体位置", item.address or "—"),
        parts.Fact("情况", item.description, wide=True),
        parts.Fact("发现日期", item.found_on),
        parts.Fact("发现人", item.finder_name or "—"),
        parts.Fact("发现途径", Source(item.source).label),
        parts.Fact("牵头打击单位", item.agency.name),
    ]
    if item.plate:
        listed.insert(2, parts.Fact("车牌号", item.plate))
    if item.party:
        listed.append(parts.Fact("当事人", item.party))
    if item.transport_kind:
        listed.append(parts.Fact("非法运输情形", TransportKind(item.transport_kind).label))
    for label, code in (("违反“七个一律”", item.rule), ("打治目标", item.target)):
        if code:
            named = naming.named(code, item.found_on)
            listed.append(parts.Fact(label, named.words, hint=named.hint))
    return listed


def _unchecked(item: Item) -> str:
    return "情形名称待核对" if CODES[item.code].mark == "K" else ""


def more_facts(item: Item, actor: Actor) -> Sequence[tuple[str, Sequence[parts.Fact]]]:
    sections: list[tuple[str, Sequence[parts.Fact]]] = []
    if item.struck_on:
        sections.append(("打击", _strike(item)))
    if item.banned_on:
        sections.append(("取缔和回查", _ban(item)))
    if item.settled_on:
        way = parts.Fact("处理方式", Way(item.way).label)
        sections.append(("查处", (parts.Fact("办结日期", item.settled_on), way)))
    if item.police_on:
        sections.append(("移交公安", _police(item)))
    if item.case_no:
        sections.append(("执法案件", (came_from(item.case_no, actor),)))
    elif STRIKER.holds(actor, item):
        way = parts.Fact(
            "立案", "提请立案", href=filing_href(item), hint="带上本事项的编号和情况，立案后自动关联"
        )
        sections.append(("执法案件", (way,)))
    if item.origin:
        sections.append(("出自", (came_from(item.origin, actor),)))
    return sections


def _strike(item: Item) -> Sequence[parts.Fact]:
    return (
        parts.Fact("首次打击", item.struck_on), parts.Fact("拘留", f"{item.detained_persons} 人"),
        parts.Fact("扣留车辆", f"{item.detained_vehicles} 辆"),
        parts.Fact("打击措施", item.measures or "—", wide=True),
    )  # fmt: skip


def _ban(item: Item) -> Sequence[parts.Fact]:
    owed = ((item.duties or {}).get("open") or {}).get("recheck")
    return (
        parts.Fact("首次取缔", item.banned_on),
        parts.Fact("连续回查未反弹", f"{item.quiet} 次"),
        parts.Fact("最近回查", item.rechecked_on or "—"),
        parts.Fact("下次回查", parts.Deadline.of(date.fromisoformat(owed["due"])) if owed else "—"),
        parts.Fact("死灰复燃", f"{item.reemergences} 次", hint=f"首次 {item.reemerged_on}" if item.reemerged_on else ""),
        parts.Fact("取缔措施", item.how_banned or "—", wide=True),
    )  # fmt: skip


def _police(item: Item) -> Sequence[parts.Fact]:
    waiting = "" if item.police_feedback_on else f"已等待 {(clock.today() - item.police_on).days} 天"  # type: ignore[operator]
    return (
        parts.Fact("移交日期", item.police_on, hint=waiting),
        parts.Fact("涉嫌环节", POLICE_ACTS.get(item.police_act, "—")),
        parts.Fact("回执", f"{item.police_receipt}（{item.police_received_on}）" if item.police_received_on else "未签收"),
        parts.Fact("反馈", item.police_feedback or "未反馈", hint=str(item.police_feedback_on or ""), wide=True),
    )  # fmt: skip


COLUMNS = (
    parts.Column("位置", "title"),
    parts.Column("违法情形"),
    parts.Column("场所", phone=False),
    parts.Column("所在地", phone=False),
    parts.Column("发现", "day", phone=False),
    parts.Column("期限", "day"),
    parts.Column("状态", "state"),
)


def row(item: Any) -> parts.Row:
    open_now = item.state in _OPEN
    due = _due(item) if open_now else None
    where = item.plate or item.address or item.party
    return parts.Row(
        cells=(
            where, full_label(item.code), PlaceType(item.place_type).label if item.place_type else "—",
            item.place_name, item.found_on, due or "—", state_part(CRACKDOWN, item.state),
        ),
        href=f"{HERE}{item.no}/",
        late=due is not None and due.left < 0,
        sub=f"{item.no}，反弹 {item.reemergences} 次" if item.reemergences else item.no,
    )  # fmt: skip


def _due(item: Any) -> parts.Deadline | None:
    """The next day somebody must act: a re-check comes before the end of the whole."""
    day = min((day for day in (item.deadline, item.duty_on) if day is not None), default=None)
    return parts.Deadline.of(day) if day is not None else None


_PLACE: dict[str, Any] = {"place_name": F("place__name"), "lead_name": F("agency__name")}
_LISTED = (
    "uid", "no", "state", "version", "deadline", "duty_on", "kind", "code", "place_type", "source", "address", "party",
    "plate", "description", "found_on", "finder_name", "struck_on", "banned_on", "reemergences", "rechecked_on",
    "consolidated_on", "settled_on", "way", "rule", "target", "transport_kind", "campaign", "detained_persons",
    "detained_vehicles", "police_on", "police_feedback_on", "case_no", "opened_at", "quiet",
)  # fmt: skip


def listed(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Rows with what lists and exports show, as plain tuples under the model's names."""
    shown: QuerySet[Any] = rows.annotate(**_PLACE).values_list(*_LISTED, *_PLACE, named=True)
    return shown


def _late() -> Q:
    today = clock.today()
    return Q(state__in=_OPEN) & (Q(deadline__lt=today) | Q(duty_on__lt=today))


TABS = (
    TabOf("open", "未了结", lambda: Q(state__in=_OPEN), BY_DEADLINE),
    TabOf("overdue", "逾期", _late, BY_DEADLINE, warn=True),
    TabOf("found", "待打击", in_state(ItemState.FOUND), BY_DEADLINE),
    TabOf("striking", "待取缔", in_state(ItemState.STRUCK, ItemState.AWAITING_BAN), BY_DEADLINE),
    TabOf("banned", "巩固中", in_state(ItemState.BANNED), BY_DEADLINE),
    TabOf("back", "死灰复燃", lambda: Q(reemergences__gt=0), BY_FINDING, warn=True),
    TabOf("done", "已巩固、已查处", in_state(ItemState.CONSOLIDATED, ItemState.SETTLED), BY_FINDING),
    TabOf("all", "全部", Q, BY_FINDING),
)


FILTERS = (
    ListFilter("q", "搜索", lambda text: containing("crackdown_item.search", text), "text"),
    ListFilter("kind", "类别", lambda value: Q(kind=value), choices=Kind.choices()),
    ListFilter("region", "镇街", lambda value: Q(region_path__startswith=value), choices=town_choices),
    ListFilter("place", "场所", lambda value: Q(place_type=value), choices=PlaceType.choices()),
    ListFilter("from", "发现日期自", on_day("found_on__gte"), "date"),
    ListFilter("to", "至", on_day("found_on__lte"), "date"),
    ListFilter("code", "情形", lambda value: Q(code=value), choices=[(c, full_label(c)) for c in CODES], shown=False),
    ListFilter("rule", "七个一律", lambda value: Q(rule=value), "text", shown=False),
    ListFilter("target", "打治目标", lambda value: Q(target=value), "text", shown=False),
    ListFilter("state", "状态", lambda value: Q(state=value), choices=ItemState.choices(), shown=False),
    ListFilter("overdue", "逾期", lambda value: _late(), "flag", shown=False),
    ListFilter("police", "公安未反馈", lambda value: Q(police_on__isnull=False, police_feedback_on=None), "flag", shown=False),
    ListFilter("campaign", "专项行动", of_campaign, "text", shown=False),
)  # fmt: skip


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def resource(item: Any) -> dict[str, Any]:
    """The item as the API gives it."""
    return {
        "kind": item.kind, "code": item.code, "place_type": item.place_type, "place": item.place_name,
        "address": item.address, "description": item.description, "party": item.party, "plate": item.plate,
        "source": item.source, "lead": item.lead_name, "found_on": _iso(item.found_on), "struck_on": _iso(item.struck_on),
        "banned_on": _iso(item.banned_on), "rechecked_on": _iso(item.rechecked_on),
        "consolidated_on": _iso(item.consolidated_on), "settled_on": _iso(item.settled_on), "way": item.way,
        "reemergences": item.reemergences, "rule": item.rule, "target": item.target,
        "transport_kind": item.transport_kind, "campaign": item.campaign,
        "detained_persons": item.detained_persons, "detained_vehicles": item.detained_vehicles,
        "police_on": _iso(item.police_on), "police_feedback_on": _iso(item.police_feedback_on), "case": item.case_no,
    }  # fmt: skip


def prefill(deed: str, item: Any, actor: Actor) -> dict[str, Any]:
    """What a form may know beforehand: a town's own place, and today for days that are mostly today."""
    today = clock.today()
    if item is None:
        own = next((scope.region_path for scope in actor.scopes if scope.role in (Role.TOWN, Role.GRID)), "")
        place = Region.objects.filter(path=own).values_list("name", flat=True).first() if own else None
        return {"place": place or "", "found_on": today}
    days = {
        "strike": "struck_on", "approve_ban": "banned_on", "settle": "settled_on", "pass_to_police": "passed_on",
        "receive_by_police": "received_on", "answer_by_police": "feedback_on", "reemerge": "found_on",
    }  # fmt: skip
    known = {days[deed]: today} if deed in days else {}
    return {**known, "rule": item.rule} if deed == "strike" else known


def describe(name: str, value: Any) -> Any:
    """Codes of a payload in words."""
    if name in ("rule", "target") and isinstance(value, str):
        return naming.named(value, clock.today()).words
    if name == "code" and isinstance(value, str):
        return full_label(value)
    return value


EXPORT = (
    ("编号", lambda item: item.no),
    ("违法情形", lambda item: full_label(item.code)),
    ("场所类型", lambda item: PlaceType(item.place_type).label if item.place_type else ""),
    ("所在镇街（村）", lambda item: item.place_name),
    ("具体位置", lambda item: item.address),
    ("车牌号", lambda item: item.plate),
    ("当事人", lambda item: item.party),
    ("情况", lambda item: item.description),
    ("发现途径", lambda item: Source(item.source).label),
    ("发现人", lambda item: item.finder_name),
    ("发现日期", lambda item: item.found_on),
    ("牵头打击单位", lambda item: item.lead_name),
    ("打击日期", lambda item: item.struck_on),
    ("取缔日期", lambda item: item.banned_on),
    ("最近回查", lambda item: item.rechecked_on),
    ("反弹次数", lambda item: item.reemergences),
    ("处理方式", lambda item: Way(item.way).label if item.way else ""),
    ("拘留人数", lambda item: item.detained_persons),
    ("扣留车辆", lambda item: item.detained_vehicles),
    ("移交公安", lambda item: item.police_on),
    ("公安反馈", lambda item: item.police_feedback_on),
    ("执法案件", lambda item: item.case_no),
    ("状态", lambda item: ItemState(item.state).label),
)

PAGES = MatterPages(
    loop=CRACKDOWN,
    lead="发现一处、打击一处、取缔一处、巩固一处；又干起来的还是这一处，反弹次数加一。",
    what=lambda item: item.plate or item.address or item.party or full_label(item.code),
    where=lambda item: item.place.name,
    level=lambda item: BACK if item.reemergences else None,
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
        "这里没有符合条件的打非事项。", "换一个筛选条件，或者登记新发现的窝点。", f"{HERE}new/report/",
        "登记窝点或场所",
    ),
    opening="report",
    openings=("report_person", "report_vehicle", "report_explosives"),
    beside=lambda actor: tabs_of(actor, HERE),
)  # fmt: skip


def install() -> None:
    """Give the crackdown its pages."""
    show(PAGES)
    hang(10, "打非台账", HERE, REPORTING)
