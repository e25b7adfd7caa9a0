"""The one clock. Deadlines are law: a second source of time would let two pages disagree about who is late."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

_frozen: ContextVar[datetime | None] = ContextVar("bihuan_frozen_clock", default=None)


def now() -> datetime:
    """The present moment, aware, in Chinese legal time."""
    return _frozen.get() or datetime.now(SHANGHAI)


def today() -> date:
    """The present legal day in China, whatever the machine's own time zone."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The legal day in China of an aware moment: what the database gives back is in UTC, and a day late until eight."""
    return moment.astimezone(SHANGHAI).date()


def minute_of(moment: datetime) -> str:
    """An aware moment as pages and papers write it: 「2026-05-03 10:12」, in Chinese legal time."""
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


@contextlib.contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Run a block as of ``moment`` (aware). Demo data and tests of deadlines need yesterday's law days.

    Raises:
        ValueError: the moment carries no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("frozen() needs an aware datetime")
    token = _frozen.set(moment.astimezone(SHANGHAI))
    try:
        yield
    finally:
        _frozen.reset(token)
