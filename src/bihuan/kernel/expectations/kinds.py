"""What rooms above say about the kinds of things they expect: whether silence may be a statement, and where it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


def _nowhere(expectation: Any) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of expectation.

    A ``deed`` (a meeting to be held, a visit to be made) is done or not, a nil filing of it would say nothing. ``place``
    gives the address of the page where an expectation is met, empty when there is none. ``label`` is what the kind is
    called where single expectations have titles of their own. ``stated_there``: a nil filing and a waiver are deeds of
    the matter at ``place`` as well, so they are made there and nowhere else.
    """

    name: str
    deed: bool = False
    place: Callable[[Any], str] = _nowhere
    label: str = ""
    stated_there: bool = False


_kinds: dict[str, Kind] = {}


def declare_kind(kind: Kind) -> None:
    """Make a kind known; called once by its room when the application is ready."""
    _kinds[kind.name] = kind


def kind_of(name: str) -> Kind | None:
    """The kind called ``name``; one named ``family.number`` is asked of its family where it has none of its own."""
    return _kinds.get(name) or _kinds.get(name.partition(".")[0])


def is_deed(name: str) -> bool:
    """Whether the kind is something to be done, of which there is no nil filing."""
    found = kind_of(name)
    return found is not None and found.deed


def label_of(name: str, title: str) -> str:
    """What a kind is called in lists; ``title`` is that of one of its expectations."""
    found = kind_of(name)
    return (found.label if found else "") or title


def place_of(expectation: Any) -> str:
    """Where ``expectation`` is met; empty when its kind names no place."""
    kind = kind_of(expectation.kind)
    return kind.place(expectation) if kind else ""


def is_stated_there(name: str) -> bool:
    """Whether nil filings and waivers of the kind are made at its own place."""
    found = kind_of(name)
    return found is not None and found.stated_there
