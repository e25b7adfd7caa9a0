"""What happens when a deadline passes unmet: the ladder is climbed, rung by rung, and each rung is on the record.

The rungs and their days are a policy row; the people on them come from the responsibility chain of the object (M106).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from bihuan.kernel import clock
from bihuan.kernel.exchange.notices import NewNotice, notify
from bihuan.kernel.loops.declaration import Timer
from bihuan.kernel.loops.models import Escalation, Matter
from bihuan.kernel.loops.registry import Running, all_running
from bihuan.kernel.loops.writing import Change, append_entries, columns_of, update_row
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.policies import values as policies
from bihuan.kernel.responsibility.chain import Holder, Level, chain

TIMER = Actor.system("计时")
AT_ONCE = 200
Ladders = dict[tuple[str, date], Any]


def climb_all() -> int:
    """Climb every ladder that is due today; returns how many rungs were climbed. Repeating it climbs none twice."""
    return sum(_climb(service, timer) for service in all_running() for timer in service.loop.timers)


def _climb(service: Running, timer: Timer) -> int:
    """Most of what is late waits for its next rung: that is seen without locking it or asking for its policy again."""
    ladders: Ladders = {}
    climbed, last = 0, None
    while True:
        late = _late(service, timer)
        if last is not None:
            late = late.filter(uid__gt=last)
        matters = list(late.order_by("uid")[:AT_ONCE])
        if not matters:
            return climbed
        last = matters[-1].uid
        due = [matter.uid for matter in matters if _rungs(service, timer, matter, ladders)]
        climbed += sum(_climb_one(service, timer, uid, ladders) for uid in due)


def _late(service: Running, timer: Timer) -> Any:
    states = [state.value for state in timer.states]
    return service.model._default_manager.filter(state__in=states, deadline__lt=clock.today())


def _rungs(service: Running, timer: Timer, matter: Any, ladders: Ladders) -> list[Any]:
    """The rungs due today that the matter has not climbed yet, by the ladder of the day it began."""
    key = service.ladder_of(timer, matter), matter.opened_at.astimezone(clock.SHANGHAI).date()
    if key not in ladders:
        ladders[key] = policies.value(key[0], on=key[1]).value
    late_days = (clock.today() - matter.deadline).days
    return [rung for rung in ladders[key] if rung["after_days"] <= late_days][matter.escalated :]


@transaction.atomic
def _climb_one(service: Running, timer: Timer, uid: Any, ladders: Ladders) -> int:
    matter: Any = (
        _late(service, timer)
        .select_for_update(of=("self",), skip_locked=True)
        .select_related("object", "object__region")
        .filter(uid=uid)
        .first()
    )
    due = [] if matter is None else _rungs(service, timer, matter, ladders)
    if not due:
        return 0
    late_days = (clock.today() - matter.deadline).days
    holders = {holder.level: holder for holder in chain(matter.object, clock.today())}
    first = matter.escalated
    for offset, rung in enumerate(due, start=1):
        _rung(service, matter, holders[Level(rung["level"])], first + offset, late_days)
    _record(
        service, timer, matter, [holders[Level(rung["level"])] for rung in due], late_days, first + len(due)
    )
    return len(due)


def _rung(service: Running, matter: Any, holder: Holder, level: int, late_days: int) -> None:
    Escalation.objects.get_or_create(
        matter=matter.uid,
        level=level,
        deadline=matter.deadline,
        defaults={
            "kind": service.loop.name,
            "no": matter.no,
            "holder": holder.level.value,
            "post_id": holder.post_id,
            "person_id": holder.person_id,
            "name": f"{holder.title} {holder.name}".strip() or f"{holder.level.label}（空缺）",
            "rule": holder.rule,
            "at": clock.now(),
        },
    )
    if holder.post_id is not None:
        notify(
            [
                NewNotice(
                    text=f"{matter.no} {matter.object.name}：{service.loop.label}逾期 {late_days} 天，请督促办理",
                    post_id=holder.post_id,
                    matter_kind=service.loop.name,
                    matter=matter.uid,
                    matter_no=matter.no,
                    reminder=f"{service.loop.name}.escalated:{matter.uid}:{matter.deadline}:{level}",
                )
            ]
        )


def _record(
    service: Running, timer: Timer, matter: Matter, holders: Sequence[Holder], late_days: int, level: int
) -> None:
    before = columns_of(matter)
    matter.escalated = level
    at = clock.now()
    deadline: date | None = matter.deadline
    payload = {
        "late_days": late_days,
        "deadline": deadline.isoformat() if deadline else "",
        "to": [f"{holder.level.label} {holder.title} {holder.name}".strip() for holder in holders],
    }
    change = Change(matter, timer.name, matter.state, payload, at, at, before)
    append_entries(service, [change], TIMER)
    update_row(matter, before)
