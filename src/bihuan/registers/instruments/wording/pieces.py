"""The pieces an official wording is put together from; facts enter by name, and what has no fact falls away.

A paragraph is a row of segments: a segment that names a fact which is not there is left out, so that no paper has a
sentence with a hole. Names in braces are facts of the kind, words about the organ (``organ``, ``court`` …) and dated
limits of law (``limit_payment`` …).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter

_FORMATTER = Formatter()


@dataclass(frozen=True, slots=True)
class P:
    """A paragraph of segments, only where the fact it ``needs`` is there."""

    segments: tuple[str, ...]
    needs: str = ""


@dataclass(frozen=True, slots=True)
class L:
    """A list of lines, one numbered paragraph each; ``lead`` stands before it, only where there are any."""

    key: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class T:
    """A table of a table fact; columns without any value are left out; ``number`` adds 序号."""

    key: str
    lead: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class H:
    """A numbered heading (一、)."""

    text: str
    needs: str = ""


@dataclass(frozen=True, slots=True)
class F:
    """A ruled form over all fields of the kind, in their order."""


@dataclass(frozen=True, slots=True)
class Dialogue:
    """问 and 答, a paragraph each."""

    key: str = "dialogue"


Piece = P | L | T | H | F | Dialogue


@dataclass(frozen=True, slots=True)
class Layout:
    """How a kind is worded: whom it addresses, its pieces, its copies, whether signatures stand below."""

    pieces: tuple[Piece, ...]
    to: str = ""
    copies: str = ""
    signed: bool = True
    sealed: bool = True


def p(*segments: str) -> P:
    """A paragraph of segments."""
    return P(segments)


def letter(*pieces: Piece, to: str = "{addressee}", copies: str = "") -> Layout:
    """An official letter to somebody, with seal and signatures."""
    return Layout(pieces, to, copies)


def form(*, sealed: bool = False, signed: bool = False) -> Layout:
    """A ruled form over all its fields, signed in its boxes, or below where it is ``signed``."""
    return Layout((F(),), signed=signed, sealed=sealed)


def record(*pieces: Piece) -> Layout:
    """笔录: no addressee and no seal, signed on every page."""
    return Layout(pieces, sealed=False)


def filled(text: str, words: Mapping[str, str]) -> str | None:
    """``text`` with its names filled in, or None when one has no word."""
    named = [name for _, name, _, _ in _FORMATTER.parse(text) if name]
    if any(not words.get(name) for name in named):
        return None
    return text.format_map(words)


def joined(segments: tuple[str, ...], words: Mapping[str, str]) -> str:
    """The segments that have all their words, one after another."""
    return "".join(made for each in segments if (made := filled(each, words)) is not None)
