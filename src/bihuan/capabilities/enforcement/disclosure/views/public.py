"""``/disclosure/``: penalty decisions in force, for everybody; what is not published law does not leave the house (M137)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from bihuan.capabilities.enforcement.disclosure.published import LONGEST, decisions, public_cases
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.policies import values as policies
from bihuan.kernel.web import parts
from bihuan.kernel.web.open_doors import Ceiling, open_to_all
from bihuan.kernel.web.paging import Keyset
from bihuan.kernel.web.signin import bare_frame
from bihuan.registers.law import limits

HERE = "/disclosure/"
CEILING = Ceiling(90)
NEWEST = Keyset(("decided_on", "uid"), descending=True)
FIRST_YEAR = 2000


def indexed() -> bool:
    """Whether search engines may keep the page: the district says so, and the demonstration never does."""
    if settings.BIHUAN_DEMO:
        return False
    return bool(policies.recent("disclosure.indexed", on=clock.today()).value == "yes")


def _asked(request: HttpRequest) -> tuple[str, int | None, str]:
    text = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]
    year = request.GET.get("year", "")
    if year and (not year.isdecimal() or not FIRST_YEAR <= int(year[:5]) <= 2100):
        raise Refused.because("disclosure.bad_year", "年份无法识别，请从页面上选择", "year")
    return text, int(year) if year else None, request.GET.get("cursor", "")


@open_to_all(CEILING, indexed=indexed)
def public_page(request: HttpRequest) -> HttpResponse:
    """The newest decisions first, searchable by enterprise and cause."""
    text, year, cursor = _asked(request)
    rows = public_cases(text, year)
    page = NEWEST.page(rows.select_related("agency"), cursor)
    told = decisions(page.rows)
    kept = {name: value for name, value in (("q", text), ("year", str(year or ""))) if value}
    now = clock.today().year
    rule = limits.rule("publish_penalty", clock.today())
    context: dict[str, Any] = {
        "frame": bare_frame(), "q": text, "year": str(year or ""), "decisions": told, "total": rows.count(),
        "years": [(str(each), f"{each}年") for each in range(now, now - 4, -1)],
        "rule": f"依据{rule.source}，处罚决定作出之日起{rule.words}内公示；被变更、撤销、确认违法或者无效的，依法撤回。",
        "pager": parts.Pager(
            shown=len(told), first_href=f"{HERE}?{urlencode(kept)}" if cursor else "",
            next_href=f"{HERE}?{urlencode({**kept, 'cursor': page.next_cursor})}" if page.next_cursor else "",
        ),
        "indexed": indexed(),
    }  # fmt: skip
    return render(request, "disclosure/public.html", context)


@open_to_all(CEILING, indexed=indexed)
def public_data(request: HttpRequest) -> HttpResponse:
    """The same for programs."""
    text, year, cursor = _asked(request)
    rows = public_cases(text, year)
    page = NEWEST.page(rows.select_related("agency"), cursor)
    told = {
        "demo": bool(settings.BIHUAN_DEMO),
        "total": rows.count(),
        "decisions": [one.json() for one in decisions(page.rows)],
        "next": page.next_cursor,
    }
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})
