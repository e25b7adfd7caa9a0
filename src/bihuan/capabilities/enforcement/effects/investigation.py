"""Investigation: each deed leaves its evidence in the case's rows and issues its document."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from bihuan.capabilities.enforcement import papers, weighing
from bihuan.capabilities.enforcement.effects.filing import set_limit
from bihuan.capabilities.enforcement.models import Case
from bihuan.kernel import clock
from bihuan.registers.law import limits

TOLD = "已向被询问人出示执法证件，告知其有申请回避、陈述申辩的权利，以及如实回答询问的义务。"
GOODS = ("name", "model", "quantity", "unit")


def _local(moment: datetime) -> datetime:
    return moment.astimezone(clock.SHANGHAI)


def _note(case: Case, name: str, kind: str, on: date, proves: str = "") -> None:
    case.evidence = [*case.evidence, {"name": name, "kind": kind, "on": on.isoformat(), "proves": proves}]


def record_interview(case: Case, given: Any, context: Any) -> None:
    """询问笔录."""
    times = 1 + sum(one["name"].startswith(f"{given.person}询问笔录") for one in case.evidence)
    _note(
        case,
        f"{given.person}询问笔录" + (f"（第{times}次）" if times > 1 else ""),
        "statement",
        given.started_at.date(),
    )
    papers.issue(
        case, "interview_record", context, started_at=_local(given.started_at), ended_at=_local(given.ended_at),
        times=times, place=given.place, person=given.person, id_number=given.id_number or None,
        post=given.post or None, employer=case.party if case.entity else None, recorder=given.recorder, told=TOLD,
        dialogue=dialogue(given.dialogue), domicile=None, phone=None,
    )  # fmt: skip


def dialogue(text: str) -> list[dict[str, str]]:
    """Lines beginning with 问 and 答 as pairs; a line with neither goes on with what stands before it."""
    rows: list[dict[str, str]] = []
    for line in papers.lines(text):
        if line.startswith(("问：", "问:")):
            rows.append({"q": line[2:].strip()})
        elif line.startswith(("答：", "答:")) and rows:
            rows[-1]["a"] = (rows[-1].get("a", "") + line[2:].strip()).strip()
        elif rows:
            key = "a" if "a" in rows[-1] else "q"
            rows[-1][key] = f"{rows[-1][key]}{line}"
        else:
            rows.append({"q": line})
    return rows


def examine_scene(case: Case, given: Any, context: Any) -> None:
    """勘验笔录."""
    _note(case, f"{given.place}勘验笔录", "scene", given.started_at.date())
    papers.issue(
        case, "scene_examination_record", context, subject=given.subject, started_at=_local(given.started_at),
        ended_at=_local(given.ended_at), place=given.place, invited=given.invited or None, scene=given.scene,
    )  # fmt: skip


def add_evidence(case: Case, given: Any, context: Any) -> None:
    """A piece of evidence that is no document of ours."""
    _note(case, given.name, given.kind, given.obtained_on, given.proves)


def preserve(case: Case, given: Any, context: Any) -> None:
    """先行登记保存: seven working days from now (行政处罚法第五十六条)."""
    last = limits.due("evidence_preservation_decision", context.day)
    goods = papers.table(given.goods, *GOODS)
    case.review = {**case.review, "preserved": {"goods": goods, "on": context.day.isoformat()}}
    _note(case, "先行登记保存的证据", "physical", context.day, given.reasons)
    agreed = papers.mine("情况属实，同意先行登记保存。", context)
    papers.issue(
        case, "preservation_approval", context, goods=goods, reasons=given.reasons, storage=given.storage,
        handler_opinion=papers.handlers(case, "preserve"),
        approval_opinion=agreed,
    )  # fmt: skip
    papers.issue(
        case, "preservation_notice", context, goods=goods, reasons=given.reasons, storage=given.storage,
        basis=["《行政处罚法》第五十六条"], from_on=context.day, until_on=last.due,
    )  # fmt: skip
    context.owe(case, "preserve", last)


def dispose_preserved(case: Case, given: Any, context: Any) -> None:
    """What becomes of what was preserved."""
    kept = case.review["preserved"]
    notice = papers.number_of(case, "preservation_notice")
    shared: dict[str, Any] = {"goods": kept["goods"], "disposal": given.disposal, "notice_number": notice}
    handler = papers.mine(given.disposal, context)
    papers.issue(
        case, "preservation_disposal_approval", context, handler_opinion=handler,
        approval_opinion=papers.mine("同意。", context), **shared,
    )  # fmt: skip
    papers.issue(
        case, "preservation_disposal_decision", context, notice_on=kept["on"], basis=["《行政处罚法》第五十六条"],
        **shared,
    )  # fmt: skip


def appraise(case: Case, given: Any, context: Any) -> None:
    """委托鉴定."""
    _note(case, f"{given.institution}鉴定（委托）", "appraisal", context.day)
    papers.issue(
        case, "appraisal_commission", context, institution=given.institution, subject=given.subject,
        goods=papers.table(given.goods, *GOODS), requirement=given.requirement, due_on=given.due_on,
    )  # fmt: skip


def assess(case: Case, given: Any, context: Any) -> None:
    """认定违法行为: one row a clause, with its worksheet; a recurrence raises the tier and keeps its chain (M096)."""
    weighed = weighing.weigh(case, given, context.day)
    row = weighing.row_of(weighed, given)
    others = [one for one in case.violations if one["clause"] != row["clause"]]
    case.violations = [*others, row]
    _sum(case)
    context.facts |= {
        "clause": row["basis"], "amount_fen": row["amount_fen"], "proposed_fen": row["proposed_fen"],
        "reasons": row["reasons"],
    }  # fmt: skip


def _sum(case: Case) -> None:
    former = list(dict.fromkeys(no for row in case.violations for no in row["former"]))
    case.former, case.recurrence = former, len(former)
    case.proposal = {**case.proposal, "approved_on": ""} if case.proposal else {}


def drop_violation(case: Case, given: Any, context: Any) -> None:
    gone = case.violations[given.number - 1]
    case.violations = [row for row in case.violations if row is not gone]
    _sum(case)
    context.facts["dropped"] = gone["basis"]


def extend(case: Case, given: Any, context: Any) -> None:
    """延长办案期限, with its approval."""
    former = case.decide_by
    case.limit = {**case.limit, "extended": int(case.limit.get("extended", 0)) + given.days}
    set_limit(case, context)
    handler = papers.handlers(case, "extend")
    papers.issue(
        case, "case_extension_approval", context, due_on=former, reasons=given.reason, extend_to=case.decide_by,
        handler_opinion=handler, approval_opinion=papers.mine(given.opinion, context),
    )  # fmt: skip


def suspend(case: Case, given: Any, context: Any) -> None:
    """中止: its days count all the same unless the district has a rule."""
    row = {"kind": given.kind, "since": context.day.isoformat(), "reason": given.reason}
    case.limit = {**case.limit, "pauses": [*case.limit.get("pauses", []), row]}


def resume(case: Case, given: Any, context: Any) -> None:
    """恢复调查; the limit is counted anew."""
    pauses = [
        {**row, "until": context.day.isoformat()} if not row.get("until") else row
        for row in case.limit.get("pauses", [])
    ]
    case.limit = {**case.limit, "pauses": pauses}
    set_limit(case, context)


def conclude_investigation(case: Case, given: Any, context: Any) -> None:
    """调查终结: the report, and what it means for criminal law."""
    case.finding = given.finding
    crime = crime_of(given, case.acted_on)
    case.proposal = {"crime": crime} if crime else {}
    context.facts["crime"] = crime or None
    reasons = "\n".join(line for row in case.violations for line in row["reasons"])
    papers.issue(
        case, "investigation_report", context, course=given.course, party_opinion=given.party_opinion or None,
        discretion=reasons or None, proposal=given.finding,
    )  # fmt: skip


def crime_of(given: Any, on: date) -> str:
    """Why the case is over the threshold of criminal law, in words; empty when it is not."""
    found = []
    for key, count, label in (
        ("crime_deaths", given.deaths, "死亡"),
        ("crime_serious", given.serious, "重伤"),
    ):
        if (count or 0) >= limits.rule(key, on).value:
            found.append(f"{label}{count}人")
    if (given.loss or 0) >= limits.rule("crime_loss", on).value * 100:
        found.append("直接经济损失达到标准")
    if given.dangerous:
        found.append("涉嫌危险作业等犯罪情形")
    return "、".join(found)


def return_for_investigation(case: Case, given: Any, context: Any) -> None:
    """退回调查: what was proposed and approved falls; what was announced stays as the ceiling."""
    case.proposal = {key: value for key, value in case.proposal.items() if key == "crime"}
    former = (
        [*case.notice.get("former", []), {k: v for k, v in case.notice.items() if k != "former"}]
        if case.notice
        else []
    )
    evidence = case.notice.get("evidence")
    case.notice = (
        {"former": former} | ({"evidence": evidence} if evidence is not None else {}) if former else {}
    )
    case.hearing, case.review = (
        {},
        {key: value for key, value in case.review.items() if key in ("handler", "preserved")},
    )
