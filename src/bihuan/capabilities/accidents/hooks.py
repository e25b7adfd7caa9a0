"""What other rooms know of a unit before its accident, and what they do when an offence of reporting is found.

Fed by ``wiring`` alone: this room knows none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Past:
    """One thing that was known or done about the unit before the accident (M213): what, when, and by whom.

    ``asks`` marks what must be decided on after the accident (M098): an inspection that should have found it, a hazard
    that should have been removed; approvals and permits are printed only.
    """

    kind: str
    no: str
    on: date
    words: str
    persons: str
    href: str = ""
    asks: bool = False


Teller = Callable[[UUID, date, date], Sequence[Past]]
Charged = Callable[[Any, dict[str, Any], Any], str]

_tellers: list[Teller] = []
_charged: list[Charged] = []


def tell_past(teller: Teller) -> None:
    """Let a room tell what it knows of an object between two days; called once, from ``wiring``."""
    _tellers.append(teller)


def past_of(object: UUID, since: date, until: date) -> list[Past]:
    """All that the rooms know of an object from ``since`` to ``until``, the latest first."""
    found = [one for teller in _tellers for one in teller(object, since, until)]
    return sorted(found, key=lambda one: (one.on, one.kind, one.no), reverse=True)


def when_charged(what: Charged) -> None:
    """Let a room open a case for an offence of reporting; it gives the case's number. Called once, from ``wiring``."""
    _charged.append(what)


def charged(accident: Any, offence: dict[str, Any], actor: Any) -> str:
    """Tell whoever opens cases of an offence; the number of the case, empty while nobody opens any."""
    return next((no for what in _charged if (no := what(accident, offence, actor))), "")
