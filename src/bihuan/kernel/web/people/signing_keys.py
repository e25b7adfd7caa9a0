"""A person's signing key: which is in force, and ending it when it may be in other hands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from bihuan.kernel import clock
from bihuan.kernel.exchange.notices import NewNotice, notify
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Person, Role
from bihuan.kernel.signatures.masters import revoke_key
from bihuan.kernel.signatures.models import PersonKey
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.session import actor_for

SECURITY = frozenset({Role.SECURITY_ADMIN})


class RevokingForm(forms.Form):
    reason = forms.CharField(label="停用原因", max_length=200, help_text="例如“密码被人看到”“手机丢失”“离任”")
    doubted_since = forms.DateTimeField(
        label="可能自何时起被他人使用",
        required=False,
        help_text="知道的填写；其后的签名列为存疑，留给审计管理员核查",
        widget=forms.DateTimeInput({"autocomplete": "off"}),
        error_messages={"invalid": "不是时间，请写成 2026-06-30 09:00 这样的形式"},
    )


def _key_of(person: Person) -> PersonKey | None:
    return PersonKey.objects.filter(person=person, revoked_at__isnull=True).first()


def key_in_words(person: Person) -> str:
    """The key in force by its fingerprint, and how many were ended before."""
    key, ended = _key_of(person), PersonKey.objects.filter(person=person, revoked_at__isnull=False).count()
    now = f"{key.fingerprint}，{clock.day_of(key.valid_from)} 启用" if key else "首次签名时生成"
    return f"{now}；此前停用 {ended} 把" if ended else now


def key_actions(actor: Actor, person: Person) -> Sequence[parts.Action]:
    """Ending the key, for the security administrator; shown to the other one as not theirs."""
    if _key_of(person) is None:
        return ()
    mine = actor.holds(Role.SECURITY_ADMIN)
    why = () if mine else ("签名密钥由安全管理员停用",)
    return [parts.Action("停用签名密钥", f"/people/persons/{person.pk}/revoke-key/", mine, why, icon="key")]


@only_for(SECURITY)
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End the key now; its owner is told, so that nobody's hand is taken away unnoticed."""
    person = Person.objects.filter(pk=pk).first()
    if person is None:
        raise Http404
    held = person

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        actor = actor_for(request)
        with transaction.atomic():
            _, doubted = revoke_key(held, actor, given["reason"], doubted_since=given["doubted_since"])
            words = (
                f"您的签名密钥已由{actor.post} {actor.name}停用（{given['reason']}），此前的签名仍有效，"
                "下次签名时另发新钥；有疑问请找安全管理员"
            )
            notify([NewNotice(words, person_id=held.pk, urgent=True)])
        doubt = f"其中 {doubted} 个签名列为存疑。" if doubted else ""
        says = "密码也可能泄露的，请系统管理员重设密码。"
        messages.success(request, f"{held.name}的签名密钥已停用，此前的签名仍有效。{doubt}{says}")
        return HttpResponseRedirect(f"/people/persons/{pk}/")

    question = Question(
        "停用签名密钥",
        back=f"/people/persons/{pk}/",
        says=f"从现在起，这把密钥不能再签名；{held.name}此前签的名仍有效，下次签名时系统另发新钥。",
        facts=[parts.Fact("姓名", held.name), parts.Fact("签名密钥", key_in_words(held))],
        about=parts.Link(held.name, f"/people/persons/{pk}/"),
        crumbs=[
            parts.Link("人员与岗位", "/people/"),
            parts.Link(held.name, f"/people/persons/{pk}/"),
        ],
        again=True,
    )
    return ask(request, question, RevokingForm(request.POST or None), deed)
