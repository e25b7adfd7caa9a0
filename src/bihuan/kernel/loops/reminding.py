"""到期前提醒: whose turn it is hears of a day before it has passed, once for each day set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from typing import Any

from bihuan.kernel import calendar, clock
from bihuan.kernel.exchange.models import Notice
from bihuan.kernel.exchange.notices import NewNotice, notify
from bihuan.kernel.loops import apart
from bihuan.kernel.loops.declaration import Hand
from bihuan.kernel.loops.duties import owed_of
from bihuan.kernel.loops.notices import posts_near
from bihuan.kernel.loops.registry import Running, running
from bihuan.kernel.loops.turns import hand_of
from bihuan.kernel.policies import values as policies

_AT_ONCE = 500


def last_day_soon(loop: str, today: date) -> date:
    """Up to this day something is due soon: so many working days from today as the district set for the loop."""
    days = int(policies.recent(f"{loop}.due_soon_days", on=today).value)
    return calendar.due(today, days, "working").due if days else today


def remind(loop: str) -> int:
    """Tell those whose turn it is of what is due soon; returns how many notices were new. Repeated, it tells nobody twice."""
    service = running(loop)
    today = clock.today()
    last = last_day_soon(loop, today)
    states = [state.value for state in service.loop.open_states]
    due = _rows(service).filter(state__in=states, deadline__range=(today, last))
    owing = _rows(service).filter(duty_on__lte=last)
    sent = 0
    with apart.rows(f"{loop}.remind") as rows:
        for matter in due.iterator(_AT_ONCE):
            sent += rows.each(matter.no, partial(_tell_of_step, service, matter), 0)
        for matter in owing.iterator(_AT_ONCE):
            sent += rows.each(matter.no, partial(_tell_of_duties, service, matter, today, last), 0)
    return sent


def _tell_of_step(service: Running, matter: Any) -> int:
    step, hand = service.loop.next_step(service.loop.state(matter.state)), hand_of(service.loop, matter)
    if step is None or hand is None:
        return 0
    return _tell(service, matter, hand, step.label, matter.deadline)


def _tell_of_duties(service: Running, matter: Any, today: date, last: date) -> int:
    return sum(
        _tell(service, matter, owed.duty.by[0], owed.duty.label, owed.due)
        for owed in owed_of(service.loop, matter)
        if today <= owed.due <= last
    )


def _rows(service: Running) -> Any:
    return service.model._default_manager.select_related("object", "agency").order_by("uid")


def _tell(service: Running, matter: Any, hand: Hand, label: str, due: date) -> int:
    reminder = f"{service.loop.name}.soon:{label}:{matter.uid}:{due}"[:120]
    if Notice.objects.filter(matter=matter.uid, reminder=reminder).exists():
        return 0
    words = "今天到期" if due == clock.today() else f"{due} 到期"
    return notify(list(_notices(service, matter, posts_near(matter, hand), f"{label}{words}", reminder)))


def _notices(
    service: Running, matter: Any, posts: Iterable[int], words: str, reminder: str
) -> Iterator[NewNotice]:
    for post in posts:
        yield NewNotice(
            text=f"{matter.no} {matter.about()}：{words}，请按期办理",
            post_id=post,
            matter_kind=service.loop.name,
            matter=matter.uid,
            matter_no=matter.no,
            reminder=reminder,
        )
