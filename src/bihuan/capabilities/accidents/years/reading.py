"""Five years as they add up: the fields make the whole and the years make it, or nothing is printed (N17 to N19, N26, N27).

All years are read at one cut-off, so that whoever was confirmed dead in January counts in the year of the accident, in the
line and in the sum alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures.reconciling import Share, made_of, shares, whole
from bihuan.kernel.figures.values import FigureValue
from bihuan.kernel.figures.year_on_year import kept_since

NAMES = ("accidents.count", "accidents.deaths", "accidents.loss", "accidents.major", "accidents.major_deaths")
COUNT, DEATHS, LOSS, MAJOR, MAJOR_DEATHS = NAMES
SPAN = 5
Values = Mapping[str, FigureValue]
Count = Callable[[Sequence[str], Period, date, str], Values]
"""Answers figures of a period at a cut-off, broken down by the last argument, for whoever asks."""


@dataclass(frozen=True, slots=True)
class Years:
    """``whole`` is broken down by field; ``each`` holds a line a year, ``earlier`` those before the last two together.

    ``unkept`` are years of which no complete record was kept here: their noughts mean nothing.
    """

    period: Period
    as_of: date
    whole: Values
    each: Sequence[tuple[Period, Values]]
    earlier: tuple[Period, Values] | None
    unkept: Sequence[Period]

    def shares(self, name: str, digits: int = 1) -> tuple[Share, ...]:
        """How the fields share a figure; they make 100."""
        return shares({line: part.amount or 0 for line, part in self.whole[name].by.items()}, digits)


def years_until(last: int, today: date, span: int = SPAN) -> tuple[Period, date]:
    """The years up to ``last`` and the day they are read at."""
    period = Period.years(last - span + 1, last)
    return period, min(period.last, today)


def read(count: Count, period: Period, as_of: date) -> Years:
    """Ask and reconcile.

    Raises:
        Refused: ``figure.parts_differ`` fields or years do not make the whole.
    """
    found = count(NAMES, period, as_of, "kind")
    for value in found.values():
        whole(value)
    years = [Period.parse(str(year)) for year in range(period.first.year, period.last.year + 1)]
    each = [(year, count(NAMES, year, as_of, "")) for year in years]
    for name in NAMES:
        made_of(found[name], {year.chinese(): values[name] for year, values in each})
    earlier = _earlier(count, years, as_of)
    if earlier is not None:
        for name in NAMES:
            parts = {year.chinese(): values[name] for year, values in each[-2:]}
            made_of(found[name], {earlier[0].chinese(): earlier[1][name], **parts})
    since = kept_since([COUNT], found[COUNT].scope)[COUNT]
    unkept = [year for year in years if year.first < since]
    return Years(period, as_of, found, each, earlier, unkept)


def _earlier(count: Count, years: Sequence[Period], as_of: date) -> tuple[Period, Values] | None:
    """The years before the last two, which a report compares with each other, as one line."""
    if len(years) < 4:
        return None
    before = Period.years(years[0].first.year, years[-3].first.year)
    return before, count(NAMES, before, as_of, "")
