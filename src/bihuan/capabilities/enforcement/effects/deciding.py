"""Review, notice, hearing, decision and what ends a case before it."""

from __future__ import annotations

from datetime import date
from typing import Any

from bihuan.capabilities.enforcement import papers, rounds, terms, weighing
from bihuan.capabilities.enforcement.effects.filing import by_limit
from bihuan.capabilities.enforcement.effects.investigation import return_for_investigation
from bihuan.capabilities.enforcement.models import Case
from bihuan.capabilities.enforcement.reading import measures_of
from bihuan.capabilities.enforcement.serving import serve_documents, served_day
from bihuan.capabilities.enforcement.states import CaseState, MeasureKind, Outcome
from bihuan.kernel.documents.numerals import chinese_day
from bihuan.kernel.loops.deadlines import Deadline, counted, kept
from bihuan.registers.law import limits

GROUNDS = {
    "minor": "违法行为轻微并及时改正，没有造成危害后果",
    "first": "初次违法且危害后果轻微并及时改正",
    "no_fault": "当事人没有主观过错",
    "not_proved": "违法事实不能成立",
    "lapsed": "超过追究时效",
}


def propose(case: Case, given: Any, context: Any) -> None:
    """拟处理意见: the sum of the violations and what goes with it; who reviewed another proposal reviews this one anew."""
    case.review = {key: value for key, value in case.review.items() if key not in ("legal", "discussion")}
    case.proposal = {
        "crime": case.proposal.get("crime", ""), "fine": weighing.total(case), "measures": measures_of(given),
        "confiscation": given.confiscation or 0, "words": given.proposal, "situation": given.situation,
        "complex": bool(given.complex), "on": context.day.isoformat(), "by": context.actor.name, "approved_on": "",
        "review": {},
    }  # fmt: skip
    context.facts["fine_fen"] = case.proposal["fine"]


def review_proposal(case: Case, given: Any, context: Any) -> None:
    """审核拟处理意见: the reviewer's own words, which the form for approval prints as 审核意见."""
    row = {"agreed": bool(given.agreed), **papers.mine(given.opinion, context)}
    case.proposal = {**case.proposal, "review": row}


def lines_of(case: Case) -> list[str]:
    """The proposed penalty line by line."""
    proposal = case.proposal
    return papers.penalty_of(proposal["fine"], proposal["confiscation"], proposal["measures"])


def approve_proposal(case: Case, given: Any, context: Any) -> None:
    """审批拟处理意见 (行政处罚案件审批表)."""
    case.proposal = {
        **case.proposal,
        "approved_on": context.day.isoformat(),
        "approved_by": context.actor.name,
    }
    words = f"{case.proposal['words']}\n拟给予：{'；'.join(lines_of(case))}"
    looked = case.proposal["review"]
    papers.issue(
        case, "case_approval", context, course=case.finding, proposal=words,
        review_opinion={key: looked[key] for key in ("text", "by", "on")},
        approval_opinion=papers.mine(given.opinion, context),
    )  # fmt: skip


def legal_review(case: Case, given: Any, context: Any) -> None:
    """法制审核."""
    row = {
        "situation": given.situation, "passed": bool(given.passed), "opinion": given.opinion,
        "by": context.actor.name, "on": context.day.isoformat(),
    }  # fmt: skip
    rounds.add(case, "review", legal=row)
    verdict = "通过" if given.passed else "不通过"
    checks = [{"item": line, "result": verdict} for line in papers.lines(given.checks)]
    papers.issue(
        case, "legal_review_opinion", context, department=case.agency.name, submitted_on=context.day, checks=checks,
        legal_opinion=papers.mine(given.opinion, context),
    )  # fmt: skip


def discuss(case: Case, given: Any, context: Any) -> None:
    """集体讨论."""
    row = {"conclusion": given.conclusion, "host": given.host, "on": given.ended_at.date().isoformat()}
    rounds.add(case, "review", discussion=row)
    papers.issue(
        case, "collective_discussion_record", context, started_at=given.started_at, ended_at=given.ended_at,
        place=given.place, host=given.host, reporter=given.reporter, recorder=given.recorder, subject=case.name,
        attendees=papers.table(given.attendees, "name", "post"), discussion=given.discussion, conclusion=given.conclusion,
    )  # fmt: skip


