"""Clean Excel out: what a list shows, whole, as plain values that no spreadsheet will ever execute.

Rows are streamed; the last line and the file's properties carry the number of rows and their SM3 digest, so that
who receives the file can tell whether something was cut off.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

import xlsxwriter

from bihuan.kernel import clock
from bihuan.kernel.crypto import sm3
from bihuan.kernel.errors import Refused

MOST_ROWS = 1_048_570
"""Rows a sheet can hold beside title, heading and closing line; more go on to further sheets."""
MOST_CELL = 32_767
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of an export: its heading, its width in characters, and ``date``, ``number`` or ``text``."""

    text: str
    width: int = 14
    form: str = "text"


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export holds: rows without headings, and the SM3 digest of their values, in hexadecimal."""

    rows: int
    digest: str


def open_book(target: Path | IO[bytes], *, streamed: bool = True) -> Any:
    """A workbook for writing in which text stays text; not ``streamed``, cells may be merged over rows."""
    options = {**_OPTIONS, "constant_memory": streamed}
    return xlsxwriter.Workbook(str(target) if isinstance(target, Path) else target, options)


def export_rows(
    target: Path | IO[bytes],
    headings: Sequence[Heading],
    rows: Iterable[Sequence[object]],
    *,
    title: str,
    sheet: str = "导出",
    demo: bool = False,
) -> Exported:
    """Write ``rows`` (values in the order of ``headings``) to ``target``, however many there are.

    Raises:
        Refused: a text is longer than a cell can hold; it would have been cut off.
    """
    book = open_book(target)
    writer = _Writer(book, headings, f"{title}（演示数据）" if demo else title, sheet)
    try:
        for row in rows:
            writer.write(row)
    except BaseException:
        _discard(book)
        raise
    return writer.close()


def _discard(book: Any) -> None:
    """Give the temporary files back without leaving a workbook that looks whole."""
    book.fileclosed = 1
    for worksheet in book.worksheets():
        handle = getattr(worksheet, "row_data_fh", None)
        if handle is not None and not handle.closed:
            handle.close()


class _Writer:
    def __init__(self, book: Any, headings: Sequence[Heading], title: str, sheet: str) -> None:
        self._book = book
        self._headings = headings
        self._title = title
        self._sheet_name = sheet
        self._running = sm3.new()
        self._count = 0
        self._sheets = 0
        self._formats = formats_of(book)
        self._encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode
        self._begin_sheet()

    def _begin_sheet(self) -> None:
        self._sheets += 1
        name = self._sheet_name if self._sheets == 1 else f"{self._sheet_name}{self._sheets}"
        self._sheet = self._book.add_worksheet(name[:31])
        for index, heading in enumerate(self._headings):
            self._sheet.set_column(index, index, heading.width)
        self._sheet.freeze_panes(2, 0)
        self._sheet.repeat_rows(1)
        self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)
        self._sheet.set_footer("&C第 &P 页，共 &N 页")
        self._sheet.write_string(0, 0, self._title, self._formats["title"])
        for index, heading in enumerate(self._headings):
            self._sheet.write_string(1, index, heading.text, self._formats["heading"])
        self._line = 2

    def write(self, row: Sequence[object]) -> None:
        if self._line - 2 >= MOST_ROWS:
            self._sheet.write_string(self._line, 0, "未完，续下一工作表", self._formats["foot"])
            self._begin_sheet()
        for index, value in enumerate(row):
            write_value(self._sheet, self._line, index, value, self._formats)
        self._running.update(self._encode(list(row)).encode() + b"\n")
        self._count += 1
        self._line += 1

    def close(self) -> Exported:
        digest = self._running.digest().hex()
        made = clock.now().strftime("%Y-%m-%d %H:%M")
        closing = f"共 {self._count} 行　导出时间 {made}　SM3 {digest}"
        self._sheet.write_string(self._line, 0, closing, self._formats["foot"])
        self._book.set_properties({"title": self._title, "comments": closing})
        self._book.set_custom_property("行数", self._count, "number_int")
        self._book.set_custom_property("SM3", digest, "text")
        self._book.close()
        return Exported(self._count, digest)


def formats_of(book: Any) -> dict[str, Any]:
    font = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
    return {
        "title": book.add_format({**font, "font_size": 16, "bold": True}),
        "heading": book.add_format(
            {**font, "bold": True, "border": 1, "text_wrap": True, "align": "center", "bg_color": "#E8EEF7"}
        ),
        "text": book.add_format({**font, "text_wrap": True, "num_format": "@"}),
        "number": book.add_format(font),
        "date": book.add_format({**font, "num_format": "yyyy-mm-dd"}),
        "moment": book.add_format({**font, "num_format": "yyyy-mm-dd hh:mm"}),
        "foot": book.add_format({**font, "font_size": 9, "font_color": "#666666"}),
    }


def write_value(sheet: Any, row: int, column: int, value: object, formats: dict[str, Any]) -> None:
    """One value by its own type; text is written as text, whatever it begins with.

    Raises:
        Refused: the text is longer than a cell can hold.
    """
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_string(row, column, "是" if value else "否", formats["text"])
    elif isinstance(value, datetime):
        moment = value.astimezone(clock.SHANGHAI).replace(tzinfo=None) if value.tzinfo else value
        sheet.write_datetime(row, column, moment, formats["moment"])
    elif isinstance(value, date):
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), formats["date"])  # noqa: DTZ001
    elif isinstance(value, (int, float)) and abs(value) < 10**15:
        sheet.write_number(row, column, value, formats["number"])
    else:
        text = str(value)
        if len(text) > MOST_CELL:
            sentence = f"第 {row + 1} 行有一格文字超过 {MOST_CELL} 字，Excel 放不下，请先缩短这条记录再导出"
            raise Refused.because("workbook.cell_too_long", sentence)
        sheet.write_string(row, column, _printable(text), formats["text"])


def _printable(text: str) -> str:
    """Without the control characters that no XML may hold."""
    return text if text.isprintable() else "".join(c for c in text if c in "\n\t" or ord(c) >= 32)
