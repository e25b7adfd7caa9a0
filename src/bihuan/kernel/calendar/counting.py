"""When something falls due, and why then: every deadline is counted here and explained."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from bihuan.kernel.calendar.statutory import Statute, in_force
from bihuan.kernel.errors import Refused

Unit = Literal["working", "calendar"]
LONGEST = 36_500
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A day that did not count, with the festival or weekday that is the reason."""

    date: date
    why: str


@dataclass(frozen=True, slots=True)
class Due:
    """A due date.

    ``rule`` is the explanation in words; ``provisional``: a year not announced yet was counted over.
    """

    due: date
    provisional: bool
    skipped: tuple[Skipped, ...]
    rule: str


def is_working_day(day: date) -> bool:
    """Whether offices work on ``day``; for a year not announced yet, whether they probably do."""
    return in_force().why_not_working(day) is None


def why_not_working(day: date) -> str | None:
    """The festival, or 周六 or 周日; None on a working day."""
    return in_force().why_not_working(day)


def due(start: date, days: int, unit: Unit, statute: Statute | None = None) -> Due:
    """The last day of a term of ``days`` that begins with the event on ``start``.

    The day of the event is not counted. Working days leave out festivals and weekends and count weekend days
    worked instead. A term in calendar days that ends on a rest day ends on the next working day
    (民事诉讼法第八十五条).

    Raises:
        Refused: ``calendar.bad_term`` for a negative or absurdly long term or an unknown unit,
            ``calendar.too_far`` when the due date lies beyond the last date there is.
    """
    if unit not in get_args(Unit):
        raise Refused.because(
            "calendar.bad_term", f"期限单位“{unit}”无法识别，请用 working（工作日）或 calendar（自然日）。"
        )
    if not 0 <= days <= LONGEST:
        raise Refused.because("calendar.bad_term", f"期限须在0至{LONGEST}日之间，现为{days}日。", "days")
    statute = statute or in_force()
    try:
        return _working(statute, start, days) if unit == "working" else _calendar(statute, start, days)
    except OverflowError as reason:
        raise Refused.because(
            "calendar.too_far", "期限届满日超出可表示的日期范围，请缩短期限。", "days"
        ) from reason


def _working(statute: Statute, start: date, days: int) -> Due:
    skipped: list[Skipped] = []
    guessed: set[int] = set()
    last, left = start, days
    for day in _after(start) if days else _from(start):
        if not statute.is_known(day):
            guessed.add(day.year)
        why = statute.why_not_working(day)
        if why is not None:
            skipped.append(Skipped(day, why))
            continue
        last, left = day, left - 1
        if left <= 0:
            break
    rule = f"自{start.isoformat()}的次日起算，第{days}个工作日为{last.isoformat()}；" + (
        "法定节假日和休息日不计入，调休上班日计入（全国年节及纪念日放假办法）"
    )
    return Due(last, bool(guessed), tuple(skipped), rule + _caveat(guessed))


def _calendar(statute: Statute, start: date, days: int) -> Due:
    nominal = start + days * DAY
    skipped: list[Skipped] = []
    guessed: set[int] = set()
    last = nominal
    for last in _from(nominal):
        if not statute.is_known(last):
            guessed.add(last.year)
        why = statute.why_not_working(last)
        if why is None:
            break
        skipped.append(Skipped(last, why))
    rule = f"自{start.isoformat()}的次日起算，第{days}日为{nominal.isoformat()}"
    if skipped:
        rule += (
            f"，该日为休假日（{skipped[0].why}），"
            f"以其后第一个工作日{last.isoformat()}为届满日（民事诉讼法第八十五条）"
        )
    return Due(last, bool(guessed), tuple(skipped), rule + _caveat(guessed))


def _caveat(guessed: set[int]) -> str:
    if not guessed:
        return ""
    years = "、".join(f"{year}年" for year in sorted(guessed))
    return f"。{years}放假安排尚未载入，暂按周末和法定节日推算，载入后重算"


def _from(day: date) -> Iterator[date]:
    yield day
    yield from _after(day)


def _after(day: date) -> Iterator[date]:
    while True:
        day += DAY
        yield day
