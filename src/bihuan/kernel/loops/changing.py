"""What a deed makes of a matter, opened or moved alike: its context, deadline, hands, change, and what follows from it.

The engine decides whether a deed is done; here is what doing it amounts to, before it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from bihuan.kernel import clock
from bihuan.kernel.loops import duties, requests, writing
from bihuan.kernel.loops.deadlines import Deadline
from bihuan.kernel.loops.declaration import Deed
from bihuan.kernel.loops.inputs import payload_of
from bihuan.kernel.loops.models import BEFORE, Matter, settle_escalations
from bihuan.kernel.loops.outcomes import Outcome
from bihuan.kernel.loops.registry import Running
from bihuan.kernel.loops.sealing import seal_fields
from bihuan.kernel.people.actors import Actor


@dataclass(slots=True)
class Context:
    """What an effect may know and add while a deed is done.

    ``facts`` go into the record's payload beside the input; ``happened_at`` is as claimed, ``at`` the server's.
    ``afterwards`` is done once everything is written, in the same transaction.
    """

    running: Running
    deed: Deed
    actor: Actor
    at: datetime
    happened_at: datetime
    facts: dict[str, Any] = field(default_factory=dict)
    state: Any = None
    afterwards: list[Callable[[], None]] = field(default_factory=list)

    @property
    def day(self) -> date:
        """The day the deed counts for."""
        return clock.day_of(self.happened_at)

    def began(self, matter: Matter) -> date:
        """The day whose rules the matter keeps (从旧): the day it was opened."""
        return clock.day_of(matter.opened_at)

    def owe(self, matter: Matter, duty: str, deadline: Deadline) -> None:
        """Let ``matter`` owe a duty of its loop until a day, and say so in the record."""
        duties.owe(self.running.loop, matter, duty, deadline)
        self.facts.setdefault("owed", {})[duty] = deadline.due

    def settled(self, matter: Matter, *names: str) -> None:
        """These duties are owed no more, whatever the deed is called that did it."""
        duties.end(self.running.loop, matter, *names)


def set_deadline(deed: Deed, matter: Any, given: Any, context: Context) -> None:
    """The day by which the next deed is due; another day than before ends the steps climbed for the former."""
    deadline = deed.due(matter, given, context) if deed.due else None
    if matter.escalated and (deadline is None or deadline.due != matter.deadline):
        settle_escalations(matter.uid)
        matter.escalated = 0
    matter.deadline = deadline.due if deadline else None
    matter.deadline_note = deadline.note() if deadline else None
    if deadline:
        context.facts["deadline"] = {"due": deadline.due, "rule": deadline.rule}


def change_of(context: Context, matter: Any, given: Any, *, from_state: str) -> writing.Change:
    """The matter as the deed leaves it, with its entry's words; ``from_state`` is empty where it is opened."""
    if not from_state:
        set_deadline(context.deed, matter, given, context)
    else:
        met = duties.end_what_is_done(context.running.loop, matter, context.deed.name)
        if met:
            context.facts["met"] = met
    if context.actor.person_id is not None:
        matter.hands = _hands(context, matter.hands, context.actor.person_id)
    payload = payload_of(given, sealed=seal_fields(matter.uid, given))
    payload.update(writing.plain_facts(context.facts))
    return writing.Change(
        matter=matter,
        verb=context.deed.name,
        from_state=from_state,
        payload=payload,
        at=context.at,
        happened_at=context.happened_at,
    )


def _hands(context: Context, former: dict[str, Any], person: int) -> dict[str, Any]:
    """Who did what, with this deed. Work that was sent back stays its doer's: a later round by another frees nobody."""
    name = context.deed.name
    hands = {**former, name: person}
    last = former.get(name)
    if last not in (None, person) and name in context.running.loop.kept_apart:
        hands[name + BEFORE] = sorted({*former.get(name + BEFORE, ()), last})
    return hands


def outcomes_of(
    context: Context, changes: Sequence[writing.Change], key: str, inputs: Sequence[Any]
) -> list[Outcome]:
    """What the caller is told, kept under ``key`` so that asking again is answered the same."""
    outcomes = [
        Outcome(
            uid=change.matter.uid,
            no=change.matter.no,
            state=change.matter.state,
            version=change.matter.version,
            seq=change.matter.entry_count,
            deadline=change.matter.deadline,
            matter=change.matter,
        )
        for change in changes
    ]
    if key and outcomes:
        requests.remember(context.actor, key, context.running, context.deed, inputs, outcomes)
    return outcomes


def conclude(
    context: Context,
    changes: Sequence[writing.Change],
    inputs: Sequence[Any],
    outcomes: list[Outcome],
) -> list[Outcome]:
    """What the effects left for afterwards, then the follow-ups other rooms tied to the deed."""
    for what in context.afterwards:
        what()
    for follow_up in context.running.follow_ups.get(context.deed.name, ()):
        for change, given in zip(changes, _spread(inputs, len(changes)), strict=True):
            follow_up(change.matter, given, context)
    return outcomes


def _spread(inputs: Sequence[Any], count: int) -> Sequence[Any]:
    return inputs if len(inputs) == count else [inputs[0]] * count
