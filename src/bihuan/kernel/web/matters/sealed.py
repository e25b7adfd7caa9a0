"""Looking at a sealed field in the browser: the reason first, then the value, once, and never in a cache."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from bihuan.kernel.errors import Refused
from bihuan.kernel.loops import sealed
from bihuan.kernel.loops.inputs import Kind, build, entry
from bihuan.kernel.loops.registry import Running
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
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


def sealed_links(service: Running, matter: Any, actor: Actor) -> list[parts.Link]:
    """Links to what the vault holds for the matter, for those it is open to."""
    if not service.loop.sealed_to or not sealed.may_read(service, matter, actor):
        return []
    known = sealed.sealed_fields(service.loop.name)
    return [
        parts.Link(
            f"查看{known[name].label}（须说明理由）", f"/{service.loop.plural}/{matter.no}/sealed/{name}/"
        )
        for name in sealed.holds_sealed(matter.uid)
        if name in known
    ]
