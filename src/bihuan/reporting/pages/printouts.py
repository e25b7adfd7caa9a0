"""``/reports/printouts/<uid>/``: papers in the making and to be fetched."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django import forms
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.kernel.attachments.keeping import content_of
from bihuan.kernel.attachments.models import Attachment
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.session import actor_for
from bihuan.reporting import printing
from bihuan.reporting.access import ISSUERS, READERS, access_report
from bihuan.reporting.models import Printout, Purpose, Status
from bihuan.reporting.pages.reports import HOME

STEPS = {Status.WAITING: 0, Status.WORKING: 1, Status.DONE: 2, Status.FAILED: 1}


@only_for(ISSUERS)
def proof_page(request: HttpRequest, no: str) -> HttpResponse:
    """Order an unissued paper of the draft."""
    actor = actor_for(request)
    report = access_report(actor, no)
    back = f"/reports/{no}/"

    def deed(_: Mapping[str, Any]) -> HttpResponse:
        made = printing.order(Purpose.PROOF, actor, report=report)
        return HttpResponseRedirect(f"/reports/printouts/{made.uid}/")

    says = "把现在的内容排印成 Word 和 PDF，标明送审稿，不取文号。"
    question = Question("生成送审稿", back, says, crumbs=(HOME, parts.Link(report.no, back)))
    return ask(request, question, forms.Form(request.POST if request.method == "POST" else None), deed)


@require_GET
@only_for(READERS)
def printout_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How far it is; while it runs only the bar is asked for again."""
    printout = printing.access_printout(actor_for(request), uid)
    progress = _progress(printout)
    if request.headers.get("HX-Request") and not progress.finished:
        return render(request, "components/progress.html", {"progress": progress})
    response = render(request, "printout.html", {**_context(printout), "progress": progress})
    if request.headers.get("HX-Request"):
        response = HttpResponse(status=200)
        response["HX-Refresh"] = "true"
    return response


def _context(printout: Printout) -> dict[str, Any]:
    base = f"/reports/printouts/{printout.uid}"
    report = printout.report
    back = (
        parts.Link(report.no, f"/reports/{report.no}/") if report else parts.Link("三个清单", "/three-lists/")
    )
    files = [
        parts.Link(f"下载 {word}", f"{base}/paper.{ending}", "download")
        for ending, word, kept in (("docx", "Word", printout.docx), ("pdf", "PDF", printout.pdf))
        if kept is not None
    ]
    return {
        "crumbs": [HOME, back, parts.Link("排印", "")],
        "printout": printout,
        "files": files,
        "back": back,
    }


def _progress(printout: Printout) -> parts.Progress:
    done = printout.status == Status.DONE
    following = ""
    if done and printout.issue and printout.report:
        following = f"/reports/{printout.report.no}/issues/{printout.issue.ordinal}/"
    return parts.Progress(
        f"{printout.get_purpose_display()}：{printout.get_status_display()}",
        STEPS[Status(printout.status)], 2, href=f"/reports/printouts/{printout.uid}/", finished=done,
        failed="；".join(printout.reasons), next_href=following, next_label="查看签发稿",
    )  # fmt: skip


@require_GET
@only_for(READERS)
def paper(request: HttpRequest, uid: UUID, ending: str) -> HttpResponseBase:
    """One of the papers ordered."""
    printout = printing.access_printout(actor_for(request), uid)
    kept = printout.docx if ending == "docx" else printout.pdf
    if kept is None:
        raise Http404
    return paper_response(kept, f"{printout.title}（{printout.get_purpose_display()}）.{ending}")


def paper_response(kept: Attachment, name: str) -> HttpResponseBase:
    """The stored bytes, checked against their digest, under a readable name."""
    response = FileResponse(io.BytesIO(content_of(kept)), content_type=kept.media_type)
    ending = name.rsplit(".", 1)[-1]
    response["Content-Disposition"] = (
        f"attachment; filename=\"report.{ending}\"; filename*=UTF-8''{quote(name)}"
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Digest-SM3"] = bytes(kept.digest).hex()
    return response
