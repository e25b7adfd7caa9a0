"""One row of a hazard ledger, read: what it claims, and everything that cannot be right about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import date
from functools import lru_cache
from typing import Any

from bihuan.capabilities.hazards.ledger.progress import Progress
from bihuan.kernel.workbooks.reasons import CellFailure, Rejection


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A hazard as its ledger tells it. Nothing here was signed; every date is claimed.

    ``source`` and ``grade`` are the official Chinese words (自查…, 一般, 重大), ``sector`` the sector's code,
    ``funds_fen`` the planned funds, ``state_text`` the ledger's own words about progress, ``rank`` the place among
    equal rows of the sheet (0 for the first), ``notes`` what the reader assumed and the preview should say.
    """

    sheet: str
    line: int
    no: str
    object_name: str = ""
    credit_code: str = ""
    town: str = ""
    village: str = ""
    sector_text: str = ""
    sector: str = ""
    description: str = ""
    place: str = ""
    address: str = ""
    grade: str = ""
    category: str = ""
    source: str = ""
    found_on: date | None = None
    found_by: str = ""
    rectifier: str = ""
    rectifying_unit: str = ""
    supervisor: str = ""
    measures: str = ""
    funds_fen: int | None = None
    rectify_by: date | None = None
    contingency_plan: str = ""
    rectified_on: date | None = None
    state_text: str = ""
    acceptor: str = ""
    accepted_on: date | None = None
    campaign: str = ""
    note: str = ""
    claimed_progress: Progress = Progress.REPORTED
    rank: int = 0
    notes: tuple[str, ...] = ()
    failures: tuple[CellFailure, ...] = ()

    def rejections(self) -> list[Rejection]:
        """One for each column at fault."""
        return [
            Rejection(
                self.sheet, self.line, self.no, one.column, one.value, one.sentence(self.line), one.code
            )
            for one in self.failures
        ]

    def to_wire(self) -> list[Any]:
        """Plain values in the order of ``WIRE``, for the way out of the parsing process."""
        return wire({name: getattr(self, name) for name in WIRE})

    @classmethod
    def from_wire(cls, values: Sequence[Any]) -> LedgerRow:
        """The row that ``to_wire`` wrote."""
        given = list(values)
        for place in _DATES:
            if given[place]:
                given[place] = _day(given[place])
        given[_PROGRESS] = _PROGRESSES[given[_PROGRESS]]
        given[_NOTES] = tuple(given[_NOTES])
        given[_FAILURES] = tuple(CellFailure(*one) for one in given[_FAILURES]) if given[_FAILURES] else ()
        return cls(*given)


@lru_cache(maxsize=8192)
def _day(text: str) -> date:
    return date.fromisoformat(text)


def wire(values: Mapping[str, Any]) -> list[Any]:
    """A row's fields as plain values in the order of ``WIRE``; what is missing has its default."""
    line = [values.get(name, default) for name, default in _DEFAULTS]
    for place in _DATES:
        if line[place] is not None:
            line[place] = line[place].isoformat()
    if line[_FAILURES]:
        line[_FAILURES] = [[f.code, f.reason, f.field, f.column, f.value] for f in line[_FAILURES]]
    return line


WIRE = tuple(one.name for one in fields(LedgerRow))
_DEFAULTS = tuple((one.name, None if one.default is MISSING else one.default) for one in fields(LedgerRow))
_DATES = tuple(WIRE.index(name) for name in ("found_on", "rectify_by", "rectified_on", "accepted_on"))
_FAILURES = WIRE.index("failures")
_NOTES, _PROGRESS = WIRE.index("notes"), WIRE.index("claimed_progress")
_PROGRESSES = {one.value: one for one in Progress}
