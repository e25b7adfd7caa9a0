"""What a row sets aside for the rectification: money and a contingency plan."""

from __future__ import annotations

from typing import Any

from bihuan.capabilities.hazards.ledger.line import Line, words_of
from bihuan.capabilities.hazards.ledger.words import read_tick
from bihuan.kernel.workbooks.money import ASSUMED, read_money
from bihuan.kernel.workbooks.reasons import Unreadable
from bihuan.kernel.workbooks.text import as_text

_SUSPICIOUS_FEN = 1_000 * 1_000_000


def read_plan(line: Line, values: dict[str, Any], unit: str | None) -> None:
    """Into ``values``; ``unit`` is what the sheet's title says of money, which the column's own heading overrides."""
    raw = line.value("funds")
    if raw != "":
        _read_funds(line, values, raw, line.heading.units.get("funds") or unit)
    plan = words_of(line.value("contingency_plan"))
    if plan:
        tick = read_tick(plan)
        values["contingency_plan"] = "已制定" if tick else ("" if tick is False else plan)


def _read_funds(line: Line, values: dict[str, Any], raw: object, unit: str | None) -> None:
    try:
        values["funds_fen"] = fen = read_money(raw, unit or ASSUMED)
    except Unreadable as error:
        line.fail("bad_funds", "funds", str(error))
        return
    if unit is None and fen is not None and fen >= _SUSPICIOUS_FEN:
        line.notes.append(f"资金 {as_text(raw)} 按万元计，数额很大，请核对单位")
