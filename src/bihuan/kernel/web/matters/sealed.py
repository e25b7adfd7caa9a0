"""Sealed fields in the browser: looked at for a reason, once and never in a cache; destroyed for a reason, for good."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render

from bihuan.kernel.errors import Refused
from bihuan.kernel.loops import sealed
from bihuan.kernel.loops.inputs import Kind, build, entry
from bihuan.kernel.loops.registry import Running
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.asking import Question, ask
from bihuan.kernel.web.forms import form_for
from bihuan.kernel.web.matters.finding import find, service_of
from bihuan.kernel.web.reconfirm import confirm, one_click, recently_confirmed
from bihuan.kernel.web.session import actor_for, signed_in


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Why somebody looks."""

    reason: str = entry(
        "查看理由", Kind.LONG_TEXT, max_length=300, help="例如：需向举报人核实现场位置。理由和查看人将留痕"
    )


@signed_in
def sealed_page(request: HttpRequest, plural: str, no: str, field: str) -> HttpResponseBase:
    """``/{plural}/{no}/sealed/{field}/``."""
    service, pages = service_of(plural)
    actor = actor_for(request)
    matter = find(service, actor, no)
    described = sealed.sealed_fields(service.loop.name).get(field)
    if described is None or not sealed.may_read(service, matter, actor):
        raise Http404
    form = form_for(Reading, data=request.POST if request.method == "POST" else None)
    context = {
        "crumbs": [parts.Link(service.loop.label, f"/{plural}/"), parts.Link(no, f"/{plural}/{no}/")],
        "label": f"查看{described.label}",
        "says": "这是密封保存的内容。只因工作需要查看；每次查看都会写入记录。",
        "matter": parts.Link(f"{no} {pages.what(matter)}", f"/{plural}/{no}/"),
        "form": form,
        "signed": True,
        "confirmed": recently_confirmed(request),
        "one_click_sign": one_click(request),
        "cancel_href": f"/{plural}/{no}/",
    }
    if request.method != "POST":
        return render(request, "step.html", context)
    if not recently_confirmed(request) and not confirm(request, request.POST.get("sign_password", "")):
        return render(request, "step.html", {**context, "password_error": "密码不对，请重新输入"}, status=422)
    try:
        given = build(Reading, {"reason": request.POST.get("reason", "")})
        value = sealed.read_sealed(service.loop.name, no, field, given.reason, actor=actor)
    except Refused as refusal:
        form.show(refusal.failures)
        return render(request, "step.html", {**context, "failures": refusal.failures}, status=422)
    shown = {**context, "value": value, "described": described}
    response = render(request, "sealed_value.html", shown)
    response["Cache-Control"] = "no-store"
    return response


class ForgettingForm(forms.Form):
    reason = forms.CharField(
        label="销毁理由",
        max_length=300,
        help_text="例如：办结满规定年限，按规定销毁。理由和经办人将留痕",
        widget=forms.Textarea({"rows": 3}),
    )
    no = forms.CharField(
        label="再写一遍编号",
        max_length=40,
        help_text="销毁后谁也不能恢复；写一遍编号，以免销毁错了",
        widget=forms.TextInput({"autocomplete": "off"}),
    )


@signed_in
def forget_page(request: HttpRequest, plural: str, no: str) -> HttpResponseBase:
    """``/{plural}/{no}/forget-sealed/``: the values go for good, the record stays whole."""
    service, pages = service_of(plural)
    actor = actor_for(request)
    matter = find(service, actor, no)
    held = _labels(service, sealed.holds_sealed(matter.uid))
    if not sealed.may_read(service, matter, actor) or not (held or request.method == "POST"):
        raise Http404
    home = f"/{plural}/{no}/"

    def deed(given: Mapping[str, Any]) -> HttpResponse:
        if given["no"].strip() != matter.no:
            raise Refused.because("sealed.other_number", f"编号不一致，应写 {matter.no}", "no")
        sealed.forget_sealed(service.loop.name, no, given["reason"], actor=actor)
        messages.success(request, "密封内容已销毁，不能恢复；记录完整，仍可验证。")
        return HttpResponseRedirect(home)

    question = Question(
        "销毁密封内容",
        back=home,
        says="销毁密封内容的密钥：内容从此谁也读不出来，留痕和签名不受影响。这一步不能撤回。",
        facts=[parts.Fact("将销毁", "、".join(held) or None)],
        about=parts.Link(f"{no} {pages.what(matter)}", home),
        crumbs=[parts.Link(service.loop.label, f"/{plural}/"), parts.Link(no, home)],
        again=True,
    )
    return ask(request, question, ForgettingForm(request.POST or None), deed)


def _labels(service: Running, names: list[str]) -> list[str]:
    known = sealed.sealed_fields(service.loop.name)
    return [known[name].label for name in names if name in known]


def sealed_links(service: Running, matter: Any, actor: Actor) -> list[parts.Link]:
    """Links to what the vault holds for the matter, for those it is open to."""
    if not service.loop.sealed_to or not sealed.may_read(service, matter, actor):
        return []
    known = sealed.sealed_fields(service.loop.name)
    home = f"/{service.loop.plural}/{matter.no}/"
    held = [name for name in sealed.holds_sealed(matter.uid) if name in known]
    links = [parts.Link(f"查看{known[name].label}（须说明理由）", f"{home}sealed/{name}/") for name in held]
    return [*links, parts.Link("销毁密封内容（不能恢复）", f"{home}forget-sealed/")] if held else links
