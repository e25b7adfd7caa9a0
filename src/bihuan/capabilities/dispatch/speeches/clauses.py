"""A clause and what it was found to be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bihuan.capabilities.dispatch.speeches.layout import Clause
from bihuan.capabilities.dispatch.speeches.units import UnitList


class Part(StrEnum):
    """What a clause is to the duty it stands with."""

    ACTION = "action"
    EMPTY = "empty"
    """Obliges to nothing in particular (认真履行职责)."""
    MIND = "mind"
    """A state of mind (提高认识)."""
    PRELUDE = "prelude"
    CONDITION = "condition"
    PURPOSE = "purpose"
    TOLD = "told"
    TAIL = "tail"
    """Neither: it goes on with what stands before."""


@dataclass(slots=True)
class Reading:
    """A clause and what it was found to be. ``body`` is what remains after addressee, duty word and adverbs."""

    clause: Clause
    part: Part
    body: str = ""
    subject: UnitList | None = None
    modal: str = ""
    family: str = ""
    prohibits: bool = False
    topic: bool = False
    conditional: bool = False
    follows: bool = False
    timed: bool = False
    """Begins with a time of its own."""
    weak: bool = False
    """Asks for little of its own (加大宣传力度)."""
