"""The half year, run through in order of its moments, with the timers that would have come in between."""

from __future__ import annotations

import heapq
import logging
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import count

from bihuan.demo.stories import Story
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.exchange.models import Notice
from bihuan.kernel.loops.escalation import climb_all

_log = logging.getLogger(__name__)
DAILY = 12
"""So many days before today ladders are climbed each day; before that, each week."""
READ_DAYS = 4
SOON = timedelta(minutes=20)


def run(stories: Iterable[Story], first: date, now: datetime) -> None:
    """Act every story up to ``now``; ladders are climbed each week, and of late each day."""
    order = count()
    waiting: list[tuple[datetime, int, Story]] = []
    for story in [*stories, _timers(first, now)]:
        _await(waiting, order, story, now)
    while waiting:
        moment, _, story = heapq.heappop(waiting)
        with clock.frozen(moment):
            _await(waiting, order, story, now, since=moment)


def _await(
    waiting: list[tuple[datetime, int, Story]],
    order: count[int],
    story: Story,
    now: datetime,
    since: datetime | None = None,
) -> None:
    """Let a story go on, and wait for its next moment. Around a long holiday two of them may fall on one day, the later
    at the earlier hour: no story runs backwards."""
    try:
        moment = next(story, None)
    except Refused as refusal:
        name = getattr(story, "__name__", "")
        _log.warning("A story of the demo (%s) ends early: %s", name, refusal)
        return
    if moment is not None and since is not None and moment <= since:
        moment = since + SOON
    if moment is not None and moment < now:
        heapq.heappush(waiting, (moment, next(order), story))


def _timers(first: date, now: datetime) -> Story:
    day = first
    while True:
        yield datetime.combine(day, time(8, 15), clock.SHANGHAI)
        climb_all()
        recent = (clock.day_of(now) - day).days <= DAILY
        day += timedelta(days=1 if recent else 7)


def read_notices(now: datetime) -> int:
    """What came some days ago has been read by now."""
    old = Notice.objects.filter(read_at=None, not_before__lt=now - timedelta(days=READ_DAYS))
    return old.update(read_at=now - timedelta(days=READ_DAYS - 1))
