"""What is done with a document on its own pages: signing, drawing, noting a refusal, serving, voiding, consent."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from bihuan.kernel import clock
from bihuan.kernel.attachments import keeping
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.forms import ManyFilesField
from bihuan.kernel.web.reconfirm import confirmed_at
from bihuan.kernel.web.session import actor_for, signed_in
from bihuan.registers.instruments import consents, issuing, offering, serving, shelf
from bihuan.registers.instruments import signing_places as places
from bihuan.registers.instruments.filling import read
from bihuan.registers.instruments.kinds import Field, Place
from bihuan.registers.instruments.models import Instrument
from bihuan.registers.instruments.pages.layout import crumbs, href_of, name_of

_OFFICERS = Field("officers", "送达人", "people", True)
_PNG = "data:image/png;base64,"
LARGEST_PICTURE = 2_000_000


def _there(request: HttpRequest) -> Actor:
    """The actor with the moment of the last confirmation, which the form may just have given."""
    return replace(actor_for(request), confirmed_at=confirmed_at(request))


def _choice(one: Instrument, seats: Sequence[Place]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label="签名位置", choices=[(seat.key, places.seat_label(one, seat)) for seat in seats], widget=forms.RadioSelect,
        initial=seats[0].key if len(seats) == 1 else None,
    )  # fmt: skip


def _question(one: Instrument, label: str, says: str, *, signed: bool = False, **more: Any) -> Question:
    facts = [
        parts.Fact("送达对象", one.addressee or "—"),
        parts.Fact("摘要（SM3）", bytes(one.digest).hex()[:16]),
    ]
    return Question(
        label, href_of(one), says=says, facts=facts, about=parts.Link(name_of(one), href_of(one)),
        crumbs=crumbs(one, parts.Link("", ""))[:-1], signed=signed, **more,
    )  # fmt: skip


def _done(request: HttpRequest, one: Instrument, words: str) -> HttpResponse:
    messages.success(request, words)
    return HttpResponseRedirect(href_of(one))


@signed_in
def sign(request: HttpRequest, uid: UUID) -> HttpResponse:
    """``/instruments/<uid>/sign/``: with the own key."""
    one = shelf.access_instrument(actor_for(request), uid)
    seats = places.hands_for(one, actor_for(request))
    if not seats:
        raise Refused.because("instrument.not_your_place", "这份文书没有待您签名的位置")
    form = _form(request, place=_choice(one, seats))

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        places.sign(one, given["place"], _there(request))
        return _done(request, one, "已签名。")

    says = "请先通读文书。签名与文书内容的摘要绑定，签名后文书不能改动。"
    return ask(request, _question(one, "签名", says, again=True), form, deed)


@signed_in
def draw(request: HttpRequest, uid: UUID) -> HttpResponse:
    """``/instruments/<uid>/draw/``: the drawing pad before the officer."""
    one = _handled(request, uid)
    seats = places.open_places(one) or tuple(each.place for each in places.standing(one) if not each.signings)
    if not seats:
        raise Refused.because("instrument.signed_already", "这份文书的签名位置都已签名")
    form = _form(
        request, place=_choice(one, seats), name=forms.CharField(label="签名人姓名", max_length=60),
        post=forms.CharField(label="签名人职务", max_length=60, required=False),
        picture=forms.CharField(widget=forms.HiddenInput, required=False, label="手写签名"),
    )  # fmt: skip

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        places.draw(
            one, given["place"], _png(given["picture"]), given["name"], _there(request), post=given["post"]
        )
        return _done(request, one, f"已保存{given['name']}的手写签名。")

    says = "请当事人在下面的框内手写签名；您作为在场的执法人员，用本人签名确认是其本人所写。"
    question = _question(one, "保存手写签名", says, signed=True, template="instruments/draw.html")
    return ask(request, question, form, deed)


def _png(text: str) -> bytes:
    if not text.startswith(_PNG) or len(text) > LARGEST_PICTURE:
        raise Refused.because("instrument.nothing_drawn", "还没有写签名，请在签名框内书写后再提交")
    try:
        return base64.b64decode(text.removeprefix(_PNG), validate=True)
    except (binascii.Error, ValueError):
        raise Refused.because("instrument.nothing_drawn", "签名没有收到，请清除后重新书写") from None


@signed_in
def refuse(request: HttpRequest, uid: UUID) -> HttpResponse:
    """``/instruments/<uid>/refuse/``."""
    one = _handled(request, uid)
    seats = places.open_places(one)
    if not seats:
        raise Refused.because("instrument.signed_already", "这份文书没有待签名的位置")
    form = _form(
        request, place=_choice(one, seats), name=forms.CharField(label="拒签人", max_length=60, required=False),
        reason=forms.CharField(label="拒签的情况", max_length=300, widget=forms.Textarea({"rows": 3})),
        witness=forms.CharField(label="见证人", max_length=60, help_text="另一名执法人员也可以见证"),
    )  # fmt: skip

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        places.refuse(
            one,
            given["place"],
            _there(request),
            reason=given["reason"],
            witness=given["witness"],
            name=given["name"],
        )
        return _done(request, one, "已登记拒签。")

    return ask(
        request, _question(one, "登记拒签", "写明情况和见证人，由您签名确认。", signed=True), form, deed
    )


@signed_in
def serve(request: HttpRequest, uid: UUID) -> HttpResponse:
    """``/instruments/<uid>/serve/``."""
    one = _handled(request, uid)
    if not offering.lets(actor_for(request), one, "serve"):
        raise Absent("这份文书的送达在所属事项里办理")
    form = _form(
        request,
        how=forms.ChoiceField(label="送达方式", choices=list(serving.HOWS.items()), widget=forms.RadioSelect),
        on=forms.DateField(label="送达日期", initial=clock.today(), help_text="公告送达填写公告发布日期"),
        at=forms.TimeField(label="送达时间", required=False, help_text="例如 09:30"),
        place=forms.CharField(label="送达地点", max_length=200, required=False),
        receiver=forms.CharField(label="收件人", max_length=60, required=False),
        relation=forms.CharField(label="代收人与受送达人的关系", max_length=60, required=False),
        refusal=forms.CharField(label="拒收事由", max_length=300, required=False, help_text="留置送达必填"),
        witness=forms.CharField(label="见证人", max_length=60, required=False),
        reference=forms.CharField(
            label="邮件号码或者公告媒体", max_length=100, required=False, help_text="邮寄、公告送达必填"
        ),
        entrusted_to=forms.CharField(label="受委托送达的单位", max_length=100, required=False),
        officers=forms.CharField(
            label="送达人", widget=forms.Textarea({"rows": 2}), help_text="每行一人：姓名，空格，证号",
            initial="\n".join(f"{each['name']} {each.get('certificate', '')}".strip() for each in one.facts.get("officers", ())),
        ),
        proof=_files("照片、录像截图或者回单"),
    )  # fmt: skip

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        actor = _there(request)
        if offering.of(one.loop).signed and (waiting := places.officers_waited_for(one)):
            says = f"“{'、'.join(waiting)}”还没有签名；两名执法人员签名之后才能送达"
            raise Refused.because("service.unsigned", says)
        kept = tuple(
            keeping.store(one.matter, "service_proof", upload, actor).uid
            for upload in request.FILES.getlist("proof")
        )
        told = {key: given[key] or "" for key in (
            "place", "receiver", "relation", "refusal", "witness", "reference", "entrusted_to",
        )}  # fmt: skip
        delivery = serving.Delivery(
            given["how"], _day(given["on"]), at=_time(given["at"]), proof=kept, **told
        )
        receipt = serving.serve(one, delivery, officers=read(_OFFICERS, given["officers"]), actor=actor)
        return _done(request, one, f"已登记送达，生成送达回执{receipt.number}。")

    due = serving.due_of(one)
    says = f"送达期限：{due.due}。" if due else "送达情况写入送达回执，期限从送达之日起算。"
    return ask(request, _question(one, "登记送达", says), form, deed)


def _files(label: str) -> forms.Field:
    made = ManyFilesField(label=label, required=False)
    made.kind = "file"  # type: ignore[attr-defined]
    return made


def _day(value: Any) -> date:
    assert isinstance(value, date)
    return value


def _time(value: Any) -> time | None:
    return value if isinstance(value, time) else None


@signed_in
def void(request: HttpRequest, uid: UUID) -> HttpResponse:
    """``/instruments/<uid>/void/``."""
    one = _handled(request, uid)
    if not offering.lets(actor_for(request), one, "void"):
        raise Absent("这份文书的更正在所属事项里办理")
    form = _form(
        request, reason=forms.CharField(label="作废原因", max_length=300, widget=forms.Textarea({"rows": 3}))
    )

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        issuing.void(one, given["reason"], _there(request))
        return _done(request, one, "已作废。")

    says = "作废后文号不再使用，文书和留痕仍保留；需要更正的，作废后重新制发。"
    return ask(request, _question(one, "作废", says, again=True), form, deed)


@signed_in
def consent(request: HttpRequest, uid: UUID) -> HttpResponse:
    """``/instruments/<uid>/consent/``."""
    one = _handled(request, uid)
    form = _form(
        request,
        channel=forms.ChoiceField(label="送达方式", choices=[(each, each) for each in consents.CHANNELS]),
        address=forms.CharField(label="送达地址或者号码", max_length=200),
        given_on=forms.DateField(label="确认日期", initial=clock.today()),
        paper=_files("确认书扫描件"),
    )

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        actor = _there(request)
        kept = [
            keeping.store(one.matter, "service_consent", each, actor)
            for each in request.FILES.getlist("paper")
        ]
        if kept:
            keeping.name(one.matter, [each.uid for each in kept], keeping.OWN)
        consents.consent(
            one, channel=given["channel"], address=given["address"], given_on=given["given_on"], actor=actor,
            paper=kept[0] if kept else None,
        )  # fmt: skip
        return _done(request, one, "已登记电子送达确认书。")

    says = f"受送达人“{one.addressee}”同意并签订确认书后，可以电子送达。"
    basis = "《行政处罚法》第六十一条第二款"
    return ask(request, _question(one, "登记电子送达确认书", says, basis=basis), form, deed)


def _handled(request: HttpRequest, uid: UUID) -> Instrument:
    """The document, if the actor is of the organ that issued it; else it is as if it had no such page."""
    actor = actor_for(request)
    one = shelf.access_instrument(actor, uid)
    if not offering.handles(actor, one):
        raise Refused.because("instrument.not_yours", "由制发文书的机关办理")
    return one


def _form(request: HttpRequest, **fields: forms.Field) -> forms.Form:
    made = forms.Form(request.POST or None, request.FILES or None)
    made.fields.update(fields)
    return made
