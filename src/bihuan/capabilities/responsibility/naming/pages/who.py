"""``GET /responsibility/who/?object=…&on=…``: who was responsible for an object on a day (责任认定, M031); made to be printed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.capabilities.responsibility import places
from bihuan.capabilities.responsibility.naming.pages.forms import object_meant
from bihuan.capabilities.responsibility.naming.pages.sections import signatures
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.objects.access import access_object
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.responsibility.chain import beside, chain
from bihuan.kernel.web import parts
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.paging import address
from bihuan.kernel.web.session import actor_for
from bihuan.registers.pages.days import asked_day

HERE = "/responsibility/who/"


def rungs(one: SupervisedObject, on: date) -> Sequence[parts.Holder]:
    """The chain of a day as pages show it."""
    return [
        parts.Holder(holder.level.label, holder.name, holder.title, holder.rule, vacant=holder.vacant)
        for holder in chain(one, on)
    ]


def bound(one: SupervisedObject, on: date) -> Sequence[parts.Holder]:
    """Who is bound beside the chain."""
    return [
        parts.Holder(
            each.label, each.holder.name, each.holder.title, each.holder.rule, vacant=each.holder.vacant
        )
        for each in beside(one, on)
    ]


@require_GET
@only_for(places.UNITS)
def who(request: HttpRequest) -> HttpResponse:
    """The question, and the answer once an object is named."""
    actor, on = actor_for(request), asked_day(request)
    typed = request.GET.get("object", "").strip()
    one, wrong = _named(typed, actor)
    context = {
        **places.beside(actor, HERE),
        "on": on,
        "typed": f"{one.name}｜{one.credit_code or one.uid}" if one else typed,
        "one": one,
        "wrong": wrong,
        "href": f"/enterprises/{one.uid}/?on={on}" if one else "",
        "facts": _facts(one) if one else (),
        "chain": rungs(one, on) if one else (),
        "bound": bound(one, on) if one else (),
        "signatures": signatures(actor, one, on) if one else None,
        "printed": f"{clock.minute_of(clock.now())} {actor.post} {actor.name}",
    }
    return render(request, "responsibility/who.html", context, status=422 if wrong else 200)


def _named(typed: str, actor: Actor) -> tuple[SupervisedObject | None, str]:
    if not typed:
        return None, ""
    try:
        uid = object_meant(typed, actor)
    except Refused as refusal:
        return None, refusal.failures[0].message
    return access_object(actor, uid), ""


def _facts(one: SupervisedObject) -> Sequence[parts.Fact]:
    return [
        parts.Fact("名称", one.name),
        parts.Fact("统一社会信用代码", one.credit_code or None),
        parts.Fact("属地", one.region.name),
        parts.Fact("行业领域", one.sector.name if one.sector else None),
        parts.Fact("登记的监管部门", one.agency.name if one.agency else None),
    ]


def link(object_uid: object, on: date) -> str:
    """The address that answers for an object on a day."""
    return address(HERE, {"object": str(object_uid), "on": on.isoformat()})
