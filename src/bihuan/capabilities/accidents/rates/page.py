"""``/accidents/statistics/rates/``: each rate with what it counts and what it divides by, beside the city's in both readings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bihuan.capabilities.accidents import places, statistic_places
from bihuan.capabilities.accidents.hands import INSIDE
from bihuan.capabilities.accidents.rates import reading
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.figures.values import FigureValue
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Region
from bihuan.kernel.web import parts
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.figures.asked import day_of
from bihuan.kernel.web.figures.cards import counted, records_href, shown
from bihuan.kernel.web.figures.reach import Reach, reach_to_count
from bihuan.kernel.web.session import actor_for
from bihuan.registers.economy.indicators import span_words
from bihuan.registers.economy.keeping import KEEPERS

COLUMNS = (
    parts.Column("指标", "title"), parts.Column("计入的事故", "number"), parts.Column("所除的公布数"), parts.Column("本区", "number"),
    parts.Column("全市公布", "number", phone=False), parts.Column("与全市比较"),
)  # fmt: skip


@require_GET
@only_for(INSIDE)
def rates_page(request: HttpRequest) -> HttpResponse:
    """The rates of the reader's place and a period."""
    actor = actor_for(request)
    reach = reach_to_count(actor)
    region = None if reach.by_record else reading.region_of(reach.scope)
    period, as_of = asked(request, region)
    lines = _lines(actor, reach, region, period, as_of) if region else []
    context = {
        "crumbs": [parts.Link("事故", places.ACCIDENTS), parts.Link("统计", places.STATISTICS), parts.Link("相对指标", "")],
        "beside": places.tabs(places.STATISTICS)(actor),
        "tabs": statistic_places.tabs(actor, statistic_places.RATES),
        "words": f"{region.name}，{span_words(period)}，死亡截至 {as_of}" if region else "",
        "filters": _filters(period, as_of, region),
        "ledger": parts.Ledger(COLUMNS, [_row(line) for line in lines], "相对指标"),
        "blanks": _blanks(lines, keeps=bool(actor.roles & KEEPERS)),
        "unverified": any(line.rate.ratio.mark == "K" for line in lines),
        "elsewhere": region is None,
    }  # fmt: skip
    return render(request, "accidents/rates.html", context)


def asked(request: HttpRequest, region: Region | None) -> tuple[Period, date]:
    """Period and cut-off of the address; without one, the newest period whose GDP was published.

    Raises:
        Refused: something unreadable.
    """
    query, today = request.GET, clock.today()
    known = reading.spans_known(region) if region else []
    said = query.get("period", "")
    period = Period.parse(said) if said else known[0] if known else Period.parse(str(today.year - 1))
    return period, day_of(query["as_of"]) if query.get("as_of") else min(period.last, today)


def _lines(actor: Actor, reach: Reach, region: Region, period: Period, as_of: date) -> list[reading.Line]:
    def count(names: Sequence[str], scope: Scope) -> Mapping[str, FigureValue]:
        return counted(actor, reach, names, period, as_of, scope)

    return reading.rates_of(count, region, replace(reach.scope), period, as_of)


def _row(line: reading.Line) -> parts.Row:
    rate = line.rate
    mark = "（待核对）" if rate.ratio.mark == "K" else ""
    value = rate.figure
    dead: Any = f"{shown(value)}{value.unit}"
    base: Any = parts.State("没有公布数", "off")
    if rate.base:
        base = parts.Link(f"{rate.base.told}（{rate.base.stage}）", rate.base.href)
    return parts.Row(
        (
            f"{rate.ratio.label}{mark}", parts.Link(dead, records_href(value)) if value.amount else dead, base,
            f"{rate.text()} {rate.ratio.unit}" if rate.base else rate.text(), _above(line), _compared(line),
        ),
        sub=rate.ratio.scope,
    )  # fmt: skip


def _above(line: reading.Line) -> Any:
    return None if line.above is None else parts.Link(line.above.other.told, line.above.other.href)


def _compared(line: reading.Line) -> str | None:
    """Both readings, each with its own word: as many times as, and by how much higher."""
    if line.above is None:
        return None
    return "；".join(word for word in (line.above.multiple_words(), line.above.rise_words()) if word)


def _blanks(lines: Sequence[reading.Line], *, keeps: bool) -> list[parts.Link]:
    """What is missing, once each; who may enter it is led there."""
    found: dict[str, parts.Link] = {}
    for line in lines:
        if line.rate.blank:
            href = f"/economy/new/?indicator={line.wants}" if keeps and line.wants else ""
            found[line.rate.blank] = parts.Link(line.rate.blank, href)
    return list(found.values())


def _filters(period: Period, as_of: date, region: Region | None) -> Sequence[parts.Filter]:
    year = clock.today().year
    spans = reading.spans_known(region) if region else []
    periods = {one.label: span_words(one) for one in spans}
    periods |= {str(one): f"{one}年" for one in (year - 1, year - 2) if str(one) not in periods}
    if period.label not in periods:
        periods = {period.label: span_words(period), **periods}
    return (
        parts.Filter("period", "时段", value=period.label, choices=list(periods.items())),
        parts.Filter("as_of", "截至", "date", as_of.isoformat()),
    )
