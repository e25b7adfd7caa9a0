"""The clerk mends the ledger in the ledger: the same sheet comes back with a column 「错误」 beside every wrong row.

A small file can spread over a million cells, so this too is done in the parsing process with little memory and time;
no Django here.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell import MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from python_calamine import CalamineSheet, CalamineWorkbook

from bihuan.kernel.workbooks.child import Book
from bihuan.kernel.workbooks.exporting import formats_of, open_book, write_value
from bihuan.kernel.workbooks.reasons import Rejection
from bihuan.kernel.workbooks.text import narrow

COLUMN = "错误"
MOST_KEPT_LINES = 20_000
MOST_KEPT_BYTES = 40 * 1024 * 1024
MOST_KEPT_CELLS = 1_000_000
"""Up to here (lines, bytes unpacked, cells spanned) the sheet keeps its looks; larger ones are written anew, values
only."""
_RED = PatternFill("solid", fgColor="FFFDE9E7")
_MOST_TEXT = 30_000

Heads = Mapping[str, int]
"""Sheet name → line of its heading."""


def annotate(
    book: Book,
    given: Mapping[str, Any],
    write: Callable[[Sequence[Any]], None],
    tick: Callable[[int, int], None],
) -> dict[str, Any]:
    """The work of :func:`annotate_errors` as the parsing process is given it: into the file ``given["target"]``."""
    noted = Path(given["rejected"])
    lines = noted.read_text(encoding="utf-8").splitlines() if noted.exists() else ()
    rejected = [Rejection(**json.loads(line)) for line in lines]
    content = annotate_errors(book.path, rejected, given["heads"], lines=int(given["lines"]))
    Path(given["target"]).write_bytes(content)
    return {}


def annotate_errors(path: Path, rejected: Iterable[Rejection], heads: Heads, *, lines: int) -> bytes:
    """The workbook at ``path`` with a column 「错误」: column, value and reason for each row.

    ``heads`` tells the heading's line of each sheet, ``lines`` how many lines the workbook has in all. Formulas come
    back as their values, macros and links to other workbooks not at all.
    """
    reasons: dict[str, dict[int, str]] = defaultdict(dict)
    for one in rejected:
        before = reasons[one.sheet].get(one.row)
        reasons[one.sheet][one.row] = (f"{before}；{one.reason}" if before else one.reason)[:_MOST_TEXT]
    if lines <= MOST_KEPT_LINES and _small(path):
        try:
            return _in_place(path, reasons, heads)
        except (KeyError, ValueError, TypeError, AttributeError, OSError):
            return _anew(path, reasons, heads)
    return _anew(path, reasons, heads)


def _small(path: Path) -> bool:
    """Whether the workbook may be held in memory cell by cell; few lines can still be very wide."""
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        if sum(part.file_size for part in archive.infolist()) > MOST_KEPT_BYTES:
            return False
    book = CalamineWorkbook.from_path(str(path))
    return sum(_spanned(book.get_sheet_by_name(name)) for name in book.sheet_names) <= MOST_KEPT_CELLS


def _spanned(sheet: CalamineSheet) -> int:
    """How many cells lie between a sheet's corners or are merged; each becomes one in memory, filled or not."""
    down, across = sheet.end or (0, 0)
    merged = sheet.merged_cell_ranges or ()
    return int((down + 1) * (across + 1) + sum((c - a + 1) * (d - b + 1) for (a, b), (c, d) in merged))


def _in_place(path: Path, reasons: Mapping[str, Mapping[int, str]], heads: Heads) -> bytes:
    with path.open("rb") as file:
        book = openpyxl.load_workbook(file, data_only=True, keep_links=False, keep_vba=False)
    for name, head in heads.items():
        _annotate(book[name], head, reasons.get(name, {}))
    for sheet in book.worksheets:
        _defuse(sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _annotate(sheet: Any, head: int, reasons: Mapping[int, str]) -> None:
    column = _error_column(sheet, head)
    for (cell,) in sheet.iter_rows(min_row=head + 1, min_col=column, max_col=column):
        if not isinstance(cell, MergedCell):
            cell.value = None
            cell.fill = PatternFill()
    heading = sheet.cell(head, column)
    if not isinstance(heading, MergedCell):
        heading.value = COLUMN
        heading.font = Font(bold=True, color="FFB42318")
    sheet.column_dimensions[heading.column_letter].width = 60
    for line, text in reasons.items():
        cell = sheet.cell(line, column)
        if isinstance(cell, MergedCell):
            continue
        cell.value, cell.data_type = text, "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = Font(color="FFB42318")
        for place in range(1, column + 1):
            beside = sheet.cell(line, place)
            if not isinstance(beside, MergedCell):
                beside.fill = _RED


def _error_column(sheet: Any, head: int) -> int:
    """The column of an earlier 「错误」, else the one behind the last heading."""
    last = 0
    for cell in sheet[head]:
        if cell.value not in (None, ""):
            last = cell.column
            if narrow(str(cell.value)) == COLUMN:
                return int(cell.column)
    merged = [span.max_col for span in sheet.merged_cells.ranges if span.min_row <= head <= span.max_row]
    return int(max([last, *merged])) + 1


def _defuse(sheet: Any) -> None:
    """No link, and no text that would become a formula, leaves this system."""
    sheet._hyperlinks = []
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell, MergedCell):
                continue
            if cell.hyperlink is not None:
                cell.hyperlink = None
            if cell.data_type == "f":
                cell.data_type = "s"


def _anew(path: Path, reasons: Mapping[str, Mapping[int, str]], heads: Heads) -> bytes:
    stream = io.BytesIO()
    target = open_book(stream)
    formats = formats_of(target)
    source = CalamineWorkbook.from_path(str(path))
    for name, head in heads.items():
        _rewrite(
            target.add_worksheet(name[:31]),
            source.get_sheet_by_name(name),
            head,
            reasons.get(name, {}),
            formats,
        )
    target.close()
    return stream.getvalue()


def _rewrite(
    sheet: Any, cells: CalamineSheet, head: int, reasons: Mapping[int, str], formats: dict[str, Any]
) -> None:
    left, column = (cells.start[1], cells.end[1] + 1) if cells.start and cells.end else (0, 0)
    sheet.set_column(0, column - 1, 14)
    sheet.set_column(column, column, 60)
    sheet.freeze_panes(head, 0)
    for index, line in enumerate(cells.iter_rows()):
        for place, value in enumerate(line, left):
            write_value(sheet, index, place, value, formats)
        if index == head - 1:
            sheet.write_string(index, column, COLUMN, formats["heading"])
        elif text := reasons.get(index + 1):
            sheet.write_string(index, column, text, formats["text"])
