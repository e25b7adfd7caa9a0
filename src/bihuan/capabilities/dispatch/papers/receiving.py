"""Taking a paper in: paste its words or hand in its file; a refusal keeps everything typed and a file once read."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from bihuan.capabilities.dispatch.papers import inputs, texts
from bihuan.capabilities.dispatch.papers.loop import PAPER
from bihuan.kernel.attachments.models import Attachment
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.inputs import build
from bihuan.kernel.people.models import Role
from bihuan.kernel.uid import uuid7
from bihuan.kernel.web import parts
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.forms import DeedForm, form_for
from bihuan.kernel.web.matters.finding import service_of
from bihuan.kernel.web.session import actor_for


@only_for(frozenset({Role.OFFICE}))
def receive_page(request: HttpRequest) -> HttpResponse:
    """``/papers/new/take-in/``: paste the words or hand in the file; a refusal keeps everything typed."""
    uid = _posted_uid(request)
    if request.method != "POST":
        given = {"kind": "speech", **request.GET.dict()}
        return _receiving(request, form_for(inputs.Receiving, initial=given), uid)
    service, _ = service_of(PAPER.plural)
    before = service.visible(actor_for(request)).filter(uid=uid).first()
    if before is not None:
        messages.info(request, f"这份文件此前已经提交，编号 {before.no}，没有重复登记。")
        return HttpResponseRedirect(f"/papers/{before.no}/")
    try:
        no = _take_in(request, uid)
    except Refused as refusal:
        form = form_for(inputs.Receiving, data=request.POST, kept=_received(request, uid))
        form.show(refusal.failures)
        return _receiving(request, form, uid, refusal.failures, 422)
    messages.success(request, f"{no}：已登记。请逐条核对提取的任务。")
    return HttpResponseRedirect(f"/papers/{no}/split/")


def _take_in(request: HttpRequest, uid: UUID) -> str:
    actor, form = actor_for(request), form_for(inputs.Receiving, data=request.POST)
    raw = form.raw() | {"original": request.POST.getlist("original_kept")}
    upload = request.FILES.get("original")
    if upload is not None:
        with transaction.atomic():
            kept = texts.keep_original(uid, upload, actor)
        raw |= {"original": [str(kept.uid)]}
        posted = request.POST.copy()
        posted.setlist("original_kept", [str(kept.uid)])
        request.POST = posted  # type: ignore[assignment]
    given = build(inputs.Receiving, raw)
    key = request.POST.get("key", "").replace("\x00", "")[:80]
    return engine.open_matter(PAPER.name, "take_in", given, actor=actor, key=key, uid=uid).no


def _receiving(
    request: HttpRequest, form: DeedForm, uid: UUID, failures: tuple[Failure, ...] = (), status: int = 200
) -> HttpResponse:
    form.fields["text"].widget.attrs["rows"] = "14"
    context = {
        "crumbs": [parts.Link("讲话与文件", "/papers/"), parts.Link("登记讲话或文件", "")],
        "label": "登记讲话或文件",
        "says": "登记后系统逐句提取要办的事，由您核改后一次交办。",
        "form": form,
        "failures": failures,
        "multipart": True,
        "key": str(uid),
        "cancel_href": "/papers/",
    }
    return render(request, "papers/receive.html", context, status=status)


def _posted_uid(request: HttpRequest) -> UUID:
    try:
        said = UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid7()
    return said if said.version == 7 else uuid7()


def _received(request: HttpRequest, uid: UUID) -> dict[str, list[tuple[str, str]]]:
    """A file of an earlier try at this form, offered again."""
    rows = Attachment.objects.filter(matter=uid, kind="original", uploaded_by_id=actor_for(request).ref)
    return {"original": [(str(item.uid), f"{item.name}（已上传）") for item in rows]} if rows else {}
