"""What the pages of this room share: addresses, crumbs, files, static addresses."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from urllib.parse import quote

from django.http import HttpResponse
from django.templatetags.static import static

from bihuan.kernel import documents
from bihuan.kernel.loops.registry import running
from bihuan.kernel.web import parts
from bihuan.registers.instruments import kinds
from bihuan.registers.instruments.models import Instrument

BASE = "/instruments/"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
_OWN = Path(__file__).resolve().parents[1] / "static"
_PAPERS = Path(documents.__file__).parent / "static"


@cache
def asset(name: str) -> str:
    """A static file of this room, or of the documents' room, by an address that changes with its content."""
    root = _OWN if (_OWN / name).exists() else _PAPERS
    digest = hashlib.sha256((root / name).read_bytes()).hexdigest()
    return f"{static(name)}?{digest[:10]}"


def href_of(instrument: Instrument, more: str = "") -> str:
    """The page of a document."""
    return f"{BASE}{instrument.uid}/{more}"


def matter_link(instrument: Instrument) -> parts.Link:
    """The matter a document belongs to."""
    return loop_link(instrument.loop, instrument.matter_no)


def name_of(instrument: Instrument) -> str:
    """What a document is called: its kind and its number."""
    return f"{kinds.label_of(instrument.kind)} {instrument.number}".strip()


def crumbs(instrument: Instrument, *more: parts.Link) -> list[parts.Link]:
    """The way to a document: through its matter."""
    here = parts.Link(name_of(instrument), href_of(instrument) if more else "")
    return [matter_link(instrument), here, *more]


def file(content: bytes, name: str, media_type: str) -> HttpResponse:
    """A download whose Chinese name every browser keeps."""
    response = HttpResponse(content, content_type=media_type)
    ending = name.rsplit(".", 1)[-1]
    response["Content-Disposition"] = (
        f"attachment; filename=\"paper.{ending}\"; filename*=UTF-8''{quote(name)}"
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def loop_link(loop: str, no: str) -> parts.Link:
    """The page of a matter by its loop and number."""
    declared = running(loop).loop
    return parts.Link(f"{declared.label} {no}", f"/{declared.plural}/{no}/")
