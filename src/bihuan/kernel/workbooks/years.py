"""Half the dates in a ledger carry no year; guessed wrongly, a hazard of last December is found next December.

The year comes from the title, the filing line, the sheet's or the file's name, in that order; a day is then put
where it lies nearest to the period the sheet speaks of, and a later act on or after the earlier one.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from bihuan.kernel.workbooks.dates import Partial, days_in, from_cell, on_year, written
from bihuan.kernel.workbooks.reasons import Unreadable
from bihuan.kernel.workbooks.text import as_text, narrow

_HALVES = {"上半年": (1, 6), "下半年": (7, 12), "H1": (1, 6), "H2": (7, 12)}
_QUARTERS = {c: n for group in ("一二三四", "1234") for n, c in enumerate(group)}
_YEAR = r"(?<!\d)(20\d{2})\s*"
_HALF = re.compile(_YEAR + r"(?:年度?)?-?(上半年|下半年|H1|H2)", re.IGNORECASE)
_QUARTER = re.compile(_YEAR + r"(?:年度?)?-?(?:第?([一二三四1-4])季度|Q([1-4]))", re.IGNORECASE)
_MONTHS = re.compile(_YEAR + r"年(?:度)?(\d{1,2})月?(?:份)?[-—–~至到](?:\d{4}年)?(\d{1,2})月")
_DAYS = re.compile(
    _YEAR + r"[年./-](\d{1,2})[月./-]\d{1,2}日?[-—–~至到]+(?:(20\d{2})[年./-])?(\d{1,2})[月./-]\d{1,2}日?"
)
_MONTH = re.compile(_YEAR + r"(?:年(?:度)?|[.\-/_]?)(\d{1,2})(?:月|(?!\d|[.\-/日]))")
_WHOLE = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
_BARE_MONTHS = re.compile(r"^(\d{1,2})月?[-—–~至到](\d{1,2})月")
_BARE_MONTH = re.compile(r"^(\d{1,2})月份?")
_FILING = re.compile(
    r"(?:填报|填表|上报|报送|报表|制表|统计|编制|更新|汇总|填写|截止)(?:时间|日期|日)[:：]?|(?:截止|截至)(?:到|至|日期|时间)?[:：]?"
)
_STATING = frozenset({"标题", "工作表名称", "文件名"})
_ONLY_DATE = re.compile(r"^(日期|时间)[:：]")


@dataclass(frozen=True, slots=True)
class YearHint:
    """The stretch of time a sheet speaks of, the day it was filed if it says so, and where that was read."""

    first: date
    last: date
    filed: date | None = None
    source: str = "标题"

    @property
    def stated(self) -> bool:
        """Whether the sheet says so itself, rather than being taken to from a day it names."""
        return self.source in _STATING

    def nearest(
        self, partial: Partial, *, not_after: date | None, last_of_month: bool = False
    ) -> date | None:
        """The day of ``partial`` nearest to the stretch, never after ``not_after``."""
        end = max(self.first, min(self.last, self.filed)) if self.filed else self.last
        years = range(self.first.year - 1, self.last.year + 2)
        days = [day for year in years if (day := on_year(partial, year, last_of_month=last_of_month))]
        allowed = [day for day in days if not_after is None or day <= not_after]
        return min(allowed or days, key=lambda day: _distance(day, self.first, end), default=None)


def _distance(day: date, first: date, last: date) -> int:
    if day < first:
        return (first - day).days
    return max(0, (day - last).days)


@lru_cache(maxsize=65536)
def following(
    partial: Partial, after: date, *, not_after: date | None, last_of_month: bool = True
) -> date | None:
    """The day of ``partial`` that belongs to an act on ``after``: the next one, unless that lies over half a
    year ahead while the same calendar year holds one before it (then the sheet is wrong, and shall be told)."""
    years = (after.year, after.year + 1)
    here, later = (on_year(partial, year, last_of_month=last_of_month) for year in years)
    if here is None or here >= after:
        return here or later
    if later is None or (later - after).days > 183 or (not_after is not None and later > not_after):
        return here
    return later


def _months(year: int, first: int, last: int) -> tuple[date, date] | None:
    if not (1 <= first <= 12 and 1 <= last <= 12):
        return None
    end_year = year + (last < first)
    return date(year, first, 1), date(end_year, last, calendar.monthrange(end_year, last)[1])


def period_of(text: str, year: int | None = None) -> tuple[date, date] | None:
    """The period a title, a sheet's name or a file's name tells of; ``year`` completes 5月 or 1-6月."""
    plain = narrow(text)
    if match := _HALF.search(plain):
        return _months(int(match[1]), *_HALVES[match[2].upper()])
    if match := _QUARTER.search(plain):
        quarter = _QUARTERS[match[2] or match[3]]
        return _months(int(match[1]), quarter * 3 + 1, quarter * 3 + 3)
    if match := _DAYS.search(plain):
        return _months(int(match[1]), int(match[2]), int(match[4]))
    if match := _MONTHS.search(plain):
        return _months(int(match[1]), int(match[2]), int(match[3]))
    if (match := _MONTH.search(plain)) and (months := _months(int(match[1]), int(match[2]), int(match[2]))):
        return months
    if match := _WHOLE.search(plain):
        return _months(int(match[1]), 1, 12)
    if year is not None and (match := _BARE_MONTHS.search(plain)):
        return _months(year, int(match[1]), int(match[2]))
    if year is not None and (match := _BARE_MONTH.search(plain)):
        return _months(year, int(match[1]), int(match[1]))
    return None


def filing_day(cells: Iterable[object]) -> date | None:
    """The filing day that one line above or below the table states (填报时间：2023年7月3日), if it does."""
    words = [cell for cell in cells if cell not in ("", None)]
    for index, cell in enumerate(words):
        text = narrow(as_text(cell))
        label = _FILING.search(text) or _ONLY_DATE.search(text)
        if label is None and not (len(words) == 1 and text):
            continue
        candidates: list[object] = [text[label.end() :] if label else cell]
        candidates += words[index + 1 : index + 2] if label else []
        for candidate in candidates:
            if day := _whole_day(candidate, alone=label is None):
                return day
    return None


def _whole_day(value: object, *, alone: bool) -> date | None:
    try:
        if day := from_cell(value):
            return day
    except Unreadable:
        return None
    text = narrow(as_text(value))
    for start, end, partial in days_in(text):
        if alone and (start > 0 or end < len(text)):
            return None
        if partial.year is not None and partial.day is not None and 1 <= partial.month <= 12:
            return (
                on_year(partial, partial.year, last_of_month=True) if 2000 <= partial.year <= 2099 else None
            )
    return None


def whole_day(value: object, epoch_1904: bool = False) -> date | None:
    """The day of a cell that says it completely, year included; ``None`` for all others.

    Raises:
        Unreadable: the cell is no date at all.
    """
    if (day := from_cell(value, epoch_1904=epoch_1904)) is not None or not isinstance(value, str):
        return day
    named = written(value) if len(value) <= 24 else None
    if named is None or named.first.year is None or named.first.day is None:
        return None
    return on_year(named.first, named.first.year, last_of_month=True)


def year_hint(titles: Iterable[str], filed: date | None, sheet_name: str, file_name: str) -> YearHint | None:
    """What the sheet says about its year, the nearest word to the table first; ``None`` when nothing does."""
    title = next((period for text in titles if (period := _title_period(text))), None)
    if title:
        narrower = period_of(sheet_name, title[0].year)
        if narrower and narrower[0] >= title[0] and narrower[1] <= title[1]:
            title = narrower
        return YearHint(*title, filed if filed and filed >= title[0] else None, "标题")
    if period := period_of(sheet_name, filed.year if filed else None):
        return YearHint(*period, filed if filed and filed >= period[0] else None, "工作表名称")
    if filed:
        return YearHint(filed - timedelta(days=300), filed, filed, "填报时间")
    if period := period_of(file_name):
        return YearHint(*period, None, "文件名")
    return None


def _title_period(text: str) -> tuple[date, date] | None:
    plain = narrow(text)
    return None if _FILING.search(plain) else period_of(plain)
