"""Who may do what now, and if not, why not. Pages show it before, the engine decides it at the moment of the deed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bihuan.kernel.errors import Failure
from bihuan.kernel.loops.declaration import Act, Deed, Gate, Loop, Step
from bihuan.kernel.loops.models import Matter
from bihuan.kernel.people.actors import Actor


@dataclass(frozen=True, slots=True)
class Possibility:
    """A deed as it stands for one actor on one matter: a button, or a grey one with its reasons."""

    deed: Step | Act
    failures: tuple[Failure, ...]

    @property
    def allowed(self) -> bool:
        return not self.failures


def possibilities(loop: Loop, matter: Matter, actor: Actor) -> list[Possibility]:
    """The deeds that lead on from the matter's state, those allowed first as declared."""
    here = loop.state(matter.state)
    listed = [
        deed for deed in loop.deeds if deed.shown and deed.leaves(here) and concerned(deed, matter, actor)
    ]
    found = [Possibility(deed, tuple(standing_failures(loop, deed, matter, actor))) for deed in listed]
    return sorted(found, key=lambda possibility: not possibility.allowed)


def concerned(deed: Step | Act, matter: Any, actor: Actor) -> bool:
    """Whether the deed has any meaning for the matter as it stands: what was not asked for is nobody's turn."""
    return not _ask(deed.concerns, matter, None, actor)


def standing_failures(loop: Loop, deed: Step | Act, matter: Any, actor: Actor) -> Sequence[Failure]:
    """What stands against the deed before anything is said: state, hands, persons, facts of the matter."""
    here = loop.state(matter.state)
    if not deed.leaves(here):
        return [Failure("loop.wrong_state", f"{matter.no} 现为“{here.label}”，不能{deed.label}")]
    return [
        *hand_failures(deed, matter, actor),
        *person_failures(loop, deed, matter, actor),
        *_ask((*deed.concerns, *deed.needs), matter, None, actor),
    ]


def hand_failures(deed: Deed, matter: Any, actor: Actor) -> Sequence[Failure]:
    """Whether one of the hands the deed allows is the actor's."""
    if any(hand.holds(actor, matter) for hand in deed.by):
        if deed.signed and actor.operator:
            says = f"“{deed.label}”须由本人登录签名，不能在命令行代办"
            return [Failure("loop.signed_by_oneself", says)]
        return []
    hands = "、".join(hand.label for hand in deed.by)
    return [Failure("loop.not_your_step", f"“{deed.label}”应由{hands}办理")]


def person_failures(loop: Loop, deed: Deed, matter: Matter, actor: Actor) -> Sequence[Failure]:
    """Whether the same person already did a deed that this one must be independent of."""
    for name in deed.not_by:
        if any(matter.has_done(name, person) for person in actor.persons):
            reason = deed.why_not_by or f"“{deed.label}”不能由办理“{loop.label_of(name)}”的同一人承担"
            return [Failure("loop.same_person", reason)]
    return []


def signing_failures(deed: Deed, actor: Actor) -> Sequence[Failure]:
    """Whether whoever signs has just shown to be there: an unlocked computer signs in nobody's name (M088).

    A page that asks for the password together with the deed does not list this beforehand; the engine always asks.
    """
    if not deed.signed or actor.confirmed:
        return []
    sentence = f"“{deed.label}”须由本人签名，请重新输入登录密码（五分钟内有效）后办理"
    return [Failure("loop.not_confirmed", sentence)]


def gate_failures(deed: Deed, matter: Any, given: Any, actor: Actor) -> Sequence[Failure]:
    """All gates, all failures."""
    return _ask(deed.gates, matter, given, actor)


def _ask(gates: Iterable[Gate], matter: Any, given: Any, actor: Actor) -> Sequence[Failure]:
    failures: list[Failure] = []
    for gate in gates:
        answer = gate(matter, given, actor)
        if answer is None:
            continue
        failures += [answer] if isinstance(answer, Failure) else list(answer)
    return failures
