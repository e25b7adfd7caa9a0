"""The weekly form as .xlsx and .docx, A4 across, in the layout offices fill in: title, unit, week, table, hands."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from bihuan.capabilities.dispatch.weekly.papers import Grid, Paper
from bihuan.kernel.workbooks.exporting import open_book

SONG, HEI, TITLE = "宋体", "黑体", "方正小标宋简体"
DEMO = "演示数据"
SHEET_WIDTH = 2.1
"""Millimetres of a character of Excel's column width."""


def to_docx(paper: Paper, *, demo: bool = False) -> bytes:
    """The paper as Word."""
    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(24)
    section.top_margin, section.bottom_margin = Mm(20), Mm(18)
    _face(document.styles["Normal"], SONG, 10.5)
    _line(document, paper.title + (f"（{DEMO}）" if demo else ""), TITLE, 18, WD_ALIGN_PARAGRAPH.CENTER)
    _line(document, "　　".join(paper.about), SONG, 11, WD_ALIGN_PARAGRAPH.LEFT)
    for number, grid in enumerate(paper.grids):
        if grid.caption:
            heading = _line(document, grid.caption, HEI, 11, WD_ALIGN_PARAGRAPH.CENTER)
            heading.paragraph_format.keep_with_next = True
            heading.paragraph_format.page_break_before = number > 0
        _table(document, grid)
    for note in paper.notes:
        _line(document, f"注：{note}", SONG, 9, WD_ALIGN_PARAGRAPH.LEFT)
    _line(document, "　　　　".join(paper.hands), SONG, 11, WD_ALIGN_PARAGRAPH.LEFT)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(foot, paper.foot, SONG, 8)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _face(style: Any, font: str, size: float) -> None:
    style.font.name, style.font.size = font, Pt(size)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), font)


def _line(document: Any, text: str, font: str, size: float, align: Any) -> Any:
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(4)
    _run(paragraph, text, font, size)
    return paragraph


def _run(paragraph: Any, text: str, font: str, size: float, *, bold: bool = False) -> None:
    run = paragraph.add_run(text)
    run.font.name, run.font.size, run.font.bold = font, Pt(size), bold
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)


def _table(document: Any, grid: Grid) -> None:
    table = document.add_table(rows=1, cols=len(grid.headings))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    size = 8.5 if len(grid.headings) > 8 else 10.5
    for cell, (heading, _) in zip(table.rows[0].cells, grid.headings, strict=True):
        _fill(cell, heading, HEI, size, centred=True)
    _repeat(table.rows[0])
    last = len(grid.rows) - grid.totals
    for number, row in enumerate(grid.rows):
        cells = table.add_row().cells
        for cell, value in zip(cells, row, strict=True):
            _fill(
                cell, _said(value), HEI if number >= last else SONG, size, centred=not isinstance(value, str)
            )
    for label, text in grid.texts:
        cells = table.add_row().cells
        _fill(cells[0], label, HEI, size)
        _fill(cells[1].merge(cells[-1]), text, SONG, size)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(row._tr.makeelement(qn("w:cantSplit"), {}))
        for cell, (_, width) in zip(row.cells, grid.headings, strict=True):
            if len(row._tr.tc_lst) == len(grid.headings):
                cell.width = Mm(width)


def _repeat(row: Any) -> None:
    """The heading stands on every page."""
    mark = row._tr.makeelement(qn("w:tblHeader"), {})
    row._tr.get_or_add_trPr().append(mark)


def _fill(cell: Any, text: str, font: str, size: float, *, centred: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, text, font, size)


def _said(value: Any) -> str:
    if value is None:
        return "—"
    return f"{value:,}" if isinstance(value, int | float) else str(value)


def to_xlsx(paper: Paper, *, demo: bool = False) -> bytes:
    """The paper as Excel: one sheet a table, numbers as numbers, set to print on A4 across."""
    target = BytesIO()
    book = open_book(target)
    forms = _formats(book)
    for number, grid in enumerate(paper.grids, 1):
        _sheet(book, forms, paper, grid, grid.caption or f"表{number}", demo)
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


def _sheet(book: Any, forms: dict[str, Any], paper: Paper, grid: Grid, name: str, demo: bool) -> None:
    sheet, last = book.add_worksheet(name[:31]), len(grid.headings) - 1
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    sheet.set_footer(f"&C{paper.foot}　第 &P 页，共 &N 页")
    for place, (_, width) in enumerate(grid.headings):
        sheet.set_column(place, place, max(6, width / SHEET_WIDTH))
    title = paper.title + (f"（{DEMO}）" if demo else "")
    sheet.merge_range(0, 0, 0, last, title, forms["title"])
    sheet.set_row(0, 30)
    about = "　　".join([*paper.about, grid.caption] if grid.caption else paper.about)
    sheet.merge_range(1, 0, 1, last, about, forms["about"])
    for place, (heading, _) in enumerate(grid.headings):
        sheet.write_string(2, place, heading, forms["head"])
    line = 3
    for number, row in enumerate(grid.rows):
        total = number >= len(grid.rows) - grid.totals
        for place, value in enumerate(row):
            _write(sheet, line, place, value, forms, total)
        line += 1
    for label, text in grid.texts:
        sheet.write_string(line, 0, label, forms["head"])
        sheet.merge_range(line, 1, line, last, text, forms["text"])
        sheet.set_row(line, 16 * max(1, -(-len(text) // 60) + text.count("\n")))
        line += 1
    for note in paper.notes:
        sheet.merge_range(line, 0, line, last, f"注：{note}", forms["foot"])
        sheet.set_row(line, 14 * max(1, -(-len(note) // 80)))
        line += 1
    sheet.merge_range(line, 0, line, last, "　　　　".join(paper.hands), forms["about"])


def _write(sheet: Any, line: int, place: int, value: Any, forms: dict[str, Any], total: bool) -> None:
    if isinstance(value, int | float):
        sheet.write_number(line, place, value, forms["total" if total else "number"])
    else:
        text = "—" if value is None else str(value)
        sheet.write_string(line, place, text, forms["total" if total else "text"])
