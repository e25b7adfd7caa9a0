"""``GET /responsibility/``: what each room of responsibility keeps, and what waits in it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from bihuan.capabilities.responsibility import places
from bihuan.kernel.web import parts
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.frame import for_roles, offer
from bihuan.kernel.web.places import add_urls
from bihuan.kernel.web.session import actor_for


@require_GET
@only_for(places.UNITS)
def hub(request: HttpRequest) -> HttpResponse:
    """One line a room."""
    actor = actor_for(request)
    rooms = places.places(actor)
    columns = (parts.Column("内容", "title"), parts.Column("说明"), parts.Column("待办", "number"))
    rows = [
        parts.Row((one.label, one.says, one.count(actor) if one.count else None), href=one.href)
        for one in rooms
    ]
    context = {
        "heading": "责任",
        "lead": "每家企业、每处场所、每个行业：哪位领导、哪个部门、哪个镇街、企业里谁，任何一天都答得上来。",
        "begin": (),
        "beside": places.tabs(actor, request.path),
        "ledger": parts.Ledger(columns, rows, "责任体系"),
        "empty": parts.Empty("这里还没有内容。"),
    }
    return render(request, "list.html", context)


def install() -> None:
    """Serve the page and put it into the navigation."""
    add_urls([path("responsibility/", hub, name="responsibility")])
    offer(40, for_roles("责任", places.HUB, "users", places.UNITS, also=("/letters/", "/gaps/")))
