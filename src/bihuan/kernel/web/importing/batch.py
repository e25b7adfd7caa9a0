"""``/imports/<id>/``: one workbook in whatever state it is, and what may be done with it there."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.web.importing import outcome
from bihuan.kernel.web.importing.headings import TeachForm, may_teach, teach
from bihuan.kernel.web.importing.namesakes import NamesakeForm
from bihuan.kernel.web.importing.preview import preview, unknown_headings
from bihuan.kernel.web.importing.sending import workbook
from bihuan.kernel.web.session import actor_for, signed_in
from bihuan.kernel.workbooks import batches, importing, jobs
from bihuan.kernel.workbooks.district.columns import NAMESAKES
from bihuan.kernel.workbooks.models import BatchStatus, ImportBatch

UNDER_WAY = (BatchStatus.UPLOADED, BatchStatus.PARSING, BatchStatus.CONFIRMED, BatchStatus.IMPORTING)


def _mine(request: HttpRequest, uid: UUID) -> ImportBatch:
    return batches.access_batch(actor_for(request), uid)


def _back(batch: ImportBatch) -> HttpResponse:
    return HttpResponseRedirect(f"/imports/{batch.pk}/")


@require_GET
@signed_in
def batch_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Progress, preview, result or reason: the page of a batch is always at the same address."""
    batch = _mine(request, uid)
    if batch.status in UNDER_WAY:
        return render(request, "import_progress.html", outcome.under_way(batch))
    if batch.status == BatchStatus.PREVIEW:
        return preview(request, actor_for(request), batch)
    if batch.status == BatchStatus.DONE:
        return render(request, "import_progress.html", outcome.done(batch, request.GET.get("from", "")))
    return render(request, "import_progress.html", outcome.failed(actor_for(request), batch))


@require_GET
def progress(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How far the work is, asked for every two seconds; when it has come to its end the page itself goes on.

    Who is no longer signed in is sent there as well, so that the sign-in page never appears inside this one.
    """
    if not request.user.is_authenticated:
        return HttpResponseClientRedirect(f"/imports/{uid}/")
    batch = _mine(request, uid)
    if batch.status not in UNDER_WAY or outcome.broken_off(batch):
        return HttpResponseClientRedirect(f"/imports/{batch.pk}/")
    return render(request, "components/progress.html", {"progress": outcome.progress_of(batch)})


@require_POST
@signed_in
def confirm(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The clerk wants it so. Pressing twice, or in two windows, does it once."""
    batch = _mine(request, uid)
    if batch.status in (BatchStatus.CONFIRMED, BatchStatus.IMPORTING, BatchStatus.DONE):
        return _back(batch)
    try:
        with transaction.atomic():
            importing.confirm(batch, partial=request.POST.get("mode") == "partial")
            jobs.apply_batch.defer(batch=str(batch.pk))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return _back(batch)


@require_POST
@signed_in
def teach_headings(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Remember what headings mean, then read the same workbook again."""
    actor, batch = actor_for(request), _mine(request, uid)
    if not may_teach(actor):
        raise PermissionDenied
    if batch.status != BatchStatus.PREVIEW:
        return _back(batch)
    form = TeachForm(batch.kind, unknown_headings(batch), request.POST)
    if not form.is_valid():
        return preview(request, actor, batch, form, status=422)
    if not form.taught():
        messages.info(request, "没有选择任何一列，预览没有变化。")
        return _back(batch)
    try:
        with transaction.atomic():
            for heading, column in form.taught():
                teach(batch.kind, heading, column, actor)
            _read_again(batch)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return _back(batch)


@require_POST
@signed_in
def decide_namesakes(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Keep who is whom, then read the same workbook again."""
    batch = _mine(request, uid)
    if batch.status != BatchStatus.PREVIEW:
        return _back(batch)
    form = NamesakeForm(batch.result.get(NAMESAKES, ()), request.POST)
    if not form.is_valid():
        messages.error(request, "选项已经变了，请重新选择。")
        return _back(batch)
    decided = {**batch.choices.get(NAMESAKES, {}), **form.decided()}
    with transaction.atomic():
        ImportBatch.objects.filter(pk=batch.pk).update(choices={**batch.choices, NAMESAKES: decided})
        batch.refresh_from_db()
        _read_again(batch)
    return _back(batch)


@require_POST
@signed_in
def again(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take up what broke off, or read the same workbook once more."""
    batch = _mine(request, uid)
    broken = outcome.broken_off(batch)
    with transaction.atomic():
        if broken and batch.status in (BatchStatus.CONFIRMED, BatchStatus.IMPORTING):
            jobs.apply_batch.defer(batch=str(batch.pk))
        elif broken or batch.status in (BatchStatus.PREVIEW, BatchStatus.FAILED):
            _read_again(batch)
    return _back(batch)


def _read_again(batch: ImportBatch) -> None:
    importing.read_again(batch)
    jobs.read_batch.defer(batch=str(batch.pk))


@require_GET
@signed_in
def errors_book(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The sheet as it was handed in, with a column 「错误」."""
    batch = _mine(request, uid)
    if not batch.result.get("rejected_rows") or not batch.summary.get("sheets"):
        raise Absent("这份工作簿没有退回的行")
    stem = batch.filename.rsplit(".", 1)[0]
    return workbook(batches.errors_book(batch), f"{stem}（错误）.xlsx")
