"""Years of statutory days: the announced ones, and an honest estimate for those not announced yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from chinese_calendar.constants import holidays, workdays

from bihuan.kernel.calendar.festivals import festivals

WEEKEND = {5: "周六", 6: "周日"}
_NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
    "Anti-Fascist 70th Day": "抗战胜利70周年纪念日",
}


@dataclass(frozen=True, slots=True)
class Year:
    """One announcement of the State Council: days off with their festival, weekend days worked instead.

    Its days may lie in a neighbouring year (元旦 often begins in December).
    """

    off: Mapping[date, str]
    makeup: frozenset[date]


@dataclass(frozen=True)
class Statute:
    """Every announced year at once.

    Years not among ``known`` are estimated and make a due date provisional.
    """

    off: Mapping[date, str]
    makeup: frozenset[date]
    known: frozenset[int]
    _estimates: dict[int, Mapping[date, str]] = field(default_factory=dict, compare=False, repr=False)

    def why_not_working(self, day: date) -> str | None:
        """The festival or weekday that makes ``day`` a rest day, None when work is done on it."""
        if day in self.makeup:
            return None
        named = self.off.get(day)
        if named is None and day.year not in self.known:
            named = self._estimate(day.year).get(day)
        return named or WEEKEND.get(day.weekday())

    def is_known(self, day: date) -> bool:
        """Whether the year of ``day`` is announced."""
        return day.year in self.known

    def with_years(self, years: Mapping[int, Year]) -> Statute:
        """These years instead of, or beside, the ones known so far."""
        off = {day: name for day, name in self.off.items() if day.year not in years}
        makeup = {day for day in self.makeup if day.year not in years}
        for year in years.values():
            off |= year.off
            makeup -= set(year.off)
            makeup |= year.makeup
        off = {day: name for day, name in off.items() if day not in makeup}
        return Statute(off, frozenset(makeup), self.known | set(years))

    def _estimate(self, year: int) -> Mapping[date, str]:
        if year not in self._estimates:
            self._estimates[year] = festivals(year)
        return self._estimates[year]


@cache
def packaged() -> Statute:
    """The announcements that came with this release."""
    off = {day: _NAMES.get(name, name) for day, name in holidays.items()}
    return Statute(off, frozenset(workdays), frozenset(range(min(off).year, max(off).year + 1)))


_source: Callable[[], Statute] = packaged


def in_force() -> Statute:
    """What counts now: the packaged years, under those the district has loaded."""
    return _source()


def take_from(source: Callable[[], Statute]) -> None:
    """Have :func:`in_force` ask ``source``; the room with the database says so once at start-up."""
    global _source
    _source = source
