"""What other rooms do when a round finds something, and which key periods lie ahead: filled by ``wiring`` alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bihuan.kernel.errors import Refused
from bihuan.kernel.people.actors import Actor


@dataclass(frozen=True, slots=True)
class Window:
    """A key period as packs know it: its number, kind, name and first day."""

    no: str
    kind: str
    name: str
    first_day: date
    last_day: date


Reporter = Callable[[Any, Any, Actor], str]
Windows = Callable[[date, date], Sequence[Window]]
Kinds = Callable[[], Sequence[tuple[str, str]]]

_reporters: list[Reporter] = []
_windows: list[tuple[Windows, Kinds]] = []


def findings_become(reporter: Reporter) -> None:
    """Let what a section shows become a hazard: ``reporter(round, given, actor)`` returns its number."""
    _reporters[:] = [reporter]


def windows_from(windows: Windows, kinds: Kinds) -> None:
    """Tell which key periods begin between two days, and which kinds there are."""
    _windows[:] = [(windows, kinds)]


def report(round: Any, given: Any, actor: Actor) -> str:
    """The number of the hazard a section's finding became.

    Raises:
        Refused: what the hazard loop refuses, or nobody takes hazards here (``round.no_hazard_ledger``).
    """
    if not _reporters:
        raise Refused.because("round.no_hazard_ledger", "本系统没有启用隐患台账，发现的隐患无法登记")
    return _reporters[0](round, given, actor)


def windows_between(first: date, last: date) -> Sequence[Window]:
    """The key periods that begin between two days, both counted."""
    return _windows[0][0](first, last) if _windows else ()


def window_kinds() -> Sequence[tuple[str, str]]:
    """The kinds of key periods with their names."""
    return _windows[0][1]() if _windows else ()
