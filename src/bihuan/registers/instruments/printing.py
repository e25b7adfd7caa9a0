"""A document on paper: what was issued, with the hands that signed it since."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from bihuan.kernel import clock
from bihuan.kernel.attachments import keeping
from bihuan.kernel.attachments.models import Attachment
from bihuan.kernel.documents import Document, SignLine, SignPlaces, to_docx, to_html, to_pdf
from bihuan.kernel.documents.freezing import thawed
from bihuan.kernel.documents.numerals import chinese_date
from bihuan.kernel.errors import Refused
from bihuan.registers.instruments.issuing import digest_of
from bihuan.registers.instruments.models import Instrument
from bihuan.registers.instruments.signing_places import DRAWN, REFUSED

FOOT_DIGEST = 16


def paper_of(instrument: Instrument) -> Document:
    """The document as it was worded when issued, its digest at the foot, signatures in their places.

    Raises:
        Refused: what is stored is not what was issued (``instrument.altered``).
    """
    if digest_of(instrument) != bytes(instrument.digest):
        raise Refused.because(
            "instrument.altered", "这份文书的内容与制发时的摘要不符，可能被改动，请联系系统管理员核验留痕"
        )
    document = thawed(instrument.paper)
    signed = _by_place(instrument)
    blocks = tuple(
        replace(block, lines=tuple(part for line in block.lines for part in _filled(line, signed)))
        if isinstance(block, SignPlaces)
        else block
        for block in document.blocks
    )
    return replace(document, blocks=blocks, digest=bytes(instrument.digest).hex()[:FOOT_DIGEST])


def pdf_of(instrument: Instrument) -> bytes:
    """The PDF."""
    return to_pdf(paper_of(instrument))


def docx_of(instrument: Instrument) -> bytes:
    """The Word file."""
    return to_docx(paper_of(instrument))


def html_of(instrument: Instrument) -> str:
    """The page fragment."""
    return to_html(paper_of(instrument))


def filename_of(instrument: Instrument, ending: str) -> str:
    """责令限期整改指令书（薛）应急责改〔2026〕1号.pdf, or with the number of the matter where it has none."""
    from bihuan.registers.instruments import kinds

    name = kinds.label_of(instrument.kind).replace("/", "-")
    return f"{name}{instrument.number or instrument.matter_no}.{ending}"


def _by_place(instrument: Instrument) -> Mapping[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for each in instrument.signings:
        found.setdefault(each["place"], []).append(each)
    return found


def _filled(line: SignLine, signed: Mapping[str, list[dict[str, Any]]]) -> list[SignLine]:
    """The line with whoever signed there; a line more for each further hand."""
    told = signed.get(line.key)
    return [_one(line, each) for each in told] if told else [line]


def _one(line: SignLine, signing: Mapping[str, Any]) -> SignLine:
    day = chinese_date(clock.day_of(datetime.fromisoformat(signing["at"])))
    if signing["kind"] == REFUSED:
        return replace(
            line, name=f"拒绝签名（{signing['reason']}）", note=f"见证人：{signing['witness']}　{day}"
        )
    note = f"{line.note}　{day}" if line.note else day
    if signing["kind"] == DRAWN:
        return replace(line, picture=picture_of(UUID(signing["picture"])), note=note)
    return replace(line, name=signing["name"], note=note)


def picture_of(uid: UUID) -> str:
    """A kept picture as SVG, the one form of image that papers take."""
    kept = Attachment.objects.get(pk=uid)
    width, height = kept.width or 300, kept.height or 120
    data = base64.b64encode(keeping.content_of(kept)).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" xlink:href="data:{kept.media_type};base64,{data}"/></svg>'
    )
