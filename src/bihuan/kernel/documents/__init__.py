"""Official documents: one model, three faces (.docx, PDF, page) with the same text, numbers and order.

A paper that leaves the district is its signature to the outside, so the layout is GB/T 9704-2012 and nothing
is typed twice: the same `Document` gives the preview, the Word file and the PDF. The renderers are imported
on first use, so a web process that never prints carries neither Typst nor python-docx in memory.
"""

from __future__ import annotations

from bihuan.kernel.documents.model import (
    Align,
    Block,
    Cell,
    Chart,
    Column,
    CopyTo,
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
    SignLine,
    SignPlaces,
    Table,
    Text,
    runs,
)

__all__ = [
    "Align",
    "Block",
    "Cell",
    "Chart",
    "Column",
    "CopyTo",
    "Document",
    "FigureRef",
    "Form",
    "FormCell",
    "Heading",
    "PageBreak",
    "Paragraph",
    "Remark",
    "Run",
    "SignLine",
    "SignPlaces",
    "SignatureBlock",
    "Table",
    "Text",
    "runs",
    "to_docx",
    "to_html",
    "to_pdf",
]


def to_docx(document: Document) -> bytes:
    """The document as a Word file; Word, WPS and LibreOffice show headings as real styles."""
    from bihuan.kernel.documents.word import to_docx as render

    return render(document)


def to_pdf(document: Document) -> bytes:
    """The document as a PDF with embedded fonts; raises Refused naming any character no font covers."""
    from bihuan.kernel.documents.pdf import to_pdf as render

    return render(document)


def to_html(document: Document) -> str:
    """The document as an escaped page fragment, in the order of the paper, its figures as links."""
    from bihuan.kernel.documents.preview import to_html as render

    return render(document)
