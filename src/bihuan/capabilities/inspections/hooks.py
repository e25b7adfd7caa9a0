"""What other rooms do when an inspection finds something: filled by ``wiring`` alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from bihuan.capabilities.inspections.models import CaseProposal, Finding, Inspection
from bihuan.kernel.errors import Refused
from bihuan.kernel.people.actors import Actor


@dataclass(frozen=True, kw_only=True)
class Ordered:
    """What the papers of an inspection say of one thing found: all that is needed to hand its hazard over."""

    finding: Finding
    paper: str
    responsible_person: str
    measures: str
    rectify_by: date
    funds: int | None
    interim: str
    at_once: bool


Reporter = Callable[[Inspection, Sequence[Finding], Actor], Sequence[str]]
Proposed = Callable[[CaseProposal, Actor], None]
Finished = Callable[[Inspection, Actor], None]
HandedOver = Callable[[Inspection, Sequence[Ordered], Actor], None]
Rechecked = Callable[[Inspection, Sequence[Finding], str, Actor], None]
Extended = Callable[[Inspection, Sequence[Finding], str, Actor], None]

_reporters: list[Reporter] = []
_proposed: list[Proposed] = []
_finished: list[Finished] = []
_ordered: list[HandedOver] = []
_rechecked: list[Rechecked] = []
_extended: list[Extended] = []


def findings_become(reporter: Reporter) -> None:
    """Let what is found become hazards: ``reporter`` opens one each and returns their numbers in order."""
    _reporters[:] = [reporter]


def when_proposed(callback: Proposed) -> None:
    """Tell another room that a case is proposed; it may take it up by :func:`.proposing.taken_up`."""
    _proposed.append(callback)


def when_finished(callback: Finished) -> None:
    """Tell another room that an inspection is done (a plan's line, a draw, a task are met by it)."""
    _finished.append(callback)


def when_ordered(callback: HandedOver) -> None:
    """Let what the papers order hand the hazards over to whoever is to rectify them."""
    _ordered[:] = [callback]


def when_rechecked(callback: Rechecked) -> None:
    """Tell another room what a recheck said of each thing ordered, and in which paper."""
    _rechecked[:] = [callback]


def when_extended(callback: Extended) -> None:
    """Tell another room which things ordered have more time now, and by which paper."""
    _extended[:] = [callback]


def report(inspection: Inspection, found: Sequence[Finding], actor: Actor) -> Sequence[str]:
    """The numbers of the hazards that ``found`` became.

    Raises:
        Refused: what the hazard loop refuses, or nobody takes hazards here (``inspection.no_hazard_ledger``).
    """
    if not _reporters:
        raise Refused.because("inspection.no_hazard_ledger", "本系统没有启用隐患台账，发现的问题无法登记")
    return _reporters[0](inspection, found, actor)


def tell_proposed(proposal: CaseProposal, actor: Actor) -> None:
    """Tell whoever asked; a refusal there undoes the proposal."""
    for callback in _proposed:
        callback(proposal, actor)


def tell_finished(inspection: Inspection, actor: Actor) -> None:
    """Tell whoever asked."""
    for callback in _finished:
        callback(inspection, actor)


def tell_ordered(inspection: Inspection, ordered: Sequence[Ordered], actor: Actor) -> None:
    """Tell whoever asked; a refusal there undoes the end of the inspection."""
    for callback in _ordered:
        callback(inspection, ordered, actor)


def tell_rechecked(inspection: Inspection, looked: Sequence[Finding], paper: str, actor: Actor) -> None:
    """Tell whoever asked."""
    for callback in _rechecked:
        callback(inspection, looked, paper, actor)


def tell_extended(inspection: Inspection, moved: Sequence[Finding], paper: str, actor: Actor) -> None:
    """Tell whoever asked."""
    for callback in _extended:
        callback(inspection, moved, paper, actor)
