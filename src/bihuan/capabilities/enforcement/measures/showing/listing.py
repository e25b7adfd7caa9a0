"""Measures in lists: tabs, filters, columns and the exported workbook."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet

from bihuan.capabilities.enforcement.measures.kinds import KINDS, SUPPLY
from bihuan.capabilities.enforcement.measures.loop import MEASURE
from bihuan.capabilities.enforcement.measures.missing import missing
from bihuan.capabilities.enforcement.measures.models import Measure
from bihuan.capabilities.enforcement.measures.showing.facts import kind_label
from bihuan.capabilities.enforcement.measures.states import (
    OPEN_STATES,
    STANDING,
    Family,
    Ground,
    MeasureKind,
    MeasureState,
)
from bihuan.kernel import clock
from bihuan.kernel.search import containing
from bihuan.kernel.web import parts
from bihuan.kernel.web.matters.narrowing import in_state, of_object, on_day
from bihuan.kernel.web.matters.pages import ListFilter, Order, TabOf
from bihuan.kernel.web.matters.timeline import state_part

_OPEN = [state.value for state in OPEN_STATES]
_STANDING = [state.value for state in STANDING]
BY_DEADLINE = Order("deadline", "deadline", descending=False, within=lambda: Q(state__in=_OPEN), few=True)
BY_DAY = Order("proposed", "proposed_on", descending=True)
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


def unanswered() -> Q:
    """Sent to a supplier that has not answered."""
    return Q(state__in=_OPEN, sent_at__isnull=False, replied_at=None)


def expired() -> Q:
    return Q(state__in=_STANDING, family=Family.SEIZURE.value, until__lt=clock.today())


TABS = (
    TabOf("in_force", "执行中", in_state(*STANDING), BY_DEADLINE),
    TabOf("expired", "查扣到期未解除", expired, BY_DEADLINE, warn=True),
    TabOf("unanswered", "供应单位未答复", unanswered, BY_DEADLINE, warn=True),
    TabOf("proposed", "待批准", in_state(MeasureState.PROPOSED), BY_DEADLINE),
    TabOf("approved", "待实施", in_state(MeasureState.APPROVED), BY_DEADLINE),
    TabOf("awaiting", "待验收", in_state(MeasureState.AWAITING_ACCEPTANCE), BY_DEADLINE),
    TabOf("ended", "已解除、已了结", in_state(MeasureState.LIFTED, MeasureState.SETTLED), BY_DAY),
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
    ListFilter("object", "单位", of_object, "object"),
)  # fmt: skip
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
