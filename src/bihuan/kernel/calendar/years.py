"""The years a district has loaded, laid over the packaged ones.

Every worker asks the database again once a minute, so that a year loaded on the command line counts
everywhere without a restart; in the process that loaded it, it counts at once.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import date

from django.db import connection, transaction
from django.db.models import Max

from bihuan.kernel import clock
from bihuan.kernel.calendar.announcement import Announcement
from bihuan.kernel.calendar.models import CalendarYear
from bihuan.kernel.calendar.statutory import Statute, Year, packaged

FRESH_FOR = 60.0
_LOCK = 0x42485F43414C

_held: tuple[float, Statute] | None = None


def current() -> Statute:
    """Packaged and loaded years together; costs one query a minute."""
    global _held
    moment = time.monotonic()
    if _held is None or moment >= _held[0]:
        _held = (moment + FRESH_FOR, packaged().with_years(_loaded()))
    return _held[1]


def forget() -> None:
    """Have the next count ask the database."""
    global _held
    _held = None


def revision() -> str:
    """A word that changes whenever years were added or corrected, by a release or by a load.

    A deadline counted under another revision, and provisional, is worth counting again.
    """
    loaded = CalendarYear.objects.aggregate(newest=Max("revision"))["newest"] or 0
    return f"{max(packaged().known)}.{loaded}"


def load(announcements: Iterable[Announcement]) -> str:
    """Keep these years, replacing what was loaded for them before; returns the new :func:`revision`."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        newest = (CalendarYear.objects.aggregate(newest=Max("revision"))["newest"] or 0) + 1
        for announcement in announcements:
            CalendarYear.objects.update_or_create(
                year=announcement.year,
                defaults={
                    "off": {day.isoformat(): name for day, name in sorted(announcement.days.off.items())},
                    "makeup": [day.isoformat() for day in sorted(announcement.days.makeup)],
                    "source": announcement.source,
                    "loaded_at": clock.now(),
                    "revision": newest,
                },
            )
    forget()
    return revision()


def _loaded() -> dict[int, Year]:
    return {
        row.year: Year(
            {date.fromisoformat(day): str(name) for day, name in row.off.items()},
            frozenset(date.fromisoformat(day) for day in row.makeup),
        )
        for row in CalendarYear.objects.all()
    }
