"""What goes back to the party when a decision is revoked or changed: reckoned once, approved, paid back, on the case's own row.

A fine that no longer holds is returned with what followed from it (《国家赔偿法》第三十六条; the interest of a bank deposit of
that time goes with it). Amounts are integer fen; ``case.refunds`` keeps one row a remedy: ``on``, ``why``, ``rows`` by what it
was paid for, ``fen``, who approved it and when it went back.
"""

from __future__ import annotations

from typing import Any

from bihuan.capabilities.enforcement.states import MeasureKind
from bihuan.kernel.documents.numerals import yuan

BASIS = "《国家赔偿法》第三十六条"
LABELS = {
    "fine": "罚款",
    "additional": "加处罚款",
    "daily": "按日连续处罚的罚款",
    "daily_additional": "按日连续处罚的加处罚款",
    "confiscation": "没收的违法所得",
}


def open_refund(case: Any) -> Any:
    """The refund under way."""
    return next((row for row in case.refunds if not row.get("paid_on")), None)


def words_of(row: Any) -> str:
    """What goes back, item by item."""
    return "、".join(f"{LABELS[what]}{yuan(fen)}元" for what, fen in row["rows"].items() if fen)


def owed_back(case: Any, fine: int, additional: int, daily: int, daily_additional: int) -> dict[str, int]:
    """What was paid beyond what holds from now on; takes it off what counts as paid."""
    more = case.daily.get("more", {})
    back = {
        "fine": max(0, case.paid_fen - fine),
        "additional": max(0, case.additional_paid_fen - additional),
        "daily": max(0, case.daily_paid_fen - daily),
        "daily_additional": max(0, int(more.get("paid", 0)) - daily_additional),
    }
    case.paid_fen -= back["fine"]
    case.additional_paid_fen -= back["additional"]
    case.daily_paid_fen -= back["daily"]
    if more:
        held = int(more["paid"]) - back["daily_additional"]
        case.daily = {
            **case.daily,
            "more": {**more, "fen": min(int(more["fen"]), daily_additional), "paid": held},
        }
    return {what: fen for what, fen in back.items() if fen}


def confiscated(case: Any) -> int:
    """What was taken away and is held."""
    taken = any(
        row["kind"] == MeasureKind.CONFISCATION.value and row["state"] == "done" for row in case.measures
    )
    return int(case.confiscation_fen) if taken else 0


def open_one(case: Any, rows: dict[str, int], on: str, why: str, by: str) -> int:
    """Note what is owed back; nothing where nothing was paid. Returns the sum.

    What was owed before and is not yet paid goes into the same row, which is then approved anew: one sum goes back.
    """
    total = sum(rows.values())
    if total:
        before = open_refund(case) or {"rows": {}, "fen": 0, "why": ""}
        both = {what: before["rows"].get(what, 0) + rows.get(what, 0) for what in {**before["rows"], **rows}}
        row = {
            "on": on, "why": "；".join(filter(None, (before["why"], why))), "rows": both, "fen": before["fen"] + total,
            "by": by,
        }  # fmt: skip
        case.refunds = [*(one for one in case.refunds if one is not before), row]
    return total


def change(case: Any, **told: Any) -> None:
    """Lay something over the refund under way."""
    found = open_refund(case)
    case.refunds = [{**row, **told} if row is found else row for row in case.refunds]
