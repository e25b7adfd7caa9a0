"""What a report may claim of several figures at once: that all fell (双降), that all rose (全面上升), or neither (M257, N28)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bihuan.kernel.figures.comparing import Comparison


@dataclass(frozen=True, slots=True)
class Verdict:
    """``met`` is None where a base is missing and nobody can tell; ``words`` say what stands against it."""

    met: bool | None
    words: str


def both_fell(*found: Comparison) -> Verdict:
    """双降: every one of them is lower than a year before; one that stayed the same did not fall."""
    return _judged(found, "下降", lambda change: change < 0)


def all_rose(*found: Comparison) -> Verdict:
    """全面上升: every single one rose; one that is flat, fell or has no base takes the word away."""
    return _judged(found, "上升", lambda change: change > 0)


def _judged(found: Sequence[Comparison], word: str, holds: Callable[[float], bool]) -> Verdict:
    unknown = [one for one in found if one.change is None]
    if unknown:
        told = "；".join(dict.fromkeys(f"{one.now.label}{one.blank}" for one in unknown))
        return Verdict(None, f"不能判断：{told}")
    if all(holds(float(one.change or 0)) for one in found):
        return Verdict(True, f"{_labels(found)}均{word}")
    return Verdict(False, _by_direction(found))


def _by_direction(found: Sequence[Comparison]) -> str:
    """事故上升，死亡持平: each by where it went, none left out."""
    groups = {
        "上升": [one for one in found if (one.change or 0) > 0],
        "下降": [one for one in found if (one.change or 0) < 0],
        "持平": [one for one in found if one.change == 0],
    }
    return "，".join(f"{_labels(held)}{word}" for word, held in groups.items() if held)


def _labels(found: Sequence[Comparison]) -> str:
    return "、".join(one.now.label for one in found)
