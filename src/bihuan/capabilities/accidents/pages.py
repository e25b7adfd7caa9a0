"""How accidents show themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import F, Q, QuerySet

from bihuan.capabilities.accidents import clocks, law, places, telling
from bihuan.capabilities.accidents.access import sees_inside
from bihuan.capabilities.accidents.loop import ACCIDENT
from bihuan.capabilities.accidents.models import COUNTS, OPEN_STATES, Accident
from bihuan.capabilities.accidents.states import AccidentState, Branch, Condition, Grade
from bihuan.kernel import clock
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.search import containing
from bihuan.kernel.territory.models import Agency, Region
from bihuan.kernel.web import parts
from bihuan.kernel.web.matters.matter import days_of_warning
from bihuan.kernel.web.matters.narrowing import in_state, of_object, on_day, town_choices, within_region
from bihuan.kernel.web.matters.pages import ListFilter, MatterPages, Order, TabOf, show
from bihuan.kernel.web.matters.timeline import state_part

BY_DAY = Order("occurred", "occurred_on", descending=True)
BY_DEADLINE = Order("deadline", "deadline", descending=False)
OUTER = frozenset(
    {"receive", "verify", "further_report", "settle_times", "send_onward", "correct", "dismiss"}
)
"""What an enterprise and a grid worker may read of the entries; the rest is the investigation's."""
_OPEN = [state.value for state in OPEN_STATES]


def what(accident: Any) -> str:
    """东湖纺织有限公司 机械致害."""
    return (
        f"{accident.unit or accident.place} {telling.type_name(accident.type) if accident.type else '事故'}"
    )


def tags(accident: Accident) -> Sequence[str]:
    told = [Branch(accident.branch).label]
    if accident.late_minutes:
        told.append(f"迟报 {clocks.lasting(accident.late_minutes)}")
    if accident.ledger:
        told.append("台账所载")
    return told


COLUMNS = (
    parts.Column("事故", "title"),
    parts.Column("等级", "mark"),
    parts.Column("发生日期", "day"),
    parts.Column("伤亡"),
    parts.Column("直接损失", "money", phone=False),
    parts.Column("行业", phone=False),
    parts.Column("期限", "day"),
    parts.Column("状态", "state"),
)


def row(accident: Any) -> parts.Row:
    open_now = AccidentState(accident.state) in OPEN_STATES
    soon = days_of_warning(ACCIDENT)
    deadline = parts.Deadline.of(accident.deadline, soon=soon) if open_now and accident.deadline else None
    late = f" · 迟报 {clocks.lasting(accident.late_minutes)}" if accident.late_minutes else ""
    return parts.Row(
        cells=(
            what(accident), telling.level_of(accident), accident.occurred_on, telling.casualties(accident),
            parts.Money(accident.loss_fen), Branch(accident.branch).label, deadline,
            state_part(ACCIDENT, accident.state),
        ),
        href=f"/accidents/{accident.no}/",
        late=deadline is not None and deadline.left < 0,
        sub=f"{accident.no}{late}{' · 台账所载' if accident.ledger else ''}",
    )  # fmt: skip


_LISTED = (
    "uid", "no", "state", "version", "deadline", "opened_at", "unit", "place", "type", "branch", "grade", "occurred_on",
    "occurred_at", *COUNTS, "loss_fen", "late_minutes", "object_id", "reported_at", "knew_at", "closed_on", "summary",
    "counted_deaths", "counted_serious", "ledger",
)  # fmt: skip


def listed(rows: QuerySet[Accident]) -> QuerySet[Any]:
    """Rows with what lists and exports show, as plain tuples."""
    return rows.annotate(agency_name=F("agency__name")).values_list(*_LISTED, "agency_name", named=True)


