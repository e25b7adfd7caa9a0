"""Deadlines counted into a year without an official calendar are recounted when it comes, and the change is recorded."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import BooleanField, F, Func

from bihuan.kernel import clock
from bihuan.kernel.loops import duties
from bihuan.kernel.loops.deadlines import counted
from bihuan.kernel.loops.duties import Owed
from bihuan.kernel.loops.models import settle_escalations
from bihuan.kernel.loops.registry import Running, all_running
from bihuan.kernel.loops.writing import Change, append_entries, columns_of, update_row
from bihuan.kernel.people.actors import Actor

CALENDAR = Actor.system("日历")


def recount_provisional() -> int:
    """Recount every provisional deadline that can now be counted for certain; returns how many days changed."""
    return sum(_recount(service) for service in all_running())


def _recount(service: Running) -> int:
    guessed = service.model._default_manager.filter(deadline_note__provisional=True)
    moved = sum(_recount_one(service, uid) for uid in list(guessed.values_list("uid", flat=True)))
    if not service.loop.duties:
        return moved
    owing = list(_owing_by_guess(service).values_list("uid", flat=True))
    return moved + sum(_recount_duties(service, uid) for uid in owing)


@transaction.atomic
def _recount_one(service: Running, uid: Any) -> int:
    matter: Any = (
        service.model._default_manager.select_for_update()
        .filter(uid=uid, deadline_note__provisional=True)
        .first()
    )
    if matter is None:
        return 0
    note = matter.deadline_note
    deadline = counted(date.fromisoformat(note["start"]), note["days"], note["unit"], note["rule"])
    if deadline.provisional and deadline.due == matter.deadline:
        return 0
    before = columns_of(matter)
    moved = deadline.due != matter.deadline
    former = matter.deadline
    matter.deadline, matter.deadline_note = deadline.due, deadline.note()
    if moved and matter.escalated:
        settle_escalations(matter.uid)
        matter.escalated = 0
    at = clock.now()
    payload = {"former": former.isoformat(), "due": deadline.due.isoformat(), "rule": deadline.rule}
    append_entries(
        service, [Change(matter, "recount_deadline", matter.state, payload, at, at, before)], CALENDAR
    )
    update_row(matter, before)
    return int(moved)


class _HasGuess(Func):
    """Whether one of the open duties has a day that was counted provisionally."""

    function = "jsonb_path_exists"
    template = "%(function)s(%(expressions)s, '$.open.*.provisional ? (@ == true)')"
    output_field = BooleanField()


def _owing_by_guess(service: Running) -> Any:
    return service.model._default_manager.filter(_HasGuess(F("duties")), duty_on__isnull=False)


@transaction.atomic
def _recount_duties(service: Running, uid: Any) -> int:
    matter: Any = _owing_by_guess(service).select_for_update().filter(uid=uid).first()
    if matter is None:
        return 0
    return sum(
        _recount_duty(service, matter, owed)
        for owed in duties.owed_of(service.loop, matter)
        if owed.note.get("provisional")
    )


def _recount_duty(service: Running, matter: Any, owed: Owed) -> int:
    """Another day begins the climb anew, like a new deadline."""
    deadline = counted(owed.start, owed.note["days"], owed.note["unit"], owed.rule)
    if deadline.provisional and deadline.due == owed.due:
        return 0
    before = columns_of(matter)
    if deadline.due == owed.due:
        duties.certain(service.loop, matter, owed.duty.name)
    else:
        duties.owe(service.loop, matter, owed.duty.name, deadline)
    at = clock.now()
    payload = {
        "duty": owed.duty.label,
        "former": owed.due.isoformat(),
        "due": deadline.due.isoformat(),
        "rule": deadline.rule,
    }
    append_entries(
        service, [Change(matter, "recount_deadline", matter.state, payload, at, at, before)], CALENDAR
    )
    update_row(matter, before)
    return int(deadline.due != owed.due)
