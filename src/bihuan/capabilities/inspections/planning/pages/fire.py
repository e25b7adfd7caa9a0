"""``/inspections/fire/``: the counters of fire inspections (M112), each from records; visits and enterprises stand apart.

Figures of rooms that are not part of an installation are left out, never typed.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.capabilities.inspections import places
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import answers, registry
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.figures.values import FigureValue
from bihuan.kernel.territory.models import Sector
from bihuan.kernel.web import parts
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.figures.cards import card, counted
from bihuan.kernel.web.figures.reach import reach_of
from bihuan.kernel.web.session import actor_for

HERE = "/inspections/fire/"
COUNTERS = (
    "inspections.done", "inspections.enterprises", "hazards.found", "hazards.rectified",
    "measures.stop_orders", "cases.fines_decided", "cases.daily_penalties", "cases.fines_total",
)  # fmt: skip
"""检查家次、检查企业、发现隐患、完成整改、责令三停、罚款、按日连续处罚、罚款合计."""


def names() -> tuple[str, ...]:
    """The counters whose rooms are here."""
    known = set(registry.names())
    return tuple(name for name in COUNTERS if name in known)


def fire_path() -> str:
    """The path of the sector 消防; empty where there is none."""
    return Sector.objects.filter(code="fire").values_list("path", flat=True).first() or ""


def counters(period: Period, as_of: date, scope: Scope | None = None) -> dict[str, FigureValue]:
    """The counters of fire inspections in a period at a cut-off, by name."""
    asked = replace(scope or Scope(), sectors=(fire_path(),))
    return answers.values(names(), period, as_of, asked)


@require_GET
@only_for(places.OFFICIALS)
def page(request: HttpRequest) -> HttpResponse:
    """The counters of a year, each opening its records."""
    actor, today = actor_for(request), clock.today()
    asked = request.GET.get("period", "").strip()[:10] or str(today.year)
    period = Period.parse(asked)
    reach = reach_of(actor)
    years = [(str(year), f"{year}年") for year in range(today.year, today.year - 4, -1)]
    cards: list[parts.Card] = []
    if reach is not None:
        scope = replace(reach.scope, sectors=(fire_path(),))
        found = counted(actor, reach, names(), period, today, scope)
        cards = [card(found[name]) for name in names()]
    context = {
        "crumbs": [parts.Link("消防检查", "")],
        "heading": "消防检查",
        "lead": "家次是检查了多少次，家是检查了多少不同的单位，两个数分开；每个数都能打开它的记录。",
        "begin": (parts.Action("人员密集场所消防检查表", "/checklists/fire/", icon="list-check"),),
        "beside": places.tabs(HERE)(actor),
        "filters": (parts.Filter("period", "年份", "choice", period.label, years),),
        "chips": (),
        "cards": cards,
        "ledger": parts.Ledger((), (), ""),
        "empty": None,
    }
    return render(request, "planning/figures.html", context)
