"""``/imports/``: the place to drop a workbook, and what I have handed in so far."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from bihuan.kernel.errors import Absent, Failure, Refused
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.importing import words
from bihuan.kernel.web.importing.ceiling import Ceiling
from bihuan.kernel.web.importing.intakes import intake_of, offered_to
from bihuan.kernel.web.importing.sending import workbook
from bihuan.kernel.web.paging import Keyset, address, pager
from bihuan.kernel.web.places import Intake
from bihuan.kernel.web.session import actor_for, signed_in
from bihuan.kernel.workbooks import batches, guard, importers, jobs
from bihuan.kernel.workbooks.models import ImportBatch

BASE = "/imports/"
NEWEST_FIRST = Keyset(("created_at", "id"), descending=True)
RECENT = 20
LIMITS = "单个文件不超过 50 MB，展开后不超过 200 MB；新旧两种格式的工作簿都可以，不要设打开密码。"
TOO_LARGE = "文件超过 50 MB，没有收下；请删去图片，或按月、按镇街拆成几个文件再上传"


class BesideForm(forms.Form):
    """What the workbook may not say itself; every answer is a choice and none is needed."""

    def __init__(self, intake: Intake, actor: Actor, data: Any = None) -> None:
        super().__init__(data)
        for one in intake.beside(actor):
            self.fields[one.name] = forms.ChoiceField(
                label=one.label,
                help_text=one.help,
                required=False,
                choices=[("", "不选"), *one.options],
                widget=forms.Select,
                error_messages={"invalid_choice": f"没有这一项，请从“{one.label}”的列表中选择"},
            )


@csrf_exempt
def imports_page(request: HttpRequest) -> HttpResponseBase:
    """Weigh the upload while it comes in; the token is checked right after, before anything else is done."""
    ceiling = Ceiling(guard.MOST_BYTES)
    request.upload_handlers.insert(0, ceiling)
    return _imports_page(request, ceiling)


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def _imports_page(request: HttpRequest, ceiling: Ceiling) -> HttpResponse:
    actor = actor_for(request)
    mine = offered_to(actor)
    if not mine:
        raise PermissionDenied
    wanted = request.GET.get("kind", "")
    intake = next((one for one in mine if one.kind == wanted), None if wanted else mine[0])
    if intake is None:
        raise Absent("没有这种台账，或不由您导入")
    if request.method == "POST":
        return _take(request, actor, mine, intake, ceiling)
    return _show(request, actor, mine, intake, BesideForm(intake, actor))


def _take(
    request: HttpRequest, actor: Actor, mine: Sequence[Intake], intake: Intake, ceiling: Ceiling
) -> HttpResponse:
    form = BesideForm(intake, actor, request.POST)
    file = request.FILES.get("file")
    failures: Sequence[Failure] = ()
    if ceiling.reached:
        failures = (Failure("workbook.too_large", TOO_LARGE, "file"),)
    elif file is None:
        failures = (Failure("workbook.no_file", "还没有选择文件，请把工作簿拖到虚线框里或点框选择", "file"),)
    elif not file.size:
        failures = (Failure("workbook.empty", "文件是空的，请重新选择", "file"),)
    elif form.is_valid():
        try:
            batch = _receive(intake, file, actor, form.cleaned_data)
        except Refused as refusal:
            failures = refusal.failures
        else:
            return HttpResponseRedirect(f"{BASE}{batch.pk}/")
    return _show(request, actor, mine, intake, form, failures, status=422)


def _receive(intake: Intake, file: UploadedFile[bytes], actor: Actor, said: dict[str, str]) -> ImportBatch:
    choices = {name: value for name, value in said.items() if value}
    with transaction.atomic():
        batch = batches.receive(
            intake.kind, file.name or "工作簿.xlsx", file.chunks(), actor, choices=choices
        )
        jobs.read_batch.defer(batch=str(batch.pk))
    return batch


def _show(
    request: HttpRequest,
    actor: Actor,
    mine: Sequence[Intake],
    intake: Intake,
    form: BesideForm,
    failures: Sequence[Failure] = (),
    status: int = 200,
) -> HttpResponse:
    rows = batches.visible_batches(actor)
    cursor = request.GET.get("cursor", "")
    page = NEWEST_FIRST.page(rows, cursor, RECENT)
    context = {
        "crumbs": [parts.Link("台账", "")],
        "heading": f"导入{intake.label}",
        "says": intake.says,
        "kinds": [
            parts.Tab(one.label, address(BASE, {"kind": one.kind}), None, one is intake) for one in mine
        ]
        if len(mine) > 1
        else (),
        "stages": words.stages(0),
        "form": form,
        "failures": failures,
        "file_label": f"{intake.label}（.xlsx）",
        "limits": LIMITS,
        "template_href": intake.template_href,
        "headings_href": f"{BASE}headings/?kind={intake.kind}",
        "recent": parts.Ledger(_COLUMNS, [_row(one) for one in page.rows], "我导入过的工作簿"),
        "recent_empty": parts.Empty(
            "您还没有导入过。",
            "先下载空白模板看看要哪些列；手头已有台账的，原样拖进来就行。",
            icon="file-import",
        ),
        "recent_pager": pager(BASE, {"kind": intake.kind, "cursor": cursor}, page, rows.count()),
    }
    return render(request, "import_drop.html", context, status=status)


_COLUMNS = (
    parts.Column("文件", "title"),
    parts.Column("种类"),
    parts.Column("上传时间", "day"),
    parts.Column("情况", "state"),
    parts.Column("新增", "number"),
    parts.Column("进展", "number", phone=False),
    parts.Column("已有", "number", phone=False),
    parts.Column("退回", "number"),
)


def _row(batch: ImportBatch) -> parts.Row:
    """One batch as a line; before the preview nothing can be counted."""
    intake, result = intake_of(batch.kind), batch.result
    return parts.Row(
        (
            batch.filename,
            intake.label,
            batch.created_at,
            words.state_of(batch),
            result.get("accepted"),
            result.get("advanced") if intake.recurring else None,
            result.get("already_there"),
            result.get("rejected_rows"),
        ),
        href=f"{BASE}{batch.pk}/",
    )


@require_GET
@signed_in
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """The empty workbook of a kind, for those who may hand it in."""
    intake = next((one for one in offered_to(actor_for(request)) if one.kind == kind), None)
    if intake is None:
        raise Absent("没有这种模板，或不由您导入")
    held = io.BytesIO()
    importers.write_template(kind, held)
    return workbook(held.getvalue(), f"{intake.label}（空白模板）.xlsx")
