"""What every face of a document must agree on: the marks of headings, tables and charts, and where the
signature stands.

Computed here once, so that page, Word and PDF cannot number differently.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bihuan.kernel.documents.model import (
    Block,
    Cell,
    Chart,
    Document,
    FigureRef,
    Form,
    FormCell,
    Heading,
    Paragraph,
    Remark,
    Run,
    SignatureBlock,
    SignPlaces,
    Table,
    Text,
)
from bihuan.kernel.documents.numerals import chinese_date, heading_number

DEMO_MARK = "演示文件　不具效力"
BODY_CHARS = 28
SEALED_DATE_RIGHT = 4.0
UNSEALED_RIGHT = 2.0
SIGN_BLANK = "　" * 5


@dataclass(frozen=True, slots=True)
class Marked:
    """A block with its mark: 一、 for a heading, 表1 or 图2 for a captioned one, else empty."""

    block: Block
    mark: str = ""


def marked(document: Document) -> tuple[tuple[Marked, ...], tuple[Marked, ...]]:
    """Body and appendix in order; headings begin anew in the appendix, tables and charts count on."""
    captions = {"表": 0, "图": 0}
    return _marked(document.blocks, captions), _marked(document.appendix, captions)


def _marked(blocks: Iterable[Block], captions: dict[str, int]) -> tuple[Marked, ...]:
    counts = [0, 0, 0, 0]
    result = []
    for block in blocks:
        mark = ""
        if isinstance(block, Heading) and block.numbered:
            counts[block.level - 1] += 1
            counts[block.level :] = [0] * (4 - block.level)
            mark = heading_number(block.level, counts[block.level - 1])
        elif isinstance(block, Table | Chart) and block.numbered and block.caption:
            kind = "表" if isinstance(block, Table) else "图"
            captions[kind] += 1
            mark = f"{kind}{captions[kind]}"
        result.append(Marked(block, mark))
    return tuple(result)


def caption(mark: str, text: str) -> str:
    """表1　各行业隐患排查整改情况."""
    return f"{mark}　{text}" if mark else text


def cell_runs(cell: Cell) -> tuple[Run, ...]:
    """A cell's content as runs, whichever way it was written."""
    if isinstance(cell, str):
        return (Text(cell),)
    return cell if isinstance(cell, tuple) else (cell,)


def plain(cell: Cell) -> str:
    """A cell's text without its links."""
    return "".join(run.text for run in cell_runs(cell))


def anchors(document: Document) -> frozenset[str]:
    """Anchors that some table row of this document answers to (a figure may jump there)."""
    blocks = (*document.blocks, *document.appendix)
    return frozenset(
        name for block in blocks if isinstance(block, Table) for name in block.row_anchors if name
    )


def attachment_lines(document: Document) -> tuple[str, ...]:
    """附件：1. … lines: a single attachment bears no number, names carry no punctuation (GB/T 9704-2012,
    7.3.4)."""
    if len(document.attachments) == 1:
        return (f"附件：{document.attachments[0]}",)
    return tuple(
        f"{'附件：' if number == 1 else '　　　'}{number}. {name}"
        for number, name in enumerate(document.attachments, 1)
    )


def printed_line(document: Document) -> tuple[str, str]:
    """The closing record's printer and its date (… 2023年7月3日印发)."""
    record = document.copy_to
    if record is None:
        return "", ""
    return record.printer, f"{chinese_date(record.printed_on)}印发" if record.printed_on else ""


def page_sign_line(document: Document) -> str:
    """被询问人：____　询问人：____ at the foot of every page of a record; the blanks are full-width."""
    return "　".join(f"{label}：{SIGN_BLANK}" for label in document.page_signers)


def foot_line(document: Document) -> str:
    """What identifies a generated paper at its foot, before the page count."""
    parts = [
        f"编号 {document.serial}" if document.serial else "",
        f"摘要 {document.digest}" if document.digest else "",
    ]
    return "　".join(part for part in parts if part)


def width_in_chars(text: str) -> float:
    """Width in Chinese characters: full-width 1, others 0.5."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5 for char in text)


def form_blank_lines(cell: FormCell, width: float) -> int:
    """How many empty lines a box still needs; ``width`` is its room in characters."""
    used = sum(
        max(1, -int(-width_in_chars(line) // max(1.0, width))) for line in cell.text.split("\n") if cell.text
    )
    return max(0, cell.lines - used)


def signature_indents(block: SignatureBlock) -> tuple[float, float]:
    """Characters left free on the right of organ and date (GB/T 9704-2012, 7.3.5).

    Sealed: the date four characters in, the organ centred over it. Unsealed: the organ two characters in, the
    date's first character two to the right of the organ's first; when the date would not fit so, the date
    stands two in.
    """
    organ, day = width_in_chars(block.organ), width_in_chars(chinese_date(block.on))
    if block.sealed:
        date_right = SEALED_DATE_RIGHT
        organ_right = date_right + (day - organ) / 2
        shift = max(0.0, -organ_right)
        return min(organ_right + shift, BODY_CHARS - organ), date_right + shift
    date_right = UNSEALED_RIGHT + organ - 2 - day
    if date_right < UNSEALED_RIGHT:
        return day + 2 + UNSEALED_RIGHT - organ, UNSEALED_RIGHT
    return UNSEALED_RIGHT, date_right


def texts(document: Document) -> Iterator[tuple[str, str]]:
    """Every printed text with the place it stands in, for the check that fonts cover it."""
    yield from (
        ("标题", document.title), ("副标题", document.subtitle), ("发文机关标志", document.red_head),
        ("发文字号", document.number), ("签发人", document.signer), ("发文机关", document.issuer),
        ("编号", document.serial), ("摘要", document.digest), ("主送机关", "、".join(document.recipients)),
        ("附件", "".join(document.attachments)), ("逐页签名", "".join(document.page_signers)),
    )  # fmt: skip
    if document.signature:
        yield "署名", document.signature.organ
    if document.copy_to:
        yield "版记", "".join(document.copy_to.recipients) + document.copy_to.printer
    for group in marked(document):
        for item in group:
            yield from _block_texts(item)


def _block_texts(item: Marked) -> Iterator[tuple[str, str]]:
    block = item.block
    match block:
        case Heading():
            yield f"标题“{block.text}”", item.mark + block.text
        case Paragraph():
            yield "正文", "".join(run.text for run in block.runs)
        case SignatureBlock():
            yield "署名", block.organ + block.mark
        case Form():
            yield "表单", "".join(cell.text + cell.foot for row in block.rows for cell in row)
        case SignPlaces():
            yield "签名处", "".join(line.label + line.name + line.note for line in block.lines)
        case Remark():
            yield "附记", block.text
        case Chart():
            place = item.mark or "图"
            yield place, block.caption + block.note + block.svg
        case Table():
            place = item.mark or "表格"
            heads = "".join(column.heading + column.group for column in block.columns)
            yield f"{place}表头", block.caption + block.unit + heads + "".join(block.notes)
            for number, row in enumerate(block.rows, 1):
                yield f"{place}第{number}行", "".join(map(plain, row))


def figure_refs(document: Document) -> Iterator[FigureRef]:
    """Every figure the document cites, in reading order."""
    for block in (*document.blocks, *document.appendix):
        if isinstance(block, Paragraph):
            yield from (run for run in block.runs if isinstance(run, FigureRef))
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    yield from (run for run in cell_runs(cell) if isinstance(run, FigureRef))
