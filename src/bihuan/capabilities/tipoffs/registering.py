"""``/tipoffs/register/``: a call, a letter, a visit or a transfer, with as many matters as it tells of, in one form.

And ``/tipoff-batches/<no>/receipt/``: a receipt number for whoever asked to hear what became of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from bihuan.capabilities.tipoffs import places, receipts, receiving
from bihuan.capabilities.tipoffs.access import access_batch, visible_batches
from bihuan.capabilities.tipoffs.batches import BATCH
from bihuan.capabilities.tipoffs.inputs import BatchGiven, ItemGiven, Reporter
from bihuan.capabilities.tipoffs.states import Channel
from bihuan.kernel import clock
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.inputs import Kind, build, entry, fields_of
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.uid import uuid7
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.forms import DeedForm, form_for, resolve
from bihuan.kernel.web.reconfirm import confirm, one_click, recently_confirmed
from bihuan.kernel.web.session import actor_for

CHANNELS = [pair for pair in Channel.choices() if pair[0] != Channel.WEB.value]


@dataclass(frozen=True, kw_only=True)
class Head(Reporter):
    """The batch itself; :class:`BatchGiven` without its first item."""

    channel: str = entry("来源", Kind.CHOICE, choices=CHANNELS)
    received_on: date = entry("收到日期", Kind.DATE)
    origin: str = entry("来文单位", required=False, max_length=60, help="上级交办、部门移送的填写")
    origin_no: str = entry("来文编号", required=False, max_length=40, help="同一编号只登记一次")
    reply_by: date | None = entry("要求答复日期", Kind.DATE, required=False)


SEALED = tuple(item.name for item in fields_of(Reporter))


@require_http_methods(["GET", "POST"])
@only_for(frozenset({Role.OFFICE}))
def register_page(request: HttpRequest) -> HttpResponse:
    """The form; on POST the whole batch or nothing."""
    uid = _uuid(request.POST.get("key", "")) or uuid7()
    if (before := visible_batches(actor_for(request)).filter(uid=uid).first()) is not None:
        messages.info(request, f"这张表此前已经提交，编号 {before.no}，没有重复登记。")
        return HttpResponseRedirect(f"{places.BATCHES}{before.no}/")
    count = _count(request)
    data = request.POST if request.method == "POST" else None
    head = form_for(Head, data=data, initial={"received_on": clock.today(), "channel": Channel.HOTLINE.value})
    pieces = [_piece(data, place) for place in range(count)]
    shown = _Shown(request, uid, head, pieces)
    if request.method != "POST" or "more" in request.POST:
        return shown.answer()
    if not recently_confirmed(request) and not confirm(request, request.POST.get("sign_password", "")):
        typed = request.POST.get("sign_password")
        return shown.answer(422, wrong="密码不对，请重新输入" if typed else "请输入登录密码以签名")
    try:
        return _register(request, uid, head, pieces)
    except Refused as refusal:
        return shown.answer(422, failures=refusal.failures)


def _count(request: HttpRequest) -> int:
    text = request.POST.get("pieces", "1")
    count = int(text) if text.isdecimal() and len(text) < 3 else 1
    return max(1, min(receiving.MOST_ITEMS, count + ("more" in request.POST)))


def _piece(data: Mapping[str, Any] | None, place: int) -> DeedForm:
    form = form_for(ItemGiven, data=data)
    form.prefix = f"i{place}"
    return form


@dataclass(frozen=True)
class _Shown:
    """The form as it stands."""

    request: HttpRequest
    uid: UUID
    head: DeedForm
    pieces: Sequence[DeedForm]

    def answer(self, status: int = 200, failures: Sequence[Failure] = (), wrong: str = "") -> HttpResponse:
        if failures:
            self._beside(failures)
        own = [self.head[name] for name in ("channel", "received_on", "origin", "origin_no", "reply_by")]
        context = {
            "crumbs": [parts.Link(places.LABEL, places.ITEMS), parts.Link("登记举报", "")],
            "beside": places.tabs(places.REGISTER)(actor_for(self.request)),
            "head": self.head,
            "own": own,
            "sealed": [self.head[name] for name in SEALED],
            "pieces": self.pieces,
            "count": len(self.pieces),
            "full": len(self.pieces) >= receiving.MOST_ITEMS,
            "failures": failures,
            "key": str(self.uid),
            "signed": True,
            "confirmed": recently_confirmed(self.request),
            "one_click_sign": one_click(self.request),
            "password_error": wrong,
            "receipt_wanted": self.request.POST.get("receipt", "") == "yes",
            "cancel_href": places.ITEMS,
        }
        response = render(self.request, "tipoffs/register.html", context, status=status)
        response["Cache-Control"] = "no-store"
        return response

    def _beside(self, failures: Sequence[Failure]) -> None:
        self.head.show([one for one in failures if not (one.field or "").startswith("items.")])
        for place, form in enumerate(self.pieces):
            own = f"items.{place}."
            mine = [one for one in failures if (one.field or "").startswith(own)]
            form.show([replace(one, field=(one.field or "").removeprefix(own)) for one in mine])


def _register(request: HttpRequest, uid: UUID, head: DeedForm, pieces: Sequence[DeedForm]) -> HttpResponse:
    actor = actor_for(request)
    given, built, uids = _given(request, actor, head, pieces)
    outcome = engine.open_matter(
        BATCH, "register", given, actor=actor, uid=uid, key=str(uid), pieces=built, item_uids=uids
    )
    messages.success(request, f"{outcome.no}：已登记，共 {len(built)} 件。")
    if request.POST.get("receipt") != "yes":
        return HttpResponseRedirect(f"{places.BATCHES}{outcome.no}/")
    return _tell(request, receiving.hand_out(access_batch(actor, outcome.no), actor), outcome.no)


def _given(
    request: HttpRequest, actor: Actor, head: DeedForm, pieces: Sequence[DeedForm]
) -> tuple[BatchGiven, list[ItemGiven], list[UUID]]:
    """What was typed, every fault of every part at once; photos are kept last, when all else is in order."""
    failures: list[Failure] = []
    raws = [_raw(request, actor, form, place, failures) for place, form in enumerate(pieces)]
    built: list[ItemGiven] = []
    for place, raw in enumerate(raws):
        try:
            built.append(build(ItemGiven, raw))
        except Refused as refusal:
            failures += [replace(one, field=f"items.{place}.{one.field}") for one in refusal.failures]
    try:
        own = build(Head, head.raw())
    except Refused as refusal:
        Refused.unless([*refusal.failures, *failures])
        raise
    Refused.unless(failures)
    uids = [uuid7() for _ in built]
    photos = [_photos(request, actor, uid, place) for place, uid in enumerate(uids)]
    built = [replace(one, photos=tuple(kept)) for one, kept in zip(built, photos, strict=True)]
    first = built[0]
    given = BatchGiven(
        channel=own.channel, received_on=own.received_on, origin=own.origin, origin_no=own.origin_no,
        reply_by=own.reply_by, reporter_name=own.reporter_name, reporter_phone=own.reporter_phone,
        reporter_address=own.reporter_address, topic=first.topic, words=first.words, place=first.place,
    )  # fmt: skip
    return given, built, uids


def _raw(
    request: HttpRequest, actor: Actor, form: DeedForm, place: int, failures: list[Failure]
) -> dict[str, Any]:
    raw: dict[str, Any] = {}
    for item in form.described:
        if item.kind is Kind.PHOTOS:
            continue
        try:
            raw[item.name] = resolve(item, request.POST.get(f"i{place}-{item.name}"), actor)
        except Refused as refusal:
            failures += [replace(one, field=f"items.{place}.{item.name}") for one in refusal.failures]
    return raw


def _photos(request: HttpRequest, actor: Actor, uid: UUID, place: int) -> list[UUID]:
    files = request.FILES.getlist(f"i{place}-photos")
    if len(files) > receiving.MOST_PHOTOS:
        says = f"每件事至多 {receiving.MOST_PHOTOS} 张照片"
        raise Refused.because("tipoff.too_many_photos", says, f"items.{place}.photos")
    return [receiving.keep_photo(uid, one, actor) for one in files]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@require_http_methods(["GET", "POST"])
@only_for(frozenset({Role.OFFICE}))
def receipt_page(request: HttpRequest, no: str) -> HttpResponse:
    """Hand out a receipt number, once."""
    actor = actor_for(request)
    batch = access_batch(actor, no)
    question = Question(
        "发查询码", back=f"{places.BATCHES}{no}/", about=parts.Link(no, f"{places.BATCHES}{no}/"),
        says="查询码只显示一次。请当面或在电话里告诉举报人，由其自己保管；系统里不存明文，谁也查不出来。",
        crumbs=[parts.Link("举报批次", places.BATCHES), parts.Link(no, f"{places.BATCHES}{no}/")],
    )  # fmt: skip
    return ask(
        request,
        question,
        forms.Form(request.POST if request.method == "POST" else None),
        lambda given: _tell(request, receiving.hand_out(batch, actor), no),
    )


def _tell(request: HttpRequest, number: str, no: str) -> HttpResponse:
    context = {
        "heading": "查询码",
        "says": "请告诉举报人抄下这 16 位数字，凭它查询进展和回复，不需要账号。",
        "secret": receipts.grouped(number),
        "back": parts.Link(f"回到批次 {no}", f"{places.BATCHES}{no}/"),
    }
    response = render(request, "once_secret.html", context)
    response["Cache-Control"] = "no-store"
    return response
