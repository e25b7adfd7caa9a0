"""When a deed happened: by our clock, or as somebody without a network claims it, and never before what it follows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from bihuan.kernel import clock
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.loops.declaration import Deed, Loop

AHEAD = timedelta(minutes=5)
"""How far a client's clock may run ahead of ours."""


def claimed(happened_at: datetime | None, at: datetime) -> datetime:
    """When it happened, as the client says. A clock that runs a little ahead means now; further, it would move deadlines.

    Raises:
        Refused: later than now (``input.moment_in_future``).
    """
    if happened_at is None:
        return at
    if happened_at > at + AHEAD:
        raise Refused.because(
            "input.moment_in_future", "发生时间晚于现在，请核对设备的日期和时间后重报", "happened_at"
        )
    return min(happened_at, at)


def out_of_order(loop: Loop, deed: Deed, matters: Sequence[Any], happened_at: datetime) -> Iterable[Failure]:
    """For each matter whose last deed happened later than this one is said to have: 发现、整改、验收 stand in order (M088).

    Only deeds of people count: what the system noted meanwhile, or a late claim tells, came after nobody's act.
    """
    verbs = [item.name for item in (*loop.openings, *loop.deeds)]
    numbers = {matter.uid: matter.no for matter in matters}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT ON (e.matter) e.matter, d.verb, e.happened_at FROM record_entry e"
            " JOIN record_deed d ON d.id = e.deed"
            " WHERE e.matter = ANY(%s) AND d.verb = ANY(%s) ORDER BY e.matter, e.happened_at DESC",
            [list(numbers), verbs],
        )
        last = [(numbers[matter], verb, moment) for matter, verb, moment in cursor.fetchall()]
    for no, verb, moment in last:
        if happened_at < moment:
            yield Failure(
                "input.moment_out_of_order",
                f"{no} 的“{deed.label}”所报时间 {_words(happened_at)} 早于在它之前的“{loop.label_of(verb)}”"
                f"（{_words(moment)}），请核对设备的日期和时间后重报",
                "happened_at",
            )


def _words(moment: datetime) -> str:
    return f"{moment.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M:%S}"
