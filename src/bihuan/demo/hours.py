"""When things happen in the demo: at hours when people work, on days when they do."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from bihuan.kernel import clock
from bihuan.kernel.calendar import is_working_day


def at_work(day: date, rng: Random, first: int = 9, last: int = 17) -> datetime:
    """A moment of the working hours of ``day``."""
    minutes = rng.randrange(first * 60, last * 60)
    return datetime.combine(day, time(minutes // 60, minutes % 60, rng.randrange(60)), clock.SHANGHAI)


def next_working(day: date) -> date:
    """``day`` itself or the first working day after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def later(moment: datetime, days: int, rng: Random) -> datetime:
    """A working moment about ``days`` calendar days after ``moment``; on the same day it is still later."""
    local = moment.astimezone(clock.SHANGHAI)
    if days <= 0:
        if local.hour < 16:
            return local + timedelta(minutes=rng.randrange(20, 100))
        days = 1
    return at_work(next_working(local.date() + timedelta(days=days)), rng)
