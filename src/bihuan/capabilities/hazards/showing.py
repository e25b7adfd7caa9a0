"""One hazard on its own page: what, where, its elements, its result, its listings and what came before it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bihuan.capabilities.hazards import disclosure, recurrence, terms
from bihuan.capabilities.hazards.access import visible_hazards
from bihuan.capabilities.hazards.categories import Category
from bihuan.capabilities.hazards.enlisting import ASSIGNED
from bihuan.capabilities.hazards.models import REPLACED, Hazard, Listing
from bihuan.capabilities.hazards.naming import sector_name, town_name
from bihuan.capabilities.hazards.states import Grade, Source
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.matters.finding import came_from
from bihuan.registers import criteria


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
    sector = sector_name(hazard.sector_path)
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


def criterion_words(criterion: str) -> str:
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
