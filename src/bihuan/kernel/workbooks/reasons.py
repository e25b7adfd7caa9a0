"""What a sheet gets back must point at the very cell: line, heading, value, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass

from bihuan.kernel.errors import Failure


class Unreadable(ValueError):
    """A cell that cannot mean what its column asks for; the message is the Chinese reason, without the place."""


@dataclass(frozen=True, slots=True)
class CellFailure:
    """One thing wrong with one row.

    ``reason`` is the sentence about the value alone; ``sentence`` adds the place. ``column`` is the sheet's own
    heading, ``value`` the cell as the clerk sees it.
    """

    code: str
    reason: str
    field: str
    column: str
    value: str

    def sentence(self, line: int) -> str:
        """The whole sentence, fit for a preview, a terminal or the 「错误」 column."""
        column = f"『{self.column}』" if self.column else ""
        gap = " " if self.value and not self.reason.startswith(("（", "，")) else ""
        return f"第 {line} 行{column}{self.value}{gap}{self.reason}"

    def failure(self, line: int) -> Failure:
        """The same as a kernel refusal."""
        return Failure(self.code, self.sentence(line), self.field)


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that was not taken, once for each column at fault."""

    sheet: str
    row: int
    no: str
    column: str
    value: str
    reason: str
    code: str

    def as_json(self) -> dict[str, str | int]:
        """The shape every import answers with; ``sheet`` tells workbooks of several sheets apart."""
        return {
            "row": self.row, "no": self.no, "column": self.column, "value": self.value,
            "reason": self.reason, "code": self.code, "sheet": self.sheet,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Skipped:
    """A line that is no row of the ledger, and why it was left out."""

    line: int
    reason: str
    text: str = ""
