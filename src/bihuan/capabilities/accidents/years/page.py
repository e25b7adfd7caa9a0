"""``/accidents/statistics/years/``: five years as they add up, every number opening its accidents (M258)."""

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
from bihuan.capabilities.accidents.models import AccidentVersion
from bihuan.capabilities.accidents.states import Branch, Grade
from bihuan.capabilities.accidents.years import reading
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Refused
from bihuan.kernel.figures import answers
from bihuan.kernel.figures.reconciling import share_note
from bihuan.kernel.figures.values import FigureValue
from bihuan.kernel.figures.wording import scope_words
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web import parts
from bihuan.kernel.web.doors import only_for
from bihuan.kernel.web.figures.cards import counted, linked, seen_by
from bihuan.kernel.web.figures.reach import Reach, reach_to_count
from bihuan.kernel.web.session import actor_for

OLDEST = 2000
LISTED = 100
BY_YEAR = (
    parts.Column("年份", "title"), parts.Column("事故", "number", "起"), parts.Column("死亡", "number", "人"),
    parts.Column("直接经济损失", "number", "万元"), parts.Column("较大及以上", "number", "起"),
    parts.Column("较大及以上死亡", "number", "人", phone=False),
)  # fmt: skip
BY_FIELD = (
    parts.Column("统计行业", "title"), parts.Column("事故", "number", "起"), parts.Column("起数占比", "number", "%"),
    parts.Column("死亡", "number", "人"), parts.Column("死亡占比", "number", "%"), parts.Column("直接经济损失", "number", "万元"),
)  # fmt: skip
GRAVE = (
    parts.Column("事故", "title"), parts.Column("等级"), parts.Column("发生日期", "day"), parts.Column("统计行业"),
    parts.Column("死亡", "number", "人"),
)  # fmt: skip


@require_GET
@only_for(INSIDE)
def years_page(request: HttpRequest) -> HttpResponse:
    """Five years up to the one asked for, by year and by field, and the graver accidents one by one."""
    actor = actor_for(request)
    reach = reach_to_count(actor)
    last = asked(request)
    period, as_of = reading.years_until(last, clock.today())
    found = reading.read(_count(actor, reach), period, as_of)
    context = {
        "crumbs": [parts.Link("事故", places.ACCIDENTS), parts.Link("统计", places.STATISTICS), parts.Link("规划期统计", "")],
        "beside": places.tabs(places.STATISTICS)(actor),
        "tabs": statistic_places.tabs(actor, statistic_places.YEARS),
        "words": f"{'，'.join(scope_words(reach.scope))}，{period.chinese()}，截至 {as_of}",
        "unkept": "、".join(year.chinese() for year in found.unkept),
        "filters": _filters(last),
        "years": _by_year(found),
        "fields": _by_field(found),
        "notes": [note for name in (reading.COUNT, reading.DEATHS) if (note := share_note(found.shares(name)))],
        "grave": _grave(actor, found),
    }  # fmt: skip
    return render(request, "accidents/years.html", context)


def asked(request: HttpRequest) -> int:
    """The last of the years.

    Raises:
        Refused: ``accident.bad_year``.
    """
    said, today = request.GET.get("until", "") or str(clock.today().year), clock.today()
    if not said.isdecimal() or not OLDEST <= int(said[:6]) <= today.year:
        raise Refused.because("accident.bad_year", f"年份请选 {OLDEST} 至 {today.year} 之间的一年", "until")
    return int(said)


def _count(actor: Actor, reach: Reach) -> reading.Count:
    def count(names: Sequence[str], period: Period, as_of: date, by: str) -> Mapping[str, FigureValue]:
        return counted(actor, reach, names, period, as_of, replace(reach.scope), by)

    return count


def _by_year(found: reading.Years) -> parts.Ledger:
    rows = [_year(year.chinese(), values) for year, values in found.each]
    if found.earlier is not None:
        before, values = found.earlier
        rows.insert(len(rows) - 2, _year(f"{before.chinese()}小计", values))
    return parts.Ledger(
        BY_YEAR, rows, "按年份", ["合计", *(linked(found.whole[name]) for name in reading.NAMES)]
    )


def _year(label: str, values: Mapping[str, FigureValue]) -> parts.Row:
    return parts.Row((label, *(linked(values[name]) for name in reading.NAMES)))


def _by_field(found: reading.Years) -> parts.Ledger:
    counts = {share.name: share.told for share in found.shares(reading.COUNT)}
    deaths = {share.name: share.told for share in found.shares(reading.DEATHS)}
    rows = [
        parts.Row((
            line, _part(found, reading.COUNT, line), counts.get(line, "0"), _part(found, reading.DEATHS, line),
            deaths.get(line, "0"), _part(found, reading.LOSS, line),
        ))
        for line in found.whole[reading.COUNT].by
    ]  # fmt: skip
    total = [linked(found.whole[name]) for name in (reading.COUNT, reading.DEATHS, reading.LOSS)]
    whole = "100" if rows else "—"
    dead = "100" if found.whole[reading.DEATHS].amount else "—"
    return parts.Ledger(BY_FIELD, rows, "按统计行业", ["合计", total[0], whole, total[1], dead, total[2]])


def _part(found: reading.Years, name: str, line: str) -> Any:
    part = found.whole[name].by.get(line)
    return "0" if part is None else linked(part)


def _grave(actor: Actor, found: reading.Years) -> parts.Ledger:
    """较大及以上, each by itself: the version that is counted, as its reader may see it."""
    value = found.whole[reading.MAJOR]
    seen = seen_by(actor, reading.MAJOR).values("pk")
    rows = answers.records(reading.MAJOR, value.period, value.as_of, value.scope).filter(pk__in=seen)
    return parts.Ledger(
        GRAVE, [_one(row) for row in rows.order_by("-occurred_on", "pk")[:LISTED]], "较大及以上事故"
    )


def _one(row: Any) -> parts.Row:
    version: AccidentVersion = row
    field = Branch(version.branch).label
    grade, name = Grade(version.grade).label, version.unit or f"{field}事故"
    cells = (name, grade, version.occurred_on, field, version.counted_deaths)
    return parts.Row(cells, href=f"/accidents/{version.no}/", sub=version.no)


def _filters(last: int) -> Sequence[parts.Filter]:
    year = clock.today().year
    choices = [(str(one), f"{one - reading.SPAN + 1}年至{one}年") for one in range(year, year - 8, -1)]
    if str(last) not in dict(choices):
        choices.insert(0, (str(last), f"{last - reading.SPAN + 1}年至{last}年"))
    return (parts.Filter("until", "五年", value=str(last), choices=choices),)
