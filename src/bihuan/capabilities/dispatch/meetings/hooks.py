"""What other capabilities do when a leader's visit is recorded; told by ``wiring`` only, in the visit's own transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bihuan.capabilities.dispatch.meetings.lines import Found
from bihuan.capabilities.dispatch.meetings.models import Visit
from bihuan.kernel.errors import Refused
from bihuan.kernel.people.actors import Actor

Reporter = Callable[[Visit, Sequence[Found], Actor], Sequence[str]]
Recorded = Callable[[Visit, Actor], None]

_reporters: list[Reporter] = []
_recorded: list[Recorded] = []


def findings_become(reporter: Reporter) -> None:
    """Let what a visit finds become hazards: ``reporter`` opens one each and returns their numbers in order."""
    _reporters[:] = [reporter]


def when_recorded(callback: Recorded) -> None:
    """Tell another room that a visit was recorded (a pairing that asks for visits is met by it)."""
    _recorded.append(callback)


def report(visit: Visit, found: Sequence[Found], actor: Actor) -> Sequence[str]:
    """The numbers of the hazards that ``found`` became.

    Raises:
        Refused: what the hazard loop refuses, or nobody takes hazards here (``visit.no_hazard_ledger``).
    """
    if not _reporters:
        raise Refused.because(
            "visit.no_hazard_ledger", "本系统没有启用隐患台账，发现的隐患无法登记", "findings"
        )
    return _reporters[0](visit, found, actor)


def tell_recorded(visit: Visit, actor: Actor) -> None:
    """Tell whoever asked; a refusal there undoes the visit."""
    for callback in _recorded:
        callback(visit, actor)
