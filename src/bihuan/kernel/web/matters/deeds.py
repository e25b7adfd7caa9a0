"""Taking a step in the browser: the form made from its input, every refusal beside what was typed, nothing lost."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.kernel import clock
from bihuan.kernel.attachments import keeping
from bihuan.kernel.attachments.models import Attachment
from bihuan.kernel.errors import Failure, Refused, Stale
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.declaration import Act, Deed, Opening, Step
from bihuan.kernel.loops.inputs import Field, Kind, build, fields_of
from bihuan.kernel.loops.permits import standing_failures
from bihuan.kernel.loops.registry import Running
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.uid import uuid7
from bihuan.kernel.web import parts
from bihuan.kernel.web.forms import DeedForm, form_for, resolve
from bihuan.kernel.web.matters.finding import find, service_of
from bihuan.kernel.web.matters.pages import MatterPages
from bihuan.kernel.web.matters.timeline import timeline, withheld
from bihuan.kernel.web.reconfirm import confirm, one_click, recently_confirmed
from bihuan.kernel.web.session import actor_for, signed_in


@dataclass
class Attempt:
    """One try at a deed: the request, the deed, its form and what stood in the way."""

    request: HttpRequest
    service: Running
    pages: MatterPages
    deed: Deed
    matter: Any
    uid: UUID
    form: DeedForm
    failures: tuple[Failure, ...] = ()
    password_error: str = ""

    @property
    def actor(self) -> Actor:
        return actor_for(self.request)

    @property
    def version(self) -> int | None:
        """The version the user saw; the present one when the form does not say."""
        said = self.request.POST.get("version", "")
        if said.isdecimal() and len(said) < 10:
            return int(said)
        return None if self.matter is None else int(self.matter.version)

    @property
    def back(self) -> str:
        plural = self.service.loop.plural
        return f"/{plural}/{self.matter.no}/" if self.matter is not None else f"/{plural}/"


@signed_in
def deed_page(request: HttpRequest, plural: str, no: str, slug: str) -> HttpResponse:
    """``/{plural}/{no}/{step}/``: the form, and the deed."""
    service, pages = service_of(plural)
    matter = find(service, actor_for(request), no)
    try:
        deed = service.loop.deed(slug.replace("-", "_"))
    except KeyError:
        raise Http404 from None
    if not deed.shown:
        raise Http404
    form = form_for(
        deed.input,
        data=request.POST if request.method == "POST" else None,
        initial={**pages.prefill(deed.name, matter, actor_for(request)), **_proposed(request)},
        criteria=pages.criteria(matter),
        kept=_received(matter.uid, deed.input, request),
        offers=pages.offers(deed.name, matter, actor_for(request)),
        asks=pages.asks(deed.name, matter, actor_for(request)),
    )
    attempt = Attempt(request, service, pages, deed, matter, matter.uid, form)
    standing = tuple(standing_failures(service.loop, deed, matter, attempt.actor))
    if standing and (request.method != "POST" or attempt.version == matter.version):
        return _refused(attempt, standing)
    return _try(attempt) if request.method == "POST" else _show(attempt)


@signed_in
def opening_page(request: HttpRequest, plural: str, slug: str) -> HttpResponse:
    """``/{plural}/new/{opening}/``: open a matter."""
    service, pages = service_of(plural)
    try:
        deed = service.loop.opening(slug.replace("-", "_"))
    except KeyError:
        raise Http404 from None
    if not deed.shown:
        raise Http404
    uid = _posted_uid(request) or uuid7()
    if request.method == "POST" and service.model._default_manager.filter(uid=uid).exists():
        return _opened_before(request, service, uid)
    form = form_for(
        deed.input,
        data=request.POST if request.method == "POST" else None,
        initial={
            **pages.prefill(deed.name, None, actor_for(request)),
            **request.GET.dict(),
        },
        criteria=pages.criteria(None),
        kept=_received(uid, deed.input, request),
        offers=pages.offers(deed.name, None, actor_for(request)),
    )
    attempt = Attempt(request, service, pages, deed, None, uid, form)
    return _try(attempt) if request.method == "POST" else _show(attempt)


def _opened_before(request: HttpRequest, service: Running, uid: UUID) -> HttpResponse:
    """The form was sent before: lead to what came of it, and keep no file for what may be somebody else's matter."""
    matter: Any = service.visible(actor_for(request)).filter(uid=uid).first()
    if matter is None:
        raise Http404
    messages.info(
        request, f"这张表此前已经提交，编号 {matter.no}，没有重复办理。如需另报一条，请重新打开表单填写。"
    )
    return HttpResponseRedirect(f"/{service.loop.plural}/{matter.no}/")


