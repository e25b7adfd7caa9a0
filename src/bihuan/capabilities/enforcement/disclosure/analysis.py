"""The periodic analysis: violations by kind, article, result, sector and town, and the next focus with its numbers (M126)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures.comparing import a_year_before
from bihuan.kernel.figures.values import FigureValue
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.web.figures.cards import counted
from bihuan.kernel.web.figures.reach import Reach

FOUND, FINES = "violations.found", "violations.fines"
BY = (
    ("kind", "违法行为"),
    ("code", "处罚依据"),
    ("result", "处理结果"),
    ("sector", "行业领域"),
    ("town", "镇街"),
)
TOP = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a ranking: what, how often, how often in the same days of the year before, and the fines."""

    name: str
    found: FigureValue
    before: int
    fines: FigureValue

    @property
    def count(self) -> int:
        return self.found.amount or 0

    @property
    def rise(self) -> int:
        return self.count - self.before


@dataclass(frozen=True, slots=True)
class Focus:
    """What to look at next: the kind, and where it was met most."""

    line: Line
    sector: str
    town: str


class Analysis:
    """One period as one reader may count it, beside the same days of the year before as far as they have come."""

    def __init__(self, actor: Actor, reach: Reach, period: Period) -> None:
        self._actor, self._reach, self.period = actor, reach, period
        self.as_of = min(period.last, clock.today())
        self.before, self.before_as_of = a_year_before(period, self.as_of)

    def total(self) -> Mapping[str, FigureValue]:
        """Everything in the period."""
        return self._values(self._reach, self.period, self.as_of)

    def ranking(self, by: str, within: Reach | None = None) -> Sequence[Line]:
        """Lines by count, the most first; a tie goes to the one that rose more."""
        reach = within or self._reach
        now = self._values(reach, self.period, self.as_of, by)
        then = self._values(reach, self.before, self.before_as_of, by)
        former = {name: line.amount or 0 for name, line in then[FOUND].by.items()}
        lines = [
            Line(name, line, former.get(name, 0), now[FINES].by[name]) for name, line in now[FOUND].by.items()
        ]
        return sorted(lines, key=lambda line: (-line.count, -line.rise, line.name))

    def focus(self) -> Sequence[Focus]:
        """The most frequent kinds, each with the sector and the town it was met in most."""
        found = []
        for line in self.ranking("kind")[:TOP]:
            within = Reach(line.found.scope, self._reach.by_record)
            found.append(Focus(line, self._first("sector", within), self._first("town", within)))
        return found

    def _first(self, by: str, within: Reach) -> str:
        first = next(iter(self.ranking(by, within)), None)
        return f"{first.name}（{first.count} 项）" if first is not None else "—"

    def _values(self, reach: Reach, period: Period, as_of: date, by: str = "") -> Mapping[str, FigureValue]:
        return counted(self._actor, reach, (FOUND, FINES), period, as_of, reach.scope, by)
