"""Tables of a .docx: the heading row decides which cells say who and until when."""

from __future__ import annotations

import re

_LABEL = re.compile(
    r"(?:牵头|责任|配合|协办|主办|承办|主责|实施|落实)(?:责任)?(?:单位|部门|领导|人)|(?:完成|整改|工作)?(?:时限|期限|时间节点)"
)
_MOST_SPAN = 100


class Table:
    """One table being read, cell by cell."""

    def __init__(self) -> None:
        self.cell: list[str] = []
        self.merged = False
        """The cell goes on with the one above it."""
        self._headings: list[str] = []
        self._first: list[str] = []
        self._above: dict[int, list[str]] = {}
        self._row = -1
        self._column = 0
        self._span = 1

    def begin_row(self) -> None:
        self._row += 1
        self._column = 0

    def span(self, columns: str) -> None:
        """The cell is as wide as so many columns."""
        self._span = min(int(columns), _MOST_SPAN) if columns.isdigit() else 1

    def end_cell(self) -> list[str]:
        """The lines of the cell just read, with its heading where that says who or until when."""
        lines = [line for line in self.cell if line.strip()]
        column, merged = self._column, self.merged
        self._column += self._span
        self.cell, self.merged, width, self._span = [], False, self._span, 1
        if self._row == 0:
            self._headings += ["".join(lines).strip()] * width
            self._first += lines
            return []
        heading = self._headings[column] if column < len(self._headings) else ""
        label = _LABEL.search(heading)
        if label is None:
            return lines
        lines = self._above.get(column, []) if merged and not lines else lines
        self._above[column] = lines
        return [f"{label.group()}：{'、'.join(lines)}"] if lines else []

    def end_row(self) -> list[str]:
        """The first row's own lines, unless it turned out to be the heading row of a task table."""
        first, self._first = self._first, []
        return [] if any(_LABEL.search(heading) for heading in self._headings) else first
