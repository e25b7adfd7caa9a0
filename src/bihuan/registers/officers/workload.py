"""What each officer did in a year, told by the rooms that know: inspections, enterprises, cases (M141)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from bihuan.kernel.calendar.periods import Period


@dataclass(frozen=True, slots=True)
class Counted:
    """One column: its heading, unit, and how much of it each person did in a period."""

    label: str
    unit: str
    of: Callable[[Collection[int], Period], Mapping[int, int]]


_columns: list[Counted] = []


def count_officers(column: Counted) -> None:
    """Show a column on the register of officers. Called once, when a room is ready."""
    if all(known.label != column.label for known in _columns):
        _columns.append(column)


def columns() -> Sequence[Counted]:
    return tuple(_columns)
