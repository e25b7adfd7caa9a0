"""A deadline read wrongly is a wrong decision later, so a date is either understood exactly or refused with a reason.

Understood: date cells, serial numbers of the 1900 and 1904 systems, 2023-03-05, 2023/3/5, 2023.3.5, 2023年3月5日,
20230305, 23.3.5, 二〇二三年三月五日, dates without a year (3月5日, 3.5), ranges (3月5日-7日), month ends (5月底), words
around them (于…前, 已于…整改完成). The year of a date without one comes from ``years``; day precision throughout.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from bihuan.kernel.numerals import in_figures, read_number
from bihuan.kernel.workbooks.reasons import Unreadable
from bihuan.kernel.workbooks.text import narrow

_EPOCH_1900 = date(1899, 12, 30)
_EPOCH_1904 = date(1904, 1, 1)
_SERIALS = range(32874, 73051)
"""Serial numbers taken for dates: 1990-01-01 to 2099-12-31."""
EXAMPLE = "请写成 2023-03-01 这样的形式"

_SEPARATOR = r"[年./\-,、·。_]"
_FULL = re.compile(
    rf"(?<!\d)(\d{{4}}|\d{{2}}){_SEPARATOR}{{1,2}}(\d{{1,2}})(?:月份?|{_SEPARATOR}){{1,2}}(\d{{1,2}})(?!\d)[日号]?"
)
_PACKED = re.compile(r"(?<!\d)(20\d{2}|19\d{2})(\d{2})(\d{2})(?!\d)")
_PACKED_SHORT = re.compile(r"^([1-4]\d)(\d{2})(\d{2})$")
_DAY = re.compile(r"(?<![\d.])(\d{1,2})[月./\-](\d{1,2})(?![\d%‰])[日号]?(?!\.\d)")
_MONTH = re.compile(
    r"(?<!\d)(?:(\d{4}|\d{2})[年./\-])?(\d{1,2})(?:月份?(底|末|中旬|上旬|下旬|初)?|(?<=\d{4}[./\-]\d{2})|(?<=\d{4}[./\-]\d))(?![\d])"
)
_YEAR_END = re.compile(r"(?<!\d)(?:(\d{4})年|今年|本年|年)度?(?:底|末|终)(?!\d)")
_TAIL_DAY = re.compile(r"^(?:至|到|~|-|—|–|、|和|及)+(\d{1,2})(?!\d)[日号]?(?![月./\-]\d)")
_CLOCK = re.compile(
    r"(?<=\d)T?\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?|(?<=[日号])\d{1,2}[时点](?:\d{1,2}分?|半|许)?"
)
_GAP = re.compile(r"(?<=\d)[ \t]+(?=\d)")
_CHINESE_NUMBER = re.compile(r"[〇○零一二三四五六七八九十廿卅]+(?=[年月日号])")
_THIRDS = {"上旬": 10, "初": 10, "中旬": 20}


class Partial(NamedTuple):
    """A day as written: the year may be missing, ``day`` is ``None`` where only the month is given."""

    year: int | None
    month: int
    day: int | None
    third: str = ""


class Written(NamedTuple):
    """What a text says about days: the first and the last one it names, and what stands around them."""

    first: Partial
    last: Partial
    rest: str


def _chinese_number(match: re.Match[str]) -> str:
    word = match.group()
    return str(read_number(word)) if any(ten in word for ten in "十廿卅") else in_figures(word)


def _prepared(text: str) -> str:
    """Narrow text without the time of day, Chinese numerals as figures."""
    prepared = narrow(_GAP.sub("-", _CLOCK.sub("", unicodedata.normalize("NFKC", text).strip())))
    prepared = _CLOCK.sub("", prepared).replace("元月", "1月")
    return _CHINESE_NUMBER.sub(_chinese_number, prepared) if "月" in prepared else prepared


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


class _Found(NamedTuple):
    start: int
    end: int
    partial: Partial


def _search(text: str, position: int) -> _Found | None:
    """The next day named in ``text``, the fullest reading first."""
    candidates: list[_Found] = []
    if match := _FULL.search(text, position):
        y, m, d = match.groups()
        candidates.append(_Found(*match.span(), Partial(_year(y), int(m), int(d))))
    if match := _PACKED.search(text, position):
        y, m, d = match.groups()
        candidates.append(_Found(*match.span(), Partial(int(y), int(m), int(d))))
    if match := _DAY.search(text, position):
        candidates.append(_Found(*match.span(), Partial(None, int(match[1]), int(match[2]))))
    if match := _MONTH.search(text, position):
        year = _year(match[1]) if match[1] else None
        candidates.append(_Found(*match.span(), Partial(year, int(match[2]), None, match[3] or "")))
    return min(candidates, key=lambda found: (found.start, -found.end)) if candidates else None


@lru_cache(maxsize=65536)
def days_in(text: str) -> tuple[tuple[int, int, Partial], ...]:
    """Every day a text names: start and end within ``prepared(text)``, and the day as written, in reading order.

    A later date without a year takes the year written before it (2023.3.5-3.7); a bare day takes the month too.
    """
    prepared = _prepared(text)
    days: list[tuple[int, int, Partial]] = []
    position = 0
    while found := _search(prepared, position):
        partial = found.partial
        if partial.year is None and days and days[-1][2].year is not None:
            partial = partial._replace(year=days[-1][2].year)
        days.append((found.start, found.end, partial))
        position = found.end
        if partial.day is not None and (tail := _TAIL_DAY.match(prepared[position:])):
            position += tail.end()
            days.append((found.end, position, partial._replace(day=int(tail[1]))))
    return tuple(days)


def prepared(text: str) -> str:
    """The text in which ``days_in`` counts its positions."""
    return _prepared(text)


@lru_cache(maxsize=65536)
def written(text: str) -> Written | None:
    """The days a date cell's text names, or ``None`` when it names none.

    Raises:
        Unreadable: figures are left over that belong to no date, or a month or day is impossible.
    """
    plain = _prepared(text)
    if plain.isdigit():
        return _written_figures(plain)
    days = days_in(text)
    if not days:
        return _written_year_end(plain)
    rest = plain[: days[0][0]] + "".join(plain[before[1] : after[0]] for before, after in pairwise(days))
    rest += plain[days[-1][1] :]
    if any(character.isdigit() for character in rest):
        raise Unreadable(f"不是日期，{EXAMPLE}")
    for _, _, partial in days:
        _possible(partial)
    return Written(days[0][2], days[-1][2], rest)


def one_day(text: str) -> date | None:
    """The day of a text that names exactly one, year and all; ``None`` for every other: a month, a range, no date."""
    try:
        said = written(text)
    except Unreadable:
        return None
    if said is None or said.first != said.last:
        return None
    year, month, day, _ = said.first
    return date(year, month, day) if year and day else None


def _written_figures(plain: str) -> Written | None:
    if len(plain) == 8 and (match := _PACKED.match(plain)):
        partial = Partial(int(match[1]), int(match[2]), int(match[3]))
    elif len(plain) == 5 and int(plain) in _SERIALS:
        day = _EPOCH_1900 + timedelta(days=int(plain))
        partial = Partial(day.year, day.month, day.day)
    elif match := _PACKED_SHORT.match(plain):
        partial = Partial(2000 + int(match[1]), int(match[2]), int(match[3]))
    else:
        raise Unreadable(f"不是日期，{EXAMPLE}")
    _possible(partial)
    return Written(partial, partial, "")


def _written_year_end(plain: str) -> Written | None:
    match = _YEAR_END.search(plain)
    if match is None:
        if any(character.isdigit() for character in plain):
            raise Unreadable(f"不是日期，{EXAMPLE}")
        return None
    partial = Partial(int(match[1]) if match[1] else None, 12, 31)
    return Written(partial, partial, plain[: match.start()] + plain[match.end() :])


def _possible(partial: Partial) -> None:
    year, month, day, _ = partial
    if year is not None and not 1990 <= year <= 2099:
        raise Unreadable(f"的年份 {year} 不对，{EXAMPLE}")
    if not 1 <= month <= 12:
        raise Unreadable(f"不是日期（没有 {month} 月），{EXAMPLE}")
    last = calendar.monthrange(year or 2024, month)[1]
    if day is not None and not 1 <= day <= last:
        where = f"{year} 年 {month} 月" if year else f"{month} 月"
        raise Unreadable(f"不是日期（{where}没有 {day} 日），{EXAMPLE}")


def from_cell(value: object, *, epoch_1904: bool = False) -> date | None:
    """The day of a cell that is a date by its type or is a serial number; ``None`` when it is text.

    Raises:
        Unreadable: a number or date outside 1990 to 2099.
    """
    if isinstance(value, datetime):
        return _sane(value.date())
    if isinstance(value, date):
        return _sane(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return _from_number(value, epoch_1904)


def _from_number(value: float, epoch_1904: bool) -> date | None:
    whole = int(value)
    if epoch_1904 and whole + 1462 in _SERIALS:
        return _EPOCH_1904 + timedelta(days=whole)
    if whole in _SERIALS:
        return _EPOCH_1900 + timedelta(days=whole)
    return None


def _sane(day: date) -> date:
    if 1990 <= day.year <= 2099:
        return day
    raise Unreadable(f"的年份 {day.year} 不对，{EXAMPLE}")


def number_text(value: float) -> str:
    """A number in a date column as it was typed: 5.3 is 5月3日, 20230305 is a packed date."""
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def short_of_a_zero(value: object) -> bool:
    """Whether a number may have lost the nought of its day: Excel keeps 5.20 as 5.2, which reads as 5月2日."""
    if not isinstance(value, float) or value.is_integer():
        return False
    month, _, day = number_text(value).partition(".")
    return day in ("1", "2", "3") and month.isdigit() and 1 <= int(month) <= 12 and (month, day) != ("2", "3")


@lru_cache(maxsize=16384)
def on_year(partial: Partial, year: int, *, last_of_month: bool) -> date | None:
    """The calendar day of ``partial`` in ``year``, or ``None`` where it does not exist (29 February)."""
    _, month, day, third = partial
    end = calendar.monthrange(year, month)[1]
    if day is None:
        day = _THIRDS.get(third, end if last_of_month or third else 1)
    return date(year, month, day) if day <= end else None
