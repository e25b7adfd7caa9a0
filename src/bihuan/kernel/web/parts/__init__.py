"""What a page is made of, as plain values: a view fills these in, a template only lays them out.

Typed here once, so that a number or a right can never be worked out inside a template and two pages never
show the same thing in two ways. Words are Chinese and ready to print; days are ``date``, moments are aware
``datetime``, money is integer fen.
"""

from __future__ import annotations

from bihuan.kernel.web.parts.bits import SOON, Deadline, Level, Mark, Money, Standing, State, Warning4
from bihuan.kernel.web.parts.counts import Card, Progress, Tally
from bihuan.kernel.web.parts.framing import Frame, Link
from bihuan.kernel.web.parts.lists import (
    Chip,
    Column,
    Empty,
    Filter,
    Ledger,
    MatrixCell,
    MatrixRow,
    Pager,
    Row,
    Tab,
)
from bihuan.kernel.web.parts.matters import Action, Deeds, Entry, Fact, File, Holder, Photo, Stop, Track
from bihuan.kernel.web.parts.ways import Choice, Stage, Todo

__all__ = [
    "SOON",
    "Action",
    "Card",
    "Chip",
    "Choice",
    "Column",
    "Deadline",
    "Deeds",
    "Empty",
    "Entry",
    "Fact",
    "File",
    "Filter",
    "Frame",
    "Holder",
    "Ledger",
    "Level",
    "Link",
    "Mark",
    "MatrixCell",
    "MatrixRow",
    "Money",
    "Pager",
    "Photo",
    "Progress",
    "Row",
    "Stage",
    "Standing",
    "State",
    "Stop",
    "Tab",
    "Tally",
    "Todo",
    "Track",
    "Warning4",
]
