"""What the page of an accident says: the clock, the grade with its reasoning, the versions, and what is still open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from bihuan.capabilities.accidents import answering, clocks, hooks, law, lines
from bihuan.capabilities.accidents.access import sees_inside
from bihuan.capabilities.accidents.effects import lookback_since
from bihuan.capabilities.accidents.gates import level_needed
from bihuan.capabilities.accidents.grading import grade_of
from bihuan.capabilities.accidents.models import COUNTS, Accident, AccidentVersion
from bihuan.capabilities.accidents.states import Branch, Condition, Finding, Grade, Level, Offence, Told
from bihuan.kernel import clock
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.web import parts

Section = tuple[str, Sequence[parts.Fact]]
COLOURS: Mapping[Grade, parts.Warning4] = {
    Grade.GENERAL: "blue", Grade.SIGNIFICANT: "yellow", Grade.MAJOR: "orange", Grade.EXCEPTIONAL: "red",
}  # fmt: skip
LABELS = {
    "deaths": "死亡",
    "missing": "失踪",
    "serious": "重伤",
    "poisoned": "急性工业中毒",
    "slight": "轻伤",
}


def level_of(accident: Any) -> parts.Level:
    """The grade in its warning colour."""
    grade = Grade(accident.grade)
    return parts.Level(f"{grade.label}事故", COLOURS[grade])


def type_name(code: str) -> str:
    """What a type is called; the edition stands beside it on the page."""
    kind = law.kind_called(code)
    return kind.name if kind else "待核实"


def casualties(accident: Any) -> str:
    """死亡 1 人、重伤 2 人; nobody hurt says so."""
    told = [
        f"{LABELS[name]}\u00a0{getattr(accident, name)}\u00a0人" for name in COUNTS if getattr(accident, name)
    ]
    return "、".join(told) or "无人员伤亡"


def facts(accident: Accident) -> Sequence[parts.Fact]:
    """What anybody may read who may see the accident."""
    unit = parts.Fact(
        "事故发生单位", accident.unit or "—", href=f"/enterprises/{accident.object_id}/" if accident.object_id else ""
    )  # fmt: skip
    kind = law.kind_called(accident.type)
    mark = "" if kind is None else f"{kind.edition}{'（待核对）' if kind.mark == 'K' else ''}"
    return [
        unit,
        parts.Fact("事故地点", accident.place or "—"),
        parts.Fact("发生日期", accident.occurred_on, hint=f"台账所载：{accident.ledger}；未记录时刻")
        if accident.ledger
        else parts.Fact("发生时间", accident.occurred_at),
        parts.Fact("事故类型", type_name(accident.type), hint=mark),
        parts.Fact(
            "统计行业", Branch(accident.branch).label, hint="一起事故只归一个行业，各行业之和等于总数"
        ),
        *_grade(accident),
        *_numbers(accident),
        parts.Fact("简要经过", accident.summary, wide=True),
        *([parts.Fact("已采取的措施", accident.measures, wide=True)] if accident.measures else []),
    ]


def _grade(accident: Accident) -> list[parts.Fact]:
    verdict = grade_of(
        accident.counted_deaths, accident.counted_serious, accident.loss_fen, accident.occurred_on
    )
    told = [parts.Fact("等级", level_of(accident), hint=verdict.basis, wide=True)]
    if accident.missing:
        worst = grade_of(
            accident.counted_deaths + accident.missing, accident.counted_serious, accident.loss_fen,
            accident.occurred_on,
        ).grade  # fmt: skip
        says = f"失踪 {accident.missing} 人未计为死亡；如全部确认死亡，等级为{worst.label}"
        told.append(parts.Fact("失踪人员", says, wide=True))
    return told


def _numbers(accident: Accident) -> list[parts.Fact]:
    until = clocks.counts_until(accident.occurred_on, accident.branch)
    told = [
        parts.Fact(LABELS[name], f"{getattr(accident, name)} 人", hint=_confirmed(accident, name)) for name in COUNTS
    ]  # fmt: skip
    told.append(
        parts.Fact("直接经济损失", parts.Money(accident.loss_fen), hint=_confirmed(accident, "loss_fen"))
    )
    told.append(
        parts.Fact(
            "伤亡变化计入统计至", until, hint=f"自事故发生之日起 {clocks.change_days(accident.branch)} 日"
        )
    )
    uncounted = accident.deaths - accident.counted_deaths
    if uncounted:
        told.append(parts.Fact("不计入统计的死亡", f"{uncounted} 人", hint="期满后伤情变化，存档补报"))
    return told


def _confirmed(accident: Accident, name: str) -> str:
    said = accident.confirmed.get(name)
    if said is None:
        return ""
    at = clocks.words(datetime.fromisoformat(said["at"]))
    return f"{at} 确认（第 {said['version']} 版）：{said['evidence']}"


def more_facts(accident: Accident, actor: Actor) -> Sequence[Section]:
    """The clock first; what the investigation found is for those inside only."""
    sections: list[Section] = [("报告时限", clock_facts(accident))]
    sections.append(("领导靠前指挥", [_leader(one) for one in accident.leaders]))
    sections.append(("事实版本", [_version(one) for one in accident.versions.order_by("-number")]))
    if sees_inside(actor):
        sections += _inside(accident)
    return [(heading, told) for heading, told in sections if told]


def clock_facts(accident: Accident) -> list[parts.Fact]:
    """The hour of the unit, then every report this district owes, with how late each is."""
    if accident.ledger:
        return []
    told = [parts.Fact("事故发生", accident.occurred_at)]
    if accident.knew_at is None:
        told.append(
            parts.Fact("单位负责人知悉", "尚未查明", hint="查明前不能判断是否迟报，请办理“核定报告时间”")
        )
    else:
        who = accident.knew_who or "单位负责人"
        told.append(parts.Fact("单位负责人知悉", accident.knew_at, hint=who))
        told.append(parts.Fact("应报告时限", clocks.unit_due(accident.knew_at), hint="知悉后 1 小时内"))
    told.append(parts.Fact("接到报告", accident.reported_at, hint=accident.time_evidence))
    told.append(parts.Fact("单位报告", _unit_late(accident)))
    now = clock.now()
    told += [_onward(line, now) for line in clocks.onward(accident)]
    return told


def _unit_late(accident: Accident) -> Any:
    if accident.late_minutes is None:
        return parts.Level("待核定")
    if accident.late_minutes:
        return parts.Level(f"迟报 {clocks.lasting(accident.late_minutes)}", "red")
    return parts.Level("按时")


def _onward(line: clocks.Onward, now: datetime) -> parts.Fact:
    said = ([f"应于 {clocks.words(line.due)} 前"] if line.due else []) + ([line.means] if line.means else [])
    if line.received_at:
        said.append(f"{line.receiver or '对方'} {clocks.words(line.received_at)} 签收")
    elif line.sent_at:
        said.append("尚无签收")
    late = line.late(now)
    if line.sent_at is None:
        value: Any = (
            parts.Level(f"未报，已超过 {clocks.lasting(late)}", "red")
            if late
            else parts.Level("未报", "yellow")
        )
    elif late:
        value = parts.Level(f"{clocks.words(line.sent_at)} 报出，超时 {clocks.lasting(late)}", "red")
    else:
        value = f"{clocks.words(line.sent_at)} 报出"
    return parts.Fact(f"报{line.to.label}", value, hint="；".join(said))


def _leader(one: Mapping[str, Any]) -> parts.Fact:
    """通知、答复、到场, with the minutes between (M205)."""
    called = datetime.fromisoformat(one["called_at"])
    said = [f"{clocks.words(called)} 通知"]
    for name, verb in (("replied_at", "答复"), ("arrived_at", "到场")):
        if one[name]:
            moment = datetime.fromisoformat(one[name])
            said.append(
                f"{clocks.words(moment)} {verb}（{clocks.lasting(clocks.minutes_late(called, moment))}）"
            )
        else:
            said.append(f"尚未{verb}")
    value: Any = one["leader"] if one["arrived_at"] else parts.Level(f"{one['leader']}（未到场）", "yellow")
    return parts.Fact("带班领导", value, hint="，".join(said), wide=True)


def _version(one: AccidentVersion) -> parts.Fact:
    grade = Grade(one.grade).label
    value = f"{casualties(one)}；直接经济损失 {one.loss_fen / 1_000_000:,.2f} 万元；{grade}"
    said = f"{Told(one.cause).label}，{clocks.words(one.known_at)} 确认，依据：{one.evidence or '—'}；{one.told_by}登记"
    return parts.Fact(f"第 {one.number} 版", value, hint=said, wide=True)


def _inside(accident: Accident) -> list[Section]:
    return [
        ("报告违法行为和立案建议", [_offence(accident, one) for one in accident.offences]),
        ("调查", _team(accident)),
        ("调取资料", [_document(place, one) for place, one in enumerate(accident.documents, 1)]),
        ("调查报告", _report(accident)),
        ("整改和防范措施", [_recommendation(place, one) for place, one in enumerate(accident.recommendations, 1)]),
        ("责任追究", [_sanction(place, one) for place, one in enumerate(accident.sanctions, 1)]),
        ("四不放过", _proofs(accident)),
        ("事故当日责任链", answering.chain_then(accident)),
        ("一票否决建议", answering.vetoes(accident)),
        ("倒查认定", [_review(place, one) for place, one in enumerate(accident.reviews, 1)]),
        ("事故倒查", past(accident)),
    ]  # fmt: skip


def _offence(accident: Accident, one: Mapping[str, Any]) -> parts.Fact:
    knew = clocks.words(datetime.fromisoformat(one["knew_at"]))
    reported = clocks.words(datetime.fromisoformat(one["reported_at"]))
    label = Offence(one["kind"]).label
    late = f"，超过时限 {clocks.lasting(one['minutes'])}" if one["minutes"] else ""
    value: Any = f"{label}（核定时间后不成立）"
    if one["case"]:
        value = f"{label}，已提请立案 {one['case']}"
    elif one["stands"]:
        value = parts.Level(f"建议立案：{label}", "red")
    hint = (
        f"{one['who']} {knew} 知悉，{reported} 报告{late}；依据：{one['evidence']}；{one['on']} {one['by']}"
    )
    href = (
        f"/cases/{one['case']}/" if one["case"] else hooks.case_href(accident, one) if one["stands"] else ""
    )
    return parts.Fact(label, value, hint=hint, href=href, wide=True)


def _team(accident: Accident) -> list[parts.Fact]:
    needed = level_needed(accident)
    team = accident.team
    if team is None:
        return [parts.Fact("应由谁组织调查", needed.label, hint=law.source_words(law.terms("investigation")))]
    level = Level(team["level"])
    ranked = list(Level)
    outgrown = ranked.index(level) < ranked.index(needed)
    value: Any = (
        parts.Level(f"{level.label}（等级变化，应由{needed.label}调查）", "red") if outgrown else level.label
    )
    lead = (
        Agency.objects.filter(pk=team["lead"]).values_list("name", flat=True).first() if team["lead"] else ""
    )
    told = [
        parts.Fact("组织调查的政府", value, hint=f"{team['document']}，{team['authorised_on']} 成立"),
        parts.Fact("组长", team["leader"], hint=lead or ""),
        parts.Fact("成员", team["members"], wide=True),
    ]
    if team["experts"]:
        told.append(parts.Fact("专家", team["experts"], wide=True))
    if accident.extension_days:
        told.append(parts.Fact("已延长", f"{accident.extension_days} 日"))
    for one in accident.appraisals:
        days = (
            f"{one['from']} 至 {one['to']}，{clocks.days_of(one)} 日不计入"
            if one["to"]
            else f"{one['from']} 起，进行中"
        )
        told.append(parts.Fact("技术鉴定", f"{one['what']}（{one['by']}）", hint=days, wide=True))
    return told


def _standing(one: Mapping[str, Any], done: str, verb: str) -> str:
    if one[done]:
        return f"{one[done]} {verb}：{one['words']}"
    late = "，逾期" if lines.late(one, done, clock.today()) else ""
    return f"限 {one['due_on']} 前{late}，尚未{verb}"


def _line(label: str, words: str, one: Mapping[str, Any], done: str, verb: str) -> parts.Fact:
    value = parts.Level(f"{words}（逾期）", "red") if lines.late(one, done, clock.today()) else words
    return parts.Fact(label, value, hint=_standing(one, done, verb), wide=True)


def _document(place: int, one: Mapping[str, Any]) -> parts.Fact:
    return _line(f"第 {place} 项", f"{one['unit']}：{one['what']}", one, "answered_on", "提供")


def _recommendation(place: int, one: Mapping[str, Any]) -> parts.Fact:
    return _line(f"第 {place} 项", f"{one['unit']}：{one['what']}", one, "executed_on", "落实")


def _sanction(place: int, one: Mapping[str, Any]) -> parts.Fact:
    return _line(
        f"第 {place} 项", f"{one['who']}，{one['kind']}：{one['decision']}", one, "executed_on", "执行"
    )


def _report(accident: Accident) -> list[parts.Fact]:
    report = accident.report
    if report is None:
        return []
    nature = "生产安全责任事故" if report["nature"] == "liable" else "非责任事故"
    return [
        parts.Fact("事故性质", nature),
        parts.Fact("提交日期", date.fromisoformat(report["submitted_on"])),
        parts.Fact("批复日期", accident.replied_on or "待批复"),
        parts.Fact("直接原因", report["direct_cause"], wide=True),
        parts.Fact("间接原因", report["indirect_cause"], wide=True),
        parts.Fact("责任认定", report["liability"], wide=True),
    ]


def _proofs(accident: Accident) -> list[parts.Fact]:
    if accident.team is None:
        return []
    return [_proof(condition, accident.proofs.get(condition.value)) for condition in Condition]


def _proof(condition: Condition, proof: Mapping[str, Any] | None) -> parts.Fact:
    if proof is None:
        return parts.Fact(condition.label, parts.Level("尚缺证据", "yellow"), wide=True)
    says = f"{proof['on']} {proof['by']}举证，材料 {len(proof['papers'])} 份"
    return parts.Fact(condition.label, proof["words"], hint=says, wide=True)


def _review(place: int, one: Mapping[str, Any]) -> parts.Fact:
    told = f"{one['on']} {one['words']}"
    if not one["decision"]:
        return parts.Fact(
            f"{place}. {one['kind']}",
            parts.Level(f"{told}（待认定）", "yellow"),
            hint=one["persons"],
            wide=True,
        )
    says = f"{Finding(one['decision']).label}：{one['opinion']}（{one['decided_on']} {one['by']}）"
    return parts.Fact(f"{place}. {one['kind']}", told, hint=f"{one['persons']}；{says}", wide=True)


def past(accident: Accident) -> list[parts.Fact]:
    """Everything the rooms know of the unit in the years before: inspections, hazards, approvals and permits (M005, M213)."""
    if accident.object_id is None:
        return []
    found = hooks.past_of(accident.object_id, lookback_since(accident), accident.occurred_on)
    return [
        parts.Fact(one.kind, f"{one.on} {one.words}", hint=f"{one.no} {one.persons}".strip(), href=one.href, wide=True)
        for one in found[:80]
    ]  # fmt: skip
