"""An empty workbook to fill in: headings the import knows, lists to choose from, one example row, and a guide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any

import xlsxwriter

EXAMPLE = "示例"
_FILLED_LINES = 2_000
_LONGEST_LIST = 250


@dataclass(frozen=True, slots=True)
class Entry:
    """One column of a template. ``form``: text, date, number; ``choices`` become a list to choose from."""

    heading: str
    help: str
    example: object = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    form: str = "text"
    width: int = 16


@dataclass(frozen=True, slots=True)
class Guide:
    """A template: what it is called, its columns after 序号, and rules that hold for all of it."""

    kind: str
    sheet: str
    entries: tuple[Entry, ...]
    rules: tuple[str, ...] = ()


def write_template(guide: Guide, target: Path | IO[bytes]) -> None:
    """Write the empty workbook of ``guide``: heading in the first line, an example the import skips, the guide."""
    book = xlsxwriter.Workbook(
        str(target) if isinstance(target, Path) else target,
        {"strings_to_formulas": False, "strings_to_urls": False},
    )
    formats = _formats(book)
    _write_sheet(book, guide, formats)
    _write_guide(book, guide, formats)
    book.set_properties({"title": f"{guide.sheet}（模板）"})
    book.close()


def _formats(book: Any) -> dict[str, Any]:
    font = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "text_wrap": True}
    grey = {"italic": True, "font_color": "#8A8A8A", "bg_color": "#F5F5F5"}
    return {
        "required": book.add_format(
            {**font, "bold": True, "border": 1, "bg_color": "#FCE8E6", "align": "center"}
        ),
        "optional": book.add_format(
            {**font, "bold": True, "border": 1, "bg_color": "#E8EEF7", "align": "center"}
        ),
        "text": book.add_format({**font, "num_format": "@"}),
        "date": book.add_format({**font, "num_format": "yyyy-mm-dd"}),
        "number": book.add_format(font),
        "example": book.add_format({**font, **grey}),
        "example_date": book.add_format({**font, **grey, "num_format": "yyyy-mm-dd"}),
        "plain": book.add_format(font),
        "bold": book.add_format({**font, "bold": True}),
    }


def _write_sheet(book: Any, guide: Guide, formats: dict[str, Any]) -> None:
    sheet = book.add_worksheet(guide.sheet)
    sheet.set_row(0, 32)
    sheet.freeze_panes(1, 2)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_column(0, 0, 8)
    sheet.write_string(0, 0, "序号", formats["optional"])
    sheet.write_string(1, 0, EXAMPLE, formats["example"])
    for place, entry in enumerate(guide.entries, 1):
        sheet.set_column(place, place, entry.width, formats[entry.form])
        sheet.write_string(0, place, entry.heading, formats["required" if entry.required else "optional"])
        _write_example(sheet, place, entry, formats)
        _offer(book, sheet, place, entry)


def _write_example(sheet: Any, place: int, entry: Entry, formats: dict[str, Any]) -> None:
    if isinstance(entry.example, date):
        sheet.write_datetime(1, place, entry.example, formats["example_date"])
    elif isinstance(entry.example, (int, float)):
        sheet.write_number(1, place, entry.example, formats["example"])
    else:
        sheet.write_string(1, place, str(entry.example), formats["example"])


def _offer(book: Any, sheet: Any, place: int, entry: Entry) -> None:
    """The list to choose from, and the hint shown when a cell is entered."""
    rule: dict[str, Any] = {"validate": "any"}
    if entry.choices:
        rule = {
            "validate": "list",
            "source": _source(book, entry),
            "error_title": entry.heading,
            "error_message": "请从列表中选择"[:255],
        }
    if entry.help:
        rule |= {"input_title": entry.heading[:32], "input_message": entry.help[:255]}
    sheet.data_validation(1, place, _FILLED_LINES, place, rule)


def _source(book: Any, entry: Entry) -> Sequence[str] | str:
    if len(",".join(entry.choices)) <= _LONGEST_LIST:
        return list(entry.choices)
    lists = book.get_worksheet_by_name("选项") or book.add_worksheet("选项")
    lists.very_hidden() if hasattr(lists, "very_hidden") else lists.hide()
    column = getattr(lists, "next_column", 0)
    lists.next_column = column + 1
    for line, choice in enumerate(entry.choices):
        lists.write_string(line, column, choice)
    letter = xlsxwriter.utility.xl_col_to_name(column)
    return f"=选项!${letter}$1:${letter}${len(entry.choices)}"


def _write_guide(book: Any, guide: Guide, formats: dict[str, Any]) -> None:
    sheet = book.add_worksheet("填写说明")
    for column, width in enumerate((22, 10, 60, 30)):
        sheet.set_column(column, column, width)
    for column, text in enumerate(("列名", "是否必填", "怎样填写", "示例")):
        sheet.write_string(0, column, text, formats["bold"])
    line = 0
    for line, entry in enumerate(guide.entries, 1):
        choices = f"可选：{'、'.join(entry.choices)}。" if entry.choices else ""
        example = entry.example.isoformat() if isinstance(entry.example, date) else str(entry.example)
        for column, text in enumerate(
            (entry.heading, "必填" if entry.required else "选填", f"{entry.help}{choices}", example)
        ):
            sheet.write_string(line, column, text, formats["plain"])
    for offset, text in enumerate(("带“示例”的一行导入时跳过，可以删去。", *guide.rules), 2):
        sheet.write_string(line + offset, 0, text)
