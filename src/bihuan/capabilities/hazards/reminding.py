"""到期前提醒: whose turn it is hears of a day before it has passed, once for each day set."""

from __future__ import annotations

from datetime import date
from typing import Any

from bihuan.capabilities.hazards.loop import HAZARD
from bihuan.capabilities.hazards.models import OPEN_STATES, Hazard
from bihuan.kernel import calendar, clock
from bihuan.kernel.exchange.models import Notice
from bihuan.kernel.exchange.notices import NewNotice, notify
from bihuan.kernel.loops.declaration import Hand
from bihuan.kernel.loops.duties import owed_of
from bihuan.kernel.loops.notices import posts_near
from bihuan.kernel.loops.turns import hand_of
from bihuan.kernel.policies import values as policies


def last_day_soon(today: date) -> date:
    """Up to this day something is due soon: so many working days from today as the district set."""
    days = int(policies.recent("hazard.due_soon_days", on=today).value)
    return calendar.due(today, days, "working").due if days else today


def remind() -> int:
    """Tell those whose turn it is of what is due soon; returns how many notices were new."""
    today = clock.today()
    last = last_day_soon(today)
    states = [state.value for state in OPEN_STATES]
    sent = 0
    for hazard in _rows().filter(state__in=states, deadline__range=(today, last)).iterator(chunk_size=500):
        step = HAZARD.next_step(HAZARD.state(hazard.state))
        hand = hand_of(HAZARD, hazard)
        if step is not None and hand is not None:
            sent += _tell(hazard, hand, step.label, hazard.deadline)
    for hazard in _rows().filter(duty_on__lte=last).iterator(chunk_size=500):
        for owed in owed_of(HAZARD, hazard):
            if today <= owed.due <= last:
                sent += _tell(hazard, owed.duty.by[0], owed.duty.label, owed.due)
    return sent


def _rows() -> Any:
    return Hazard.objects.select_related("object", "agency").order_by("uid")


def _tell(hazard: Hazard, hand: Hand, label: str, due: date | None) -> int:
    reminder = f"hazard.soon:{label}:{hazard.uid}:{due}"[:120]
    if Notice.objects.filter(matter=hazard.uid, reminder=reminder).exists():
        return 0
    words = "今天到期" if due == clock.today() else f"{due} 到期"
    return notify(
        [
            NewNotice(
                text=f"{hazard.no} {hazard.object.name}：{label}{words}，请按期办理",
                post_id=post,
                matter_kind=HAZARD.name,
                matter=hazard.uid,
                matter_no=hazard.no,
                reminder=reminder,
            )
            for post in posts_near(hazard, hand)
        ]
    )