def notify(case: Case, given: Any, context: Any) -> None:
    """告知: what is proposed and why; where the law gives it, the right to a hearing (行政处罚法第四十四条、第六十三条)."""
    proposal = case.proposal
    right = terms.hearing_right(
        case, proposal["fine"], proposal["confiscation"], proposal["measures"], context.day
    )
    case.ceiling_fen = proposal["fine"]
    case.notice = {
        **({"former": case.notice["former"]} if case.notice.get("former") else {}),
        "on": context.day.isoformat(), "right": right.given, "why": right.why, "evidence": len(case.evidence),
    }  # fmt: skip
    reasons = "\n".join(line for row in case.violations for line in row["reasons"])
    papers.issue(case, "penalty_notice", context, penalty=lines_of(case), reasons=reasons)
    if right.given:
        papers.issue(case, "hearing_right_notice", context, penalty=lines_of(case))
    context.owe(case, "serve_notice", terms.service_limit(context.day))


def serve_notice(case: Case, given: Any, context: Any) -> None:
    """告知书送达: from here the party's time runs."""
    day = served_day(given)
    statement, hearing = limits.due("statement", day), limits.due("hearing_request", day)
    rounds.add(
        case, "notice", served_on=day.isoformat(), statement_by=statement.due.isoformat(),
        hearing_by=hearing.due.isoformat(), statement_rule=statement.rule, hearing_rule=hearing.rule,
    )  # fmt: skip
    right = rounds.notice(case)["right"]
    context.facts |= {"statement_by": statement.due, "hearing_by": hearing.due if right else None}
    kinds = ["penalty_notice", *(["hearing_right_notice"] if right else [])]
    serve_documents(case, kinds, given, context)


def notice_due(case: Case, given: Any, context: Any) -> Deadline | None:
    """The decision's limit goes on; in execution what is to be paid does."""
    return kept(case, given, context) if case.state == CaseState.EXECUTING else by_limit(case, given, context)


def hear_statement(case: Case, given: Any, context: Any) -> None:
    """陈述申辩: heard and answered."""
    row = {
        "on": given.started_at.date().isoformat(),
        "words": given.statement,
        "adopted": bool(given.adopted),
        "answer": given.answer,
    }
    rounds.add(case, "notice", statement=row)
    papers.issue(
        case, "defence_record", context, started_at=given.started_at, place=given.place, person=given.person,
        employer=case.party if case.entity else None, recorder=given.recorder, statement=given.statement,
        address=None, phone=None,
    )  # fmt: skip


def waive(case: Case, given: Any, context: Any) -> None:
    """书面放弃."""
    rounds.add(case, "notice", waived_on=given.told_on.isoformat(), waiver=given.words)


def spoken(case: Case) -> str:
    """What the decision says of statement, defence and hearing (行政处罚法第五十九条)."""
    notice, hearing, told = rounds.notice(case), rounds.hearing(case), []
    if notice.get("served_on"):
        told.append(
            f"本机关于{chinese_day(notice['served_on'])}送达告知书，告知陈述申辩{'和要求听证' if notice.get('right') else ''}的权利。"
        )
    statement = notice.get("statement")
    if statement:
        told.append(f"当事人提出陈述申辩：{statement['words']}。复核意见：{statement['answer']}")
    elif notice.get("waived_on"):
        told.append("当事人书面放弃陈述、申辩和要求听证的权利。")
    elif told:
        told.append("当事人逾期未提出陈述申辩。")
    if hearing.get("ended_on"):
        told.append(f"本机关于{chinese_day(hearing['ended_on'])}举行听证，主持人意见：{hearing['opinion']}")
    return "".join(told) or "不予处罚，未作处罚告知。"


def decide(case: Case, given: Any, context: Any) -> None:
    """行政处罚决定."""
    kinds = measures_of(given)
    case.outcome, case.decided_on = Outcome.PENALTY.value, context.day
    case.fine_fen, case.confiscation_fen = given.fine or 0, given.confiscation or 0
    case.measures = [{"kind": kind, "state": "pending"} for kind in kinds]
    case.decision = {
        "on": context.day.isoformat(), "by": context.actor.name, "discretion": given.discretion,
        "below_maximum": given.below_maximum, "no_referral": given.no_referral, "late": given.late,
    }  # fmt: skip
    _approval(case, given, context)
    papers.issue(
        case, papers.decision_kind(case), context, procedure=spoken(case), discretion=given.discretion,
        penalty=papers.penalty_of(case.fine_fen, case.confiscation_fen, kinds), fine=case.fine_fen or None,
    )  # fmt: skip
    context.facts |= {"fine_fen": case.fine_fen, "measures": [MeasureKind(kind).label for kind in kinds]}
    context.owe(case, "publish", limits.due("publish_penalty", context.day))


