"""``/tipoffs/poster/``: the sheet for the office to print, with the address the public has for this house."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from bihuan.capabilities.tipoffs import places as house
from bihuan.capabilities.tipoffs.public import limits, poster
from bihuan.capabilities.tipoffs.public.views.face import HERE
from bihuan.kernel.errors import Refused
from bihuan.kernel.people.models import Role
from bihuan.kernel.territory.trees import the_district
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.parts import Link
from bihuan.kernel.web.session import actor_for

OFFICE = frozenset({Role.OFFICE})


def _address(request: HttpRequest) -> str:
    return poster.outside(request.GET.get("address", "") or request.build_absolute_uri("/"))


def _district() -> str:
    found = the_district()
    return found.region.name if found else ""


@require_GET
@only_for(OFFICE)
def poster_page(request: HttpRequest) -> HttpResponse:
    """The sheet as it will be, and whether the door it leads to is open."""
    wrong = ""
    try:
        address = _address(request)
    except Refused as refusal:
        wrong, address = refusal.failures[0].message, request.build_absolute_uri(HERE)
    context = {
        "crumbs": [Link(house.LABEL, house.ITEMS), Link("举报海报", "")],
        "beside": house.tabs(house.POSTER)(actor_for(request)), "sheet": poster.told(_district(), address),
        "square": mark_safe(poster.square(address)),  # noqa: S308
        "wrong": wrong, "typed": request.GET.get("address", "") or address.removesuffix(HERE), "closed": limits.closed(),
        "local": request.get_host().split(":")[0] in ("127.0.0.1", "localhost") and not request.GET.get("address"),
    }  # fmt: skip
    return render(request, "tipoff_door/poster.html", context, status=422 if wrong else 200)


@require_GET
@only_for(OFFICE)
def poster_paper(request: HttpRequest) -> HttpResponse:
    """The same as A4 PDF."""
    response = HttpResponse(poster.paper(_district(), _address(request)), content_type="application/pdf")
    response["Content-Disposition"] = (
        "attachment; filename=\"poster.pdf\"; filename*=UTF-8''%E4%B8%BE%E6%8A%A5%E6%B5%B7%E6%8A%A5.pdf"
    )
    return response
