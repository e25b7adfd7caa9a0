"""Reading a year's announcement from a file, refusing what the State Council cannot have announced."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bihuan.kernel.calendar.statutory import Year
from bihuan.kernel.errors import Failure, Refused

LONGEST_HOLIDAY = 20


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a file says about one year."""

    year: int
    days: Year
    source: str


def read_announcements(path: Path) -> tuple[Announcement, ...]:
    """The years in a JSON file: one object with ``year``, or ``{"years": {"2027": {…}}}``.

    Each year has ``off_ranges`` (``[[first, last, festival], …]``), ``makeup_workdays`` and ``source``.

    Raises:
        Refused: ``calendar.unreadable`` or ``calendar.bad_year``, with everything that is wrong.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as reason:
        raise Refused.because("calendar.unreadable", f"读不出放假安排文件“{path}”：{reason}") from reason
    entries = list(_entries(content))
    if not entries:
        raise Refused.because(
            "calendar.unreadable",
            f"文件“{path}”里没有放假安排，须有 year、off_ranges、makeup_workdays 三项。",
        )
    failures: list[Failure] = []
    found = [_announcement(year, entry, failures) for year, entry in entries]
    Refused.unless(failures)
    return tuple(found)


def _entries(content: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if not isinstance(content, dict):
        return
    if "year" in content:
        yield str(content["year"]), content
    years = content.get("years")
    if isinstance(years, dict):
        for year, entry in years.items():
            if isinstance(entry, dict):
                yield str(year), entry


def _announcement(label: str, entry: Mapping[str, Any], failures: list[Failure]) -> Announcement:
    year = int(label) if label.isdecimal() and 1949 <= int(label) <= 2199 else 0
    if not year:
        failures.append(_bad(label, "年份应为四位数字"))
    off: dict[date, str] = {}
    for item in _list(entry.get("off_ranges"), label, "off_ranges", failures):
        off |= _range(label, item, failures)
    makeup = {
        _day(label, item, failures)
        for item in _list(entry.get("makeup_workdays", []), label, "makeup_workdays", failures)
    }
    makeup.discard(date.min)
    for day in sorted({*off, *makeup}):
        if year and not date(year - 1, 12, 1) <= day <= date(year + 1, 1, 31):
            failures.append(_bad(label, f"{day}不属于该年"))
    failures += [_bad(label, f"{day}既列为放假又列为上班") for day in sorted(makeup & set(off))]
    failures += [_bad(label, f"调休上班日{day}不是周末") for day in sorted(makeup) if day.weekday() < 5]
    if not off:
        failures.append(_bad(label, "没有任何放假日"))
    return Announcement(year, Year(off, frozenset(makeup)), str(entry.get("source", ""))[:200])


def _list(value: Any, label: str, name: str, failures: list[Failure]) -> list[Any]:
    if isinstance(value, list):
        return value
    failures.append(_bad(label, f"{name} 应为列表"))
    return []


def _range(label: str, item: Any, failures: list[Failure]) -> dict[date, str]:
    if not (isinstance(item, list) and len(item) == 3 and isinstance(item[2], str) and item[2].strip()):
        failures.append(_bad(label, f"放假区间 {item!r} 应写成 [首日, 末日, 节日名]"))
        return {}
    first, last = _day(label, item[0], failures), _day(label, item[1], failures)
    if date.min in (first, last):
        return {}
    if not 0 <= (last - first).days < LONGEST_HOLIDAY:
        failures.append(_bad(label, f"放假区间 {first} 至 {last} 首末日颠倒或过长"))
        return {}
    return {first + timedelta(days=step): item[2].strip() for step in range((last - first).days + 1)}


def _day(label: str, value: Any, failures: list[Failure]) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        failures.append(_bad(label, f"日期 {value!r} 应写成 2027-01-01 的形式"))
        return date.min


def _bad(label: str, what: str) -> Failure:
    return Failure("calendar.bad_year", f"{label}年放假安排有误：{what}。")
