"""What is found wrong in the demo: kinds of findings with their measures, filled in differently each time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random

from bihuan.demo.words import options, spoken, table


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding in words, with what is ordered, what it costs (fen) and how long it takes (days)."""

    place: str
    description: str
    measures: str
    interim: str
    result: str
    planned: int
    spent: int
    days: int


def found_at(groups: tuple[str, ...], rng: Random, already: set[str]) -> Finding:
    """Something of the groups' kinds that ``already`` does not hold, while there is such."""
    group = rng.choice(groups)
    rows = [row for row in table("findings") if row["kind"] == group]
    fresh = [row for row in rows if row["description"] not in already] or rows
    row = rng.choice(fresh)
    already.add(row["description"])
    return worded(row, rng)


def worded(row: dict[str, str], rng: Random) -> Finding:
    """The row said once, with money and days near its own."""
    low, high = int(row["low"]), int(row["high"])
    spent = _yuan(rng.triangular(low, high, low + (high - low) / 4))
    planned = _yuan(spent * rng.uniform(0.85, 1.3))
    return Finding(
        place=spoken(rng.choice(options(row["places"])), rng),
        description=spoken(row["description"], rng),
        measures=row["measures"],
        interim=row["interim"],
        result=spoken(row["result"], rng),
        planned=planned * 100,
        spent=spent * 100,
        days=max(2, round(int(row["days"]) * rng.uniform(0.7, 1.4))),
    )


def _yuan(amount: float) -> int:
    return round(amount / 50) * 50


def row_saying(words: str) -> dict[str, str]:
    """The row whose description holds ``words``, for matters the demo needs in particular."""
    return next(row for row in table("findings") if re.search(words, row["description"]))
