"""What a report may claim of several figures at once: that all fell (双降), that all rose (全面上升), or neither (M257, N28)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from bihuan.kernel.figures.comparing import Comparison, Movement

UNKNOWN = "不能判断："
UNFINISHED = "时段还没有结束，不下双降的结论"


@dataclass(frozen=True, slots=True)
class Verdict:
    """``met`` is None where a base is missing and nobody can tell; ``words`` say what stands against it."""

    met: bool | None
    words: str


@dataclass(frozen=True, slots=True)
class Moved:
    """One indicator by its name, and where it went; a rate has no figure of its own to compare."""

    label: str
    movement: Movement

    @property
    def change(self) -> Fraction | None:
        return self.movement.change


def both_fell(*found: Comparison | Moved) -> Verdict:
    """双降: every one of them is lower than a year before; one that stayed the same did not fall.

    Nobody can tell before the period is over: what falls in spring may rise by the end of the year.
    """
    if any(isinstance(one, Comparison) and one.now.as_of < one.now.period.last for one in found):
        return Verdict(None, f"{UNKNOWN}{UNFINISHED}")
    return _judged(found, "下降", lambda change: change < 0)


def all_rose(*found: Comparison | Moved) -> Verdict:
    """全面上升: every single one rose; one that is flat, fell or has no base takes the word away."""
    return _judged(found, "上升", lambda change: change > 0)


def _judged(found: Sequence[Comparison | Moved], word: str, holds: Callable[[Fraction], bool]) -> Verdict:
    moved = [one if isinstance(one, Moved) else Moved(one.now.label, one.moved) for one in found]
    unknown = [one for one in moved if one.change is None]
    if unknown:
        told = "；".join(dict.fromkeys(f"{one.label}{one.movement.blank}" for one in unknown))
        return Verdict(None, f"{UNKNOWN}{told}")
    if all(one.change is not None and holds(one.change) for one in moved):
        return Verdict(True, f"{_labels(moved)}均{word}")
    return Verdict(False, _by_direction(moved))


def _by_direction(found: Sequence[Moved]) -> str:
    """事故上升，死亡持平: each by where it went, none left out."""
    groups = {
        "上升": [one for one in found if (one.change or 0) > 0],
        "下降": [one for one in found if (one.change or 0) < 0],
        "持平": [one for one in found if one.change == 0],
    }
    return "，".join(f"{_labels(held)}{word}" for word, held in groups.items() if held)


def _labels(found: Sequence[Moved]) -> str:
    return "、".join(one.label for one in found)
