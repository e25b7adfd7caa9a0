"""``/inspections/statistics/``: counts by mode, unit and town, each number opening its records (M107, M111, M112).

Figures come from the kernel's tallies; whoever reads sees the own reach alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from bihuan.capabilities.inspections import places
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures.values import FigureValue
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.figures.cards import counted, records_href
from bihuan.kernel.web.figures.reach import Reach, reach_of
from bihuan.kernel.web.places import add_urls
from bihuan.kernel.web.session import actor_for

NAMES = ("inspections.done", "inspections.enforcement", "inspections.enterprises", "inspections.found")
BREAKDOWNS = (("kind", "检查方式"), ("unit", "检查单位"), ("town", "属地"), ("campaign", "专项行动"))


@require_GET
@only_for(places.OFFICIALS)
def statistics_page(request: HttpRequest) -> HttpResponse:
    """The year or half-year asked for, broken down in one way."""
    actor = actor_for(request)
    reach = reach_of(actor)
    period = _period(request.GET.get("period", ""))
    by = request.GET.get("by", "kind")
    by = by if by in dict(BREAKDOWNS) else "kind"
    as_of = min(clock.today(), period.last)
    base = f"{places.STATISTICS}?period={period.label}"
    context = {
        "crumbs": [parts.Link(places.LABEL, places.BASE), parts.Link("统计", "")],
        "heading": f"检查统计 {period.chinese()}",
        "lead": "只从检查记录计数，联合检查只计一次；家次按每次检查计，企业按本年首次检查计，两者不相加。点数字打开记录。",
        "begin": (),
        "beside": places.tabs(places.STATISTICS)(actor),
        "tabs": [parts.Tab(label, f"{base}&by={key}", current=key == by) for key, label in BREAKDOWNS],
        "filters": (
            parts.Filter("period", "期间", "choice", period.label, [(each.label, each.chinese()) for each in _offered()]),
        ),
        "hidden": [("by", by)],
        "chips": (),
        "ledger": _ledger(actor, reach, period, as_of, by) if reach is not None else parts.Ledger((), ()),
        "empty": parts.Empty("这一期间还没有完成的检查。", icon="clipboard-check"),
        "count_words": f"截至 {as_of}",
    }  # fmt: skip
    return render(request, "list.html", context)


def _offered() -> list[Period]:
    year = clock.today().year
    return [Period.parse(text) for each in (year, year - 1) for text in (f"{each}", f"{each}H1", f"{each}H2")]


def _period(text: str) -> Period:
    known = {each.label: each for each in _offered()}
    return known.get(text) or Period.parse(str(clock.today().year))


def _ledger(actor: Actor, reach: Reach, period: Period, as_of: date, by: str) -> parts.Ledger:
    """One line a value of the breakdown, the sum at the foot; every number opens what it counts."""
    found = counted(actor, reach, list(NAMES), period, as_of, reach.scope, by)
    first = found[NAMES[0]]
    columns = [parts.Column(dict(BREAKDOWNS)[by], "title")]
    columns += [parts.Column(found[name].label, "number", found[name].unit) for name in NAMES]
    rows = []
    for line in first.by:
        cells = [found[name].by.get(line) for name in NAMES]
        rows.append(parts.Row((line, *(_number(cell) for cell in cells)), href=_href(first.by[line])))
    foot: Sequence[object] = ("合计", *(_number(found[name]) for name in NAMES))
    return parts.Ledger(columns, rows, "检查统计", foot=foot if rows else ())


def _number(value: FigureValue | None) -> int:
    return int(value.amount or 0) if value is not None else 0


def _href(value: FigureValue) -> str:
    return records_href(value) if value.amount else ""


def install() -> None:
    """Serve the page."""
    add_urls([path("inspections/statistics/", statistics_page, name="inspection_statistics")])
