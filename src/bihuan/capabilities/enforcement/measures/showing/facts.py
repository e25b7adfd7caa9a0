"""What a page says of one measure, and what it is told by whom it concerns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bihuan.capabilities.enforcement.measures import lookup, seizing
from bihuan.capabilities.enforcement.measures.access import reads_reasons
from bihuan.capabilities.enforcement.measures.kinds import basis_of
from bihuan.capabilities.enforcement.measures.missing import missing
from bihuan.capabilities.enforcement.measures.models import Measure
from bihuan.capabilities.enforcement.measures.showing.families import (
    closure,
    cutoff,
    for_supplier,
    seizure,
    stop,
)
from bihuan.capabilities.enforcement.measures.showing.withholding import is_official
from bihuan.capabilities.enforcement.measures.states import OPEN_STATES, STANDING, Family, Ground, MeasureKind
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.matters.finding import came_from

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
    held = measure.family == Family.SEIZURE and measure.state in STANDING
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
    if measure.state in OPEN_STATES:
        listed.append(parts.Fact("还差什么才能解除", missing(measure), wide=True))
    return listed


def more_facts(measure: Measure, actor: Actor) -> Sequence[tuple[str, Sequence[parts.Fact]]]:
    if measure.family == Family.CUTOFF and not reads_reasons(actor, measure):
        return [("停供经过", for_supplier(measure))]
    told: list[tuple[str, Sequence[parts.Fact]]] = [("事实和理由", _why(measure, actor))]
    told += {
        Family.STOP: stop, Family.SEIZURE: seizure, Family.CLOSURE: closure, Family.CUTOFF: cutoff,
    }[Family(measure.family)](measure, actor)  # fmt: skip
    others = lookup.in_force(measure.object_id).exclude(pk=measure.pk)[:20]
    rows = [_short(other) for other in others] if is_official(actor) else []
    return [*told, ("该单位其他执行中的措施", rows)] if rows else told


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
