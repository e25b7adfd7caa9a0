"""What was typed of measures and instalments, and what of a case is still to be paid: read alike by gates, effects and pages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from bihuan.capabilities.enforcement import money, papers, terms
from bihuan.capabilities.enforcement.states import MeasureKind, Outcome


def measures_of(given: Any) -> list[str]:
    """What is ticked beside the fine, in the order of the form."""
    return [one.value for one in MeasureKind if getattr(given, one.value)]


def owes(case: Any) -> dict[str, int]:
    """What is still to be paid, by what it is for, in fen; of a decision that was revoked nothing."""
    if case.outcome == Outcome.REVOKED:
        return {"fine": 0, "additional": 0, "daily": 0, "daily_additional": 0}
    return {
        "fine": case.fine_fen - case.paid_fen,
        "additional": case.additional_fen - case.additional_paid_fen,
        "daily": case.daily_fen - case.daily_paid_fen,
        "daily_additional": terms.added(case, "daily") - int(case.daily.get("more", {}).get("paid", 0)),
    }


LABELS = {
    "fine": "罚款", "additional": "加处罚款", "daily": "按日连续处罚的罚款", "daily_additional": "按日连续处罚的加处罚款",
}  # fmt: skip
"""What is owed, as papers and refusals call it."""


def unpaid_days(case: Any) -> dict[str, date]:
    """By when the fine (the first instalment of it that is not covered) and a daily penalty are to be paid; only what is owed."""
    left, found = owes(case), {}
    if left["fine"]:
        paid = case.paid_fen
        for one in sorted(terms.schedule_of(case), key=lambda row: row.due):
            paid -= one.fen
            if paid < 0:
                found["fine"] = one.due
                break
    if left["daily"] and case.daily.get("due"):
        found["daily"] = date.fromisoformat(case.daily["due"])
    return found


def instalments(text: str) -> list[money.Instalment]:
    """Raises ValueError for a line that is no day with an amount."""
    rows = []
    for line in papers.lines(text):
        day, _, amount = line.replace("|", "｜").partition("｜")
        rows.append(money.Instalment(date.fromisoformat(day.strip()), _fen(amount)))
    if not rows:
        raise ValueError(text)
    return rows


def _fen(text: str) -> int:
    try:
        fen = Decimal(text.replace(",", "").replace("元", "").strip()) * 100
    except InvalidOperation:
        raise ValueError(text) from None
    if not fen.is_finite() or fen <= 0 or fen != fen.to_integral_value():
        raise ValueError(text)
    return int(fen)
