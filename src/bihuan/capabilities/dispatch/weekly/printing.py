"""The weekly form as .docx, A4 across, in the layout offices fill in: title, unit, week, table, hands."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from bihuan.capabilities.dispatch.weekly.papers import Grid, Paper, groups, said

SONG, HEI, TITLE = "宋体", "黑体", "方正小标宋简体"
DEMO = "演示数据"
WIDE = 8
"""From so many columns on a table is set small."""


def to_docx(paper: Paper, *, demo: bool = False) -> bytes:
    """The paper as Word."""
    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(24)
    section.top_margin, section.bottom_margin = Mm(20), Mm(18)
    _face(document.styles["Normal"], SONG, 10.5)
    _line(document, paper.title + (f"（{DEMO}）" if demo else ""), TITLE, 18, centred=True)
    _line(document, "　　".join(paper.about), SONG, 11)
    for number, grid in enumerate(paper.grids):
        if grid.caption:
            heading = _line(document, grid.caption, HEI, 11, centred=True)
            heading.paragraph_format.keep_with_next = True
            heading.paragraph_format.page_break_before = number > 0
        _Table(document, grid).set()
    _line(document, "", SONG, 4)
    for note in paper.notes:
        _line(document, f"注：{note}", SONG, 9)
    _line(document, "　　　　".join(paper.hands), SONG, 11)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(foot, paper.foot, SONG, 8)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _face(style: Any, font: str, size: float) -> None:
    style.font.name, style.font.size = font, Pt(size)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), font)


def _line(document: Any, text: str, font: str, size: float, *, centred: bool = False) -> Any:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
    paragraph.paragraph_format.space_after = Pt(4)
    _run(paragraph, text, font, size)
    return paragraph


def _run(paragraph: Any, text: str, font: str, size: float) -> None:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, Pt(size)
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)


class _Table:
    """One grid as a table."""

    def __init__(self, document: Any, grid: Grid) -> None:
        self.grid = grid
        self.grouped = any(head.group for head in grid.headings)
        self.size = 8.5 if len(grid.headings) > WIDE else 10.5
        self.table = document.add_table(rows=2 if self.grouped else 1, cols=len(grid.headings))

    def set(self) -> None:
        table = self.table
        table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
        for column, head in zip(table.columns, self.grid.headings, strict=True):
            column.width = Mm(head.width)
        self._heads()
        self._rows()
        for label, text in self.grid.texts:
            cells = table.add_row().cells
            self._fill(cells[0], label, HEI)
            self._fill(cells[1].merge(cells[-1]), text, SONG)
        for row in table.rows:
            row.height = Mm(6.5)
            _mark(row, "w:cantSplit")

    def _heads(self) -> None:
        """One row of headings, or two where neighbours share one; they stand on every page."""
        rows = list(self.table.rows)
        top, low = rows[0].cells, rows[-1].cells
        for place, head in enumerate(self.grid.headings):
            alone = self.grouped and not head.group
            self._fill(top[place].merge(low[place]) if alone else low[place], head.text, HEI, centred=True)
        for first, last, group in groups(self.grid):
            self._fill(top[first].merge(top[last]), group, HEI, centred=True)
        for row in rows:
            _mark(row, "w:tblHeader")

    def _rows(self) -> None:
        """An empty first cell belongs to the one above it; totals are set in 黑体."""
        totals = len(self.grid.rows) - self.grid.totals
        above = None
        for number, row in enumerate(self.grid.rows):
            total = number >= totals
            cells = self.table.add_row().cells
            carried = above is not None and row[0] == "" and not total
            for cell, value in list(zip(cells, row, strict=True))[1 if carried else 0 :]:
                centred = total or not isinstance(value, str)
                self._fill(cell, said(value), HEI if total else SONG, centred=centred)
            above = above.merge(cells[0]) if carried and above is not None else cells[0]

    def _fill(self, cell: Any, text: str, font: str, *, centred: bool = False) -> None:
        for spare in cell.paragraphs[1:]:
            spare._element.getparent().remove(spare._element)
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(paragraph, text, font, self.size)


def _mark(row: Any, tag: str) -> None:
    marks: Sequence[Any] = [row._tr.makeelement(qn(tag), {})]
    row._tr.get_or_add_trPr().extend(marks)
