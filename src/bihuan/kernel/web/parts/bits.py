"""The smallest: a state, a level, money, a deadline, a signature."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from bihuan.kernel import clock
from bihuan.kernel.calendar import is_working_day

Warning4 = Literal["red", "orange", "yellow", "blue"]
Standing = Literal["open", "waiting", "done", "off"]
SOON = 3
"""So many working days before its day something is due soon, where no policy says otherwise."""


@dataclass(frozen=True, slots=True)
class State:
    """A state's word; green only when accepted, grey for what is over without that."""

    word: str
    standing: Standing = "open"


@dataclass(frozen=True, slots=True)
class Level:
    """A level in one of the four warning colours, always with its word; no colour for what is not graded."""

    word: str
    colour: Warning4 | None = None


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in integer fen; ``None`` = not known."""

    fen: int | None


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when, and how late it is: working days while there is time, calendar days once it is late."""

    day: date
    left: int
    colour: Warning4 | None = None
    provisional: bool = False
    paused: str = ""
    rule: str = ""
    skipped: Sequence[tuple[date, str]] = ()

    @classmethod
    def of(
        cls,
        day: date,
        *,
        today: date | None = None,
        working: Callable[[date], bool] = is_working_day,
        soon: int = SOON,
        **more: Any,
    ) -> Deadline:
        """``left`` ≥ 0: working days after today up to ``day``; below zero: calendar days late.

        With ``soon`` working days left it is due soon.
        """
        start = today or clock.today()
        apart = (day - start).days
        if apart < 0:
            return cls(day, apart, "red", **more)
        if apart == 0:
            return cls(day, 0, "orange", **more)
        left = sum(working(start + timedelta(days=offset)) for offset in range(1, min(apart, 400) + 1))
        return cls(day, left, "yellow" if left <= soon else None, **more)

    @property
    def words(self) -> str:
        if self.paused:
            return "计时已暂停"
        if self.left < 0:
            return f"逾期 {-self.left} 天"
        if self.left == 0:
            return "今天到期" if self.colour == "orange" else "放假期间到期"
        return f"还有 {self.left} 个工作日"


@dataclass(frozen=True, slots=True)
class Mark:
    """The signature under an entry. Never called 可靠电子签名: ``label`` says how it was given."""

    label: str
    kind: Literal["signed_in", "drawn", "scanned", "claimed", "refused"] = "signed_in"
    witness: str = ""
    good: bool | None = None
