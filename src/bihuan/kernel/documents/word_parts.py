"""Pieces of WordprocessingML: text, paragraphs, bookmarks, pictures.

User text enters XML only through `escaped`; characters XML forbids have been dropped by `typefaces.printable`
before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape

HEI_RUN = '<w:rFonts w:ascii="黑体" w:hAnsi="黑体" w:eastAsia="黑体" w:hint="eastAsia"/>'
BOOKMARK_LENGTH = 40
WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
KEPT = "<w:keepNext/>"
"""On the page of the paragraph that follows."""
RULED = 'w:val="single" w:sz="{}" w:space="3" w:color="000000"'
TYPE_AREA_EMU = 156 * 36000
LINE_EMU = 21 * 12700
ROW_EMU = 12 * 12700


def escaped(text: str) -> str:
    """``text`` safe inside XML elements and attributes."""
    return escape(text, quote=True)


def run_xml(text: str, properties: str = "") -> str:
    """A run of text; line breaks in it are line breaks on paper."""
    if not text:
        return ""
    lines = '</w:t><w:br/><w:t xml:space="preserve">'.join(map(escaped, text.split("\n")))
    styled = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{styled}<w:t xml:space="preserve">{lines}</w:t></w:r>'


def paragraph(style: str, content: str, properties: str = "") -> str:
    """A paragraph of a style with runs already made."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


@dataclass(slots=True)
class Bookmarks:
    """Names places in the file: ``targets`` are the rows figures may jump to; every other figure marks
    itself."""

    targets: frozenset[str]
    names: dict[str, str] = field(default_factory=dict)
    placed: set[str] = field(default_factory=set)

    def name(self, anchor: str) -> str:
        """A bookmark name for ``anchor``: letters, digits and underscores, at most 40, unique in the file."""
        if anchor not in self.names:
            plain = "figure_" + re.sub(r"[^0-9A-Za-z_]", "_", anchor)
            wanted, count = plain[:BOOKMARK_LENGTH], 1
            while wanted in self.names.values():
                count += 1
                wanted = f"{plain[: BOOKMARK_LENGTH - 4]}_{count}"
            self.names[anchor] = wanted
        return self.names[anchor]

    def around(self, anchor: str, content: str) -> str:
        """``content`` marked with the anchor's bookmark, where it stands for the first time."""
        if not anchor or anchor in self.placed:
            return content
        self.placed.add(anchor)
        number = len(self.placed)
        start = f'<w:bookmarkStart w:id="{number}" w:name="{self.name(anchor)}"/>'
        return f'{start}{content}<w:bookmarkEnd w:id="{number}"/>'


def field_xml(instruction: str) -> str:
    """A field Word and LibreOffice keep up to date (PAGE, NUMPAGES)."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def inline_picture(relation: str, number: int, width: int, height: int, alt: str) -> str:
    """A picture in the line; sizes in EMU, ``alt`` for readers who hear it."""
    properties = f'id="{number}" name="图{number}" descr="{escaped(alt)}"'
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/>'
        f"<wp:docPr {properties}/><a:graphic>"
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f"<pic:nvPicPr><pic:cNvPr {properties}/><pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def at_page_bottom(rows: list[tuple[str, str, int]]) -> str:
    """Ruled lines in a box that stands at the foot of the page: 0.35 mm outside, 0.25 mm between (GB/T 9704,
    7.4.1).

    ``rows`` are (runs, paragraph properties, estimated lines).
    """
    if not rows:
        return ""
    made = []
    for index, (content, properties, _) in enumerate(rows):
        top = f"<w:top {RULED.format(8)}/>" if index == 0 else ""
        border = f"<w:pBdr>{top}<w:bottom {RULED.format(8 if index == len(rows) - 1 else 6)}/></w:pBdr>"
        made.append(paragraph("Colophon", content, border + properties))
    height = sum(lines * LINE_EMU + ROW_EMU for _, _, lines in rows)
    size = f'cx="{TYPE_AREA_EMU}" cy="{height}"'
    box = (
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" '
        'locked="0" layoutInCell="1" allowOverlap="0"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="margin"><wp:align>left</wp:align></wp:positionH>'
        '<wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV>'
        f'<wp:extent {size}/><wp:wrapTopAndBottom/><wp:docPr id="9001" name="版记"/><a:graphic>'
        f'<a:graphicData uri="{WPS}"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/>'
        f"<a:ln><a:noFill/></a:ln></wps:spPr><wps:txbx><w:txbxContent>{''.join(made)}</w:txbxContent></wps:txbx>"
        '<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"/></wps:wsp></a:graphicData></a:graphic>'
        "</wp:anchor>"
    )
    thin = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    return paragraph("BodyText", f"<w:r><w:drawing>{box}</w:drawing></w:r>", thin)