TABS = (
    TabOf("open", "未结案", lambda: Q(state__in=_OPEN), BY_DAY),
    TabOf("overdue", "逾期", lambda: Q(state__in=_OPEN, deadline__lt=clock.today()), BY_DEADLINE, warn=True),
    TabOf("late", "迟报", lambda: Q(late_minutes__gt=0), BY_DAY),
    TabOf(
        "investigating", "调查中", in_state(AccidentState.INVESTIGATING, AccidentState.AWAITING_REPLY), BY_DAY
    ),
    TabOf("executing", "落实中", in_state(AccidentState.EXECUTING, AccidentState.EVALUATED), BY_DAY),
    TabOf("closed", "已结案", in_state(AccidentState.CLOSED), BY_DAY),
    TabOf("all", "全部", Q, BY_DAY),
)


FILTERS = (
    ListFilter("q", "搜索", lambda text: containing("accidents_accident.search", text), "text"),
    ListFilter(
        "region", "镇街", within_region, judges=True, choices=town_choices
    ),
    ListFilter("branch", "统计行业", lambda value: Q(branch=value), choices=Branch.choices()),
    ListFilter("grade", "等级", lambda value: Q(grade=value), choices=Grade.choices()),
    ListFilter("from", "发生日期自", on_day("occurred_on__gte"), "date"),
    ListFilter("to", "至", on_day("occurred_on__lte"), "date"),
    ListFilter("state", "状态", lambda value: Q(state=value), choices=AccidentState.choices(), shown=False),
    ListFilter("object", "单位", of_object, "object"),
)  # fmt: skip


def resource(accident: Any) -> dict[str, Any]:
    """The accident as the API gives it: the facts and the clock, nothing of the investigation."""
    return {
        "unit": accident.unit,
        "object": str(accident.object_id) if accident.object_id else None,
        "place": accident.place,
        "summary": accident.summary,
        "occurred_at": accident.occurred_at.isoformat(),
        "knew_at": accident.knew_at.isoformat() if accident.knew_at else None,
        "reported_at": accident.reported_at.isoformat(),
        "late_minutes": accident.late_minutes,
        "grade": accident.grade,
        "branch": accident.branch,
        "type": accident.type,
        **{name: getattr(accident, name) for name in COUNTS},
        "loss_yuan": f"{accident.loss_fen // 100}.{accident.loss_fen % 100:02d}",
        "counted_deaths": accident.counted_deaths,
        "counted_serious": accident.counted_serious,
        "closed_on": accident.closed_on.isoformat() if accident.closed_on else None,
        "ledger": accident.ledger or None,
    }


def prefill(deed: str, accident: Any, actor: Actor) -> dict[str, Any]:
    """What a form may know beforehand: the numbers as they stand, the times told, the hour it is now."""
    now = clock.now()
    if accident is None:
        return {"reported_at": now, **_own(actor)}
    if deed in ("call_leader", "leader_came"):
        return {"called_at": now}
    if deed in ("verify", "further_report"):
        numbers = {name: getattr(accident, name) for name in COUNTS}
        return {**numbers, "loss": accident.loss_fen, "known_at": now, "type": accident.type}
    if deed == "settle_times":
        return {
            "knew_at": accident.knew_at, "knew_who": accident.knew_who, "reported_at": accident.reported_at,
            "evidence": accident.time_evidence,
        }  # fmt: skip
    if deed == "find_offence":
        return {"who": accident.knew_who, "knew_at": accident.knew_at}
    if deed == "send_onward":
        waiting = next((one for one in clocks.onward(accident) if one.sent_at is None), None)
        return {"sent_at": now, "to": waiting.to.value if waiting else None}
    if deed in ("authorise", "reauthorise"):
        return {"lead": accident.agency_id, "authorised_on": clock.today(), **(accident.team or {})}
    today = clock.today()
    return dict.fromkeys(
        ("started_on", "finished_on", "answered_on", "submitted_on", "replied_on", "executed_on", "evaluated_on",
         "published_on", "closed_on"), today,
    )  # fmt: skip


def _own(actor: Actor) -> dict[str, Any]:
    own = {scope.object for scope in actor.scopes if scope.object is not None}
    if len(own) != 1:
        return {}
    name = SupervisedObject.objects.filter(uid=own.pop()).values_list("name", "credit_code").first()
    return {"object": "｜".join(part for part in name if part)} if name else {}