def _posted_uid(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None


def _proposed(request: HttpRequest) -> dict[str, Any]:
    """What the link that led here proposes (the sheet's word on a conflict); whoever signs may change it."""
    return {name: value for name, value in request.GET.dict().items() if value}


def _try(attempt: Attempt) -> HttpResponse:
    request, deed = attempt.request, attempt.deed
    if (
        deed.signed
        and not recently_confirmed(request)
        and not confirm(request, request.POST.get("sign_password", ""))
    ):
        attempt.password_error = (
            "密码不对，请重新输入" if request.POST.get("sign_password") else "请输入登录密码以签名"
        )
        return _show(attempt, 422)
    try:
        outcome = _perform(attempt)
    except Refused as refusal:
        attempt.failures = refusal.failures
        attempt.form = _again(attempt)
        attempt.form.show(refusal.failures)
        return _show(attempt, 422)
    except Stale:
        return _stale(attempt)
    messages.success(request, f"{outcome.no}：已{deed.label}。")
    return HttpResponseRedirect(f"/{attempt.service.loop.plural}/{outcome.no}/")


def _perform(attempt: Attempt) -> engine.Outcome:
    deed, request = attempt.deed, attempt.request
    raw = _raw(attempt)
    given: Any = build(deed.input, raw)
    key = request.POST.get("key", "").replace("\x00", "")[:80]
    loop = attempt.service.loop.name
    if isinstance(deed, Opening):
        return engine.open_matter(loop, deed.name, given, actor=attempt.actor, key=key, uid=attempt.uid)
    return engine.perform(
        loop,
        deed.name,
        attempt.matter.no,
        given,
        actor=attempt.actor,
        version=attempt.version,
        key=key,
    )[0]


def _raw(attempt: Attempt) -> dict[str, Any]:
    """What was typed, names resolved through the doors, files already safe in the attachments room."""
    raw = attempt.form.raw()
    failures: list[Failure] = []
    for item in attempt.form.described:
        try:
            if item.kind in (Kind.PHOTOS, Kind.FILES):
                raw[item.name] = _keep_files(attempt, item)
            else:
                raw[item.name] = resolve(item, raw.get(item.name), attempt.actor)
        except Refused as refusal:
            failures += [Failure(one.code, one.message, item.name) for one in refusal.failures]
    Refused.unless(failures)
    return raw


def _keep_files(attempt: Attempt, item: Field) -> list[UUID]:
    """Store what came, whatever becomes of the deed: a refused form must not cost the photos again."""
    held = [UUID(value) for value in attempt.request.POST.getlist(f"{item.name}_kept") if _is_uuid(value)]
    known = set(Attachment.objects.filter(matter=attempt.uid, uid__in=held).values_list("uid", flat=True))
    kept = [uid for uid in held if uid in known]
    for upload in attempt.request.FILES.getlist(item.name):
        with transaction.atomic():
            store = keeping.store_image if item.kind is Kind.PHOTOS else keeping.store
            kept.append(store(attempt.uid, item.name, upload, attempt.actor).uid)
    posted = attempt.request.POST.copy()
    posted.setlist(f"{item.name}_kept", [str(uid) for uid in kept])
    attempt.request.POST = posted  # type: ignore[assignment]
    return kept


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _received(uid: UUID, input_type: type, request: HttpRequest) -> dict[str, list[tuple[str, str]]]:
    """Files of an earlier try at this very form, to be offered again."""
    names = [item.name for item in fields_of(input_type) if item.kind in (Kind.PHOTOS, Kind.FILES)]
    wanted = [value for name in names for value in request.POST.getlist(f"{name}_kept") if _is_uuid(value)]
    if not wanted:
        return {}
    held: dict[str, list[tuple[str, str]]] = {}
    for item in Attachment.objects.filter(matter=uid, uid__in=wanted):
        at = item.at.astimezone(clock.SHANGHAI)
        held.setdefault(item.kind, []).append((str(item.uid), f"{item.name}（{at:%H:%M} 已上传）"))
    return held


def _again(attempt: Attempt) -> DeedForm:
    """The same form once more, with the files it has received by now."""
    return form_for(
        attempt.deed.input,
        data=attempt.request.POST,
        criteria=attempt.pages.criteria(attempt.matter),
        kept=_received(attempt.uid, attempt.deed.input, attempt.request),
        offers=attempt.pages.offers(attempt.deed.name, attempt.matter, attempt.actor),
        asks=attempt.pages.asks(attempt.deed.name, attempt.matter, attempt.actor),
    )


def _show(attempt: Attempt, status: int = 200) -> HttpResponse:
    deed, request, matter = attempt.deed, attempt.request, attempt.matter
    loop = attempt.service.loop
    crumbs = [parts.Link(loop.label, f"/{loop.plural}/")]
    if matter is not None:
        crumbs.append(parts.Link(matter.no, attempt.back))
    context = {
        "crumbs": [*crumbs, parts.Link(deed.label, "")],
        "label": deed.label,
        "says": deed.hint,
        "basis": deed.basis,
        "matter": parts.Link(f"{matter.no} {attempt.pages.what(matter)}", attempt.back) if matter else None,
        "facts": attempt.pages.facts(matter)[:4] if matter else (),
        "form": attempt.form,
        "failures": attempt.failures,
        "multipart": any(item.kind in (Kind.PHOTOS, Kind.FILES) for item in attempt.form.described),
        "signed": deed.signed,
        "confirmed": recently_confirmed(request),
        "one_click_sign": one_click(request),
        "password_error": attempt.password_error,
        "version": request.POST.get("version") or (matter.version if matter else None),
        "key": request.POST.get("key") or str(attempt.uid if matter is None else uuid7()),
        "cancel_href": attempt.back,
    }
    return render(request, "step.html", context, status=status)


def _refused(attempt: Attempt, failures: tuple[Failure, ...]) -> HttpResponse:
    context = {
        "label": attempt.deed.label,
        "failures": failures,
        "back": parts.Link(f"回到 {attempt.matter.no}", attempt.back),
    }
    return render(attempt.request, "refused.html", context, status=422)


def _stale(attempt: Attempt) -> HttpResponse:
    entries, _ = timeline(attempt.pages, attempt.matter.uid, attempt.actor)
    fresh = find(attempt.service, attempt.actor, attempt.matter.no)
    behind = max(1, fresh.version - (attempt.version or 0))
    typed = [
        parts.Fact(item.label, attempt.request.POST.get(item.name, ""))
        for item in attempt.form.described
        if attempt.request.POST.get(item.name) and item.kind is not Kind.SEALED
    ]
    assert isinstance(attempt.deed, Step | Act), "an opening finds no matter that another could have changed"
    over = tuple(standing_failures(attempt.service.loop, attempt.deed, fresh, attempt.actor))
    context = {
        "matter": parts.Link(attempt.matter.no, attempt.back),
        "label": attempt.deed.label,
        "since": entries[:behind],
        "typed": typed,
        "over": over,
        "again_href": "" if over else attempt.request.path,
    }
    return render(attempt.request, "stale.html", context, status=409)


@require_GET
@signed_in
def file_of_matter(request: HttpRequest, plural: str, no: str, uid: UUID) -> Any:
    """An attachment, through the door of its matter and no other."""
    service, pages = service_of(plural)
    actor = actor_for(request)
    matter = find(service, actor, no)
    item = keeping.open_to(matter.uid, uid, actor)
    if item is None or str(item.pk) in withheld(pages, matter.uid, actor):
        raise Http404
    response = FileResponse(
        io.BytesIO(keeping.content_of(item)),
        as_attachment=not item.is_image,
        filename=item.name,
        content_type=item.media_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=600"
    return response
