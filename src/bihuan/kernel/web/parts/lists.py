"""Lists and tables: filters, tabs, columns, rows, pages, and what stands where nothing is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force; following ``remove_href`` takes it away."""

    label: str
    value: str
    remove_href: str


@dataclass(frozen=True, slots=True)
class Tab:
    """A state and how many stand in it, at least so many when ``over``; ``warn`` marks the late ones."""

    label: str
    href: str
    count: int | None = None
    current: bool = False
    warn: bool = False
    over: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """One input of the filter bar; the page's own query string carries it."""

    name: str
    label: str
    kind: Literal["text", "choice", "date", "flag"] = "choice"
    value: str = ""
    choices: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a ledger; numbers, money and days stand right-aligned or unbroken by ``kind``."""

    label: str
    kind: Literal["text", "title", "number", "money", "day", "state", "mark", "action"] = "text"
    unit: str = ""
    phone: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """One line a matter; the first column of kind ``title`` (else the first) carries the link."""

    cells: Sequence[Any]
    href: str = ""
    late: bool = False
    sub: str = ""
    """A small second line under the title."""


@dataclass(frozen=True, slots=True)
class Ledger:
    columns: Sequence[Column]
    rows: Sequence[Row]
    caption: str = ""
    foot: Sequence[Any] = ()


@dataclass(frozen=True, slots=True)
class Pager:
    """Cursor pages: forward and back, never a page number that shifts under the reader."""

    shown: int
    total: int | None = None
    first_href: str = ""
    previous_href: str = ""
    next_href: str = ""


@dataclass(frozen=True, slots=True)
class Empty:
    """An empty place says what would stand here and how to begin."""

    says: str
    how: str = ""
    href: str = ""
    label: str = ""
    icon: str = "inbox"


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """One unit's filing for one month."""

    word: str
    standing: Literal["met", "nil", "due", "late", "missing", "waived", "none"] = "none"
    href: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    label: str
    cells: Sequence[MatrixCell] = field(default_factory=tuple)
    href: str = ""
    sub: str = ""
