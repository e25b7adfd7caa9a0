"""Reconsideration and litigation, in execution and afterwards: what they change, what goes back, what is taken down (M137).

A case that is concluded or in the archive stays there: the correction is recorded on its row, the refund with its approval
and voucher, the withdrawal of what was published, and a further volume for the papers that came with it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from bihuan.capabilities.enforcement import completeness, papers, refunds, terms
from bihuan.capabilities.enforcement.again import KINDS
from bihuan.capabilities.enforcement.effects import daily
from bihuan.capabilities.enforcement.effects.executing import bound_anew, next_due
from bihuan.capabilities.enforcement.models import Case
from bihuan.capabilities.enforcement.states import CaseState, Outcome
from bihuan.kernel.loops.deadlines import Deadline, counted, kept
from bihuan.registers.law import limits


def begin_remedy(case: Case, given: Any, context: Any) -> None:
    """复议、诉讼: the decision goes on being executed; no additional fine runs meanwhile."""
    row = {"kind": given.kind, "begun_on": given.begun_on.isoformat(), "organ": given.organ}
    case.remedies = [*case.remedies, row]


def end_remedy(case: Case, given: Any, context: Any) -> None:
    """What came of it: what holds no more goes back, and what was published is withdrawn in three working days."""
    ended = {
        "ended_on": given.ended_on.isoformat(), "result": given.result, "words": given.words, "number": given.number,
    }  # fmt: skip
    if given.result == "revoked":
        by = given.again_by.isoformat() if given.again_by else ""
        ended |= {"ground": given.ground, "again": bool(given.again), "by": by, "outcome": case.outcome}
    kind = next((row["kind"] for row in case.remedies if not row.get("ended_on")), "")
    case.remedies = [row if row.get("ended_on") else {**row, **ended} for row in case.remedies]
    paper = f"（{given.number}）" if given.number else ""
    if given.result == "revoked":
        end_revoked(case, given.ended_on, f"{KINDS.get(kind, '复议、诉讼')}撤销处罚决定{paper}", context)
        if given.again:
            owe_again(case, given.again_by, context)
    elif given.result == "changed":
        back = _changed(case, given.fine, context)
        _follow(case, back, given.ended_on, f"{KINDS.get(kind, '复议、诉讼')}变更处罚决定{paper}", context)


def end_revoked(case: Case, on: date, why: str, context: Any) -> None:
    """The decision fell on a day: everything paid goes back, what was published comes down."""
    _follow(case, _revoked(case, context), on, why, context)


def owe_again(case: Case, by: date | None, context: Any) -> None:
    """A new decision is owed by the day the order names, else within the limit of a case from now on."""
    found = limits.rule("decision_limit", context.day)
    rule = f"原决定被撤销后重新作出处理决定：{found.words}（{found.source}，起算日待核对）"
    named = Deadline(by, "复议决定书、裁判文书确定的重新作出决定的期限", context.day) if by else None
    context.owe(case, "decide_again", named or counted(context.day, found.value, "calendar", rule))


def _follow(case: Case, back: dict[str, int], on: date, why: str, context: Any) -> None:
    total = refunds.open_one(case, back, on.isoformat(), why, context.actor.name)
    if total:
        context.facts["refund_fen"] = total
        context.owe(case, "refund", _refund_due(on))
    if case.published_on and not case.unpublished_on:
        context.owe(case, "unpublish", limits.due("withdraw_publication", on))
    if case.state == CaseState.ARCHIVED:
        context.owe(case, "supplement", archive_limit(context.day))


def _refund_due(on: date) -> Deadline:
    days = int(terms.policy("case.refund_days", on))
    return counted(
        on,
        days,
        "calendar",
        "处罚决定被撤销、变更后应及时退还已缴款项（《国家赔偿法》第三十六条，天数待核对）",
    )


def _revoked(case: Case, context: Any) -> dict[str, int]:
    """The decision is no penalty any more: nothing is owed, everything paid goes back."""
    case.outcome = Outcome.REVOKED.value
    back = refunds.owed_back(case, 0, 0, 0, 0)
    taken = refunds.confiscated(case)
    case.collected_on = None
    context.settled(case, "publish", "court", "serve_daily", "serve_demand")
    return back | ({"confiscation": taken} if taken else {})


def _changed(case: Case, fine: int, context: Any) -> dict[str, int]:
    """The fine that holds from now on, with what hangs on its amount."""
    context.facts["former_fine_fen"] = case.fine_fen
    per_day = daily.anew(case, fine)
    case.account = {**case.account, "schedule": _shrunk(case.account.get("schedule", []), fine)}
    case.fine_fen = fine
    more = 0
    if case.additional_fen:
        upto = date.fromisoformat(case.account["additional"]["upto"])
        more = min(case.additional_fen, terms.additional(case, upto).fen)
    back = refunds.owed_back(case, fine, more, per_day, _added_to_daily(case, per_day))
    case.additional_fen, case.daily_fen = more, per_day
    if case.paid_fen == fine and terms.payments_of(case):
        case.collected_on = max(one.on for one in terms.payments_of(case))
    return back


def _added_to_daily(case: Case, per_day: int) -> int:
    """The additional fine on a daily penalty that became smaller."""
    more = case.daily.get("more")
    if not more:
        return 0
    former, case.daily_fen = case.daily_fen, per_day
    found = terms.additional(case, date.fromisoformat(more["upto"]), "daily").fen
    case.daily_fen = former
    return min(int(more["fen"]), found)


def _shrunk(schedule: list[dict[str, Any]], fine: int) -> list[dict[str, Any]]:
    """The schedule of a smaller fine: the days stay, the last amounts go first."""
    rows, left = [], fine
    for row in schedule:
        part = min(int(row["fen"]), left)
        left -= part
        if part:
            rows.append({**row, "fen": part})
    return rows


def remedy_due(case: Case, given: Any, context: Any) -> Deadline | None:
    """What is to be paid next; of a case that is over the clock goes on as it was."""
    return next_due(case, given, context) if case.state == CaseState.EXECUTING else kept(case, given, context)


def approve_refund(case: Case, given: Any, context: Any) -> None:
    """退还审批 (案件处理呈批表)."""
    row = refunds.open_refund(case)
    words = f"{row['why']}，应退还当事人{refunds.words_of(row)}。"
    papers.issue(
        case, "case_disposal_approval", context, basis=[refunds.BASIS],
        handler_opinion=papers.opinion(words, row["by"], date.fromisoformat(row["on"])),
        approval_opinion=papers.mine(given.opinion, context),
    )  # fmt: skip
    refunds.change(case, approved_on=context.day.isoformat(), approved_by=context.actor.name)


def pay_back(case: Case, given: Any, context: Any) -> None:
    """退还: the whole sum with the interest of a bank deposit, by voucher."""
    refunds.change(
        case, paid_on=given.paid_on.isoformat(), receipt=given.receipt, interest_fen=given.interest or 0,
    )  # fmt: skip


def archive_limit(on: date) -> Deadline:
    days = int(terms.policy("case.archive_days", on))
    return counted(on, days, "calendar", "复议、诉讼的文书应在规定的期限内补充归档")


def supplement(case: Case, given: Any, context: Any) -> None:
    """补充归档: a further volume with everything there is now; the volumes before stay as they were bound."""
    bound_anew(case, given, context, list(dict.fromkeys(completeness.required(case))))
