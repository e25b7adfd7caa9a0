"""The proof that tallies and records say the same: an aggregate nobody compares is a guess."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction

from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import answers, registry, tally
from bihuan.kernel.figures.declarations import Tally
from bihuan.kernel.figures.values import FigureValue


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One question to which tally and records give different answers."""

    figure: str
    period: str
    as_of: date
    by: str
    line: str
    tallied: Any
    counted: Any


@dataclass(slots=True)
class Check:
    """What was compared and what did not agree; ``cells`` counts differing cells of the tallies."""

    compared: int = 0
    cells: int = 0
    mismatches: list[Mismatch] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.cells and not self.mismatches

    def json(self) -> dict[str, Any]:
        return {
            "ok": self.ok,
            "compared": self.compared,
            "differing_cells": self.cells,
            "mismatches": [
                {
                    "figure": wrong.figure,
                    "period": wrong.period,
                    "as_of": wrong.as_of.isoformat(),
                    "by": wrong.by or None,
                    "line": wrong.line or None,
                    "tallied": wrong.tallied,
                    "counted": wrong.counted,
                }
                for wrong in self.mismatches
            ],
        }


def check(seed: int | None = None, cut_offs: int = 2) -> Check:
    """Compare every tally with the records it was drawn from, in one snapshot, while others go on writing.

    First every cell with the rows, which proves all scopes at every month's end; then the figures as declared
    with their second definition over the records, for years, halves, quarters, months and a week, at the
    period's end and at ``cut_offs`` days drawn at random, in total and by every breakdown.
    """
    nested = connection.in_atomic_block
    found = Check()
    with transaction.atomic(), connection.cursor() as cursor:
        if not nested:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for kept in registry.tallies():
            found.cells += tally.differing_cells(kept)
            names = [name for name in registry.names() if registry.figure(name).tally is kept]
            _compare(found, kept, names, random.Random(seed), cut_offs)  # noqa: S311 - a sample, not a secret
    return found


def _compare(found: Check, kept: Tally, names: list[str], draw: random.Random, cut_offs: int) -> None:
    for period in _periods(kept):
        span = (period.last - period.first).days
        days = [
            period.last,
            *(period.first + timedelta(days=draw.randint(0, span + 90)) for _ in range(cut_offs)),
        ]
        for as_of in days:
            for by in ("", draw.choice([by for by, dim in answers.BY.items() if dim in kept.dims])):
                fast = answers.values(names, period, as_of, by=by)
                slow = answers.recounted(names, period, as_of, by=by)
                for name in names:
                    found.compared += 1
                    found.mismatches += _differences(fast[name], slow[name], by)


def _differences(tallied: FigureValue, counted: FigureValue, by: str) -> list[Mismatch]:
    pairs: list[tuple[str, FigureValue | None, FigureValue | None]] = [("", tallied, counted)]
    lines = dict.fromkeys([*tallied.by, *counted.by])
    pairs += [(line, tallied.by.get(line), counted.by.get(line)) for line in lines]
    shown = [(line, a and a.json(), b and b.json()) for line, a, b in pairs]
    return [
        Mismatch(tallied.figure, tallied.period.label, tallied.as_of, by, line, a, b)
        for line, a, b in shown
        if a != b
    ]


def _periods(kept: Tally) -> list[Period]:
    """Years with records, and the halves, quarters, months and one week of the last of them."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT MIN({kept.born.column}), MAX({kept.born.column}) FROM {kept.table}")  # noqa: S608
        first, last = cursor.fetchone()
    if first is None:
        return []
    year = last.year
    labels = [str(each) for each in range(max(first.year, year - 2), year + 1)]
    labels += [f"{year}H1", f"{year}H2", *(f"{year}Q{quarter}" for quarter in range(1, 5))]
    week = last.isocalendar()
    labels += [f"{year}-{last.month:02d}", f"{week.year}W{week.week:02d}"]
    return [Period.parse(label) for label in labels]
