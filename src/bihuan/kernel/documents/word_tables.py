"""Tables in Word: heading rows repeat on every page, rows stay whole, columns keep the widths of the PDF."""

from __future__ import annotations

from collections.abc import Callable

from bihuan.kernel.documents.model import Cell, Column, Run, Table
from bihuan.kernel.documents.outline import caption, cell_runs
from bihuan.kernel.documents.printable import printable
from bihuan.kernel.documents.table_grid import HeadCell, head_cells, relative_widths
from bihuan.kernel.documents.word_parts import KEPT, Bookmarks, paragraph, run_xml

TYPE_AREA_TWIPS = 8845
EDGE = 'w:val="single" w:sz="4" w:space="0" w:color="000000"'
BORDERS = "".join(f"<w:{side} {EDGE}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
MARGINS = (
    '<w:tblCellMar><w:top w:w="70" w:type="dxa"/><w:left w:w="60" w:type="dxa"/>'
    '<w:bottom w:w="70" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar>'
)
BEFORE = '<w:p><w:pPr><w:pStyle w:val="TableUnit"/><w:spacing w:line="120" w:lineRule="exact"/></w:pPr></w:p>'
AFTER = '<w:p><w:pPr><w:pStyle w:val="TableText"/><w:spacing w:line="200" w:lineRule="exact"/></w:pPr></w:p>'


def table_xml(table: Table, mark: str, render: Callable[[tuple[Run, ...]], str], bookmarks: Bookmarks) -> str:
    """Caption, unit, table and notes in order; ``render`` turns a cell's runs into XML."""
    widths = [round(share * TYPE_AREA_TWIPS) for share in relative_widths(table)]
    parts = []
    if table.caption:
        parts.append(paragraph("Caption", run_xml(printable(caption(mark, table.caption)))))
    if table.unit:
        parts.append(paragraph("TableUnit", run_xml(printable(table.unit))))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    properties = (
        f'<w:tblW w:w="{TYPE_AREA_TWIPS}" w:type="dxa"/><w:jc w:val="center"/>'
        f"<w:tblBorders>{BORDERS}</w:tblBorders>"
        f'<w:tblLayout w:type="fixed"/>{MARGINS}'
    )
    rows = _heading_rows(table, widths) + _body_rows(table, widths, render, bookmarks)
    parts.append(f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>")
    parts += [paragraph("TableNote", run_xml(printable(note))) for note in table.notes]
    return ("" if table.caption else BEFORE) + "".join(parts) + AFTER


def _heading_rows(table: Table, widths: list[int]) -> str:
    rows = head_cells(table)
    size = _size(table)
    if len(rows) == 1:
        return _row("".join(_head(cell, widths, size) for cell in rows[0]), heading=True)
    lower = {cell.column: cell for cell in rows[1]}
    second = []
    for index, width in enumerate(widths):
        if index in lower:
            second.append(_head(lower[index], widths, size))
        else:
            second.append(
                cell_xml(paragraph("TableHead", ""), width, '<w:vMerge/><w:vAlign w:val="center"/>')
            )
    return _row("".join(_head(cell, widths, size) for cell in rows[0]), heading=True) + _row(
        "".join(second), heading=True
    )


def _head(cell: HeadCell, widths: list[int], size: str) -> str:
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    merge = '<w:vMerge w:val="restart"/>' if cell.rows > 1 else ""
    width = sum(widths[cell.column : cell.column + cell.columns])
    content = paragraph("TableHead", run_xml(printable(cell.text), size))
    return cell_xml(content, width, f'{span}{merge}<w:vAlign w:val="center"/>')


def _body_rows(
    table: Table, widths: list[int], render: Callable[[tuple[Run, ...]], str], bookmarks: Bookmarks
) -> str:
    rows = []
    first_total = len(table.rows) - table.totals
    for index, row in enumerate(table.rows):
        style = "TableHead" if index >= first_total else "TableText"
        # A row that stays on the page of the next: totals never stand alone.
        kept = KEPT if table.totals and first_total - 1 <= index < len(table.rows) - 1 else ""
        cells = []
        for place, (cell, column, width) in enumerate(zip(row, table.columns, widths, strict=True)):
            content = _content(cell, table, render)
            if place == 0 and index < len(table.row_anchors):
                content = bookmarks.around(table.row_anchors[index], content)
            words = paragraph(style, content, kept + _align(column))
            cells.append(cell_xml(words, width, '<w:vAlign w:val="center"/>'))
        rows.append(_row("".join(cells)))
    return "".join(rows)


def _content(cell: Cell, table: Table, render: Callable[[tuple[Run, ...]], str]) -> str:
    size = _size(table)
    made = render(cell_runs(cell))
    return made.replace("<w:r><w:t", f"<w:r><w:rPr>{size}</w:rPr><w:t") if size else made


def _size(table: Table) -> str:
    half_points = round(table.size * 2)
    return "" if half_points == 24 else f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _align(column: Column) -> str:
    return f'<w:jc w:val="{column.align}"/>'


def cell_xml(content: str, width: int, properties: str) -> str:
    """A cell with what is in it."""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}</w:tcPr>{content}</w:tc>'


def _row(cells: str, heading: bool = False) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if heading else ''}</w:trPr>{cells}</w:tr>"
