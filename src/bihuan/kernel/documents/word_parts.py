"""Pieces of WordprocessingML: text, paragraphs, bookmarks, pictures.

User text enters XML only through `escaped`; characters XML forbids have been dropped by `typefaces.printable` before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape

HEI_RUN = '<w:rFonts w:ascii="黑体" w:hAnsi="黑体" w:eastAsia="黑体" w:hint="eastAsia"/>'
BOOKMARK_LENGTH = 40


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
    """Names places in the file: ``targets`` are the rows figures may jump to; every other figure marks itself."""

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
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
        f"<wp:docPr {properties}/><a:graphic>"
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr {properties}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )
