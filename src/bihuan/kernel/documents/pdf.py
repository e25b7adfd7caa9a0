"""The PDF face: the model as data for the Typst template, nothing else.

Fonts are embedded (subset), the text can be searched and copied, headings form the outline, and the file says
nothing about the machine that made it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bihuan.kernel.documents.model import (
    Cell,
    Chart,
    Document,
    FigureRef,
    Form,
    FormCell,
    Heading,
    PageBreak,
    Paragraph,
    Remark,
    Run,
    SignatureBlock,
    SignPlaces,
    Table,
    Text,
)
from bihuan.kernel.documents.numerals import chinese_date
from bihuan.kernel.documents.outline import (
    DEMO_MARK,
    Marked,
    anchors,
    attachment_lines,
    caption,
    cell_runs,
    foot_line,
    form_blank_lines,
    marked,
    plain,
    printed_line,
    signature_indents,
    texts,
    width_in_chars,
)
from bihuan.kernel.documents.press import compiled
from bihuan.kernel.documents.printable import printable
from bihuan.kernel.documents.table_grid import (
    TYPE_AREA_PT,
    HeadCell,
    head_cells,
    relative_widths,
    widest_word,
)
from bihuan.kernel.documents.typefaces import require_coverage, typefaces

UNBROKEN_LINES = 12


def to_pdf(document: Document) -> bytes:
    """Set the document; raises Refused ``document.uncovered_character`` before setting anything it cannot
    print."""
    require_coverage(texts(document))
    return compiled("official.typ", data_of(document), "pdf")


def data_of(document: Document) -> dict[str, Any]:
    """The document as plain data for the template."""
    body, appendix = marked(document)
    targets = anchors(document)
    return {
        "fonts": {role: list(chain) for role, chain in typefaces().chains.items()},
        "title": printable(document.title), "subtitle": printable(document.subtitle),
        "issuer": printable(document.issuer), "red-head": printable(document.red_head),
        "number": printable(document.number), "signer": printable(document.signer),
        "recipients": f"{'、'.join(map(printable, document.recipients))}：" if document.recipients else "",
        "blocks": blocks_of(body, targets), "appendix": blocks_of(appendix, targets),
        "attachments": [printable(line) for line in attachment_lines(document)],
        "signature": signature_of(document.signature) if document.signature else None,
        "copy-to": closing_of(document), "foot": printable(foot_line(document)),
        "demo": DEMO_MARK if document.demo else "",
        "compact": document.compact, "bound": False, "numbered": True, "part": None,
        "page-signers": [printable(label) for label in document.page_signers],
    }  # fmt: skip


def blocks_of(items: Iterable[Marked], targets: frozenset[str]) -> list[dict[str, Any]]:
    """Blocks in order; a row answers to an anchor once, at its first place."""
    placed: set[str] = set()
    return [block_of(item, targets, placed) for item in items]


def block_of(item: Marked, targets: frozenset[str], placed: set[str]) -> dict[str, Any]:
    """One block as data; ``type`` chooses the template's maker."""
    block = item.block
    match block:
        case Heading():
            return {"type": "heading", "level": block.level, "text": printable(item.mark + block.text)}
        case Paragraph():
            content = [run_of(run, targets) for run in block.runs]
            return {"type": "paragraph", "runs": content, "indent": block.indent, "align": block.align}
        case Table():
            return table_of(block, item.mark, targets, placed)
        case Chart():
            words = {
                "caption": caption(item.mark, block.caption),
                "note": block.note,
                "alt": block.alt or block.caption,
            }
            return {"type": "chart", "svg": block.svg, "width": block.width} | {
                key: printable(text) for key, text in words.items()
            }
        case SignatureBlock():
            return {"type": "signature", **signature_of(block)}
        case Form():
            return form_of(block)
        case SignPlaces():
            lines = [
                {"label": printable(line.label), "name": printable(line.name), "note": printable(line.note),
                 "picture": line.picture}
                for line in block.lines
            ]  # fmt: skip
            return {"type": "sign-places", "lines": lines}
        case Remark():
            return {"type": "remark", "text": printable(block.text)}
        case PageBreak():
            return {"type": "new-page"}


def run_of(run: Run, targets: frozenset[str]) -> dict[str, Any]:
    """A run; a figure becomes a link when the paper has somewhere to go: its row here, or an http address."""
    match run:
        case Text():
            return {"text": printable(run.text), "strong": run.strong}
        case FigureRef():
            entry: dict[str, Any] = {"text": printable(run.text)}
            if run.anchor in targets:
                return entry | {"to": run.anchor}
            return entry | ({"uri": run.uri} if run.uri.startswith(("https://", "http://")) else {})


