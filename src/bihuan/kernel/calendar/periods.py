"""Periods as reports name them: a year, half, quarter, month, week or day, a span of days or all since one."""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from bihuan.kernel.errors import Refused

_FORM = re.compile(r"(\d{4})(?:H([12])|Q([1-4])|-(\d{2})|W(\d{2}))?")
_SINCE = re.compile(r"(\d{4})(\d{2})(\d{2})-")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_SPAN = re.compile(r"(\d{4})(\d{2})(\d{2})-(\d{4})(\d{2})(\d{2})")
_YEARS = re.compile(r"(\d{4})-(\d{4})")
YEARS_SINCE = 5
"""So long what is counted since a day goes on; no campaign lasts longer."""
_HALVES = ("上半年", "下半年")
_QUARTERS = ("第一季度", "第二季度", "第三季度", "第四季度")


@dataclass(frozen=True, slots=True)
class Period:
    """A span of whole days, both ends counted. ``label`` is the form that URLs and the command line use."""

    label: str
    first: date
    last: date

    @classmethod
    def parse(cls, text: str) -> Period:
        """``2023``, ``2023H1``, ``2023Q2``, ``2023-05``, ``2023W23`` (a week begins on Monday), ``20230315-`` (since).

        ``2023-03-15`` is one day, ``20230315-20230402`` a span of days, ``2019-2023`` one of whole years.

        Raises:
            Refused: ``period.unreadable``.
        """
        label = unicodedata.normalize("NFKC", text).strip().upper()
        try:
            found = cls._by_days(label)
        except (ValueError, OverflowError) as reason:
            raise _unreadable(text) from reason
        if found is not None:
            return found
        match = _FORM.fullmatch(label)
        if match is None:
            raise _unreadable(text)
        year, half, quarter, month, week = (int(part) if part else None for part in match.groups())
        try:
            return cls._of(label, year or 0, half, quarter, month, week)
        except (ValueError, OverflowError) as reason:
            raise _unreadable(text) from reason

    @classmethod
    def _by_days(cls, label: str) -> Period | None:
        """A period whose label names its days or both its years; None for the others."""
        years = _YEARS.fullmatch(label)
        if years is not None:
            return cls.years(int(years[1]), int(years[2]))
        for form, make in ((_SINCE, cls.since), (_DAY, cls.day), (_SPAN, cls.between)):
            match = form.fullmatch(label)
            if match is not None:
                numbers = [int(part) for part in match.groups()]
                return make(*(date(*numbers[at : at + 3]) for at in range(0, len(numbers), 3)))
        return None

    @classmethod
    def _of(
        cls, label: str, year: int, half: int | None, quarter: int | None, month: int | None, week: int | None
    ) -> Period:
        if week is not None:
            monday = date.fromisocalendar(year, week, 1)
            return cls(label, monday, monday + timedelta(days=6))
        start, length = 1, 12
        if half is not None:
            start, length = half * 6 - 5, 6
        elif quarter is not None:
            start, length = quarter * 3 - 2, 3
        elif month is not None:
            start, length = month, 1
        end = start + length - 1
        return cls(label, date(year, start, 1), date(year, end, calendar.monthrange(year, end)[1]))

    @classmethod
    def since(cls, day: date) -> Period:
        """Everything since ``day``: what a campaign counts from its first day on, up to the cut-off that is asked."""
        return cls(f"{day:%Y%m%d}-", day, date(day.year + YEARS_SINCE - 1, 12, 31))

    @classmethod
    def day(cls, day: date) -> Period:
        """One day: what is reported daily while a key period lasts."""
        return cls(day.isoformat(), day, day)

    @classmethod
    def between(cls, first: date, last: date) -> Period:
        """A span of days, both counted: a key period.

        Raises:
            ValueError: it ends before it begins.
        """
        if last < first:
            raise ValueError(f"{last} before {first}")
        return cls(f"{first:%Y%m%d}-{last:%Y%m%d}", first, last)

    @classmethod
    def years(cls, first: int, last: int) -> Period:
        """Several whole years: what a plan of five years is judged over.

        Raises:
            ValueError: it ends before it begins.
        """
        if last < first:
            raise ValueError(f"{last} before {first}")
        return cls(f"{first:04d}-{last:04d}", date(first, 1, 1), date(last, 12, 31))

    @property
    def regular(self) -> bool:
        """Whether it is one of the periods reports are made for: a year, half, quarter, month or week."""
        return _FORM.fullmatch(self.label) is not None

    @classmethod
    def week_of(cls, day: date) -> Period:
        """The week, from Monday on, that ``day`` lies in."""
        week = day.isocalendar()
        return cls.parse(f"{week.year:04d}W{week.week:02d}")

    @classmethod
    def month_of(cls, day: date) -> Period:
        """The month that ``day`` lies in."""
        return cls.parse(f"{day.year:04d}-{day.month:02d}")

    def months(self) -> tuple[Period, ...]:
        """The months this period touches, in order."""
        found = [Period.month_of(self.first)]
        while found[-1].last < self.last:
            found.append(Period.month_of(found[-1].last + timedelta(days=1)))
        return tuple(found)

    def a_year_before(self) -> Period:
        """The period that a year-on-year comparison (同比) looks at: the same days of the year before.

        Raises:
            Refused: ``period.no_year_before``, a week 53 whose year before had none.
        """
        if _YEARS.fullmatch(self.label):
            return Period.years(self.first.year - 1, self.last.year - 1)
        if _SPAN.fullmatch(self.label):
            return Period.between(day_a_year_before(self.first), day_a_year_before(self.last))
        if _SINCE.fullmatch(self.label):
            return Period.since(day_a_year_before(self.first))
        if _DAY.fullmatch(self.label):
            return Period.day(day_a_year_before(self.first))
        try:
            return Period.parse(f"{int(self.label[:4]) - 1:04d}{self.label[4:]}")
        except Refused as reason:
            text = f"{self.chinese()}在上一年没有对应的时段，不能同比；请改用起止日期或月份。"
            raise Refused.because("period.no_year_before", text, "period") from reason

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return self.label

    def chinese(self) -> str:
        """As a sentence says it: 2023年上半年、2023年第二季度、2023年5月."""
        year, rest = f"{int(self.label[:4])}年", self.label[4:]
        if not rest:
            return year
        if _YEARS.fullmatch(self.label):
            return f"{year}至{self.last.year}年"
        if rest[0] == "H":
            return year + _HALVES[int(rest[1]) - 1]
        if rest[0] == "Q":
            return year + _QUARTERS[int(rest[1]) - 1]
        begins = f"{year}{self.first.month}月{self.first.day}日"
        if rest[-1] == "-":
            return f"{begins}以来"
        if _DAY.fullmatch(self.label):
            return begins
        if _SPAN.fullmatch(self.label):
            ends = f"{self.last.month}月{self.last.day}日"
            return (
                f"{begins}至{ends}"
                if self.last.year == self.first.year
                else f"{begins}至{self.last.year}年{ends}"
            )
        if rest[0] == "-":
            return f"{year}{int(rest[1:])}月"
        span = f"{self.first.month}月{self.first.day}日至{self.last.month}月{self.last.day}日"
        return f"{year}第{int(rest[1:])}周（{span}）"


def day_a_year_before(day: date) -> date:
    """The same day of the year before; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def _unreadable(text: str) -> Refused:
    return Refused.because(
        "period.unreadable",
        f"看不懂时段“{text}”，请写成 2023、2023H1、2023Q2、2023-05 或 2023W23 的形式。",
        "period",
    )