def _approval(case: Case, given: Any, context: Any) -> None:
    """案件处理呈批表, with the opinion of legal review where there was one."""
    legal = case.review.get("legal")
    words = case.proposal.get("words") or case.finding
    handlers = "、".join(one["name"] for one in case.officers)
    statement = (case.notice.get("statement") or {}).get("words")
    papers.issue(
        case, "case_disposal_approval", context, defence=statement, approval_opinion=papers.mine(given.opinion, context),
        basis=papers.common(case)["basis"] or ["《行政处罚法》第五十七条"],
        handler_opinion=papers.opinion(words, handlers, context.day),
        legal_opinion=papers.opinion(legal["opinion"], legal["by"], date.fromisoformat(legal["on"])) if legal else None,
    )  # fmt: skip


def decide_no_penalty(case: Case, given: Any, context: Any) -> None:
    """不予行政处罚决定."""
    case.outcome, case.decided_on = Outcome.NO_PENALTY.value, context.day
    case.decision = {
        "on": context.day.isoformat(), "by": context.actor.name, "ground": given.ground, "reasons": given.reasons,
        "no_referral": given.no_referral,
    }  # fmt: skip
    _approval(case, given, context)
    papers.issue(
        case, "no_penalty_decision", context, reasons=f"{GROUNDS[given.ground]}。{given.reasons}",
        basis=["《行政处罚法》第三十三条、第五十七条"], education=given.education or None,
    )  # fmt: skip


def service_due(case: Case, given: Any, context: Any) -> Deadline:
    """Seven working days from the decision."""
    return limits.due("service", context.day)


def serve(case: Case, given: Any, context: Any) -> None:
    """决定书送达: the time to pay begins; a warning is carried out by being served."""
    case.served_on = served_day(given)
    kind = "no_penalty_decision" if case.outcome == Outcome.NO_PENALTY else papers.decision_kind(case)
    serve_documents(case, [kind], given, context)
    if case.fine_fen:
        due = limits.due("payment", case.served_on).due
        case.account = {
            **case.account,
            "schedule": [{"due": due.isoformat(), "fen": case.fine_fen}],
            "payments": [],
        }
    case.measures = [
        {**row, "state": "done", "done_on": case.served_on.isoformat(), "words": "已送达"}
        if row["kind"] == MeasureKind.WARNING
        else row
        for row in case.measures
    ]


def transfer(case: Case, given: Any, context: Any) -> None:
    """移送, with approval and letter; receipt and outcome are waited for (M136)."""
    case.outcome = Outcome.TRANSFERRED.value
    case.referral = {
        "kind": given.kind, "to": given.receiver, "on": context.day.isoformat(), "reasons": given.reasons,
        "materials": papers.lines(given.materials),
    }  # fmt: skip
    shared = {"receiver_organ": given.receiver, "basis": [given.basis]}
    papers.issue(
        case, "transfer_approval", context, reasons=given.reasons,
        handler_opinion=papers.handlers(case, "transfer"),
        approval_opinion=papers.mine(given.opinion, context), **shared,
    )  # fmt: skip
    papers.issue(case, "transfer_letter", context, materials=papers.lines(given.materials), **shared)


def receipt_due(case: Case, given: Any, context: Any) -> Deadline:
    days = int(terms.policy("case.receipt_days", context.day))
    return counted(context.day, days, "calendar", "案件移送后应取得受移送机关的回执")


def acknowledge(case: Case, given: Any, context: Any) -> None:
    case.referral = {
        **case.referral,
        "received_on": given.received_on.isoformat(),
        "receiver": given.receiver,
    }


def note_outcome(case: Case, given: Any, context: Any) -> None:
    """What became of what was referred; persons detained are counted."""
    case.referral = {
        **case.referral,
        "result": given.result,
        "told_on": given.told_on.isoformat(),
        "words": given.words,
    }
    case.detained = given.detained or 0


def take_back(case: Case, given: Any, context: Any) -> None:
    """退回、不予立案: the administrative case goes on from its investigation; the referral stays on the row."""
    return_for_investigation(case, given, context)
    case.outcome = Outcome.NONE.value


def withdraw(case: Case, given: Any, context: Any) -> None:
    """撤销案件."""
    case.outcome, case.voided = Outcome.WITHDRAWN.value, True
    papers.issue(
        case,
        "case_withdrawal_record",
        context,
        reasons=given.reason,
        approval_opinion=papers.mine("同意撤销。", context),
    )
