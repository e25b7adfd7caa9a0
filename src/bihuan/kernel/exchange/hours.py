"""When a notice may disturb: not at night and not on a rest day, unless it is urgent."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from bihuan.kernel.calendar import is_working_day
from bihuan.kernel.clock import SHANGHAI

DAY_BEGINS = time(8, 0)
DAY_ENDS = time(20, 0)
MORNING = time(8, 30)


def deliver_at(moment: datetime, *, urgent: bool) -> datetime:
    """The first moment from ``moment`` on at which a notice may show: at once by day on a working day or when
    urgent, else 08:30 of the next working morning."""
    local = moment.astimezone(SHANGHAI)
    day, hour = local.date(), local.time()
    if urgent or (is_working_day(day) and DAY_BEGINS <= hour < DAY_ENDS):
        return local
    if hour >= MORNING:
        day += timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return datetime.combine(day, MORNING, SHANGHAI)
