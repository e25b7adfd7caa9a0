"""What other rooms know of a unit before its accident, and where a case for an offence of reporting is opened.

Fed by ``wiring`` alone: this room knows none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
CaseHref = Callable[[Any, Mapping[str, Any]], str]

_tellers: list[Teller] = []
_case_href: list[CaseHref] = []


def tell_past(teller: Teller) -> None:
    """Let a room tell what it knows of an object between two days; called once, from ``wiring``."""
    _tellers.append(teller)


def past_of(object: UUID, since: date, until: date) -> list[Past]:
    """All that the rooms know of an object from ``since`` to ``until``, the latest first."""
    found = [one for teller in _tellers for one in teller(object, since, until)]
    return sorted(found, key=lambda one: (one.on, one.kind, one.no), reverse=True)


def cases_open_at(href: CaseHref) -> None:
    """Say where a case for an offence of reporting is opened, with all that is known filled in; once, from ``wiring``."""
    _case_href.append(href)


def case_href(accident: Any, offence: Mapping[str, Any]) -> str:
    """Where to open the case that an offence proposes; empty while no room opens any."""
    return next((href for tell in _case_href if (href := tell(accident, offence))), "")
