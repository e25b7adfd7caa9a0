"""The body of a .docx as lines: paragraphs with the numbers Word writes before them, tables, text boxes.

Text deleted under change tracking and field codes are left out. In a table whose heading row names 责任单位, 完成时限 and
the like, those cells carry their heading, so that a task table reads like a list.
"""

from __future__ import annotations

from bihuan.capabilities.dispatch.speeches.word_numbers import Numbering
from bihuan.capabilities.dispatch.speeches.word_parts import Reader
from bihuan.capabilities.dispatch.speeches.word_tables import Table

_SKIPPED = frozenset({"del", "moveFrom", "instrText", "delText", "rPr", "sectPr", "pPrChange", "Fallback"})


class Body(Reader):
    """Collects lines while the XML is read."""

    def __init__(self, numbering: Numbering) -> None:
        super().__init__()
        self._numbering = numbering
        self._lines: list[str] = []
        self._runs: list[str] = []
        self._around: list[list[str]] = []
        """What paragraphs had said when a text box inside them began."""
        self._number: dict[str, str] = {}
        self._skipping = 0
        self._in_text = False
        self._tables: list[Table] = []

    @property
    def text(self) -> str:
        """All lines so far."""
        return "\n".join(self._lines)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._skipping or name in _SKIPPED:
            self._skipping += 1
            return
        self._in_text = name == "t"
        if name in ("numId", "ilvl", "pStyle"):
            self._number[name] = attributes.get("val", "")
        elif name == "tab" and not attributes:
            self._runs.append("\t")
        elif name in ("br", "cr"):
            self._break()
        elif name == "p":
            self._number = {}
        elif name == "txbxContent":
            self._around.append(self._runs)
            self._runs = []
        else:
            self._start_table(name, attributes)

    def _start_table(self, name: str, attributes: dict[str, str]) -> None:
        if name == "tbl":
            self._tables.append(Table())
        elif name == "tr" and self._tables:
            self._tables[-1].begin_row()
        elif name == "gridSpan" and self._tables:
            self._tables[-1].span(attributes.get("val", "1"))
        elif name == "vMerge" and self._tables:
            self._tables[-1].merged = attributes.get("val", "continue") != "restart"

    def end(self, name: str) -> None:
        if self._skipping:
            self._skipping -= 1
            return
        if name == "t":
            self._in_text = False
        elif name == "p":
            self._break()
        elif name == "txbxContent" and self._around:
            self._runs = self._around.pop()
        elif name == "tc" and self._tables:
            self._lines += self._tables[-1].end_cell()
        elif name == "tr" and self._tables:
            self._lines += self._tables[-1].end_row()
        elif name == "tbl" and self._tables:
            self._tables.pop()

    def characters(self, data: str) -> None:
        if self._in_text and not self._skipping:
            self._runs.append(data.replace("\n", " "))

    def _break(self) -> None:
        line = "".join(self._runs)
        self._runs.clear()
        if line.strip() and self._number:
            line = self._numbering.before(self._number) + line
            self._number = {}
        if self._tables:
            self._tables[-1].cell.append(line)
        else:
            self._lines.append(line)