def offers(deed: str, accident: Any, actor: Actor) -> Mapping[str, Sequence[tuple[str, Any]]]:
    """Types of the edition in force on the day, and the lines that a deed may name."""
    if accident is None:
        return {}
    if deed in ("verify", "correct"):
        kinds = law.kinds_on(accident.occurred_on)
        return {"type": [(kind.code, kind.name) for kind in kinds]}
    if deed == "documents_answered":
        return {"number": _open_lines(accident.documents, "answered_on", "unit", "what")}
    if deed == "execute_recommendation":
        return {"number": _open_lines(accident.recommendations, "executed_on", "unit", "what")}
    if deed == "execute_sanction":
        return {"number": _open_lines(accident.sanctions, "executed_on", "who", "decision")}
    if deed == "leader_came":
        return {
            "number": [
                (str(place), f"{place}. {one['leader']}")
                for place, one in enumerate(accident.leaders, 1)
                if not one["arrived_at"]
            ]
        }
    if deed == "review":
        return {"number": _open_lines(accident.reviews, "decision", "no", "words")}
    if deed == "prove":
        lacking = [one for one in Condition if one.value not in accident.proofs]
        return {"condition": [(one.value, one.label) for one in lacking or Condition]}
    return {}


def _open_lines(lines: Sequence[Mapping[str, Any]], done: str, *names: str) -> list[tuple[str, str]]:
    return [
        (str(place), f"{place}. {'；'.join(str(one[name])[:40] for name in names)}")
        for place, one in enumerate(lines, 1)
        if not one[done]
    ]


def describe(name: str, value: Any) -> Any:
    """Ids and codes of a payload as names."""
    if name == "lead" and isinstance(value, int):
        return Agency.objects.filter(pk=value).values_list("name", flat=True).first() or value
    if name == "type" and isinstance(value, str):
        return telling.type_name(value)
    if name == "region" and isinstance(value, int):
        return Region.objects.filter(pk=value).values_list("name", flat=True).first() or value
    if name == "sector" and isinstance(value, int):
        from bihuan.kernel.territory.models import Sector

        return Sector.objects.filter(pk=value).values_list("name", flat=True).first() or value
    return value


def told(actor: Actor, entry: Any) -> bool:
    """Whether a reader is told what an entry says: outside, only of the facts and the report."""
    return sees_inside(actor) or entry.verb in OUTER


EXPORT = (
    ("编号", lambda one: one.no),
    ("事故发生单位", lambda one: one.unit),
    ("事故地点", lambda one: one.place),
    ("发生时间", lambda one: clocks.words(one.occurred_at)),
    ("接报时间", lambda one: clocks.words(one.reported_at)),
    ("迟报（分钟）", lambda one: one.late_minutes),
    ("等级", lambda one: Grade(one.grade).label),
    ("事故类型", lambda one: telling.type_name(one.type)),
    ("统计行业", lambda one: Branch(one.branch).label),
    ("死亡", lambda one: one.deaths),
    ("失踪", lambda one: one.missing),
    ("重伤", lambda one: one.serious),
    ("急性工业中毒", lambda one: one.poisoned),
    ("轻伤", lambda one: one.slight),
    ("直接经济损失（万元）", lambda one: one.loss_fen / 1_000_000),
    ("简要经过", lambda one: one.summary),
    ("牵头部门", lambda one: one.agency_name),
    ("结案日期", lambda one: one.closed_on),
    ("台账所载", lambda one: one.ledger),
    ("状态", lambda one: AccidentState(one.state).label),
)

PAGES = MatterPages(
    loop=ACCIDENT,
    lead="每起事故从接报到结案：报得及不及时、死伤损失按哪一版、谁在调查、四不放过还差哪一条。",
    what=what,
    where=lambda accident: accident.place,
    level=telling.level_of,
    tags=tags,
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
    told=told,
    export=EXPORT,
    empty=parts.Empty(
        "这里没有符合条件的事故。", "换一个筛选条件；接到事故报告的，立即登记。", "/accidents/new/receive/", "事故接报"
    ),
    opening="receive",
    beside=places.tabs(places.ACCIDENTS),
)  # fmt: skip


def install() -> None:
    """Give the accident loop its pages."""
    show(PAGES)
