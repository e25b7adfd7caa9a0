"""What an item of a tip-off becomes, and what is known of that elsewhere. Fed by ``wiring`` alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bihuan.capabilities.tipoffs.states import Link
from bihuan.kernel.people.actors import Actor

Becoming = Callable[[Any, Any, Actor], str]
Offers = Mapping[str, Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Known:
    """A linked matter as a reward is reckoned from it.

    ``fine_fen`` is what was decided, None where nothing was; ``grade`` a hazard's or an accident's; ``deaths`` those whose
    concealment was verified, None where none was found.
    """

    no: str
    words: str
    fine_fen: int | None = None
    grade: str = ""
    deaths: int | None = None
    decided_on: date | None = None


Knowing = Callable[[str], "Known | None"]

_becomes: dict[Link, Becoming] = {}
_offers: dict[Link, Callable[[], Offers]] = {}
_knows: dict[Link, Knowing] = {}


def becomes(kind: Link, opening: Becoming, offers: Callable[[], Offers] = dict) -> None:
    """Say how an item becomes a matter of another room: ``opening(item, given, actor)`` returns its number.

    ``offers`` tells what may be picked there, by field.
    """
    _becomes[kind] = opening
    _offers[kind] = offers


def offered(kind: Link) -> Offers:
    """What the other room lets one pick from."""
    return _offers[kind]() if kind in _offers else {}


def becoming(kind: Link) -> Becoming:
    """The opening for ``kind``.

    Raises:
        KeyError: no room takes them up.
    """
    return _becomes[kind]


def knows(kind: Link, knowing: Knowing) -> None:
    """Say what is known of a matter of another room by its number."""
    _knows[kind] = knowing


def known(kind: Link, no: str) -> Known | None:
    """What a room knows of the matter; None when there is none."""
    knowing = _knows.get(kind)
    return None if knowing is None else knowing(no)
