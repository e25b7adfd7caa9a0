"""The Word file every document starts from: page, styles and fonts of GB/T 9704-2012, built once per process.

Styles are real (Heading 1–4, Title, …), so Word, WPS and LibreOffice show an outline and a clerk can restyle
the paper in one place. Fonts are named as offices name them, with eastAsia attributes; the program that opens
the file puts in what the machine has.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from bihuan.kernel.documents.word_parts import KEPT

FANGSONG, HEI, KAI, TITLE, SONG = "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体", "宋体"
LINE_PITCH = 579
CHAR_SPACING = -5
INDENT_TWO = 'w:firstLineChars="200" w:firstLine="640"'


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: ``size`` in half points, ``ppr`` its own paragraph properties as
    WordprocessingML."""

    id: str
    name: str
    font: str
    size: int
    ppr: str
    rpr: str = ""
    outline: int | None = None


def spaced(line: int, rule: str = "exact", before: int = 0, after: int = 0) -> str:
    """Line spacing and the room around a paragraph, in twentieths of a point."""
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="{rule}"/>'


def set_to(side: str) -> str:
    """Alignment: left, right, center, or both for justified."""
    return f'<w:jc w:val="{side}"/>'


EXACT, TIGHT = spaced(LINE_PITCH), spaced(240, "auto")
BODY_INDENT = f"<w:ind {INDENT_TWO}/>"
NO_INDENT = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
CENTRED, BOTH = NO_INDENT + set_to("center"), NO_INDENT + set_to("both")
UNSPACED = '<w:spacing w:val="0"/>'
RED, MUTED = '<w:color w:val="D7000F"/>', '<w:color w:val="6E6E6E"/>'
MARK_TOP = 1984
STYLES = (
    Style("BodyText", "Body Text", FANGSONG, 32, EXACT + BODY_INDENT + set_to("both")),
    Style("Title", "Title", TITLE, 44, spaced(700) + CENTRED, UNSPACED),
    Style("Subtitle", "Subtitle", KAI, 32, EXACT + CENTRED),
    Style("Heading1", "heading 1", HEI, 32, KEPT + EXACT + BODY_INDENT, outline=0),
    Style("Heading2", "heading 2", KAI, 32, KEPT + EXACT + BODY_INDENT, outline=1),
    Style("Heading3", "heading 3", FANGSONG, 32, KEPT + EXACT + BODY_INDENT, outline=2),
    Style("Heading4", "heading 4", FANGSONG, 32, KEPT + EXACT + BODY_INDENT, outline=3),
    Style("RedHead", "公文发文机关标志", TITLE, 56, spaced(240, "auto", before=MARK_TOP) + CENTRED, RED),
    Style("DocumentNumber", "公文发文字号", FANGSONG, 32, EXACT + CENTRED),
    Style("Recipients", "公文主送机关", FANGSONG, 32, EXACT + BOTH),
    Style("Attachments", "公文附件说明", FANGSONG, 32, EXACT + BODY_INDENT + set_to("both")),
    Style("Signature", "Signature", FANGSONG, 32, "<w:keepLines/>" + EXACT + set_to("right")),
    Style("Caption", "caption", HEI, 24, KEPT + spaced(360, before=160, after=80) + CENTRED, UNSPACED),
    Style("TableUnit", "公文表格单位", FANGSONG, 21, KEPT + TIGHT + set_to("right"), UNSPACED),
    Style("TableText", "公文表格文字", FANGSONG, 24, TIGHT, UNSPACED),
    Style("TableHead", "公文表格表头", HEI, 24, KEPT + TIGHT + set_to("center"), UNSPACED),
    Style("TableNote", "公文表格附注", FANGSONG, 21, spaced(320, before=80), UNSPACED),
    Style("Picture", "公文图", FANGSONG, 32, KEPT + spaced(240, "auto", before=120) + CENTRED),
    Style("Colophon", "公文版记", FANGSONG, 28, spaced(420, before=40, after=40), UNSPACED),
    Style("PageNumber", "公文页码", SONG, 28, TIGHT, UNSPACED),
    Style("FootLine", "公文页脚标识", SONG, 18, spaced(240, "auto", before=60) + CENTRED, MUTED + UNSPACED),
    Style("DemoMark", "演示标记", HEI, 21, TIGHT + set_to("right"), MUTED + UNSPACED),
)


