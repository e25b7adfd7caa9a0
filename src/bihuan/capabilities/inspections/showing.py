"""What the page of an inspection tells beside its steps: team, sheets, things found, documents, rechecks."""

from __future__ import annotations

from collections.abc import Sequence

from bihuan.capabilities.inspections import finding, modes, sheets, team
from bihuan.capabilities.inspections.models import Finding, Inspection
from bihuan.capabilities.inspections.states import Grade, Handling, InspectionState, Met, Nature, Reply
from bihuan.kernel import clock
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import ENTERPRISE_ROLES
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.web import parts
from bihuan.kernel.web.matters.finding import addresses_of, came_from
from bihuan.registers.checklists.results import Outcome
from bihuan.registers.instruments import shelf, signing_places


def facts(inspection: Inspection) -> Sequence[parts.Fact]:
    mode = modes.modes().get(inspection.mode)
    listed = [
        parts.Fact("检查方式", modes.label(inspection.mode), hint=mode.says if mode else ""),
        parts.Fact("检查性质", Nature(inspection.nature).label),
        parts.Fact("安排日期", inspection.planned_on),
        parts.Fact("检查单位", inspection.agency.name if inspection.agency else "—"),
        parts.Fact("检查内容", inspection.content, wide=True),
    ]
    if inspection.secret:
        says = "到场登记之前，被检查单位和属地镇街在列表、搜索、通知、统计中都看不到"
        listed.append(parts.Fact("保密", says, wide=True))
    if inspection.arrived_at is not None:
        listed.append(parts.Fact("到场", inspection.arrived_at, hint=inspection.place))
    if inspection.device_at is not None:
        listed.append(parts.Fact("手机记录的到场时间", inspection.device_at))
    if inspection.finished_on is not None:
        listed += [
            parts.Fact("检查完成", inspection.finished_on),
            parts.Fact("现场负责人", inspection.party_name, hint=_signed(inspection)),
        ]
    if inspection.campaign:
        listed.append(parts.Fact("专项行动", inspection.campaign))
    return listed


def _signed(inspection: Inspection) -> str:
    """Whether the party's hand stands on the record; without enforcement there is no paper to be signed."""
    if inspection.party_refused:
        return f"拒绝签字（见证人 {inspection.witness}）"
    record = shelf.latest(inspection.uid, "inspection_record")
    if record is None:
        return ""
    signed = any(each["place"] in signing_places.PARTY_PLACES for each in record.signings)
    return "已在检查记录上签字" if signed else "还没有签字，请在检查记录上当场签字"


def more_facts(inspection: Inspection, actor: Actor) -> Sequence[tuple[str, Sequence[parts.Fact]]]:
    inside = not actor.roles <= ENTERPRISE_ROLES
    sections = [
        ("检查人员", _team(inspection)),
        ("检查表", _sheets(inspection)),
        ("不符合的检查项和发现的问题", _found(inspection, actor)),
        ("整改延期", _extensions(inspection)),
        ("提请立案", _proposals(inspection, actor) if inside else []),
        ("来源", [came_from(inspection.origin, actor)] if inspection.origin and inside else []),
    ]
    return [(heading, some) for heading, some in sections if some]


def _team(inspection: Inspection) -> Sequence[parts.Fact]:
    on = inspection.arrived_on or inspection.planned_on
    told = [
        parts.Fact(
            "检查人员",
            one["name"],
            hint=f"执法证号 {one['certificate']}" if one["certificate"] else "当日没有有效执法证件",
        )
        for one in team.on_paper(inspection.officers, on)
    ]
    told += [parts.Fact("专家、机构", name) for name in team.expert_names(inspection.experts)]
    others = Agency.objects.filter(pk__in=inspection.units).order_by("kind", "order", "id")
    if names := [row.name for row in others]:
        told.append(parts.Fact("联合检查单位", "、".join(names), hint="检查只计一次", wide=True))
    return told


def _sheets(inspection: Inspection) -> Sequence[parts.Fact]:
    answers = sheets.answers_of(inspection)
    told = []
    items = sheets.items_of(inspection)
    for version in sheets.versions_of(inspection):
        own = [item for item in items if item.version_id == version.pk]
        said = [answers[item.pk].outcome for item in own if item.pk in answers]
        counts = "、".join(f"{one.label} {said.count(one.value)}" for one in Outcome)
        told.append(
            parts.Fact(
                version.checklist.title,
                f"{len(own)} 项：{counts}、未填 {len(own) - len(said)}",
                hint=version.label,
                wide=True,
            )
        )
    return told


def _found(inspection: Inspection, actor: Actor) -> Sequence[parts.Fact]:
    rows = list(finding.standing(inspection).select_related("owner"))
    seen = addresses_of([row.hazard_no for row in rows if row.hazard_no], actor)
    told = []
    for row in rows:
        href, state = seen.get(row.hazard_no, ("", ""))
        words = f"{row.place}：{row.words}" if row.place else row.words
        told.append(parts.Fact(f"第 {row.order} 条", words, hint=_dealt(row, state), href=href, wide=True))
    return told


def _dealt(row: Finding, state: str) -> str:
    said = [Handling(row.handling).label.split("（")[0]]
    if row.measure:
        said.append(row.measure)
    if row.due_on:
        said.append(f"{row.due_on} 前")
    if row.grade == Grade.MAJOR:
        said.append("重大事故隐患")
    said.append(f"{row.owner.name}负责")
    if row.hazard_no:
        said.append(f"隐患 {row.hazard_no}{f'，{state}' if state else ''}")
    if row.met != Met.OPEN:
        said.append(f"复查：{Met(row.met).label}{f'（{row.remark}）' if row.remark else ''}")
    return "；".join(said)


def _extensions(inspection: Inspection) -> Sequence[parts.Fact]:
    return [
        parts.Fact(f"申请延至 {row.until}", row.reasons, hint=Reply(row.reply).label, wide=True)
        for row in inspection.extensions.order_by("asked_on", "pk")
    ]


def _proposals(inspection: Inspection, actor: Actor) -> Sequence[parts.Fact]:
    rows = list(inspection.proposals.order_by("seq"))
    seen = addresses_of([row.case_no for row in rows if row.case_no], actor)
    told = []
    for row in rows:
        href, state = seen.get(row.case_no, ("", ""))
        how = "到期未整改，自动提请" if row.automatic else f"{row.proposed_by}提请"
        hint = f"{row.proposed_on} {how}；{f'案件 {row.case_no} {state}' if row.case_no else '尚未立案'}"
        told.append(parts.Fact(f"第 {row.seq} 次", row.reason, hint=hint, href=href, wide=True))
    return told


def is_late(inspection: Inspection) -> bool:
    """Whether its day has gone by while it is open."""
    open_ = inspection.state in (InspectionState.PREPARED, InspectionState.RECTIFYING)
    return open_ and inspection.deadline is not None and inspection.deadline < clock.today()
