"""The Word face: the same document as a .docx that an office can go on editing.

Body and tables are written as WordprocessingML in one pass (cell by cell through python-docx is ten times
slower); python-docx keeps the package: parts, pictures, relations, footers.
"""

from __future__ import annotations

import math
from io import BytesIO
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from bihuan.kernel.clock import now
from bihuan.kernel.documents.model import (
    Chart,
    Document,
    FigureRef,
    Form,
    Heading,
    PageBreak,
    Paragraph,
    Remark,
    Run,
    SignatureBlock,
    SignPlaces,
    Table,
)
from bihuan.kernel.documents.numerals import chinese_date
from bihuan.kernel.documents.outline import (
    Marked,
    anchors,
    attachment_lines,
    caption,
    marked,
    printed_line,
    signature_indents,
    texts,
    width_in_chars,
)
from bihuan.kernel.documents.press import picture
from bihuan.kernel.documents.printable import printable
from bihuan.kernel.documents.typefaces import require_coverage
from bihuan.kernel.documents.word_feet import add_feet
from bihuan.kernel.documents.word_forms import form_xml, remark_xml, sign_xml
from bihuan.kernel.documents.word_parts import (
    HEI_RUN,
    KEPT,
    WPS,
    Bookmarks,
    at_page_bottom,
    inline_picture,
    paragraph,
    run_xml,
)
from bihuan.kernel.documents.word_styles import starting_file
from bihuan.kernel.documents.word_tables import table_xml


