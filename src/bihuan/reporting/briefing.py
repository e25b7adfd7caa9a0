"""What a report is asked, and the answers its sections share: each breakdown is read once, however many cells print it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.documents import FigureRef
from bihuan.kernel.documents.numerals import chinese_date
from bihuan.kernel.figures import answers, registry
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.figures.values import FigureValue
from bihuan.reporting.citing import Citations, Roll
from bihuan.reporting.models import Kind

DIMENSIONS = ("sector", "town", "source", "campaign", "grade")


@dataclass(frozen=True, slots=True)
class Question:
    """Period, cut-off and scope of a report, and how the place is called in its sentences.

    ``whole`` tells a report of the district from that of a town or an agency; ``agency`` is set for the latter;
    ``digits`` are the decimals of rates in sentences and tables, ``kind`` is the kind of report that asks.
    """

    period: Period
    as_of: date
    scope: Scope
    place: str
    whole: bool = True
    agency: int | None = None
    digits: int = 1
    kind: str = Kind.HALF_YEAR.value

    @property
    def until(self) -> str:
        """截至某日, as a sentence says it."""
        return f"截至{chinese_date(self.as_of)}"

    def address_of(self, roll: str) -> str:
        """The page that lists what a counted list counts."""
        query: list[tuple[str, str]] = [("period", self.period.label), ("as_of", self.as_of.isoformat())]
        query += [("region", path) for path in self.scope.regions] + [
            ("sector", path) for path in self.scope.sectors
        ]
        query += [("agency", str(self.agency))] if self.agency is not None else []
        query += [("kind", self.kind)] if self.kind != Kind.HALF_YEAR else []
        return f"/reports/counted/{roll}/?{urlencode(query)}"


@dataclass
class Briefing:
    """One report in the making: what was asked, what has been answered, what has been cited.

    ``rolls`` are the counted lists by their label, ``offered`` figures of other records by label and line; ``memo`` holds
    what a section read once and another needs again.
    """

    question: Question
    cite: Citations = field(default_factory=Citations)
    rolls: dict[str, Roll] = field(default_factory=dict)
    memo: dict[str, Any] = field(default_factory=dict)
    offered: dict[tuple[str, str], FigureValue] = field(default_factory=dict)
    _answers: dict[str, dict[str, FigureValue]] = field(default_factory=dict)

    def figures(self, by: str) -> dict[str, FigureValue]:
        """Every figure with its breakdown by one dimension; two statements the first time, none after."""
        if by not in self._answers:
            asked = self.question
            self._answers[by] = answers.values(
                registry.names("hazards"), asked.period, asked.as_of, asked.scope, by=by, digits=asked.digits
            )
        return self._answers[by]

    def total(self, name: str) -> FigureValue:
        """One figure over the whole scope."""
        return self.figures(DIMENSIONS[0])[name]

    def amount(self, name: str) -> int:
        """The bare count of one figure over the whole scope, to decide what is said, never to be printed."""
        return self.total(name).amount or 0

    def lines(self, by: str, name: str) -> Mapping[str, FigureValue]:
        """The breakdown of one figure."""
        return self.figures(by)[name].by

    def line(self, by: str, line: str, name: str) -> FigureValue | None:
        """One line of a breakdown; None when nothing was counted there."""
        return self.lines(by, name).get(line)

    def ask(self, names: Sequence[str], by: str = "") -> Mapping[str, FigureValue]:
        """Figures of any room; those that are not counted here, or that the scope cannot tell apart, are left out."""
        asked, known = self.question, set(registry.names())
        fitting = [
            name
            for name in names
            if name in known and not asked.scope.dims() - registry.figure(name).tally.dims.keys()
        ]
        if not fitting:
            return {}
        return answers.values(fitting, asked.period, asked.as_of, asked.scope, by=by, digits=asked.digits)

    def ever_kept(self, name: str) -> bool:
        """Whether a figure is counted here at all, asked once a kind of records; see ``answers.ever_kept``."""
        if name not in registry.names():
            return False
        tally, kept = registry.figure(name).tally.name, self.memo.setdefault("kept", {})
        if tally not in kept:
            kept[tally] = answers.ever_kept(name)
        return bool(kept[tally])

    def found(self, name: str) -> FigureRef:
        """The total of a figure, for a sentence."""
        return self.cite.figure(self.total(name))

    def tell(self, value: FigureValue, line: str = "") -> FigureRef:
        """A figure that is not one of the hazards', for a sentence; the clerk's own words may cite it by its label."""
        self.offered[value.label, line] = value
        return self.cite.figure(value, line)

    def offer(self, roll: Roll) -> Roll:
        """Let the clerk's own words cite a counted list, which opens on a page of its own."""
        opened = replace(roll, href=self.question.address_of(roll.name))
        self.rolls[roll.label] = opened
        return opened

    def count(self, roll: Roll) -> FigureRef:
        """The length of a counted list, for a sentence."""
        return self.cite.roll(self.offer(roll))

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Figure names by what the clerk calls them."""
        return {registry.figure(name).label: name for name in registry.names("hazards")}

    def look_up(self, label: str, line: str) -> FigureValue | Roll | None:
        """What a citation in the clerk's words means; None when there is no such number in this report."""
        if label in self.rolls:
            return None if line else self.rolls[label]
        if (label, line) in self.offered:
            return self.offered[label, line]
        name = self.labels.get(label)
        if name is None:
            return None
        if not line:
            return self.total(name)
        return next(
            (found for by in DIMENSIONS if (found := self.line(by, line, name)) is not None),
            None,
        )
