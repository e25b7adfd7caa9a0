"""The page of a dossier: its parts in order, what changed since it was bound, and the volume itself."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.kernel import clock
from bihuan.kernel.web import parts
from bihuan.kernel.web.session import actor_for, signed_in
from bihuan.registers.instruments import dossiers
from bihuan.registers.instruments.pages.layout import BASE, PDF, file, loop_link

COLUMNS = (
    parts.Column("序号", "number", phone=False), parts.Column("文件名称及编号", "title"), parts.Column("日期", "day"),
    parts.Column("页号", "number"), parts.Column("卷别"), parts.Column("摘要（SM3）", phone=False),
)  # fmt: skip


@require_GET
@signed_in
def page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """``/instruments/dossiers/<uid>/``."""
    one = dossiers.access_dossier(actor_for(request), uid)
    faults = dossiers.verify(one)
    standing = (
        "各件与组卷时一致。" if not faults else f"有 {len(faults)} 处与组卷时不一致：{'；'.join(faults)}"
    )
    context = {
        "crumbs": [loop_link(one.loop, one.matter_no), parts.Link(one.file_no, "")],
        "heading": f"案卷 {one.file_no}",
        "lead": f"{one.title}；共 {one.pages} 页，保存期限{one.retention}；{one.bound_by} {clock.day_of(one.bound_at)} 组卷。{standing}",
        "begin": [
            parts.Action(
                "下载案卷 PDF", f"{BASE}dossiers/{one.uid}/volume.pdf", icon="download", primary=True
            )
        ],
        "ledger": parts.Ledger(
            COLUMNS, [_row(number, part) for number, part in enumerate(one.parts, 1)], "卷内文件"
        ),
        "empty": parts.Empty("卷内没有文件。"),
    }
    return render(request, "list.html", context)


def _row(number: int, part: dict[str, Any]) -> parts.Row:
    href = "" if part["kind"] == "picture" else f"{BASE}{part['uid']}/"
    volume = "卷首" if not part["page"] else "副卷" if part.get("inner") else "正卷"
    cells = (
        number,
        part["title"],
        date.fromisoformat(part["on"]),
        part["page"] or "—",
        volume,
        part["digest"][:16],
    )
    return parts.Row(cells, href)


@require_GET
@signed_in
def volume(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """``/instruments/dossiers/<uid>/volume.pdf``."""
    one = dossiers.access_dossier(actor_for(request), uid)
    response = file(dossiers.volume_of(one), f"案卷{one.file_no}.pdf", PDF)
    response["X-Digest-SM3"] = bytes(one.volume.digest).hex()
    return response