def _blank(properties: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="BodyText"/>{properties}</w:pPr></w:p>'


BLANK = _blank()
THIN_LINE = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
RED_HEAD_ROOM = 400
TYPE_AREA_MM = 156.0
CHAR_TWIPS = 316
COLOPHON_CHARS = 26
HAND_MM = 11


def to_docx(document: Document) -> bytes:
    """The document as .docx; a character that cannot be printed is refused here as in the PDF, so both say
    the same."""
    require_coverage(texts(document))
    return _Writer(document).written()


class _Writer:
    """One document on its way into one file."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.file: Any = docx.Document(BytesIO(starting_file(document.compact)))
        self.bookmarks = Bookmarks(anchors(document))
        self.pictures = 0

    def written(self) -> bytes:
        """All parts in the order of the paper."""
        body, appendix = marked(self.document)
        parts = [self._head(), self._title(), *map(self._block, body)]
        signature = self.document.signature
        if signature and body and isinstance(body[-1].block, Paragraph):
            parts[-1] = self._paragraph(body[-1].block, kept=True)
        parts.append(self._attachments(kept=signature is not None))
        if signature:
            parts.append(self._signature(signature))
        if appendix:
            parts += [_page_break(), *map(self._block, appendix)]
        parts.append(self._closing())
        namespaces = f'{nsdecls("w", "r", "wp", "a", "pic")} xmlns:wps="{WPS}"'
        made = parse_xml(f"<w:body {namespaces}>{''.join(parts)}</w:body>")
        section = self.file.element.body[-1]
        for child in list(made):
            section.addprevious(child)
        add_feet(self.file, self.document)
        self._properties()
        stream = BytesIO()
        self.file.save(stream)
        return stream.getvalue()

    def _head(self) -> str:
        document = self.document
        if not document.red_head:
            return ""
        text = printable(document.red_head)
        points = min(56, RED_HEAD_ROOM // max(1, len(text)))
        spread = f'<w:spacing w:val="{round(points * 1.2)}"/>'
        size = f'<w:sz w:val="{points * 2}"/><w:szCs w:val="{points * 2}"/>'
        mark = paragraph("RedHead", run_xml(text, spread + size))
        number = paragraph("DocumentNumber", run_xml(printable(document.number)), _red_line())
        if document.signer:
            tabs = '<w:tabs><w:tab w:val="right" w:pos="8500"/></w:tabs>'
            kai = '<w:rFonts w:ascii="楷体_GB2312" w:hAnsi="楷体_GB2312" w:eastAsia="楷体_GB2312"/>'
            content = run_xml(printable(document.number)) + "<w:r><w:tab/></w:r>" + run_xml("签发人：")
            content += run_xml(printable(document.signer), kai)
            number = paragraph(
                "DocumentNumber",
                content,
                _red_line() + tabs + '<w:ind w:leftChars="100" w:left="316"/><w:jc w:val="left"/>',
            )
        return mark + BLANK * 2 + number + BLANK * 2

    def _title(self) -> str:
        document = self.document
        parts = [paragraph("Title", run_xml(printable(document.title)))]
        if document.subtitle:
            parts.append(paragraph("Subtitle", run_xml(printable(document.subtitle))))
        if document.number and not document.red_head:
            parts.append(paragraph("DocumentNumber", run_xml(printable(document.number))))
        parts.append(BLANK)
        if document.recipients:
            names = "、".join(map(printable, document.recipients))
            parts.append(paragraph("Recipients", run_xml(f"{names}：")))
        return "".join(parts)

    def _block(self, item: Marked) -> str:
        block = item.block
        match block:
            case Heading():
                return paragraph(f"Heading{block.level}", run_xml(printable(item.mark + block.text)))
            case Paragraph():
                return self._paragraph(block)
            case Table():
                return table_xml(block, item.mark, self._runs, self.bookmarks)
            case Chart():
                return self._chart(block, item.mark)
            case SignatureBlock():
                return self._signature(block)
            case Form():
                return form_xml(block)
            case SignPlaces():
                return "".join(sign_xml(line, self._hand(line.picture)) for line in block.lines)
            case Remark():
                return remark_xml(block.text)
            case PageBreak():
                return _page_break()

    def _paragraph(self, block: Paragraph, *, kept: bool = False) -> str:
        """``kept`` with what follows: the signature never stands on a page without text (GB/T 9704-2012)."""
        properties = (
            "" if block.indent and block.align == "left" else '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
        )
        if block.align != "left":
            properties += f'<w:jc w:val="{block.align}"/>'
        return paragraph("BodyText", self._runs(block.runs), (KEPT if kept else "") + properties)

    def _runs(self, content: tuple[Run, ...]) -> str:
        return "".join(map(self._run, content))

    def _run(self, run: Run) -> str:
        if not isinstance(run, FigureRef):
            return run_xml(printable(run.text), HEI_RUN if run.strong else "")
        inner = run_xml(printable(run.text))
        if run.anchor in self.bookmarks.targets:
            name = self.bookmarks.name(run.anchor)
            return f'<w:hyperlink w:anchor="{name}" w:history="1">{inner}</w:hyperlink>'
        if run.uri.startswith(("https://", "http://")):
            relation = self.file.part.relate_to(run.uri, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            return f'<w:hyperlink r:id="{relation}" w:history="1">{inner}</w:hyperlink>'
        return self.bookmarks.around(run.anchor, inner)

    def _chart(self, chart: Chart, mark: str) -> str:
        relation, image = self.file.part.get_or_add_image(BytesIO(picture(chart.svg)))
        self.pictures += 1
        width = round(TYPE_AREA_MM * chart.width * 36000)
        height = round(width * image.px_height / image.px_width)
        drawing = inline_picture(
            relation, self.pictures, width, height, printable(chart.alt or chart.caption)
        )
        parts = [paragraph("Picture", drawing, "" if chart.caption else '<w:keepNext w:val="0"/>')]
        if chart.caption:
            text = printable(caption(mark, chart.caption))
            parts.append(paragraph("Caption", run_xml(text), "" if chart.note else '<w:keepNext w:val="0"/>'))
        if chart.note:
            parts.append(paragraph("TableNote", run_xml(printable(chart.note)), '<w:jc w:val="center"/>'))
        return "".join(parts)

    def _hand(self, svg: str) -> str:
        """A drawn signature in the line, eleven millimetres high."""
        if not svg:
            return ""
        relation, image = self.file.part.get_or_add_image(BytesIO(picture(svg)))
        self.pictures += 1
        height = HAND_MM * 36000
        return inline_picture(
            relation, self.pictures, round(height * image.px_width / image.px_height), height, "手写签名"
        )

    def _attachments(self, *, kept: bool) -> str:
        lines = attachment_lines(self.document)
        if not lines:
            return ""
        keep = KEPT if kept else ""
        return _blank(keep) + "".join(
            paragraph("Attachments", run_xml(printable(line)), keep) for line in lines
        )

    def _signature(self, block: SignatureBlock) -> str:
        organ_right, date_right = signature_indents(block)
        organ = paragraph("Signature", run_xml(printable(block.organ)), KEPT + _right(organ_right))
        mark = (
            paragraph("TableUnit", run_xml(printable(block.mark)), KEPT + _right(date_right))
            if block.mark
            else ""
        )
        return (
            _blank(KEPT) * (1 if self.document.compact else 2)
            + mark
            + organ
            + paragraph("Signature", run_xml(chinese_date(block.on)), _right(date_right))
        )

    def _closing(self) -> str:
        record = self.document.copy_to
        if record is None:
            return ""
        printer, day = printed_line(self.document)
        rows: list[tuple[str, str, int]] = []
        if record.recipients:
            copied = f"　抄送：{'、'.join(map(printable, record.recipients))}。"
            lines = math.ceil(width_in_chars(copied) / COLOPHON_CHARS)
            rows.append((run_xml(copied), '<w:ind w:left="1120" w:hanging="1120"/>', lines))
        if printer or day:
            tabs = '<w:tabs><w:tab w:val="right" w:pos="8560"/></w:tabs>'
            content = run_xml(f"　{printable(printer)}") + "<w:r><w:tab/></w:r>" + run_xml(day)
            rows.append((content, tabs, 1))
        return at_page_bottom(rows)

    def _properties(self) -> None:
        properties = self.file.core_properties
        properties.title = printable(self.document.title).replace("\n", "")[:255]
        properties.author = printable(self.document.issuer)[:255]
        properties.identifier = printable(self.document.serial)[:255]
        properties.comments = "演示文件，不具效力" if self.document.demo else ""
        properties.language = "zh-CN"
        properties.last_modified_by = ""
        properties.created = properties.modified = now().replace(tzinfo=None)


def _red_line() -> str:
    border = '<w:bottom w:val="single" w:sz="16" w:space="11" w:color="D7000F"/>'
    return f"<w:pBdr>{border}</w:pBdr>"


def _right(chars: float) -> str:
    return f'<w:ind w:rightChars="{round(chars * 100)}" w:right="{round(chars * CHAR_TWIPS)}"/>'


def _page_break() -> str:
    return paragraph("BodyText", '<w:r><w:br w:type="page"/></w:r>', THIN_LINE)
