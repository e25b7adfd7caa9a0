"""The parser for workbooks whose cells are just text by column: regions, agencies, people, enterprises."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bihuan.kernel.workbooks import reading
from bihuan.kernel.workbooks.child import Book, spooled
from bihuan.kernel.workbooks.columns import Columns
from bihuan.kernel.workbooks.text import as_text

PARSER = "bihuan.kernel.workbooks.plain:parse"


@dataclass(frozen=True, slots=True)
class PlainRow:
    """One row: cells as text and the sheet's own headings, both by column name."""

    sheet: str
    line: int
    no: str
    cells: Mapping[str, str]
    headings: Mapping[str, str]


def parse(
    book: Book,
    given: Mapping[str, Any],
    write: Callable[[Sequence[Any]], None],
    tick: Callable[[int, int], None],
) -> dict[str, Any]:
    """Read every sheet; ``given["columns"]`` names the ``Columns`` as ``module:name``."""
    module, _, name = given["columns"].partition(":")
    columns: Columns = getattr(importlib.import_module(module), name)
    extra = [(field, heading) for field, heading in given.get("synonyms", ())]
    workbook = reading.read(book.path, columns, extra, epoch_1904=book.epoch_1904, name=book.name)
    total = sum(sheet.height for sheet in workbook.sheets)
    lines = 0
    summaries = []
    for sheet in workbook.sheets:
        for row in sheet.rows():
            heading = sheet.heading
            cells = {name: as_text(row.cells[at]) for name, at in heading.at.items() if at < len(row.cells)}
            write([sheet.name, row.line, row.no, cells, heading.written])
            lines += 1
            tick(lines, total)
        summaries.append(reading.summary(sheet, columns))
    left_out = [{"sheet": name, "reason": reason} for name, reason in workbook.left_out]
    return {"sheets": summaries, "left_out": left_out, "good": lines, "wrong": 0, "codes": {}, "notes": []}


def parsed(spool: Path) -> Iterator[PlainRow]:
    """The rows that the parsing process left, streamed."""
    return (PlainRow(*row) for row in spooled(spool))
