"""How a duty is declared. Everything the web, the API, the tests and the diagrams know of a loop is read from here.

This module imports no Django: a loop can be read, drawn and tested without a database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

from bihuan.kernel.errors import Failure


class State(StrEnum):
    """A state of a matter: a stable word for the database and its Chinese label for people."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label or value
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """The members as a column or a filter offers them: stable word and label, in their order."""
        return [(member.value, member.label) for member in cls]

    def __rshift__(self, to: State) -> Move:
        return Move(frozenset({self}), to)

    def __or__(self, other: State) -> States:
        return States(frozenset({self, other}))


@dataclass(frozen=True, slots=True)
class States:
    """Several states a step may leave: ``(REPORTED | RECTIFYING) >> VOIDED``."""

    members: frozenset[State]

    def __or__(self, other: State | States) -> States:
        return States(self.members | (other.members if isinstance(other, States) else {other}))

    def __rshift__(self, to: State) -> Move:
        return Move(self.members, to)


@dataclass(frozen=True, slots=True)
class Move:
    """From which states a step leads, and where to."""

    sources: frozenset[State]
    to: State


@dataclass(frozen=True, slots=True)
class Hand:
    """Who may take a step, seen from the matter: 整改人 is whoever answers for the object of *this* hazard.

    ``holds(actor, matter)`` decides; ``label`` names the hand on pages and in refusals.
    """

    name: str
    label: str
    holds: Callable[[Any, Any], bool]


Gate = Callable[[Any, Any, Any], "Failure | Iterable[Failure] | None"]
"""``gate(matter, input, actor)``: None when the fact it names holds, else what is missing, in words."""

Effect = Callable[[Any, Any, Any], None]
"""``effect(matter, input, context)``: what the step means for the matter's own columns; the engine does the rest."""

DueRule = Callable[[Any, Any, Any], Any]
"""``due(matter, input, context)``: the Due of the state entered, with its explanation, or None."""


