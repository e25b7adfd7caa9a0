"""A workbook on its way to the browser."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse

from bihuan.kernel.web.exporting import WORKBOOK


def workbook(content: bytes, filename: str) -> HttpResponse:
    """``content`` as a file that the browser saves as ``filename``; kept by no cache."""
    response = HttpResponse(content, content_type=WORKBOOK)
    response["Content-Disposition"] = (
        f"attachment; filename=\"workbook.xlsx\"; filename*=UTF-8''{quote(filename)}"
    )
    response["Cache-Control"] = "no-store"
    return response
