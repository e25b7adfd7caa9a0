"""How items show themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import F, Q, QuerySet

from bihuan.capabilities.tipoffs import hooks, places, positions, telling
from bihuan.capabilities.tipoffs.loop import ITEM
from bihuan.capabilities.tipoffs.models import Item
from bihuan.capabilities.tipoffs.rewarding import links_of
from bihuan.capabilities.tipoffs.states import (
    CLOSED_STATES,
    OPEN_STATES,
    Channel,
    ItemState,
    Link,
    Outcome,
    Rejection,
    Topic,
    Verdict,
)
from bihuan.kernel import clock
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.search import containing
from bihuan.kernel.territory.models import Agency, Region, Sector
from bihuan.kernel.web import parts
from bihuan.kernel.web.matters.matter import days_of_warning
from bihuan.kernel.web.matters.narrowing import in_state, on_day, town_choices, unit_choices, within_region
from bihuan.kernel.web.matters.pages import ListFilter, MatterPages, Order, TabOf, show
from bihuan.kernel.web.matters.timeline import state_part

BY_DAY = Order("received", "received_on", descending=True)
BY_DEADLINE = Order("deadline", "deadline", descending=False)
_OPEN = [state.value for state in OPEN_STATES]


def what(item: Any) -> str:
    """事故隐患 安全出口被布料堵死: the topic and the first words, never who told them."""
    words = item.words if len(item.words) <= 28 else f"{item.words[:27]}…"
    return f"{Topic(item.topic).label}：{words}"


COLUMNS = (
    parts.Column("举报件", "title"), parts.Column("来源", phone=False), parts.Column("地点", phone=False),
    parts.Column("承办单位"), parts.Column("收到", "day", phone=False), parts.Column("期限", "day"),
    parts.Column("状态", "state"),
)  # fmt: skip


def row(item: Any) -> parts.Row:
    going_on = telling.open_now(item)
    soon = days_of_warning(ITEM)
    deadline = parts.Deadline.of(item.deadline, soon=soon) if going_on and item.deadline else None
    overdue = going_on and item.due_on < clock.today()
    unit = "，".join(part for part in (item.agency_name, item.company) if part) or _nobody_yet(item)
    return parts.Row(
        cells=(
            what(item), Channel(item.channel).label, item.place or "—", unit, item.received_on, deadline or item.due_on,
            state_part(ITEM, item.state),
        ),
        href=f"/tipoffs/{item.no}/",
        late=overdue or (deadline is not None and deadline.left < 0),
        sub=f"{item.no} · {item.batch_no.partition('-')[2]} 第{item.ordinal}件",
    )  # fmt: skip


def _nobody_yet(item: Any) -> str:
    """What stands for the unit where an item was referred to none."""
    if item.state == ItemState.MERGED:
        return "随牵头件办理"
    return "待转办" if telling.open_now(item) else "—"


_LISTED = (
    "uid", "no", "state", "version", "deadline", "opened_at", "ordinal", "channel", "origin", "topic", "words", "place",
    "received_on", "due_on", "admitted_on", "referred_on", "handle_by", "company", "outcome", "result", "reported_on",
    "reply", "replied_on", "rejection", "transferred_to", "withdrawn_on", "links", "closed_on", "sent_back", "lon_e6",
    "lat_e6", "region_path", "verdict", "rated_on", "asked_on", "answered_on", "corrected_on", "correction",
)  # fmt: skip


def listed(rows: QuerySet[Item]) -> QuerySet[Any]:
    """Rows with what lists, exports and the API show, as plain tuples; nothing of who reported is in the table at all."""
    own = {
        "agency_name": F("agency__name"), "batch_no": F("batch__no"), "batch_origin_no": F("batch__origin_no"),
        "subject_name": F("subject__name"), "lead_no": F("merged_into__no"),
    }  # fmt: skip
    return rows.annotate(**own).values_list(*_LISTED, *own, named=True)


def _late() -> Q:
    return Q(state__in=_OPEN) & (Q(deadline__lt=clock.today()) | Q(due_on__lt=clock.today()))


def _question_open() -> Q:
    """The reporter asked on, and nobody answered yet."""
    return Q(asked_on__isnull=False, answered_on=None) & ~Q(state=ItemState.REVOKED.value)


TABS = (
    TabOf("open", "在办", in_state(*OPEN_STATES), BY_DEADLINE),
    TabOf("overdue", "逾期", _late, BY_DEADLINE, warn=True),
    TabOf("received", "待受理", in_state(ItemState.RECEIVED), BY_DEADLINE),
    TabOf("admitted", "待转办", in_state(ItemState.ADMITTED), BY_DEADLINE),
    TabOf("handling", "办理中", in_state(ItemState.HANDLING), BY_DEADLINE),
    TabOf("unreplied", "待回复", in_state(ItemState.REPORTED), BY_DEADLINE),
    TabOf("replied", "待办结", in_state(ItemState.REPLIED), BY_DEADLINE),
    TabOf("asked", "追问待答", _question_open, BY_DAY),
    TabOf("closed", "已办结", in_state(*CLOSED_STATES), BY_DAY),
    TabOf("revoked", "已撤销", in_state(ItemState.REVOKED), BY_DAY),
    TabOf("all", "全部", Q, BY_DAY),
)
FILTERS = (
    ListFilter("q", "搜索", lambda text: containing("tipoffs_item.search", text), "text"),
    ListFilter("channel", "来源", lambda value: Q(channel=value), choices=Channel.choices()),
    ListFilter("topic", "主题", lambda value: Q(topic=value), choices=Topic.choices()),
    ListFilter("unit", "承办单位", lambda text: Q(agency=int(text)), choices=unit_choices),
    ListFilter("region", "镇街", within_region, judges=True, choices=town_choices),
    ListFilter("from", "收到日期自", on_day("received_on__gte"), "date"),
    ListFilter("to", "至", on_day("received_on__lte"), "date"),
    ListFilter("state", "状态", lambda value: Q(state=value), choices=ItemState.choices(), shown=False),
    ListFilter("origin", "来文单位", lambda value: Q(origin=value), "text", shown=False),
    ListFilter("company", "办理企业", lambda value: Q(company=value), "text", shown=False),
    ListFilter("before", "收到不晚于", on_day("received_on__lte"), "date", shown=False),
    ListFilter(
        "noreply",
        "未回复",
        lambda value: Q(replied_on=None) & ~in_state(ItemState.REVOKED)(),
        "flag",
        shown=False,
    ),
    ListFilter("batch", "批次", lambda value: Q(batch__no=value), "text", shown=False),
)


def resource(item: Any) -> dict[str, Any]:
    """The item as the API gives it: without anything of who reported."""
    place = (item.lon_e6, item.lat_e6) if item.lon_e6 is not None else None
    return {
        "batch": item.batch_no,
        "ordinal": item.ordinal,
        "channel": item.channel,
        "origin": item.origin,
        "topic": item.topic,
        "words": item.words,
        "place": item.place,
        "position": positions.words(place),
        "subject": item.subject_name,
        "handler": item.agency_name,
        "company": item.company,
        "received_on": _iso(item.received_on),
        "due_on": _iso(item.due_on),
        "handle_by": _iso(item.handle_by),
        "outcome": item.outcome,
        "result": item.result,
        "reply": item.reply,
        "replied_on": _iso(item.replied_on),
        "merged_into": item.lead_no,
        "links": [{"kind": one["kind"], "no": one["no"], "done_on": one["done_on"]} for one in item.links],
        "closed_on": _iso(item.closed_on),
        "verdict": item.verdict,
        "rated_on": _iso(item.rated_on),
        "asked_on": _iso(item.asked_on),
        "answered_on": _iso(item.answered_on),
        "corrected_on": _iso(item.corrected_on),
        "correction": item.correction,
    }


def _iso(day: Any) -> str | None:
    return day.isoformat() if day is not None else None


def prefill(deed: str, item: Any, actor: Actor) -> dict[str, Any]:
    """What a form may know beforehand."""
    today = clock.today()
    if item is None:
        return {}
    if deed in ("refer", "reassign"):
        return {
            "handle_by": item.handle_by,
            "demand": item.demand,
            "agency": item.agency_id,
            "company": item.company,
        }
    if deed in (
        "make_hazard",
        "make_lead",
    ):  # in the unit's words: those of the reporter could tell who it was
        named = (
            f"{item.subject.name}｜{item.subject.credit_code}".rstrip("｜")
            if item.subject is not None
            else None
        )
        said = {"description": item.result, "found_on": today}
        if deed == "make_lead":
            region = Region.objects.filter(path=item.region_path).values_list("name", flat=True).first()
            return {**said, "place": region, "party": item.subject.name if item.subject is not None else ""}
        return {**said, "subject": named}
    if deed == "reply":
        return {
            "replied_on": today,
            "reply": f"您反映的事项经核查{Outcome(item.outcome).label}。{item.result}",
        }
    if deed == "propose_reward":
        return {"no": next((one["no"] for one in links_of(item)), "")}
    return dict.fromkeys(("reported_on", "withdrawn_on", "paid_on"), today)


def offers(deed: str, item: Any, actor: Actor) -> Mapping[str, Sequence[tuple[str, Any]]]:
    """What may be picked: situations of the crackdown, items that may lead, matters a reward may rest on."""
    if item is None:
        return {}
    if deed == "make_lead":
        return hooks.offered(Link.LEAD)
    if deed == "merge":
        from bihuan.capabilities.tipoffs.duplicates import hints

        likely = [hint for hint in hints(item) if telling.open_now(hint.item)]
        if likely:
            told = [
                (one.item.no, f"{one.item.no} {one.item.words[:30]}（{'，'.join(one.reasons)}）")
                for one in likely
            ]
            return {"lead": told}
    if deed == "propose_reward" and (became := links_of(item)):
        return {"no": [(one["no"], f"{Link(one['kind']).label} {one['no']}") for one in became]}
    return {}


def describe(name: str, value: Any) -> Any:
    """Ids of a payload as names."""
    if name == "kind" and value in list(Link):
        return Link(value).label
    if name == "agency" and isinstance(value, int):
        return Agency.objects.filter(pk=value).values_list("name", flat=True).first() or value
    if name == "region" and isinstance(value, int):
        return Region.objects.filter(pk=value).values_list("name", flat=True).first() or value
    if name == "sector" and isinstance(value, int):
        return Sector.objects.filter(pk=value).values_list("name", flat=True).first() or value
    if name == "subject" and isinstance(value, str):
        return SupervisedObject.objects.filter(pk=value).values_list("name", flat=True).first() or value
    return value


EXPORT = (
    ("批次编号", lambda one: one.batch_no),
    ("件序", lambda one: one.ordinal),
    ("编号", lambda one: one.no),
    ("来源", lambda one: Channel(one.channel).label),
    ("来文单位", lambda one: one.origin),
    ("来文编号", lambda one: one.batch_origin_no),
    ("主题", lambda one: Topic(one.topic).label),
    ("反映内容", lambda one: one.words),
    ("地点", lambda one: one.place),
    ("被反映的单位", lambda one: one.subject_name),
    ("收到日期", lambda one: one.received_on),
    ("办结期限", lambda one: one.due_on),
    ("承办单位", lambda one: one.agency_name),
    ("办理企业", lambda one: one.company),
    ("核查结论", lambda one: Outcome(one.outcome).label if one.outcome else ""),
    ("办理情况", lambda one: one.result),
    ("不予受理原因", lambda one: Rejection(one.rejection).label if one.rejection else ""),
    ("回复日期", lambda one: one.replied_on),
    ("回复", lambda one: one.reply),
    ("并入", lambda one: one.lead_no),
    ("转为", lambda one: "、".join(line["no"] for line in one.links)),
    ("办结日期", lambda one: one.closed_on),
    ("举报人评价", lambda one: Verdict(one.verdict).label if one.verdict else ""),
    ("更正日期", lambda one: one.corrected_on),
    ("更正说明", lambda one: one.correction),
    ("状态", lambda one: ItemState(one.state).label),
)

PAGES = MatterPages(
    loop=ITEM,
    lead="群众反映的每件事：谁办、到哪天、查实没有、答复了没有。举报人是谁不在这里。",
    what=what,
    where=lambda item: item.place,
    level=lambda item: None,
    tags=telling.tags,
    facts=telling.facts,
    more_facts=telling.more_facts,
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
    empty=parts.Empty("这里没有符合条件的举报件。", "换一个筛选条件；转到本单位的举报件会列在这里。"),
    chained=False,
    beside=places.tabs(places.ITEMS),
)  # fmt: skip


def install() -> None:
    """Give the item loop its pages."""
    show(PAGES)
