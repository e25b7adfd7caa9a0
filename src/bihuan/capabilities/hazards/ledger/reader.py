"""Ledger lines into ``LedgerRow``: cell by cell, every fault named with its column, nothing guessed.

Pure and quick, for it runs a hundred thousand times in the parsing process: one room a group of columns (``who``,
``what``, ``when`` with ``claims``, ``plan``), all words and dates cached.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bihuan.capabilities.hazards.ledger import identity
from bihuan.capabilities.hazards.ledger.days import Days
from bihuan.capabilities.hazards.ledger.line import Line, words_of
from bihuan.capabilities.hazards.ledger.plan import read_plan
from bihuan.capabilities.hazards.ledger.row import LedgerRow
from bihuan.capabilities.hazards.ledger.what import read_what
from bihuan.capabilities.hazards.ledger.when import When
from bihuan.capabilities.hazards.ledger.who import SectorFinder, Who
from bihuan.kernel.calendar import counting
from bihuan.kernel.calendar.statutory import packaged
from bihuan.kernel.workbooks.dates import short_of_a_zero
from bihuan.kernel.workbooks.reading import Row, Sheet
from bihuan.kernel.workbooks.text import as_text

_DAYS = ("found_on", "rectify_by", "rectified_on", "rectified_state", "accepted_on")
_TEXTS = (
    "object_name", "town", "village", "sector_text", "description", "place", "address", "category", "found_by",
    "rectifier", "rectifying_unit", "supervisor", "measures", "acceptor", "campaign", "note",
)  # fmt: skip


def _no_sector(_: str) -> str | None:
    return None


def _working_days(start: date, days: int) -> date:
    return counting.due(start, days, "working", packaged()).due


@dataclass(frozen=True, slots=True)
class Rules:
    """What the reading depends on besides the sheet. ``defaults`` fill columns the sheet does not have (source, town)."""

    today: date
    find_sector: SectorFinder = _no_sector
    defaults: Mapping[str, str] = field(default_factory=dict)
    working: Callable[[date, int], date] = _working_days


def rows(sheet: Sheet, rules: Rules) -> Iterator[LedgerRow]:
    """All rows of a sheet, read and ranked; wrong ones carry their failures."""
    return (LedgerRow(**values) for values in values_of(sheet, rules))


def values_of(sheet: Sheet, rules: Rules) -> Iterator[dict[str, Any]]:
    """The same as fields by name, for whoever only passes them on."""
    reader = _Reader(sheet, rules)
    seen: dict[tuple[str, str, str], int] = {}
    for row in sheet.rows():
        values = reader.read(row)
        if not values["failures"]:
            key = (
                values.get("credit_code") or identity.plain(values["object_name"]),
                values["found_on"].isoformat(),
                identity.plain(values.get("place", "") + values["description"]),
            )
            values["rank"] = rank = seen.get(key, 0)
            seen[key] = rank + 1
        yield values


class _Reader:
    """Leads one sheet's rows through the rooms, and takes over what is text as it stands."""

    def __init__(self, sheet: Sheet, rules: Rules) -> None:
        self._sheet = sheet
        self._defaults = rules.defaults
        self._who = Who(rules.find_sector, rules.defaults, sheet.name)
        days = Days(sheet.hint, rules.today, sheet.epoch_1904, rules.working)
        self._when = When(days, rules.today, sheet.hint)
        self._line = Line(sheet.heading)
        self._use_heading()

    def _use_heading(self) -> None:
        heading = self._sheet.heading
        self._line.use(heading)
        self._dated = [(name, heading.at[name]) for name in _DAYS if name in heading.at]
        self._texts = [(name, heading.at[name]) for name in _TEXTS if name in heading.at]

    def read(self, row: Row) -> dict[str, Any]:
        """The fields of a ``LedgerRow``."""
        line, cells = self._line, row.cells
        if self._sheet.heading is not line.heading:
            self._use_heading()
        line.take(cells)
        values: dict[str, Any] = {"sheet": self._sheet.name, "line": row.line, "no": row.no}
        for name, place in self._texts:
            cell = cells[place]
            if cell != "":
                values[name] = as_text(cell) if type(cell) is not str or len(cell) > 6 else words_of(cell)
        self._who.read(line, values, row.section)
        read_what(line, values, self._defaults)
        self._when.read(line, values)
        for name, place in self._dated:
            if type(cell := cells[place]) is float and short_of_a_zero(cell):
                self._sheet.short_days.setdefault(name, []).append((row.line, cell))
        read_plan(line, values, self._sheet.unit)
        values["notes"] = tuple(line.notes)
        values["failures"] = tuple(line.failures)
        return values
