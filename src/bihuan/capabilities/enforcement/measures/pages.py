"""How measures show themselves: what is stopped, by whom, until when, and what is missing to lift it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import F, Q, QuerySet

from bihuan.capabilities.enforcement import pages as enforcement
from bihuan.capabilities.enforcement.measures import failure_pages, lookup, sections, seizing
from bihuan.capabilities.enforcement.measures.access import reads_reasons
from bihuan.capabilities.enforcement.measures.hands import ENFORCING, UNIT_ROLES
from bihuan.capabilities.enforcement.measures.kinds import KINDS, SUPPLY, basis_of
from bihuan.capabilities.enforcement.measures.loop import MEASURE
from bihuan.capabilities.enforcement.measures.missing import missing
from bihuan.capabilities.enforcement.measures.models import Measure, Supplier
from bihuan.capabilities.enforcement.measures.states import (
    OPEN_STATES,
    STANDING,
    Disposal,
    Family,
    Ground,
    MeasureKind,
    MeasureState,
)
from bihuan.kernel import clock
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import ENTERPRISE_ROLES
from bihuan.kernel.search import containing
from bihuan.kernel.web import frame, parts
from bihuan.kernel.web.matters.finding import came_from
from bihuan.kernel.web.matters.narrowing import on_day
from bihuan.kernel.web.matters.pages import ListFilter, MatterPages, Order, TabOf, show
from bihuan.kernel.web.matters.timeline import state_part
from bihuan.registers.officers.certificates import certificates_on

_OPEN = [state.value for state in OPEN_STATES]
_STANDING = [state.value for state in STANDING]
BY_DEADLINE = Order("deadline", "deadline", descending=False, within=lambda: Q(state__in=_OPEN), few=True)
BY_DAY = Order("proposed", "proposed_on", descending=True)
EXPIRED = parts.Level("到期未解除", "red")


def kind_label(measure: Any) -> str:
    return MeasureKind(measure.kind).label


def tags(measure: Measure) -> Sequence[str]:
    shown = [kind_label(measure)]
    if measure.testing:
        shown.append("检测中，计时暂停")
    if measure.broken:
        shown.append(f"停产期内生产 {measure.broken} 次")
    if measure.supplied:
        shown.append(f"停供期内供应 {measure.supplied} 次")
    if measure.reopened:
        shown.append(f"死灰复燃 {measure.reopened} 次")
    if measure.sent_back:
        shown.append(f"验收不合格 {measure.sent_back} 次")
    return shown


def level(measure: Measure) -> parts.Level | None:
    held = measure.family == Family.SEIZURE and measure.state in _STANDING
    return EXPIRED if held and seizing.expired(measure) else None


def facts(measure: Measure) -> Sequence[parts.Fact]:
    listed = [
        parts.Fact("单位", measure.object.name, wide=True),
        parts.Fact("措施", kind_label(measure)),
        parts.Fact("范围", measure.scope),
        parts.Fact("作出部门", measure.agency.name if measure.agency else "—"),
        parts.Fact("依据", basis_of(measure.kind, measure.ground), wide=True),
        parts.Fact("开始日期", measure.since),
        parts.Fact("解除日期", measure.lifted_on),
    ]
    if measure.state in _OPEN:
        listed.append(parts.Fact("还差什么才能解除", missing(measure), wide=True))
    return listed


def more_facts(measure: Measure, actor: Actor) -> Sequence[tuple[str, Sequence[parts.Fact]]]:
    if measure.family == Family.CUTOFF and not reads_reasons(actor, measure):
        return [("停供经过", _for_supplier(measure))]
    told: list[tuple[str, Sequence[parts.Fact]]] = [("事实和理由", _why(measure, actor))]
    told += {
        Family.STOP: _stop, Family.SEIZURE: _seizure, Family.CLOSURE: _closure, Family.CUTOFF: _cutoff,
    }[Family(measure.family)](measure, actor)  # fmt: skip
    others = lookup.in_force(measure.object_id).exclude(pk=measure.pk)[:20]
    rows = [_short(other) for other in others] if _is_official(actor) else []
    return [*told, ("该单位其他执行中的措施", rows)] if rows else told


def _is_official(actor: Actor) -> bool:
    return bool(actor.roles & UNIT_ROLES) or actor.all_seeing


def _short(other: Measure) -> parts.Fact:
    return parts.Fact(
        kind_label(other),
        other.scope,
        hint=f"{other.no}，自 {other.since}",
        href=f"/measures/{other.no}/",
        wide=True,
    )


def _why(measure: Measure, actor: Actor) -> list[parts.Fact]:
    listed = []
    if measure.ground:
        listed.append(parts.Fact("情形", Ground(measure.ground).label, wide=True))
    if measure.months_unpaid is not None:
        listed.append(parts.Fact("拖欠工资", f"{measure.months_unpaid} 个月"))
    if measure.family != Family.CUTOFF:
        listed.append(parts.Fact("事实和理由", measure.reason, wide=True))
    if measure.officers:
        listed.append(parts.Fact("执法人员", measure.officers))
    if measure.approved_on:
        who = f"{measure.approved_by}{f'，{measure.approval_no}' if measure.approval_no else ''}"
        listed.append(parts.Fact("批准", measure.approved_on, hint=who))
    return [*listed, *(came_from(no, actor) for no in (measure.hazard, measure.origin) if no)]


def _stop(measure: Measure, actor: Actor) -> list[tuple[str, Sequence[parts.Fact]]]:
    listed = [
        parts.Fact("检查日期", measure.inspected_on),
        parts.Fact("整改期限", measure.until),
        parts.Fact("恢复的条件", measure.demands, wide=True),
    ]
    if measure.delay_reason:
        listed.append(parts.Fact("未在检查当日决定的理由", measure.delay_reason, wide=True))
    if measure.broken:
        listed.append(parts.Fact("停产期内生产", f"{measure.broken} 次", hint=f"最近 {measure.broken_on}"))
        listed.append(_case(measure))
        if measure.state in _STANDING and actor.roles & ENFORCING:
            listed.append(_towards_cutoff(measure))
    told: list[tuple[str, Sequence[parts.Fact]]] = [("停止和恢复", listed)]
    if measure.applied_on:
        asked = [
            parts.Fact("申请日期", measure.applied_on), parts.Fact("申请人", measure.applied_by),
            parts.Fact("整改情况", measure.done, wide=True),
        ]  # fmt: skip
        if measure.lifted_on:
            asked += [
                parts.Fact("验收人", measure.lifted_by),
                parts.Fact("验收意见", measure.opinion, wide=True),
            ]
        told.append(("申请恢复和验收", asked))
    return told


def _towards_cutoff(measure: Measure) -> parts.Fact:
    """An order that is not obeyed may lead to article 70: the form begins with what is known here."""
    asked = urlencode({"object": measure.object_id, "stop": measure.no, "hazard": measure.hazard})
    words = "报请停止供电、供应民爆物品"
    return parts.Fact(
        "拒不执行的", words, href=f"/measures/new/propose-cutoff/?{asked}", hint="须符合第七十条各项条件"
    )


def _case(measure: Measure) -> parts.Fact:
    """Where the case about it is; else the way to file one."""
    if measure.case_no:
        return parts.Fact("转入案件", measure.case_no, href=f"/cases/{measure.case_no}/")
    asked = urlencode(
        {"object": measure.object_id, "origin": measure.no, "cause": "拒不执行停产停业决定擅自生产经营"}
    )
    return parts.Fact("转入案件", "提请立案", href=f"/cases/new/file/?{asked}", hint="尚未立案")


def _seizure(measure: Measure, actor: Actor) -> list[tuple[str, Sequence[parts.Fact]]]:
    listed = [
        parts.Fact("实施时间", measure.carried_out_at),
        parts.Fact("到场人", measure.present or "—"),
        parts.Fact("最后一日", measure.until, hint="检测期间计时暂停" if measure.testing else ""),
    ]
    if measure.extended_days:
        listed.append(parts.Fact("延长", f"{measure.extended_days} 日", hint=f"{measure.extended_on} 批准"))
    if measure.urgent:
        listed.append(parts.Fact("紧急情况", measure.urgent, wide=True))
        if measure.approved_on is None or measure.reported_at:
            listed.append(parts.Fact("报告时间", measure.reported_at or "尚未报告"))
    if measure.disposal:
        listed.append(parts.Fact("处理", Disposal(measure.disposal).label, hint=measure.disposal_no))
    if measure.received_by:
        listed.append(parts.Fact("领取人", measure.received_by))
    goods = [
        parts.Fact(
            f"第 {place} 项", f"{row['name']}{' ' + row['model'] if row['model'] else ''}",
            hint="，".join(filter(None, (f"{row['quantity']}{row['unit']}", row["condition"], row["place"]))), wide=True,
        )
        for place, row in enumerate(measure.inventory, 1)
    ]  # fmt: skip
    tests = [
        parts.Fact(
            one["body"], f"{one['begun']} 至 {one.get('ended') or '进行中'}",
            hint=one.get("result") or f"预计 {one['expected']} 完成", wide=True,
        )
        for one in measure.tests
    ]  # fmt: skip
    told: list[tuple[str, Sequence[parts.Fact]]] = [("实施和期限", listed)]
    return told + [
        (name, rows) for name, rows in (("清单", goods), ("检测检验鉴定（不计入期限）", tests)) if rows
    ]


def _closure(measure: Measure, actor: Actor) -> list[tuple[str, Sequence[parts.Fact]]]:
    listed = [
        parts.Fact("实施时间", measure.carried_out_at),
        parts.Fact("核实", measure.verified_on or "尚未核实", hint=measure.verified_by),
        parts.Fact("已复查", f"{measure.rechecked} 次"),
        parts.Fact("死灰复燃", f"{measure.reopened} 次"),
    ]
    words = {"closed": "仍处于关闭状态", "reopened": "死灰复燃"}
    seen = [parts.Fact(one["on"], words[one["result"]], hint=one["by"]) for one in reversed(measure.rechecks)]
    if measure.reopened:
        listed.append(_case(measure))
    told: list[tuple[str, Sequence[parts.Fact]]] = [("关闭和复查", listed)]
    return [*told, ("复查记录", seen)] if seen else told


def _cutoff(measure: Measure, actor: Actor) -> list[tuple[str, Sequence[parts.Fact]]]:
    conditions = [
        parts.Fact(
            "停产决定", measure.stop_no, href=f"/measures/{measure.stop_no}/" if _is_official(actor) else ""
        ),
        parts.Fact("拒不执行的事实", measure.disobeyed, wide=True),
        parts.Fact("发生事故的现实危险", measure.danger, wide=True),
        parts.Fact("保证安全的安排", measure.safety, wide=True),
        parts.Fact("部门主要负责人批准", measure.approved_on or "尚未批准", hint=measure.approved_by),
        parts.Fact("书面送达供应单位", measure.sent_at or "尚未送达"),
    ]
    supplier = measure.supplier
    going = [
        parts.Fact(
            "供应单位",
            supplier.name if supplier else "—",
            hint=f"{supplier.contact} {supplier.phone}" if supplier else "",
        ),
        parts.Fact("通知生产经营单位", measure.notified_at or "尚未通知"),
        parts.Fact("通知的停止时间", measure.starts_at),
        parts.Fact("供应单位答复", measure.replied_at or "尚未答复", hint=_answer(measure)),
        parts.Fact("实际停止时间", measure.stopped_at),
        parts.Fact("恢复供应时间", measure.restored_at),
    ]
    if measure.handlers:
        going.append(parts.Fact("供应单位经办人", measure.handlers, wide=True))
    if measure.emergency:
        going.append(parts.Fact("不提前通知的紧急情形", measure.emergency, wide=True))
    told: list[tuple[str, Sequence[parts.Fact]]] = [("第七十条各项条件", conditions), ("停供经过", going)]
    if measure.supplied and _is_official(actor):
        failed = [
            parts.Fact(
                failure.supplier_name, f"{failure.supplied_at.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}", hint=failure.no,
                href=f"/supply-failures/{failure.no}/", wide=True,
            )
            for failure in measure.failures.order_by("-supplied_at")[:20]
        ]  # fmt: skip
        told.append(("停供把关不严", failed))
    return told


def _for_supplier(measure: Measure) -> list[parts.Fact]:
    """What a supplier needs to carry the order out: when, until when, and what it answered."""
    return [
        parts.Fact("决定送达", measure.sent_at),
        parts.Fact("停止供应的时间", measure.starts_at),
        parts.Fact("答复", measure.replied_at or "尚未答复", hint=_answer(measure)),
        parts.Fact("实际停止时间", measure.stopped_at),
        parts.Fact("恢复供应时间", measure.restored_at),
        parts.Fact("经办人", measure.handlers or "—", wide=True),
    ]


def _answer(measure: Measure) -> str:
    return (
        ""
        if measure.agreed is None
        else ("按决定停止供应" if measure.agreed else f"不能执行：{measure.reply}")
    )


COLUMNS = (
    parts.Column("单位", "title"),
    parts.Column("措施"),
    parts.Column("作出部门", phone=False),
    parts.Column("开始", "day", phone=False),
    parts.Column("到哪天", "day"),
    parts.Column("还差什么", phone=False),
    parts.Column("状态", "state"),
)


def row(measure: Any) -> parts.Row:
    going = measure.state in _OPEN
    deadline = parts.Deadline.of(measure.deadline) if going and measure.deadline else None
    return parts.Row(
        cells=(
            measure.object_name,
            kind_label(measure),
            measure.agency_name or "—",
            measure.since,
            deadline or measure.until or (measure.lifted_on if not going else None),
            missing(measure) if going else "",
            state_part(MEASURE, measure.state),
        ),
        href=f"/measures/{measure.no}/",
        late=deadline is not None and deadline.left < 0,
        sub=f"{measure.no} {measure.scope}",
    )


_NAMES: dict[str, Any] = {
    "object_name": F("object__name"), "agency_name": F("agency__name"), "supplier_name": F("supplier__name"),
}  # fmt: skip


def listed(rows: QuerySet[Measure]) -> QuerySet[Any]:
    """Rows with what lists and exports show."""
    return rows.annotate(**_NAMES)


def _state(*states: MeasureState) -> Any:
    values = [state.value for state in states]
    return lambda: Q(state__in=values)


def unanswered() -> Q:
    """Sent to a supplier that has not answered."""
    return Q(state__in=_OPEN, sent_at__isnull=False, replied_at=None)


def expired() -> Q:
    return Q(state__in=_STANDING, family=Family.SEIZURE.value, until__lt=clock.today())


TABS = (
    TabOf("in_force", "执行中", _state(*STANDING), BY_DEADLINE),
    TabOf("expired", "查扣到期未解除", expired, BY_DEADLINE, warn=True),
    TabOf("unanswered", "供应单位未答复", unanswered, BY_DEADLINE, warn=True),
    TabOf("proposed", "待批准", _state(MeasureState.PROPOSED), BY_DEADLINE),
    TabOf("approved", "待实施", _state(MeasureState.APPROVED), BY_DEADLINE),
    TabOf("awaiting", "待验收", _state(MeasureState.AWAITING_ACCEPTANCE), BY_DEADLINE),
    TabOf("ended", "已解除、已了结", _state(MeasureState.LIFTED, MeasureState.SETTLED), BY_DAY),
    TabOf("all", "全部", Q, BY_DAY),
)


FILTERS = (
    ListFilter("q", "搜索", lambda text: containing("measures_measure.search", text), "text"),
    ListFilter("family", "类别", lambda value: Q(family=value), choices=Family.choices()),
    ListFilter("kind", "种类", lambda value: Q(kind=value), choices=MeasureKind.choices()),
    ListFilter("from", "开始日期自", on_day("since__gte"), "date"),
    ListFilter("to", "至", on_day("since__lte"), "date"),
    ListFilter("state", "状态", lambda value: Q(state=value), choices=MeasureState.choices(), shown=False),
    ListFilter("broken", "停产期内生产", lambda value: Q(broken__gt=0), "flag", shown=False),
    ListFilter("object", "单位", lambda value: Q(object=value), "text", shown=False),
)  # fmt: skip


def resource(measure: Any) -> dict[str, Any]:
    """The measure as the API gives it."""
    days = ("proposed_on", "since", "until", "lifted_on", "approved_on", "verified_on")
    moments = (
        "carried_out_at",
        "notified_at",
        "starts_at",
        "sent_at",
        "replied_at",
        "stopped_at",
        "restored_at",
    )
    plain = (
        "kind", "family", "ground", "scope", "hazard", "origin", "stop_no", "broken", "supplied", "reopened", "rechecked",
        "sent_back", "extended_days", "handlers",
    )  # fmt: skip
    told: dict[str, Any] = {
        "object": str(measure.object_id),
        "object_name": measure.object_name if hasattr(measure, "object_name") else measure.object.name,
    }
    told |= {name: getattr(measure, name) for name in plain}
    for name in (*days, *moments):
        value = getattr(measure, name)
        told[name] = value.isoformat() if value is not None else None
    return told | {"missing": missing(measure) if measure.state in _OPEN else ""}


def prefill(deed: str, measure: Any, actor: Actor) -> dict[str, Any]:
    """What a form may know beforehand."""
    today, now = clock.today(), clock.now()
    if measure is None:
        known = {"inspected_on": today, "ordered_on": today, "carried_out_at": now}
        return {**known, "officers": _oneself(actor)}
    proposed: dict[str, dict[str, Any]] = {
        "apply_lifting": {"applied_on": today},
        "accept": {"accepted_on": today},
        "record_breach": {"seen_on": today},
        "find_reopened": {"seen_on": today},
        "release": {"released_on": today},
        "dispose": {"disposed_on": today},
        "verify": {"verified_on": today},
        "begin_test": {"begun_on": today, "told_on": today},
        "end_test": {"ended_on": today},
        "extend": {"told_on": today},
        "acknowledge": {"replied_at": now},
        "send_decision": {"sent_at": now},
        "cut_off": {"stopped_at": measure.starts_at},
    }
    return proposed.get(deed, {})


def _oneself(actor: Actor) -> str:
    """Who fills in the form, with the certificate held today; the colleague is added by hand."""
    held = certificates_on(list(actor.persons), clock.today())
    own = next(iter(held.values()), None)
    return f"{actor.name}（{own.no}）、" if own is not None else ""


def offers(deed: str, measure: Any, actor: Actor) -> Mapping[str, Sequence[tuple[str, Any]]]:
    """Suppliers in force are picked, not typed."""
    if deed != "propose_cutoff":
        return {}
    today = clock.today()
    rows = Supplier.objects.filter(Q(until=None) | Q(until__gte=today), since__lte=today).order_by(
        "supply", "name"
    )
    return {"supplier": [(str(one.pk), f"{one.name}（{one.get_supply_display()}）") for one in rows]}


def describe(name: str, value: Any) -> Any:
    if name == "supplier" and isinstance(value, int):
        return Supplier.objects.filter(pk=value).values_list("name", flat=True).first() or value
    return value


TO_SUPPLIER = frozenset({"send_decision", "acknowledge", "restore"})
"""What is sent to a supplier, and what it answers itself."""


def told(actor: Actor, entry: Any) -> bool:
    """A supplier reads the decision and what it answered itself, not what officials wrote of the unit."""
    if actor.all_seeing or entry.verb in TO_SUPPLIER:
        return True
    return reads_reasons(actor, _place_of(entry.matter))


@lru_cache(maxsize=4096)
def _place_of(measure: UUID) -> Any:
    """Where a measure lies and whom it is about: that never changes, so a long record asks once."""
    columns = ("region_path", "sector_path", "agency_id", "object_id")
    return Measure.objects.values_list(*columns, named=True).get(pk=measure)


REASONS = ("ground", "hazard", "origin", "stop_no", "broken", "sent_back")
"""What of a cut-off says why it was taken."""


def withheld(actor: Actor, measure: Any) -> Sequence[str]:
    """Whoever only supplies is not told over the API why; no statement a row."""
    return REASONS if measure.family == Family.CUTOFF and not reads_reasons(actor, measure) else ()


EXPORT = (
    ("编号", lambda one: one.no),
    ("单位", lambda one: one.object_name),
    ("措施", kind_label),
    ("情形", lambda one: Ground(one.ground).label if one.ground else ""),
    ("范围", lambda one: one.scope),
    ("依据", lambda one: KINDS[one.kind].basis),
    ("作出部门", lambda one: one.agency_name),
    ("提出日期", lambda one: one.proposed_on),
    ("开始日期", lambda one: one.since),
    ("期限", lambda one: one.until),
    ("解除日期", lambda one: one.lifted_on),
    ("供应单位", lambda one: one.supplier_name if one.kind in SUPPLY else ""),
    ("停产期内生产次数", lambda one: one.broken),
    ("停供期内供应次数", lambda one: one.supplied),
    ("死灰复燃次数", lambda one: one.reopened),
    ("还差什么", lambda one: missing(one) if one.state in _OPEN else ""),
    ("状态", lambda one: MeasureState(one.state).label),
)

PAGES = MatterPages(
    loop=MEASURE,
    lead="停了什么、谁停的、到哪天、还差什么才能解除。",
    what=lambda measure: f"{measure.object.name}：{kind_label(measure)}",
    where=lambda measure: measure.scope,
    level=level,
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
    offers=offers,
    describe=describe,
    export=EXPORT,
    told=told,
    withheld=withheld,
    empty=parts.Empty(
        "这里没有符合条件的措施。", "换一个筛选条件，或者登记新的决定。", "/measures/new/order/", "责令停止"
    ),
    opening="order",
    openings=("propose_seizure", "seize_urgently", "propose_cutoff", "propose_closure"),
    icon="list-check",
    beside=lambda actor: tabs(actor, "/measures/"),
)


def tabs(actor: Actor, here: str) -> Sequence[parts.Tab]:
    """The pages of this room, and the way back to the cases."""
    if not _is_official(actor):
        return ()
    pages = [
        ("案件", "/cases/"), ("停产与强制措施", "/measures/"), ("停供把关不严", "/supply-failures/"),
        ("供应单位", "/measures/suppliers/"),
    ]  # fmt: skip
    return [parts.Tab(label, href, current=href == here) for label, href in pages]


def install() -> None:
    """Give measures and failures their pages, and objects their section."""
    show(PAGES)
    enforcement.stand_beside("停产与强制措施", "/measures/")
    failure_pages.install(tabs)
    sections.install()
    frame.offer(22, frame.for_roles("停产与强制", "/measures/", "alert-triangle", ENTERPRISE_ROLES))
