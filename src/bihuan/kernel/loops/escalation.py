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


def climb_all() -> int:
    """Climb every ladder that is due today; returns how many rungs were climbed. Repeating it climbs none twice."""
    return sum(_climb(service, timer) for service in all_running() for timer in service.loop.timers)


def _climb(service: Running, timer: Timer) -> int:
    climbed = 0
    states = [state.value for state in timer.states]
    last = None
    while True:
        late = service.model._default_manager.filter(state__in=states, deadline__lt=clock.today())
        if last is not None:
            late = late.filter(uid__gt=last)
        uids = list(late.order_by("uid").values_list("uid", flat=True)[:AT_ONCE])
        if not uids:
            return climbed
        last = uids[-1]
        climbed += sum(_climb_one(service, timer, uid) for uid in uids)


@transaction.atomic
def _climb_one(service: Running, timer: Timer, uid: Any) -> int:
    matter: Any = (
        service.model._default_manager.select_for_update(of=("self",), skip_locked=True)
        .select_related("object", "object__region")
        .filter(uid=uid, state__in=[state.value for state in timer.states], deadline__lt=clock.today())
        .first()
    )
    if matter is None:
        return 0
    ladder = policies.value(service.ladder_of(timer, matter), on=matter.opened_at.date()).value
    late_days = (clock.today() - matter.deadline).days
    due = [rung for rung in ladder if rung["after_days"] <= late_days][matter.escalated :]
    if not due:
        return 0
    holders = {holder.level: holder for holder in chain(matter.object, clock.today())}
    first = matter.escalated
    for offset, rung in enumerate(due, start=1):
        _rung(service, matter, holders[Level(rung["level"])], first + offset, late_days)
    _record(service, timer, matter, [holders[Level(rung["level"])] for rung in due], late_days, first + len(due))
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

