"""How long something may be held, and when an order may be carried out: the arithmetic of 行政强制法.

A seizure lasts thirty days at most and may be prolonged once by thirty; the days in which things are tested are not
counted (AEL 25, V1). The day it begins is not counted (K). Both are *longest* terms of a power over somebody's property:
they run in natural days, and a holiday at the end does not prolong them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bihuan.kernel.calendar import why_not_working
from bihuan.kernel.calendar.statutory import WEEKEND
from bihuan.kernel.clock import SHANGHAI
from bihuan.registers.law import limits

SEIZURE_BASIS = "《行政强制法》第二十五条"


def longest(on: date) -> int:
    """Days something may be held, by the law of the day it begins; an extension may be as long once more."""
    return limits.rule("seal_seize", on).value


def urgent_report(on: date) -> timedelta:
    """In which an urgent measure is told and approved afterwards."""
    return timedelta(hours=limits.rule("urgent_coercion_report", on).value)


def power_notice(on: date) -> timedelta:
    """How long before the power goes the unit is told."""
    return timedelta(hours=limits.rule("power_cut_notice", on).value)


@dataclass(frozen=True, slots=True)
class Pause:
    """Days of a test: from the day things went away to the day the result came; no end while it runs."""

    begun: date
    ended: date | None = None

    @property
    def days(self) -> int:
        return 0 if self.ended is None else (self.ended - self.begun).days


def pauses_of(kept: Iterable[dict[str, str]]) -> list[Pause]:
    """The tests of a seizure as its row keeps them."""
    return [
        Pause(
            date.fromisoformat(one["begun"]), date.fromisoformat(one["ended"]) if one.get("ended") else None
        )
        for one in kept
    ]


def last_day(begun: date, extended: int, pauses: Sequence[Pause]) -> date | None:
    """The last day something may be held; None while a test stops the clock."""
    if any(pause.ended is None for pause in pauses):
        return None
    return begun + timedelta(days=longest(begun) + extended + sum(pause.days for pause in pauses))


def explained(begun: date, extended: int, pauses: Sequence[Pause]) -> str:
    """The counting in words."""
    told = [f"自 {begun} 的次日起算 {longest(begun)} 日"]
    if extended:
        told.append(f"经批准延长 {extended} 日")
    paused = sum(pause.days for pause in pauses)
    if paused:
        told.append(f"检测检验鉴定 {paused} 日不计入")
    return f"{'，'.join(told)}；属最长期限，按自然日计，不因节假日顺延（{SEIZURE_BASIS}；起算和不顺延待核对）"


def festival(day: date) -> str:
    """The statutory holiday a day belongs to; empty on working days and ordinary weekends."""
    why = why_not_working(day) or ""
    return "" if why in WEEKEND.values() else why


def at_night(moment: datetime, begins: int, ends: int) -> bool:
    """Whether a moment lies between the hour night begins and the hour it ends (hours are the district's, K)."""
    hour = moment.astimezone(SHANGHAI).hour
    return hour >= begins or hour < ends if begins > ends else begins <= hour < ends