def fonts_of(name: str) -> str:
    """rFonts that make Word take ``name`` for Chinese and for digits alike."""
    return (
        f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}" w:hint="eastAsia"/>'
    )


KEPT_STYLES = frozenset({"Normal", "DefaultParagraphFont", "TableNormal", "NoList", "Header", "Footer"})
UNNEEDED_PARTS = ("thumbnail", "stylesWithEffects", "customXml")
STRICT_GRID = (
    '<w:kinsoku w:val="1"/><w:wordWrap w:val="1"/><w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/>'
    '<w:autoSpaceDN w:val="0"/><w:adjustRightInd w:val="0"/><w:snapToGrid w:val="0"/>'
)


COMPACT_PITCH = 480
COMPACT_SIZES = {32: 28, 44: 40}


def compacted(style: Style) -> Style:
    """The style as a compact paper has it: 4号 instead of 3号, a narrower pitch."""
    ppr = style.ppr.replace(f'w:line="{LINE_PITCH}"', f'w:line="{COMPACT_PITCH}"')
    ppr = ppr.replace('w:firstLine="640"', 'w:firstLine="560"')
    return replace(style, size=COMPACT_SIZES.get(style.size, style.size), ppr=ppr)


@cache
def starting_file(compact: bool = False) -> bytes:
    """An empty document with the page and the styles, as bytes to open anew for each paper."""
    document = docx.Document()
    for holder in (document.part, document.part.package):
        for key, relation in list(holder.rels.items()):
            if any(name in relation.reltype for name in UNNEEDED_PARTS):
                del holder.rels[key]
    _page(document, COMPACT_PITCH if compact else LINE_PITCH)
    _styles(document.styles.element, compact)
    document.settings.odd_and_even_pages_header_footer = True
    body = document.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _page(document: Any, pitch: int) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = (Mm(37), Mm(35)) if pitch == LINE_PITCH else (Mm(31), Mm(31))
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(22), Mm(19)
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    section._sectPr.append(parse_xml(f'<w:docGrid {nsdecls("w")} w:type="lines" w:linePitch="{pitch}"/>'))


def _styles(styles: Any, compact: bool) -> None:
    for old in styles.findall(qn("w:style")):
        if old.get(qn("w:styleId")) not in KEPT_STYLES:
            styles.remove(old)
    defaults = styles.find(qn("w:docDefaults"))
    latent = styles.find(qn("w:latentStyles"))
    if latent is not None:
        styles.remove(latent)
    styles.replace(defaults, parse_xml(
        f'<w:docDefaults {nsdecls("w")}><w:rPrDefault><w:rPr>{fonts_of(FANGSONG)}'
        f'<w:spacing w:val="{CHAR_SPACING}"/><w:sz w:val="32"/><w:szCs w:val="32"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr>'
        f"</w:rPrDefault><w:pPrDefault><w:pPr>{STRICT_GRID}</w:pPr></w:pPrDefault></w:docDefaults>"
    ))  # fmt: skip
    for kept in styles.findall(qn("w:style")):
        for part in ("w:pPr", "w:rPr"):
            found = kept.find(qn(part))
            if found is not None and kept.get(qn("w:type")) == "paragraph":
                kept.remove(found)
    for style in STYLES:
        styles.append(_definition(compacted(style) if compact else style))


def _definition(style: Style) -> Any:
    outline = f'<w:outlineLvl w:val="{style.outline}"/>' if style.outline is not None else ""
    kind = ' w:customStyle="1"' if not style.name.isascii() else ""
    following = "BodyText" if style.outline is not None else style.id
    kept, space, rest = style.ppr.partition("<w:spacing")
    size = f'<w:sz w:val="{style.size}"/><w:szCs w:val="{style.size}"/>'
    return parse_xml(
        f'<w:style {nsdecls("w")} w:type="paragraph" w:styleId="{style.id}"{kind}>'
        f'<w:name w:val="{style.name}"/><w:basedOn w:val="Normal"/><w:next w:val="{following}"/><w:qFormat/>'
        f"<w:pPr>{kept}{STRICT_GRID}{space}{rest}{outline}</w:pPr>"
        f"<w:rPr>{fonts_of(style.font)}{style.rpr}{size}</w:rPr></w:style>"
    )
