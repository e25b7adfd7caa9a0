"""The weekly form as .xlsx: one sheet a table, numbers as numbers, set to print on A4 across."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from bihuan.capabilities.dispatch.weekly.papers import Grid, Paper, groups
from bihuan.capabilities.dispatch.weekly.printing import DEMO, SONG
from bihuan.kernel.workbooks.exporting import open_book

CHARACTER = 2.1
"""Millimetres of a character of Excel's column width."""
A4 = 9
HEADS_FROM = 2


def to_xlsx(paper: Paper, *, demo: bool = False) -> bytes:
    """The paper as Excel."""
    target = BytesIO()
    book = open_book(target, streamed=False)
    forms = _formats(book)
    for number, grid in enumerate(paper.grids, 1):
        _Sheet(book.add_worksheet((grid.caption or f"表{number}")[:31]), forms, paper, grid).write(demo)
    book.set_properties({"title": paper.title, "comments": paper.foot})
    book.close()
    return target.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    base = {"font_name": SONG, "font_size": 10.5, "valign": "vcenter", "text_wrap": True}
    boxed = {**base, "border": 1}
    return {
        "title": book.add_format({**base, "font_size": 18, "bold": True, "align": "center"}),
        "about": book.add_format({**base, "align": "left"}),
        "head": book.add_format({**boxed, "bold": True, "align": "center", "bg_color": "#E8EEF7"}),
        "text": book.add_format({**boxed, "num_format": "@"}),
        "number": book.add_format({**boxed, "align": "center"}),
        "total": book.add_format({**boxed, "bold": True, "align": "center"}),
        "foot": book.add_format({**base, "font_size": 9, "font_color": "#666666"}),
    }


class _Sheet:
    """One grid on a sheet, line by line."""

    def __init__(self, sheet: Any, forms: dict[str, Any], paper: Paper, grid: Grid) -> None:
        self.sheet, self.forms, self.paper, self.grid = sheet, forms, paper, grid
        self.last = len(grid.headings) - 1
        self.line = 0

    def write(self, demo: bool) -> None:
        self._page()
        self._across(self.paper.title + (f"（{DEMO}）" if demo else ""), "title", 30)
        about = [*self.paper.about, self.grid.caption] if self.grid.caption else self.paper.about
        self._across("　　".join(about), "about", 20)
        self._heads()
        self.sheet.repeat_rows(HEADS_FROM, self.line - 1)
        self._rows()
        for label, text in self.grid.texts:
            self.sheet.write_string(self.line, 0, label, self.forms["head"])
            self._merge(self.line, 1, self.line, self.last, text, "text")
            self.sheet.set_row(self.line, 16 * max(1, -(-len(text) // 60) + text.count("\n")))
            self.line += 1
        for note in self.paper.notes:
            self._across(f"注：{note}", "foot", 14 * max(1, -(-len(note) // 80)))
        self._across("　　　　".join(self.paper.hands), "about", 24)

    def _page(self) -> None:
        sheet = self.sheet
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&C{self.paper.foot}　第 &P 页，共 &N 页")
        for place, head in enumerate(self.grid.headings):
            sheet.set_column(place, place, max(6, head.width / CHARACTER))

    def _across(self, text: str, form: str, height: float) -> None:
        self._merge(self.line, 0, self.line, self.last, text, form)
        self.sheet.set_row(self.line, height)
        self.line += 1

    def _heads(self) -> None:
        """One row of headings, or two where neighbours share one."""
        grouped = any(head.group for head in self.grid.headings)
        low = self.line + (1 if grouped else 0)
        for place, head in enumerate(self.grid.headings):
            top = low if head.group else self.line
            self._merge(top, place, low, place, head.text, "head")
        for first, last, group in groups(self.grid):
            self._merge(self.line, first, self.line, last, group, "head")
        if grouped:
            self.sheet.set_row(low, 58)
        self.line = low + 1

    def _rows(self) -> None:
        totals = len(self.grid.rows) - self.grid.totals
        for number, row in enumerate(self.grid.rows):
            for place, value in enumerate(row):
                self._cell(place, value, total=number >= totals)
            self.line += 1

    def _cell(self, place: int, value: Any, *, total: bool) -> None:
        if isinstance(value, int | float):
            self.sheet.write_number(self.line, place, value, self.forms["total" if total else "number"])
        else:
            text = "—" if value is None else str(value)
            self.sheet.write_string(self.line, place, text, self.forms["total" if total else "text"])

    def _merge(self, top: int, left: int, low: int, right: int, text: str, form: str) -> None:
        if (top, left) == (low, right):
            self.sheet.write_string(top, left, text, self.forms[form])
        else:
            self.sheet.merge_range(top, left, low, right, text, self.forms[form])
