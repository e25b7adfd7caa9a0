"""Matters that go where what they are about goes: many at once, each with an entry that names the decision.

Two objects found to be one, a town found to be another: that is decided once, in the register. The matters follow in the
same transaction, through the record like everything else, so that no column of theirs ever changes without an entry.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from bihuan.kernel import clock
from bihuan.kernel.loops.registry import running
from bihuan.kernel.loops.writing import Change, append_entries, columns_of, update_rows
from bihuan.kernel.people.actors import Actor

AT_ONCE = 1000


@transaction.atomic
def move_matters(
    loop: str,
    which: Q,
    verb: str,
    change: Callable[[Any], None],
    *,
    actor: Actor,
    payload: Mapping[str, Any],
) -> list[UUID]:
    """Let ``change`` set the columns of every matter that fits ``which``; returns their uids.

    The decision and its signature are the caller's; the entries name the actor who took it and what ``payload`` says.
    State, deadline and everybody's hands stay.
    """
    service, moved = running(loop), list[UUID]()
    last: Any = None
    while True:
        fitting = service.model._default_manager.filter(which)
        if last is not None:
            fitting = fitting.filter(uid__gt=last)
        matters: list[Any] = list(fitting.select_for_update(of=("self",)).order_by("uid")[:AT_ONCE])
        if not matters:
            break
        last, at = matters[-1].uid, clock.now()
        changes = []
        for matter in matters:
            before = columns_of(matter)
            change(matter)
            changes.append(Change(matter, verb, matter.state, dict(payload), at, at, before))
        append_entries(service, changes, actor)
        update_rows(changes)
        moved += [matter.uid for matter in matters]
    return moved
