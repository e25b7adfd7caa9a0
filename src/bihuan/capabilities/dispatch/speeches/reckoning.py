"""Which day a wording of time means, counted from the day of the document."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from bihuan.capabilities.dispatch.speeches import wordings
from bihuan.kernel.calendar.counting import due
from bihuan.kernel.calendar.statutory import packaged
from bihuan.kernel.numerals import read_number


def safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_end(year: int, month: int) -> date | None:
    return date(year, month, calendar.monthrange(year, month)[1]) if 1 <= month <= 12 else None


def _year(match: re.Match[str], reference: date, month: int, day: int = 28) -> int:
    """The year meant: written, relative, or the next time the day comes after the document (a month's grace)."""
    written = match.groupdict().get("year") or ""
    if written.isdigit() and len(written) == 4:
        return int(written)
    if written in ("明", "次", "来"):
        return reference.year + 1
    if written in ("今", "本", "当"):
        return reference.year
    candidate = safe(reference.year, month, min(day, 28))
    return reference.year + 1 if candidate and candidate < reference - timedelta(days=31) else reference.year


def _range(match: re.Match[str], reference: date) -> date | None:
    month, day = int(match["month"]), match["day"]
    start_year = match.groupdict().get("year1") or ""
    base = date(int(start_year), 1, 1) if start_year.isdigit() else reference
    if (match["year"] or "") == "" and start_year:
        year = base.year + (month < int(match["month1"]))
    else:
        year = _year(match, base, month)
    return safe(year, month, int(day)) if day else _month_end(year, month)


def _day(match: re.Match[str], reference: date) -> date | None:
    month, day = int(match["month"]), int(match["day"])
    return safe(_year(match, reference, month, day), month, day)


def _near_day(match: re.Match[str], reference: date) -> date | None:
    return reference + timedelta(days="今明后".index(match["when"]))


def _month(match: re.Match[str], reference: date) -> date | None:
    month, end = int(match["month"]), match["end"]
    if not 1 <= month <= 12:
        return None
    year = _year(match, reference, month)
    if end in ("上旬", "中旬", "初"):
        return safe(year, month, {"上旬": 10, "中旬": 20, "初": 5}[end])
    if end is None and match.group().endswith(("月前", "月之前", "月以前", "月份前")):
        return date(year, month, 1) - timedelta(days=1)
    return _month_end(year, month)


def _named_day(match: re.Match[str], reference: date) -> date | None:
    months = reference.month + (match["when"] in ("下", "次"))
    year, month = reference.year + (months > 12), (months - 1) % 12 + 1
    return safe(year, month, int(match["day"])) if match["day"] else _month_end(year, month)


def _week(match: re.Match[str], reference: date) -> date | None:
    monday = reference - timedelta(days=reference.weekday()) + timedelta(weeks=match["when"] == "下")
    name = match["weekday"]
    return monday + timedelta(days=6 if name in (None, "日", "天", "末") else "一二三四五六".index(name))


def _quarter(match: re.Match[str], reference: date) -> date | None:
    month = 3 * ("一二三四1234".index(match["quarter"]) % 4 + 1)
    return _month_end(_year(match, reference, month), month)


def _half(match: re.Match[str], reference: date) -> date | None:
    month = 6 if match["half"] == "上" else 12
    return _month_end(_year(match, reference, month), month)


def _year_end(match: re.Match[str], reference: date) -> date | None:
    return date(_year(match, reference, 12), 12, 31)


def _within(match: re.Match[str], reference: date) -> date | None:
    count, unit = read_number(match["count"]) or 0, match["unit"]
    if unit == "工作日":
        return due(reference, count, "working", packaged()).due
    if unit in ("日", "天", "自然日"):
        return reference + timedelta(days=count)
    if unit in ("周", "星期"):
        return reference + timedelta(weeks=count)
    if unit == "月":
        months = reference.month - 1 + count
        year, month = reference.year + months // 12, months % 12 + 1
        return date(year, month, min(reference.day, calendar.monthrange(year, month)[1]))
    return None


RESOLVERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], date | None]], ...] = (
    (wordings.RANGE, _range),
    (wordings.SPAN, _day),
    (wordings.NEAR_DAY, _near_day),
    (wordings.DAY, _day),
    (wordings.MONTH, _month),
    (wordings.WITHIN, _within),
    (wordings.TAKING, _within),
    (wordings.NAMED_DAY, _named_day),
    (wordings.WEEK, _week),
    (wordings.QUARTER, _quarter),
    (wordings.HALF, _half),
    (wordings.YEAR_END, _year_end),
)