def no_effect(matter: Any, given: Any, context: Any) -> None:
    """The step changes nothing but the state and the record."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """The empty input: a step that asks for no more than the will to take it."""


@dataclass(frozen=True, kw_only=True)
class Deed:
    """What openings, steps and acts share: a verb, who may do it, what they must say, what must hold.

    ``concerns`` are gates that say whether the deed has any meaning for this matter: where they fail it is refused like
    any other, and pages do not even list it (摘牌 of a hazard that was never listed). ``needs`` are gates on the matter
    alone (called with no input), so that a page can say beforehand why a button is grey; ``gates`` look at what was said
    as well. ``not_by`` names earlier deeds whose doer may not do this one.
    """

    name: str
    label: str
    by: tuple[Hand, ...]
    input: type = Nothing
    effect: Effect = no_effect
    concerns: tuple[Gate, ...] = ()
    needs: tuple[Gate, ...] = ()
    gates: tuple[Gate, ...] = ()
    due: DueRule | None = None
    signed: bool = False
    not_by: tuple[str, ...] = ()
    hint: str = ""
    shown: bool = True
    basis: str = ""
    why_not_by: str = ""
    notify: tuple[Hand, ...] = ()
    urgent: bool = False

    @property
    def slug(self) -> str:
        """The verb as it stands in addresses."""
        return self.name.replace("_", "-")


@dataclass(frozen=True, kw_only=True)
class Opening(Deed):
    """How a matter comes to be. ``to`` None means the input says where the matter stands (a ledger's claim).

    ``prepare(matter, input, actor)`` resolves what the matter is about through the doors, so that hands can be judged.
    ``together(changes, context)`` sees all the new matters of one call, numbered and not yet written: what they mean for
    each other and for those already there is asked by one statement, be they one or a thousand.
    """

    to: State | None
    prepare: Callable[[Any, Any, Any], None] = no_effect
    together: Callable[[Sequence[Any], Any], None] | None = None
    claimed: bool = False


@dataclass(frozen=True, kw_only=True)
class Step(Deed):
    """The only way from one state to another."""

    move: Move
    tone: str = "primary"
    undoes: bool = False
    """It takes a wrong end back: the states it leaves are ends nevertheless."""

    def leaves(self, state: State) -> bool:
        return state in self.move.sources


@dataclass(frozen=True, kw_only=True)
class Act(Deed):
    """Something done on a matter that is recorded, gated and may be signed, while the state stays."""

    states: frozenset[State]

    def leaves(self, state: State) -> bool:
        return state in self.states


@dataclass(frozen=True, kw_only=True)
class WayOut(Step):
    """A way to end a matter without completing it; it always states its reason."""

    tone: str = "quiet"


@dataclass(frozen=True, kw_only=True)
class Timer:
    """What the system does when a deadline passes: climb the ladder named by a policy."""

    name: str
    label: str
    states: frozenset[State]
    ladder: str


@dataclass(frozen=True, kw_only=True)
class Duty:
    """What is owed beside the next step and has a day of its own: a report, a decision, a visit (M095, M106).

    An effect opens it (``context.owe``), or with ``when_late`` the timer does once the matter's deadline has passed in
    ``states``. A deed of ``met_by`` meets it; outside ``states`` it is owed no more. ``by`` says whose it is, the first
    before all. Past its day it climbs ``ladder``, the policy's or the steeper one of :attr:`Running.ladder`; ``at_once``
    is a level of the chain that is told as soon as it opens, ``bound`` the post that stands for the leader in it.
    ``district`` marks what is decided over the whole district, not near the matter; without ``desk`` it is no work of
    its own but a day others work towards.
    """

    name: str
    label: str
    by: tuple[Hand, ...]
    met_by: tuple[str, ...]
    states: frozenset[State]
    ladder: str
    when_late: DueRule | None = None
    at_once: str = ""
    district: bool = False
    desk: bool = True
    bound: Callable[[Any], int | None] | None = None
    basis: str = ""


@dataclass(frozen=True)
class Loop:
    """One duty, whole: its states, who opens it, which steps lead on, what may be done meanwhile and how it ends.

    ``letter`` goes into the matter's number; ``model`` is the Django label of the matter; ``track`` lists the states
    the picture of the loop shows in order; ``ended`` are the states nothing leads out of; ``sealed_to`` are the hands
    that may read sealed fields, with a reason; ``unbound`` are columns of the model that are no facts, each with why:
    all others are bound by every entry, and whoever changes them without one is found out.
    """

    name: str
    label: str
    letter: str
    model: str
    plural: str
    states: type[State]
    basis: str
    openings: tuple[Opening, ...]
    steps: tuple[Step, ...]
    track: tuple[State, ...]
    done: frozenset[State]
    acts: tuple[Act, ...] = ()
    timers: tuple[Timer, ...] = ()
    duties: tuple[Duty, ...] = ()
    ways_out: tuple[WayOut, ...] = ()
    sealed_to: tuple[Hand, ...] = ()
    unbound: Mapping[str, str] = field(default_factory=dict)
    _by_name: dict[str, Deed] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for deed in (*self.openings, *self.steps, *self.acts, *self.ways_out):
            if deed.name in self._by_name:
                raise ValueError(f"{self.name}: the verb {deed.name} is declared twice")
            self._by_name[deed.name] = deed
        for deed in self.deeds:
            missing = [name for name in deed.not_by if name not in self._by_name]
            if missing:
                raise ValueError(f"{self.name}.{deed.name}: not_by names unknown steps {missing}")
            if not deed.by:
                raise ValueError(f"{self.name}.{deed.name}: nobody may do it")
        for duty in self.duties:
            if not duty.by or not duty.met_by or not set(duty.met_by) <= set(self._by_name):
                raise ValueError(f"{self.name}.{duty.name}: nobody owes it, or unknown deeds meet it")
        if not {*self.track, *self.done} <= set(self.states):
            raise ValueError(f"{self.name}: the track or the ends name states of another loop")
        unreachable = set(self.states) - self.reachable()
        if unreachable:
            raise ValueError(f"{self.name}: no way leads to {sorted(unreachable)}")

    @property
    def deeds(self) -> tuple[Step | Act, ...]:
        """Everything that can be done to an open matter."""
        return (*self.steps, *self.acts, *self.ways_out)

    @property
    def kept_apart(self) -> frozenset[str]:
        """Deeds whose doers some other deed must not share."""
        return frozenset(name for deed in self.deeds for name in deed.not_by)

    @property
    def ended(self) -> frozenset[State]:
        """States that no step leaves, but one that takes a wrong end back."""
        steps = (step for step in (*self.steps, *self.ways_out) if not step.undoes)
        left = frozenset[State]().union(*(step.move.sources for step in steps))
        return frozenset(self.states) - left

    @property
    def open_states(self) -> frozenset[State]:
        return frozenset(self.states) - self.ended - self.done

    def reachable(self) -> set[State]:
        """The states some opening leads to, by steps and ways out."""
        found: set[State] = set()
        for opening in self.openings:
            found |= {opening.to} if opening.to is not None else set()
        grown = True
        while grown:
            grown = False
            for step in (*self.steps, *self.ways_out):
                if step.move.sources & found and step.move.to not in found:
                    found.add(step.move.to)
                    grown = True
        return found

    def deed(self, name: str) -> Step | Act:
        """The step, act or way out called ``name``.

        Raises:
            KeyError: the loop declares none of that name.
        """
        found = self._by_name[name]
        if isinstance(found, Opening):
            raise KeyError(name)
        assert isinstance(found, Step | Act)
        return found

    def duty(self, name: str) -> Duty | None:
        """The duty called ``name``; None for one that a later release no longer knows."""
        return next((duty for duty in self.duties if duty.name == name), None)

    def next_step(self, state: State) -> Step | None:
        """The first declared step that leads on from ``state``: its first hand is whose turn it is."""
        if state not in self.open_states:
            return None
        return next((step for step in self.steps if step.shown and step.leaves(state)), None)

    def label_of(self, name: str) -> str:
        """What the opening, step, act or way out called ``name`` is called on pages."""
        return self._by_name[name].label

    def opening(self, name: str) -> Opening:
        """The opening called ``name``."""
        found = self._by_name[name]
        if not isinstance(found, Opening):
            raise KeyError(name)
        return found

    def state(self, value: str) -> State:
        return self.states(value)
