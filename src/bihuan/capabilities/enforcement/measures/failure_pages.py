"""How failures to hold a supply back show themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import F, Q, QuerySet

from bihuan.capabilities.enforcement.measures.failure_loop import SUPPLY_FAILURE
from bihuan.capabilities.enforcement.measures.models import SupplyFailure
from bihuan.capabilities.enforcement.measures.states import FailureState
from bihuan.kernel import clock
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.matters.finding import came_from
from bihuan.kernel.web.matters.narrowing import in_state
from bihuan.kernel.web.matters.pages import ListFilter, MatterPages, Order, TabOf, show
from bihuan.kernel.web.matters.timeline import state_part

LATEST = Order("found", "found_on", descending=True)
_OPEN = [FailureState.FOUND.value, FailureState.EXPLAINED.value]


def facts(failure: SupplyFailure) -> Sequence[parts.Fact]:
    return [
        parts.Fact("供应单位", failure.supplier_name),
        parts.Fact("主管部门", failure.agency.name if failure.agency else "—"),
        parts.Fact("供应时间", failure.supplied_at),
        parts.Fact("责任人员", failure.handlers or "尚未查明", wide=True),
        parts.Fact("发现情况", failure.seen, wide=True),
    ]


def more_facts(failure: SupplyFailure, actor: Actor) -> Sequence[tuple[str, Sequence[parts.Fact]]]:
    told: list[tuple[str, Sequence[parts.Fact]]] = [("出自", [came_from(failure.measure.no, actor)])]
    if failure.finding:
        explained = [
            parts.Fact("核查情况", failure.finding, wide=True),
            parts.Fact("原因", failure.causes, wide=True),
        ]
        told.append(("主管部门核查", explained))
    if failure.decision:
        told.append(
            (
                "处理",
                [
                    parts.Fact("处理决定", failure.decision, wide=True),
                    parts.Fact("文号", failure.document_no or "—"),
                ],
            )
        )
    return told


COLUMNS = (
    parts.Column("供应单位", "title"),
    parts.Column("主管部门"),
    parts.Column("责任人员", phone=False),
    parts.Column("供应时间", phone=False),
    parts.Column("期限", "day"),
    parts.Column("状态", "state"),
)


def row(failure: Any) -> parts.Row:
    going = failure.state in _OPEN
    deadline = parts.Deadline.of(failure.deadline) if going and failure.deadline else None
    return parts.Row(
        cells=(
            failure.supplier_name,
            failure.agency_name or "—",
            failure.handlers or "尚未查明",
            clock.minute_of(failure.supplied_at),
            deadline or failure.closed_on,
            state_part(SUPPLY_FAILURE, failure.state),
        ),
        href=f"/supply-failures/{failure.no}/",
        late=deadline is not None and deadline.left < 0,
        sub=failure.no,
    )


def listed(rows: QuerySet[SupplyFailure]) -> QuerySet[Any]:
    return rows.annotate(agency_name=F("agency__name"))


TABS = (
    TabOf("open", "未办结", lambda: Q(state__in=_OPEN), LATEST),
    TabOf("closed", "已办结", in_state(FailureState.CLOSED), LATEST),
    TabOf("all", "全部", Q, LATEST),
)
FILTERS = (
    ListFilter("state", "状态", lambda value: Q(state=value), choices=FailureState.choices(), shown=False),
)  # fmt: skip


def resource(failure: Any) -> dict[str, Any]:
    """The failure as the API gives it."""
    return {
        "supplier": failure.supplier_name,
        "handlers": failure.handlers,
        "supplied_at": failure.supplied_at.isoformat(),
        "found_on": failure.found_on.isoformat(),
        "decision": failure.decision,
        "closed_on": failure.closed_on.isoformat() if failure.closed_on else None,
    }


def prefill(deed: str, failure: Any, actor: Actor) -> dict[str, Any]:
    return {"handlers": failure.handlers} if deed == "explain" else {}


EXPORT = (
    ("编号", lambda one: one.no),
    ("供应单位", lambda one: one.supplier_name),
    ("主管部门", lambda one: one.agency_name),
    ("责任人员", lambda one: one.handlers),
    ("供应时间", lambda one: clock.minute_of(one.supplied_at)),
    ("发现日期", lambda one: one.found_on),
    ("处理决定", lambda one: one.decision),
    ("办结日期", lambda one: one.closed_on),
    ("状态", lambda one: FailureState(one.state).label),
)


def install(tabs: Callable[[Actor, str], Sequence[parts.Tab]]) -> None:
    """Give failures their pages."""
    show(
        MatterPages(
            loop=SUPPLY_FAILURE,
            lead="停供期内仍然供应的，主管部门查清是谁经办，安委办处理。",
            what=lambda failure: f"{failure.supplier_name}在停供期内供应",
            where=lambda failure: failure.object.name,
            level=lambda failure: None,
            tags=lambda failure: [],
            facts=facts,
            more_facts=more_facts,
            columns=COLUMNS,
            row=row,
            tabs=TABS,
            filters=FILTERS,
            resource=resource,
            listed=listed,
            prefill=prefill,
            export=EXPORT,
            empty=parts.Empty("没有停供把关不严的事项。", "在停供措施上登记“停供期内供应”后，会在这里立项。"),
            beside=lambda actor: tabs(actor, "/supply-failures/"),
        )
    )
