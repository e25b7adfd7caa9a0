"""The words in which a capability declares what is counted: dates, tallies, measures, figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from django.db.models import Q

from bihuan.kernel.calendar.periods import Period

Kind = Literal["count", "sum", "total", "ratio"]
"""A sum is money in fen, a total whole things a record counts itself (persons, vehicles)."""
Counted = Callable[[Period, date], Q]
EVER = date(1900, 1, 1)
"""Before anything a district keeps."""


@dataclass(frozen=True, slots=True)
class DateOf:
    """A day of a record on which something became so.

    ``plus`` days after ``column``; ``default`` stands in when the column is empty; ``unless`` is an SQL
    condition under which it never became so. A record is counted at a cut-off when all its days have come by
    then.
    """

    column: str
    plus: int = 0
    default: str = ""
    unless: str = ""

    def day(self) -> str:
        """SQL for the day, null if it never came."""
        day = f"({self.column} + {self.plus})" if self.plus else self.column
        if self.default:
            day = f"COALESCE({day}, {self.default})"
        return f"CASE WHEN {self.unless} THEN NULL ELSE {day} END" if self.unless else day

    def between(self) -> str:
        """SQL with two places for days; true for rows whose day may lie after the one and up to the other.

        In a form that an index on ``column`` answers, where need be only over rows ``unless`` does not hold for.
        """
        within = f"{self.column} > %s AND {self.column} <= %s"
        return f"({within} AND ({self.unless}) IS NOT TRUE)" if self.unless else f"({within})"

    def month(self) -> str:
        """SQL for the first of its month, ``infinity`` if it never came, later than every cut-off."""
        day = self.day()
        return f"COALESCE(date_trunc('month', ({day})::timestamp)::date, 'infinity'::date)"


@dataclass(frozen=True, slots=True)
class Dim:
    """A column by which records are told apart in a tally.

    ``called`` is what its room calls it where the common word would be wrong: a tip-off has a 来源, not a 排查来源.
    """

    column: str
    type: str = "text"
    called: str = ""


@dataclass(frozen=True)
class Tally:
    """Counts by month and kind that triggers keep beside a table: ten million rows are too many to count.

    ``born`` is the date that puts a record into a period. ``where`` says which rows count at all. All texts
    are SQL written by us over the table's own columns; nothing here comes from a client.

    With ``standing`` its figures tell how things stand on a day (posts with a duty), not what happened in a period:
    everything born by then counts, and the day is the cut-off, or the period's end where that came before.
    """

    name: str
    model: str
    table: str
    born: DateOf
    dates: Mapping[str, DateOf]
    dims: Mapping[str, Dim]
    sums: Mapping[str, str] = field(default_factory=dict)
    where: str = "TRUE"
    standing: bool = False
    desk: bool = True
    """Whether the workbench shows its figures when they are about places and sectors."""
    desk_for: frozenset[str] = frozenset()
    """The roles whose work they are; empty for everybody."""
    label: str = ""
    """What its records are called among others of the same model."""
    narrow: bool = False
    """Whether their door opens to fewer than have the place and the sector (tip-offs, strikes, plans): a number tells as
    well, so only who coordinates the place is told the tally, everybody else what lies behind the own door."""

    def asked(self, period: Period, as_of: date) -> tuple[Period, date]:
        """The period and the cut-off that this tally is really read for."""
        if not self.standing:
            return period, as_of
        return Period(period.label, EVER, period.last), min(as_of, period.last)

    def __hash__(self) -> int:
        return hash(self.name)


@dataclass(frozen=True, slots=True)
class Measure:
    """How many records of the period, or how much of ``amount``, saw all of ``dates`` by the cut-off."""

    dates: tuple[str, ...] = ()
    amount: str = ""
    only: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Figure:
    """One number of reports and pages, declared once.

    A count or sum is ``plus`` less ``minus``, both read from the tally. ``counted`` says the same a second
    time, over the records themselves, and is the authority: drill-down opens it and the check compares with
    it. A ratio is ``of`` two other figures; a sum ``of`` two adds them (of the same
    records, each by its own day). ``claimed`` tells how many of a count rest on a ledger's word alone.
    """

    name: str
    label: str
    unit: str
    kind: Kind
    tally: Tally
    counted: Counted
    plus: Measure | None = None
    minus: Measure | None = None
    claimed: Measure | None = None
    claimed_when: Q | None = None
    amount: str = ""
    of: tuple[str, str] | None = None
    distinct: str = ""
    """A column of which each value counts once (enterprises, not orders): always counted from the records, so for small
    tables only, and in a tally told apart by nothing that one value could have twice."""

    @property
    def divides(self) -> tuple[str, str] | None:
        """Of a ratio: what it divides, and by what."""
        return self.of if self.kind == "ratio" else None

    @property
    def adds(self) -> tuple[str, str] | None:
        """Of a sum of two: what it adds."""
        return None if self.kind == "ratio" else self.of

    def measures(self) -> tuple[Measure, ...]:
        return tuple(measure for measure in (self.plus, self.minus, self.claimed) if measure is not None)

    def __hash__(self) -> int:
        return hash(self.name)
