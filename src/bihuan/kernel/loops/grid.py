"""The test kit: from a declaration, every state × hand × deed with what must be answered.

Shipped with the kernel so that every later loop is checked by the same grid.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bihuan.kernel.loops.declaration import Act, Loop, State, Step


@dataclass(frozen=True, slots=True)
class Cell:
    """One square: whether the declaration lets a hand do a deed in a state."""

    state: State
    hand: str
    deed: str
    allowed: bool

    def __str__(self) -> str:
        return f"{self.state.value}-{self.hand}-{self.deed}"


def grid(loop: Loop) -> Iterator[Cell]:
    """Every square of the declaration; gates and persons come on top of it."""
    hands = sorted({hand.name for deed in (*loop.openings, *loop.deeds) for hand in deed.by})
    for state in loop.states:
        for hand in hands:
            for deed in loop.deeds:
                yield Cell(state, hand, deed.name, _declared(deed, state, hand))


def _declared(deed: Step | Act, state: State, hand: str) -> bool:
    return deed.leaves(state) and any(one.name == hand for one in deed.by)
