"""One measured number beside what was asked of it and what the machine could do at best."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """``bar`` must be met, ``aim`` is hoped for; ``floor`` is the physical limit found in the same run."""

    what: str
    value: float
    unit: str
    bar: float | None = None
    aim: float | None = None
    more_is_better: bool = False
    floor: str = ""
    note: str = ""

    @property
    def met(self) -> bool | None:
        if self.bar is None:
            return None
        return self.value >= self.bar if self.more_is_better else self.value <= self.bar

    def cells(self) -> Sequence[str]:
        """The row of a table: measure, value, bar, aim, floor, verdict."""
        sign = "≥" if self.more_is_better else "≤"
        asked = [
            f"{sign} {number(limit)} {self.unit}" if limit is not None else ""
            for limit in (self.bar, self.aim)
        ]
        verdict = {None: "", True: "met", False: "missed"}[self.met]
        return (self.what, f"{number(self.value)} {self.unit}", *asked, self.floor, verdict, self.note)


HEADINGS = ("measure", "value", "bar", "aim", "floor, same run", "bar is", "")


def number(value: float) -> str:
    """A number with as many digits as mean something."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def shown(measured: Measured) -> str:
    """One line for the terminal."""
    what, value, bar, aim, floor, verdict, note = measured.cells()
    asked = f"bar {bar}, aim {aim}" if aim else f"bar {bar}" if bar else ""
    return "   ".join(
        part for part in (f"{what:<58} {value:>14}", asked, verdict, floor and f"floor {floor}", note) if part
    )


def table(measures: Iterable[Measured]) -> str:
    """All of them as a Markdown table."""
    lines = ["| " + " | ".join(HEADINGS) + " |", "|" + "---|" * len(HEADINGS)]
    lines += ["| " + " | ".join(measured.cells()) + " |" for measured in measures]
    return "\n".join(lines)


def percentile(times: Sequence[float], share: float) -> float:
    """The value below which ``share`` of ``times`` lie."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
