"""上年度情况通报 (M032): what the year's first conference reads out about each town, from the figures of the year before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import answers, registry
from bihuan.kernel.figures.values import NOTHING, FigureValue

WANTED = (
    "accidents.count", "accidents.deaths", "hazards.found", "hazards.rectified", "hazards.rectification_rate",
    "hazards.major_found", "tasks.dispatched", "tasks.closed", "letters.passed",
)  # fmt: skip
"""What is read out, as far as this installation counts it: each figure appears once its capability is here."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One year, town by town; every value is a figure that opens its records."""

    period: Period
    as_of: date
    headings: Sequence[str]
    towns: Sequence[str]
    values: Sequence[Sequence[FigureValue | None]]
    totals: Sequence[FigureValue]


def notice_of(year: int) -> Notice:
    """The year's figures as they stood on its last day; one statement a kind of record."""
    period = Period.parse(str(year))
    known = registry.fitting(("region",))
    names = [name for name in WANTED if name in known]
    found = answers.values(names, period, period.last, by="town")
    towns = list(dict.fromkeys(town for value in found.values() for town in value.by))
    headings = [f"{value.label}（{value.unit}）" for value in found.values()]
    rows = [[value.by.get(town) for value in found.values()] for town in towns]
    return Notice(period, period.last, headings, towns, rows, list(found.values()))


def shown(value: FigureValue | None) -> str:
    """A figure as the table prints it; a town without any record has none."""
    if value is None:
        return "0"
    return NOTHING if value.value is None else str(value.value)
