"""``GET /api/v1/instruments``: documents of the token's jurisdiction, one with its facts, and its files."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from bihuan.kernel.errors import Absent
from bihuan.kernel.people.models import ADMIN_ROLES
from bihuan.kernel.web.api.matters import actor_of_request
from bihuan.kernel.web.api.objects import router
from bihuan.kernel.web.paging import Keyset
from bihuan.registers.instruments import kinds, printing, shelf
from bihuan.registers.instruments.models import Instrument
from bihuan.registers.instruments.pages.layout import PDF, WORD, file

TAGS = ["执法文书"]
ORDER = Keyset(("issued_at", "uid"))
LARGEST_PAGE = 200


def told(row: Instrument) -> dict[str, Any]:
    """A document as lists carry it."""
    return {
        "uid": str(row.uid), "kind": row.kind, "name": kinds.label_of(row.kind), "number": row.number,
        "matter": row.matter_no, "loop": row.loop, "addressee": row.addressee, "issued_on": row.issued_on.isoformat(),
        "state": row.state, "served_on": row.served_on.isoformat() if row.served_on else None,
        "articles": row.articles, "digest": bytes(row.digest).hex(),
    }  # fmt: skip


@router.get("/instruments", operation_id="list_instruments", summary="执法文书", tags=TAGS)
def list_instruments(
    request: HttpRequest, kind: str = "", matter: str = "", cursor: str = "", page_size: int = 50
) -> dict[str, Any]:
    """Documents the token may see, the first first; ``kind`` and ``matter`` (its number) narrow."""
    actor = actor_of_request(request)
    if not actor.roles - ADMIN_ROLES:
        raise Absent("没有查到执法文书")
    rows = shelf.visible_instruments(actor)
    if kind:
        rows = rows.filter(kind=kind)
    if matter:
        rows = rows.filter(matter_no=matter.replace("\x00", ""))
    page = ORDER.page(rows, cursor, max(1, min(page_size, LARGEST_PAGE)))
    return {"items": [told(row) for row in page.rows], "next_cursor": page.next_cursor or None}


@router.get("/instruments/{uid}", operation_id="read_instrument", summary="一份执法文书", tags=TAGS)
def read_instrument(request: HttpRequest, uid: UUID) -> dict[str, Any]:
    """One document with its facts, signatures and service."""
    row = shelf.access_instrument(actor_of_request(request), uid)
    return {
        **told(row), "facts": row.facts, "signings": row.signings, "service": row.service,
        "void_reason": row.void_reason, "rule_version": row.rule_version, "issued_by": row.issued_by,
    }  # fmt: skip


@router.get(
    "/instruments/{uid}/paper.{ending}", operation_id="download_instrument", summary="执法文书文件", tags=TAGS
)
def download_instrument(request: HttpRequest, uid: UUID, ending: str) -> HttpResponse:
    """The document as ``pdf`` or ``docx``."""
    row = shelf.access_instrument(actor_of_request(request), uid)
    if ending not in ("pdf", "docx"):
        raise Absent("文书只有 pdf 和 docx 两种文件")
    made = printing.pdf_of(row) if ending == "pdf" else printing.docx_of(row)
    return file(made, printing.filename_of(row, ending), PDF if ending == "pdf" else WORD)
