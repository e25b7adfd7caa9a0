"""按日连续处罚 (安全生产法第一百一十二条): announced, the party heard, decided, served; or given up with a reason."""

from __future__ import annotations

from datetime import date
from typing import Any

from bihuan.capabilities.enforcement import money, papers, terms
from bihuan.capabilities.enforcement.effects.deciding import spoken
from bihuan.capabilities.enforcement.models import Case
from bihuan.capabilities.enforcement.serving import serve_documents, served_day
from bihuan.kernel.documents.numerals import yuan
from bihuan.registers.law import limits

BASIS = "《安全生产法》第一百一十二条"
REASONS = (
    "依据《安全生产法》第一百一十二条，被责令改正且受到罚款处罚，拒不改正的，"
    "可以自作出责令改正之日的次日起，按照原处罚数额按日连续处罚。"
)


def announce_daily(case: Case, given: Any, context: Any) -> None:
    """告知: facts, reckoning and basis, and the right to a hearing where the sum gives it; what is announced is the most."""
    first, days, total = money.daily(case.fine_fen, given.ordered_on, given.rechecked_on)
    right = terms.hearing_right(case, total, 0, (), context.day)
    case.daily = {
        "dropped": case.daily.get("dropped", []), "announced_on": context.day.isoformat(), "by": context.actor.name,
        "order_number": given.order_number, "ordered_on": given.ordered_on.isoformat(),
        "rechecked_on": given.rechecked_on.isoformat(), "refusal": given.refusal, "first": first.isoformat(),
        "days": days, "fen": total,
        "notice": {"on": context.day.isoformat(), "right": right.given, "why": right.why},
    }  # fmt: skip
    context.facts |= {"days": days, "daily_fen": total, "hearing": right.given}
    told: dict[str, Any] = {
        "facts": f"{given.ordered_on}以{given.order_number}责令改正，{given.rechecked_on}复查：{given.refusal}",
        "evidence": papers.lines(given.evidence), "basis": [BASIS], "penalty": [line_of(case)],
    }  # fmt: skip
    papers.issue(case, "penalty_notice", context, reasons=REASONS, **told)
    if right.given:
        papers.issue(case, "hearing_right_notice", context, **told)
    context.owe(case, "serve_notice", terms.service_limit(context.day))


def line_of(case: Case) -> str:
    """The penalty in one line, as the notice tells it."""
    daily = case.daily
    return (
        f"自{daily['first']}起至{daily['rechecked_on']}止共{daily['days']}日，按原处罚数额每日{yuan(case.fine_fen)}元"
        f"按日连续处罚，罚款合计人民币{yuan(daily['fen'])}元"
    )


def drop_daily(case: Case, given: Any, context: Any) -> None:
    """不予按日连续处罚: what was announced and said stays on the row with the reason."""
    former = {key: value for key, value in case.daily.items() if key != "dropped"}
    row = {**former, "dropped_on": context.day.isoformat(), "reason": given.reason}
    case.daily = {"dropped": [*case.daily.get("dropped", []), row]}
    context.settled(case, "serve_notice", "serve_hearing_notice")


def punish_daily(case: Case, given: Any, context: Any) -> None:
    """按日连续处罚决定书: no more than was announced, at the fine that holds where a remedy made it smaller since."""
    total = min(int(case.daily["fen"]), case.fine_fen * int(case.daily["days"]))
    daily, said = {**case.daily, "fen": total}, spoken(case)
    papers.issue(
        case, "daily_penalty_decision", context, order_number=daily["order_number"], order_on=daily["ordered_on"],
        penalty_number=papers.decision_facts(case)["decision_number"], penalty_on=case.decided_on,
        refusal_facts=daily["refusal"], rechecked_on=daily["rechecked_on"], start_on=daily["first"],
        end_on=daily["rechecked_on"], days=daily["days"], daily_amount=case.fine_fen, total=daily["fen"], procedure=said,
    )  # fmt: skip
    case.daily_fen = daily["fen"]
    case.daily = {
        **daily,
        "decided_on": context.day.isoformat(),
        "decided_by": context.actor.name,
        "opinion": given.opinion,
    }
    context.facts |= {"days": daily["days"], "daily_fen": case.daily_fen}
    context.owe(case, "serve_daily", limits.due("service", context.day))
    context.owe(case, "publish", limits.due("publish_penalty", context.day))


def serve_daily(case: Case, given: Any, context: Any) -> None:
    """送达: fifteen days to pay from here."""
    day = served_day(given)
    case.daily = {
        **case.daily,
        "served_on": day.isoformat(),
        "due": limits.due("payment", day).due.isoformat(),
    }
    context.facts["daily_due"] = case.daily["due"]
    serve_documents(case, ["daily_penalty_decision"], given, context)


def anew(case: Case, fine: int) -> int:
    """The daily penalty when the fine it repeats was changed: the same days at the fine that holds."""
    if not case.daily_fen:
        return 0
    first, last = (date.fromisoformat(case.daily[key]) for key in ("first", "rechecked_on"))
    return min(case.daily_fen, fine * ((last - first).days + 1))
