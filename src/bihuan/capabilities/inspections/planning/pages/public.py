"""``/disclosure/draws/``: the draws by lot and what came of them, for everybody (双随机、一公开)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from bihuan.capabilities.inspections.planning.draws.publishing import Shown, public_draws, shown
from bihuan.kernel.web import parts
from bihuan.kernel.web.open_doors import Ceiling, open_to_all
from bihuan.kernel.web.paging import Keyset
from bihuan.kernel.web.signin import bare_frame

HERE = "/disclosure/draws/"
CEILING = Ceiling(90)
NEWEST = Keyset(("drawn_at", "uid"), descending=True)


def _page(request: HttpRequest) -> tuple[list[Shown], str]:
    page = NEWEST.page(public_draws().select_related("agency"), request.GET.get("cursor", ""))
    return list(shown(page.rows)), page.next_cursor or ""


@open_to_all(CEILING)
def public_page(request: HttpRequest) -> HttpResponse:
    """The newest draws first, each with its seed and its results."""
    told, cursor = _page(request)
    context: dict[str, Any] = {
        "frame": bare_frame(), "draws": told, "total": public_draws().count(),
        "pager": parts.Pager(
            shown=len(told), first_href=HERE if request.GET.get("cursor") else "",
            next_href=f"{HERE}?cursor={cursor}" if cursor else "",
        ),
    }  # fmt: skip
    return render(request, "planning/public_draws.html", context)


@open_to_all(CEILING)
def public_data(request: HttpRequest) -> HttpResponse:
    """The same for programs."""
    told, cursor = _page(request)
    rows = [
        {
            "no": one.no, "title": one.title, "organ": one.organ, "basis": one.basis,
            "drawn_on": one.drawn_on.isoformat() if one.drawn_on else None, "digests": dict(one.digests),
            "results": [
                {
                    "place": each.place, "target": each.target, "mode": each.mode, "outcome": each.outcome,
                    "visited_on": each.visited_on.isoformat() if each.visited_on else None,
                }
                for each in one.results
            ],
        }
        for one in told
    ]  # fmt: skip
    answer = {
        "demo": bool(settings.BIHUAN_DEMO),
        "total": public_draws().count(),
        "draws": rows,
        "next": cursor,
    }
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})
