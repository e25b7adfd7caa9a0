"""Which steps and documents a case must have, by what happened in it: the ground of every gate and of the page's list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bihuan.capabilities.enforcement import papers, rounds
from bihuan.capabilities.enforcement.states import GRAVE, Outcome, PartyKind
from bihuan.capabilities.enforcement.terms import policy
from bihuan.registers.law.procedures import procedures

EVIDENCE = "interview_record|scene_examination_record|inspection_record|sampling_receipt|preservation_notice"


def discussion_needed(case: Any) -> str:
    """Why collective discussion is needed (行政处罚法第五十七条); empty when it is not."""
    if rounds.daily_open(case):
        return _large(case, int(case.daily["fen"]))
    proposal = case.proposal
    if proposal.get("complex"):
        return "情节复杂或者重大违法行为"
    large = _large(case, int(proposal.get("fine", 0)))
    if large:
        return large
    if any(one.value in proposal.get("measures", ()) for one in GRAVE):
        return "拟作出责令停产停业、关闭、吊销或者限制从业等较重处罚"
    if any(row["mitigated"] for row in case.violations):
        return "拟减轻处罚"
    if case.absolute:
        return "属于四个一律情形"
    return "程序模板要求" if "discuss" in procedures()[case.template].steps else ""


def _large(case: Any, fen: int) -> str:
    edge = int(policy("case.major_fine_yuan", case.filed_on or case.proposed_on)) * 100
    return f"拟罚款达到{edge // 100:,}元" if fen >= edge else ""


def legal_review_needed(case: Any) -> str:
    """Why legal review is needed before a decision (行政处罚法第五十八条); empty when it is not."""
    if rounds.hearing(case).get("ended_on"):
        return "经过听证程序"
    if rounds.daily_open(case):
        return ""
    if case.proposal.get("situation"):
        return "属于应当进行法制审核的情形"
    return "程序模板要求" if "legal_review" in procedures()[case.template].steps else ""


def required(case: Any) -> Iterator[str]:
    """The documents that must lie in the file when the case ends."""
    if case.summary:
        yield "summary_penalty_entity" if case.entity else "summary_penalty_citizen"
        yield from _of_execution(case)
        return
    yield "case_opening_approval"
    if case.outcome == Outcome.WITHDRAWN:
        yield "case_withdrawal_record"
        return
    if case.limit.get("extended"):
        yield "case_extension_approval"
    if case.outcome == Outcome.TRANSFERRED:
        yield from ("transfer_approval", "transfer_letter")
        return
    yield EVIDENCE
    yield "investigation_report"
    if case.notice:
        yield from _of_notice(case)
    if legal_review_needed(case):
        yield "legal_review_opinion"
    if discussion_needed(case):
        yield "collective_discussion_record"
    yield "case_disposal_approval"
    yield _decision(case)
    yield "service_receipt"
    yield from procedures()[case.template].documents
    yield from _of_execution(case)


def _decision(case: Any) -> str:
    """The decision's paper; of one that was revoked, whichever it had been."""
    if case.outcome == Outcome.REVOKED:
        return f"no_penalty_decision|{papers.decision_kind(case)}"
    return "no_penalty_decision" if case.outcome == Outcome.NO_PENALTY else papers.decision_kind(case)


def _of_notice(case: Any) -> Iterator[str]:
    yield from ("case_approval", "penalty_notice")
    if case.notice.get("right"):
        yield "hearing_right_notice"
    if case.notice.get("statement"):
        yield "defence_record"
    if case.hearing.get("called_on"):
        yield "hearing_notice"
    if case.hearing.get("ended_on"):
        yield "hearing_record"
    if case.hearing.get("reported_on"):
        yield "hearing_report"


def _of_execution(case: Any) -> Iterator[str]:
    if case.account.get("deferred"):
        yield from ("deferral_approval", "deferral_permit")
    if case.additional_fen or case.daily.get("more"):
        yield "additional_fine_decision"
    if case.daily_fen:
        yield "daily_penalty_decision"
    if case.enforcement.get("demanded_on"):
        yield "enforcement_demand"
    if case.enforcement.get("applied_on"):
        yield "court_application"


def of_investigation(case: Any) -> list[str]:
    """What the case's template demands and only an investigation can bring."""
    return [kind for kind in procedures()[case.template].documents if kind in EVIDENCE.split("|")]


def missing_documents(case: Any, *, archiving: bool = False) -> list[str]:
    """Required documents that are not there, by name; for the archive the conclusion's approval is one of them."""
    wanted = list(required(case))
    if archiving and case.outcome != Outcome.WITHDRAWN:
        wanted.append("conclusion_approval")
    return papers.lacking(papers.here(case), dict.fromkeys(wanted))


def missing_steps(case: Any) -> list[str]:
    """Steps of the case's template that nobody took (M142); a simple procedure and what was withdrawn have none.

    What was decided on the spot and revoked is opened by the very deed that begins it anew.
    """
    if case.summary or case.outcome in (Outcome.WITHDRAWN, Outcome.TRANSFERRED):
        return []
    return [
        step
        for step in procedures()[case.template].steps
        if not any(one in case.hands for one in step.split("|"))
        and not (step == "approve_opening" and "begin_again" in case.hands)
    ]


def subject_of(case: Any) -> str:
    """The kind of party as the penalty tables call it."""
    return PartyKind(case.party_kind).value
