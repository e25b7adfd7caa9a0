"""The rates of a place and a period: nothing is divided that was not published for the same days of the same place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bihuan.capabilities.accidents.rates.ratios import Counted, ratios
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures.rates import Base, Beside, Rate, beside
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.figures.values import FigureValue
from bihuan.kernel.territory.models import Region, Sector
from bihuan.kernel.territory.trees import the_district
from bihuan.registers.economy import reading
from bihuan.registers.economy.indicators import indicator, span_words
from bihuan.registers.economy.models import Place, PublishedValue

Count = Callable[[Sequence[str], Scope], Mapping[str, FigureValue]]
"""Answers figures of the period and cut-off over a scope, for whoever asks."""
ABOVE = Place.CITY


@dataclass(frozen=True, slots=True)
class Line:
    """One rate, beside the one that the city published; ``wants`` is the base to enter where that would fill the blank."""

    rate: Rate
    above: Beside | None
    wants: str = ""


def region_of(scope: Scope) -> Region | None:
    """The place whose published numbers fit a scope; None where the scope is a field or a unit, which nobody publishes."""
    if replace(scope, regions=()).dims():
        return None
    if not scope.regions:
        district = the_district()
        return district.region if district else None
    return Region.objects.filter(path=scope.regions[0]).first() if len(scope.regions) == 1 else None


def spans_known(region: Region) -> list[Period]:
    """The periods for which the place's GDP was published, the newest first."""
    rows = reading.newest().filter(indicator="gdp", region=region).order_by("-last", "first")
    return [Period(row.period, row.first, row.last) for row in rows[:24]]


def rates_of(count: Count, region: Region, scope: Scope, period: Period, as_of: date) -> list[Line]:
    """Every rate of the place: those by GDP always, the others where their base was ever entered."""
    span = Period(period.label, period.first, min(period.last, as_of))
    codes = [one.ratio.base for one in ratios()]
    bases = reading.in_force(codes, span.first, span.last, region=region.pk)
    shown = [one for one in ratios() if one.ratio.base in ("gdp", *_ever(region))]
    above = reading.in_force([one.published for one in shown], span.first, span.last, place=ABOVE)
    counted = _counted(count, shown, scope)
    return [
        _line(one, counted[one.ratio.code], bases.get(one.ratio.base), above.get(one.published), region, period, as_of)
        for one in shown
    ]  # fmt: skip


def _ever(region: Region) -> set[str]:
    rows = PublishedValue.objects.filter(region=region).order_by().values_list("indicator", flat=True)
    return set(rows.distinct())


def _counted(count: Count, shown: Sequence[Counted], scope: Scope) -> dict[str, FigureValue]:
    """The figure of each ratio; those over the same field are asked together."""
    fields = {one.sector for one in shown}
    paths = dict(_paths(fields))
    found: dict[str, FigureValue] = {}
    for field in sorted(fields):
        alike = [one for one in shown if one.sector == field]
        narrowed = replace(scope, sectors=paths.get(field, ("-",))) if field else scope
        values = count(list(dict.fromkeys(one.ratio.figure for one in alike)), narrowed)
        found |= {one.ratio.code: values[one.ratio.figure] for one in alike}
    return found


def _paths(fields: set[str]) -> list[tuple[str, tuple[str, ...]]]:
    rows: dict[str, list[str]] = {}
    for code, path in Sector.objects.filter(code__in=fields).values_list("code", "path"):
        rows.setdefault(code, []).append(path)
    return [(code, tuple(paths)) for code, paths in rows.items()]


def _line(
    one: Counted, value: FigureValue, base: PublishedValue | None, above: PublishedValue | None, region: Region,
    period: Period, as_of: date,
) -> Line:  # fmt: skip
    if base is None:
        wants = one.ratio.base if as_of >= period.last else ""
        return Line(Rate(one.ratio, value, None, _blank(one, region, period, as_of)), None, wants)
    rate = Rate(one.ratio, value, base_of(base))
    return Line(rate, beside(rate, base_of(above, Place(above.place).label)) if above else None)


def base_of(row: PublishedValue, label: str = "") -> Base:
    """A published number as the arithmetic takes it."""
    return Base(
        label=label or indicator(row.indicator).label, amount=row.amount, told=reading.amount_words(row),
        stage=reading.stage_words(row), source=row.source, published_on=row.published_on, href=f"/economy/{row.pk}/",
        key=f"{row.indicator}/{row.region_id or row.place}/{row.period}/{row.number}={row.amount.normalize():f}",
    )  # fmt: skip


def _blank(one: Counted, region: Region, period: Period, as_of: date) -> str:
    """What is missing and where to enter it; deaths of half a year are never divided by the GDP of a whole one."""
    if as_of < period.last:
        until = f"{period.first.year}年截至{as_of.month}月{as_of.day}日"
        return f"{until}没有公布数，不计算；请选有公布数的时段，如上半年、前三季度或全年"
    words = f"{region.name}{span_words(period)}的{indicator(one.ratio.base).label}"
    return f"没有登记{words}，不计算；请在“统计基数”照公布文件登记"
