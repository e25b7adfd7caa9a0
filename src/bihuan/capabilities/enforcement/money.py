"""Arithmetic of fines in whole fen: what is late on a day, the additional fine, the daily consecutive penalty.

Additional fine (行政处罚法第七十二条、第七十三条): three per cent a day of what is late, from the day after it fell due until
it is paid, not above the fine, and not for days of reconsideration or litigation. Whether 罚款数额 means the whole fine or
what is still unpaid is not settled; what is still late is taken, which never burdens the party more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Instalment:
    """What falls due on a day (the last on which it can be paid in time)."""

    due: date
    fen: int


@dataclass(frozen=True, slots=True)
class Payment:
    on: date
    fen: int


@dataclass(frozen=True, slots=True)
class Span:
    """Days on which nothing runs, both ends included; open while ``until`` is empty."""

    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Additional:
    """The additional fine up to a day: from when, how many days counted, how much, and whether the cap was reached."""

    first: date | None
    days: int
    fen: int
    capped: bool


def additional(
    schedule: Sequence[Instalment],
    payments: Iterable[Payment],
    pauses: Sequence[Span],
    upto: date,
    percent: int = 3,
) -> Additional:
    """The additional fine that has run up by the end of ``upto``.

    The day on which something is paid late still counts; the day it falls due does not.
    """
    principal = sum(one.fen for one in schedule)
    paid = sorted(payments, key=lambda one: one.on)
    first, days, hundredths = None, 0, 0
    day = min((one.due for one in schedule), default=upto) + DAY
    while day <= upto and hundredths < principal * 100:
        late = late_on(schedule, paid, day)
        if late == 0 and all(one.due < day for one in schedule):
            break
        if late and not any(one.since <= day <= (one.until or day) for one in pauses):
            first, days, hundredths = first or day, days + 1, hundredths + late * percent
        day += DAY
    fen = min(hundredths // 100, principal)
    return Additional(first, days, fen, bool(principal) and fen == principal)


def late_on(schedule: Sequence[Instalment], payments: Iterable[Payment], day: date) -> int:
    """What should have been paid before ``day`` and was not."""
    owed = sum(one.fen for one in schedule if one.due < day)
    return max(0, owed - sum(one.fen for one in payments if one.on < day))


def daily(original_fen: int, ordered_on: date, until: date) -> tuple[date, int, int]:
    """The daily consecutive penalty (安全生产法第一百一十二条): first day, number of days, total.

    It runs from the day after the order to correct, at the amount of the original fine for every day.
    """
    days = max(0, (until - ordered_on).days)
    return ordered_on + DAY, days, original_fen * days
