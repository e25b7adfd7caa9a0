"""Head and foot of every Word page: — 1 — outside, number and digest of a generated paper, 演示 on demo
papers."""

from __future__ import annotations

from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from bihuan.kernel.documents.model import Document
from bihuan.kernel.documents.outline import DEMO_MARK, foot_line, page_sign_line
from bihuan.kernel.documents.printable import printable
from bihuan.kernel.documents.word_parts import field_xml, paragraph, run_xml

VML = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
WATERMARK = (
    '<w:r><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
    'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
    '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
    '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
    '<v:shape id="DemoMark{id}" o:spid="_x0000_s{id}" type="#_x0000_t136" '
    'style="position:absolute;margin-left:0;margin-top:0;width:330pt;height:150pt;rotation:325;z-index:-251658752;mso-position-horizontal:center;'
    "mso-position-horizontal-relative:margin;mso-position-vertical:center;"
    'mso-position-vertical-relative:margin" '
    'fillcolor="#ebebeb" stroked="f">'
    '<v:textpath style="font-family:&quot;黑体&quot;;font-size:1pt" string="演 示"/>'
    "</v:shape></w:pict></w:r>"
)


def add_feet(file: Any, document: Document) -> None:
    """Give the file's one section its odd and even heads and feet."""
    section = file.sections[0]
    line = printable(foot_line(document))
    for foot, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        foot.is_linked_to_previous = False
        number = run_xml("— ") + field_xml("PAGE") + run_xml(" —")
        edge = f'<w:ind w:{side}Chars="100" w:{side}="280"/><w:jc w:val="{side}"/>'
        signing = printable(page_sign_line(document))
        parts = [paragraph("TableText", run_xml(signing))] if signing else []
        parts.append(paragraph("PageNumber", number, edge))
        if line:
            parts.append(
                paragraph("FootLine", run_xml(f"{line}　共 ") + field_xml("NUMPAGES") + run_xml(" 页"))
            )
        _fill(foot, parts)
    for identity, head in enumerate((section.header, section.even_page_header), 2049):
        head.is_linked_to_previous = False
        mark = run_xml(DEMO_MARK, '<w:bdr w:val="single" w:sz="4" w:space="0" w:color="6E6E6E"/>')
        _fill(head, [paragraph("DemoMark", WATERMARK.format(id=identity) + mark)] if document.demo else [])


def _fill(part: Any, paragraphs: list[str]) -> None:
    element = part._element
    for child in list(element):
        element.remove(child)
    for xml in paragraphs or [paragraph("DemoMark", "")]:
        element.append(parse_xml(xml.replace("<w:p>", f"<w:p {nsdecls('w')} {VML}>", 1)))
