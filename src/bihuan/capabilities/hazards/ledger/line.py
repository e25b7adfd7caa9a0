"""The row under the reader's finger: its cells by field, what is wrong with them, and what was assumed."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from bihuan.capabilities.hazards.ledger.words import is_blank_mark
from bihuan.kernel.workbooks.headings import Heading
from bihuan.kernel.workbooks.reasons import CellFailure
from bihuan.kernel.workbooks.text import as_text


@lru_cache(maxsize=65536)
def words_of(cell: object) -> str:
    """A cell's text, with nothing for ``/`` and its like."""
    text = as_text(cell)
    return "" if is_blank_mark(text) else text


class Line:
    """One for a sheet, filled anew for each row: a hundred thousand of them pass."""

    __slots__ = ("at", "cells", "failures", "heading", "notes")

    def __init__(self, heading: Heading) -> None:
        self.use(heading)
        self.take([])

    def use(self, heading: Heading) -> None:
        """Read by this heading from here on."""
        self.heading = heading
        self.at = heading.at

    def take(self, cells: list[object]) -> None:
        """Begin the next row; a column the sheet does not have reads as the blank put behind the last cell."""
        cells.append("")
        self.cells = cells
        self.failures: list[CellFailure] = []
        self.notes: list[str] = []

    def value(self, name: str) -> object:
        """What stands in a field's cell, blank where the sheet has no such column."""
        return self.cells[self.at.get(name, -1)]

    def fail(self, code: str, name: str, reason: str) -> None:
        """The cell is wrong, and the row with it."""
        column = self.heading.written.get(name, "")
        self.failures.append(CellFailure(f"hazard.{code}", reason, name, column, as_text(self.value(name))))

    def fail_earlier(self, code: str, name: str, day: date, than: str) -> None:
        """早于…, with the day as understood where the cell writes it another way."""
        understood = "" if as_text(self.value(name)) == day.isoformat() else f"（{day}）"
        self.fail(code, name, f"{understood}早于{than}，请核对")
