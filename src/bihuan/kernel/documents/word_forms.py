"""Ruled forms, places to sign and the closing remark in Word."""

from __future__ import annotations

from bihuan.kernel.documents.model import Form, FormCell, SignLine
from bihuan.kernel.documents.printable import printable
from bihuan.kernel.documents.word_parts import paragraph, run_xml
from bihuan.kernel.documents.word_tables import AFTER, BEFORE, BORDERS, MARGINS, TYPE_AREA_TWIPS, cell_xml

LINE_TWIPS = 330
UNDERLINED = '<w:u w:val="single"/>'
SMALL = '<w:sz w:val="28"/><w:szCs w:val="28"/>'
FLUSH = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
BLANK_CHARS = 11


def form_xml(form: Form) -> str:
    """The form; a box keeps at least its lines and grows with what is written in it."""
    total = sum(form.widths)
    widths = [round(width / total * TYPE_AREA_TWIPS) for width in form.widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    properties = (
        f'<w:tblW w:w="{TYPE_AREA_TWIPS}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/>{MARGINS}'
    )
    rows = "".join(_row(row, widths) for row in form.rows)
    return f"{BEFORE}<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>{AFTER}"


def _row(row: tuple[FormCell, ...], widths: list[int]) -> str:
    lines = max(cell.lines + (1 if cell.foot else 0) for cell in row)
    cells, place = [], 0
    for cell in row:
        width = sum(widths[place : place + cell.columns])
        place += cell.columns
        cells.append(cell_xml(_content(cell), width, _properties(cell)))
    height = f'<w:trHeight w:val="{lines * LINE_TWIPS + 140}" w:hRule="atLeast"/>'
    return f"<w:tr><w:trPr>{height}</w:trPr>{''.join(cells)}</w:tr>"


def _properties(cell: FormCell) -> str:
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    return f'{span}<w:vAlign w:val="center"/>'


def _content(cell: FormCell) -> str:
    style = "TableHead" if cell.label else "TableText"
    align = '<w:keepNext w:val="0"/>' if cell.label else f'<w:jc w:val="{cell.align}"/>'
    made = paragraph(style, run_xml(printable(cell.text)), align)
    if cell.foot:
        made += paragraph(
            "TableText", run_xml(printable(cell.foot)), '<w:spacing w:before="120"/><w:jc w:val="right"/>'
        )
    return made


def sign_xml(line: SignLine, picture: str) -> str:
    """One place to sign: label, the hand or an underlined blank, what follows."""
    blank = "　" * max(1, BLANK_CHARS - len(line.name) - len(line.label) // 2)
    hand = picture or run_xml(f" {printable(line.name)}{blank}", UNDERLINED + SMALL)
    note = printable(line.note) or "　　年　　月　　日"
    content = run_xml(f"{printable(line.label)}（签名）：", SMALL) + hand + run_xml(f"　{note}", SMALL)
    spacing = '<w:spacing w:before="100" w:after="100" w:line="240" w:lineRule="auto"/>' if picture else ""
    return paragraph("BodyText", content, spacing + FLUSH)


def remark_xml(text: str) -> str:
    """The remark below a thin rule."""
    border = '<w:pBdr><w:top w:val="single" w:sz="4" w:space="6" w:color="000000"/></w:pBdr>'
    return paragraph("TableNote", run_xml(printable(text)), f'{border}<w:spacing w:before="400"/>')
