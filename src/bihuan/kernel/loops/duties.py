"""What a matter owes beside its next step, each with a day of its own, kept on the matter's own row.

Being on the row, a duty opens and ends in the very statement that moves the matter, and costs a step nothing. The JSON
is ``{"open": {name: {due, rule, start, …, escalated}}, "late": {name: deadline}}``; ``late`` remembers for which deadline
the timer has opened a duty already.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bihuan.kernel.loops.deadlines import Deadline
from bihuan.kernel.loops.declaration import Duty, Loop
from bihuan.kernel.loops.models import settle_escalations


@dataclass(frozen=True, slots=True)
class Owed:
    """One open duty of a matter. ``escalated`` counts the rungs climbed for it."""

    duty: Duty
    due: date
    start: date
    note: Mapping[str, Any]
    escalated: int

    @property
    def rule(self) -> str:
        return str(self.note.get("rule", ""))

    @property
    def look_on(self) -> date:
        """The day from which the timer has something to do about it."""
        return self.start if self.duty.at_once and not self.escalated else self.due


def owed_of(loop: Loop, matter: Any) -> list[Owed]:
    """The open duties of a matter, the most urgent first."""
    found = [
        Owed(
            duty, date.fromisoformat(note["due"]), date.fromisoformat(note["start"]), note, note["escalated"]
        )
        for name, note in ((matter.duties or {}).get("open") or {}).items()
        if (duty := loop.duty(name)) is not None
    ]
    return sorted(found, key=lambda owed: (owed.due, owed.duty.name))


def owe(loop: Loop, matter: Any, name: str, deadline: Deadline) -> None:
    """Open a duty, or give an open one another day."""
    assert loop.duty(name) is not None, name
    _settle(matter, name)
    note = {**deadline.note(), "due": deadline.due.isoformat(), "escalated": 0}
    _keep(loop, matter, {**_open(matter), name: note})


def end(loop: Loop, matter: Any, *names: str) -> list[str]:
    """Take duties off the matter; returns those that were open."""
    ended = [name for name in names if name in _open(matter)]
    if ended:
        _settle(matter, *ended)
        _keep(loop, matter, {name: note for name, note in _open(matter).items() if name not in ended})
    return ended


def climbed(loop: Loop, matter: Any, name: str, rungs: int) -> None:
    """Note how far a duty has been escalated."""
    _keep(loop, matter, {**_open(matter), name: {**_open(matter)[name], "escalated": rungs}})


def certain(loop: Loop, matter: Any, name: str) -> None:
    """The day of a duty stays, and is a guess no more."""
    note = {key: value for key, value in _open(matter)[name].items() if key != "provisional"}
    _keep(loop, matter, {**_open(matter), name: note})


def end_what_is_done(loop: Loop, matter: Any, deed: str) -> list[str]:
    """After a deed: what it meets and what is owed no more where the matter now stands; returns the duties met."""
    if not matter.duties:
        return []
    met = [owed.duty.name for owed in owed_of(loop, matter) if deed in owed.duty.met_by]
    here = loop.state(matter.state)
    gone = [owed.duty.name for owed in owed_of(loop, matter) if here not in owed.duty.states]
    end(loop, matter, *dict.fromkeys([*met, *gone]))
    return met


def due_when_late(loop: Loop, matter: Any) -> Iterator[Duty]:
    """Duties the timer has to open because the matter's deadline has passed, once for each deadline."""
    here = loop.state(matter.state)
    opened = (matter.duties or {}).get("late") or {}
    for duty in loop.duties:
        if duty.when_late is None or here not in duty.states or duty.name in _open(matter):
            continue
        if opened.get(duty.name) != matter.deadline.isoformat():
            yield duty


def mark_late(matter: Any, duty: Duty) -> None:
    """Remember that the duty was opened for this deadline."""
    former = matter.duties or {}
    late = {**(former.get("late") or {}), duty.name: matter.deadline.isoformat()}
    matter.duties = {**former, "late": late}


def _open(matter: Any) -> dict[str, Any]:
    return (matter.duties or {}).get("open") or {}


def _settle(matter: Any, *names: str) -> None:
    climbed_ones = [name for name in names if _open(matter).get(name, {}).get("escalated")]
    if climbed_ones:
        settle_escalations(matter.uid, *climbed_ones)


def _keep(loop: Loop, matter: Any, opened: dict[str, Any]) -> None:
    """Assign anew, never change in place: what changed is seen by comparing with the former value."""
    former = matter.duties or {}
    matter.duties = {**former, "open": opened}
    matter.duty_on = min((owed.look_on for owed in owed_of(loop, matter)), default=None)
