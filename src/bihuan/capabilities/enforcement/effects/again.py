"""A decision that was revoked is made anew: ordered by reconsideration or court, or taken back by the agency itself.

《行政复议法》第六十四条、《行政诉讼法》第七十条、第七十一条、《行政处罚法》第七十五条. The case goes back to its investigation with a clean
sheet; what was decided before stays on the row of its remedy, its papers in the file and in the volume they were bound into.
"""

from __future__ import annotations

from typing import Any

from bihuan.capabilities.enforcement import again, papers, terms
from bihuan.capabilities.enforcement.effects.investigation import return_for_investigation
from bihuan.capabilities.enforcement.effects.remedies import end_revoked, owe_again
from bihuan.capabilities.enforcement.models import Case
from bihuan.capabilities.enforcement.states import Outcome

OPENING = "简易程序的处理决定被撤销，重新调查处理适用普通程序（《行政处罚法》第五十四条）"
BASIS = "《行政处罚法》第七十五条"
_CLEAN: dict[str, Any] = {
    "decided_on": None, "served_on": None, "collected_on": None, "concluded_on": None, "archived_on": None,
    "published_on": None, "unpublished_on": None, "fine_fen": 0, "confiscation_fen": 0, "paid_fen": 0, "additional_fen": 0,
    "additional_paid_fen": 0, "daily_fen": 0, "daily_paid_fen": 0, "ceiling_fen": None, "outcome": Outcome.NONE.value,
}  # fmt: skip


def take_back_decision(case: Case, given: Any, context: Any) -> None:
    """主动撤销: the agency found its own decision to be wrong; what was paid goes back, what was published comes down."""
    day = context.day.isoformat()
    row = {
        "kind": "self", "begun_on": day, "organ": case.agency.name, "ended_on": day, "result": "revoked",
        "ground": given.ground, "words": given.reason, "number": "", "again": bool(given.again), "outcome": case.outcome,
        "by": "",
    }  # fmt: skip
    case.remedies = [*case.remedies, row]
    papers.issue(
        case, "case_disposal_approval", context, basis=[BASIS],
        handler_opinion=papers.mine(f"{again.GROUNDS[given.ground]}：{given.reason}", context),
        approval_opinion=papers.mine(given.opinion, context),
    )  # fmt: skip
    end_revoked(case, context.day, "本机关主动撤销处理决定", context)
    if given.again:
        owe_again(case, None, context)


def begin_again(case: Case, given: Any, context: Any) -> None:
    """重新办理: the former decision is kept with its remedy, and everything that led to it is done anew."""
    order = again.waiting(case)
    assert order is not None
    former = {
        "outcome": order.get("outcome", ""), "decided_on": str(case.decided_on), "served_on": str(case.served_on or ""),
        "fine_fen": case.fine_fen, "confiscation_fen": case.confiscation_fen, "measures": case.measures,
        "decision": case.decision, "daily": case.daily, "account": case.account, "enforcement": case.enforcement,
        "limit": {key: value for key, value in case.limit.items() if key != "former"}, "evidence": len(case.evidence),
        "published_on": str(case.published_on or ""), "unpublished_on": str(case.unpublished_on or ""),
        "concluded_on": str(case.concluded_on or ""), "summary": case.summary,
        "violations": case.violations,
    }  # fmt: skip
    told = {**order, "begun_again_on": context.day.isoformat(), "former": former}
    case.remedies = [told if row is order else row for row in case.remedies]
    return_for_investigation(case, given, context)
    case.notice, case.review = {}, {}
    if case.summary:
        _open_ordinary(case, given, context)
    case.measures, case.decision, case.daily, case.account, case.enforcement = [], {}, {}, {}, {}
    for name, value in _CLEAN.items():
        setattr(case, name, value)
    case.limit = {"again": {"since": context.day.isoformat(), "by": order.get("by", "")}}
    case.decide_by = terms.decision_limit(case).due
    context.facts |= {"decide_by": case.decide_by, "former_decided_on": former["decided_on"]}


def _open_ordinary(case: Case, given: Any, context: Any) -> None:
    """What was punished on the spot was never opened: made anew, it is a case like any other, with all its papers."""
    case.summary, case.violations = False, []
    case.review = {"handler": papers.mine(OPENING, context)}
    papers.issue(
        case, "case_opening_approval", context, handler_opinion=case.review["handler"],
        approval_opinion=papers.mine(given.reason, context), opened_on=context.day,
    )  # fmt: skip