def table_of(table: Table, mark: str, targets: frozenset[str], placed: set[str]) -> dict[str, Any]:
    """A table with its heading cells laid out and each row told whether it may break over pages."""
    widths = relative_widths(table)
    room = [share * TYPE_AREA_PT / table.size - 1 for share in widths]
    tied = _tied(table, room)
    cells: list[dict[str, Any]] = []
    for index, row in enumerate(table.rows):
        kind = {
            "strong": index >= len(table.rows) - table.totals,
            "breakable": lines_of(row, room) > UNBROKEN_LINES,
        }
        made: list[dict[str, Any]] = [
            {"runs": cell_data(cell, space, targets), "align": column.align} | kind
            for cell, space, column in zip(row, room, table.columns, strict=True)
        ]
        if tied and index <= tied[0]:
            made.append({"tie": tied[1] if index == tied[0] else 1})
        anchor = table.row_anchors[index] if index < len(table.row_anchors) else ""
        if anchor and anchor not in placed:
            placed.add(anchor)
            made[0]["anchor"] = anchor
        cells.extend(made)
    heading = head_cells(table)
    head = [[head_data(cell) for cell in row] for row in heading]
    if tied:
        head[0].append({"tie": len(heading)})
        widths = (*widths, 0)
    words = {"caption": caption(mark, table.caption), "unit": table.unit}
    return {"type": "table", "widths": list(widths), "size": table.size, "head": [cell for row in head for cell in row], "cells": cells} | {
        key: printable(text) for key, text in words.items()
    } | {"notes": [printable(note) for note in table.notes]}  # fmt: skip


def _tied(table: Table, room: list[float]) -> tuple[int, int] | None:
    """The last row before the totals and how many rows are bound from there on: no page begins with a bare 合计.

    Typst keeps the rows of a cell that may not break together; a column of no width holds that cell.
    """
    at = len(table.rows) - table.totals - 1
    if not table.totals or at < 0 or any(lines_of(row, room) > UNBROKEN_LINES for row in table.rows[at:]):
        return None
    return at, table.totals + 1


def lines_of(row: tuple[Cell, ...], room: list[float]) -> float:
    """About how many lines the tallest cell takes; only very tall rows may break over pages."""
    return max(width_in_chars(plain(cell)) / max(1.0, space) for cell, space in zip(row, room, strict=True))


def head_data(cell: HeadCell) -> dict[str, Any]:
    """A heading cell with what it spans."""
    content = [{"text": printable(cell.text)}]
    return {"strong": True, "runs": content, "colspan": cell.columns, "rowspan": cell.rows}


def cell_data(cell: Cell, room: float, targets: frozenset[str]) -> list[dict[str, Any]]:
    """A cell's runs; words wider than the column may break anywhere, so that nothing runs out of its cell."""
    entries = [run_of(run, targets) for run in cell_runs(cell)]
    if widest_word(plain(cell)) > room:
        for entry in entries:
            entry["text"] = "\u200b".join(entry["text"])
    return entries


FORM_SIZE = 12.0


def form_of(form: Form) -> dict[str, Any]:
    """A ruled form; every box is told how many empty lines it still needs."""
    cells = []
    total = sum(form.widths)
    for row in form.rows:
        place = 0
        for cell in row:
            share = sum(form.widths[place : place + cell.columns]) / total
            place += cell.columns
            room = share * TYPE_AREA_PT / FORM_SIZE - 1
            cells.append(form_cell(cell, room))
    return {"type": "form", "widths": list(form.widths), "cells": cells}


def form_cell(cell: FormCell, room: float) -> dict[str, Any]:
    """One box of a form."""
    text = "\u200b".join(cell.text) if widest_word(cell.text) > room else cell.text
    lines = width_in_chars(cell.text) / max(1.0, room) + cell.text.count("\n")
    return {
        "breakable": lines > UNBROKEN_LINES,
        "text": printable(text) if text == cell.text else text, "columns": cell.columns, "label": cell.label,
        "blank": form_blank_lines(cell, room), "foot": printable(cell.foot), "align": cell.align,
    }  # fmt: skip


def signature_of(block: SignatureBlock) -> dict[str, Any]:
    """Organ and date with the room left on their right, in characters."""
    organ_right, date_right = signature_indents(block)
    words = {"organ": printable(block.organ), "date": chinese_date(block.on), "mark": printable(block.mark)}
    return {**words, "organ-right": organ_right, "date-right": date_right}


def closing_of(document: Document) -> Mapping[str, str] | None:
    """The closing record (版记), or nothing."""
    if document.copy_to is None:
        return None
    printer, day = printed_line(document)
    recipients = "、".join(document.copy_to.recipients)
    return {
        "recipients": printable(f"抄送：{recipients}。") if recipients else "",
        "printer": printable(printer),
        "date": day,
    }
