"""What is counted: figures, outcomes, and how far long work is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bihuan.kernel.web.parts.bits import Warning4


@dataclass(frozen=True, slots=True)
class Card:
    """A figure with all that makes it checkable: unit, period, cut-off, and the records it counts."""

    label: str
    value: str
    unit: str = ""
    period: str = ""
    as_of: date | None = None
    records: int | None = None
    href: str = ""
    numerator: int | None = None
    denominator: int | None = None
    claimed: int = 0
    note: str = ""
    colour: Warning4 | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """Long work: how far it is, what is done so far, and where to ask again."""

    label: str
    done: int
    total: int
    href: str = ""
    finished: bool = False
    failed: str = ""
    lines: Sequence[str] = ()
    next_href: str = ""
    next_label: str = "查看结果"

    @property
    def percent(self) -> int:
        return min(100, self.done * 100 // self.total) if self.total else 0


@dataclass(frozen=True, slots=True)
class Tally:
    """A counted outcome; marked only when it is not zero: ``bad`` = to be mended, ``late`` = overdue."""

    label: str
    value: int
    bad: bool = False
    late: bool = False
    href: str = ""
