"""Which violation is fined how much, by whom it was done and at which step: the penalty tables as dated rows (M128).

Amounts are whole yuan in the table and integer fen outside. The row of the day of the act counts; where the law changed
between act and decision, :func:`comparing` puts both side by side and proposes the lighter (从旧兼从轻).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from bihuan.kernel.documents.numerals import exact_wan_yuan
from bihuan.registers.catalogue_files import entries, rows
from bihuan.registers.criteria import MARKS

Subject = Literal["entity", "person"]
SPECIAL = "特别法优先于一般法的适用判断待核对"


@dataclass(frozen=True, slots=True)
class Law:
    """A statute or rule as it stands from a day on."""

    key: str
    title: str
    number: str
    effective_from: date
    effective_to: date | None
    mark: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """One row: an article, what it forbids, for whom and at which step, and the range of the fine in fen.

    ``topic`` joins rows of different laws that speak of the same act; ``step`` is ``first`` or ``overdue``.
    """

    id: str
    law: Law
    article: str
    violation: str
    tier: str
    subject: Subject
    step: Literal["first", "overdue"]
    minimum_fen: int
    maximum_fen: int
    measure: str
    topic: str
    suspends: bool
    effective_from: date
    effective_to: date | None
    mark: str

    @property
    def basis(self) -> str:
        return f"《{self.law.title}》{self.article}"

    @property
    def label(self) -> str:
        return f"{self.article} {self.violation}（{self.tier}，{self.range_words}）"

    @property
    def range_words(self) -> str:
        return (
            f"{exact_wan_yuan(self.minimum_fen)}—{exact_wan_yuan(self.maximum_fen)}万元"
            if self.minimum_fen
            else f"{exact_wan_yuan(self.maximum_fen)}万元以下"
        )

    @property
    def mark_label(self) -> str:
        return MARKS[self.mark]

    def in_force(self, on: date) -> bool:
        return self.effective_from <= on <= (self.effective_to or on)


@cache
def laws() -> dict[str, Law]:
    """The statutes the tables come from, by key."""
    return {
        row["key"]: Law(
            row["key"], row["title"], row["number"], date.fromisoformat(row["effective_from"]),
            date.fromisoformat(row["effective_to"]) if row.get("effective_to") else None, row["mark"], row.get("note", ""),
        )
        for row in entries("law_acts.json")
    }  # fmt: skip


@cache
def _clauses() -> dict[str, Clause]:
    return {row["id"]: _clause(row) for row in rows("law_penalties.csv")}


def _clause(row: dict[str, str]) -> Clause:
    until = row["effective_to"]
    return Clause(
        row["id"], laws()[row["law"]], row["article"], row["violation"], row["tier"], row["subject"],  # type: ignore[arg-type]
        row["step"], int(row["fine_min_yuan"]) * 100, int(row["fine_max_yuan"]) * 100, row["measure"], row["topic"],  # type: ignore[arg-type]
        row["suspends"] == "是", date.fromisoformat(row["effective_from"]),
        date.fromisoformat(until) if until else None, row["mark"],
    )  # fmt: skip


def clause(id: str) -> Clause:
    """One row by its key.

    Raises:
        KeyError: no release carries it.
    """
    return _clauses()[id]


def clauses(on: date | None = None, subject: Subject | None = None) -> list[Clause]:
    """The rows in force on a day (all of them without one), for one kind of party or both."""
    return [
        one
        for one in _clauses().values()
        if (on is None or one.in_force(on)) and (subject is None or one.subject == subject)
    ]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Old and new side by side. ``chosen`` is what is proposed, ``reason`` why."""

    old: Clause | None
    new: Clause | None
    chosen: Clause
    reason: str


def comparing(asked: Clause, acted_on: date, decided_on: date) -> Comparison:
    """从旧兼从轻 (行政处罚法第三十七条): the law of the act, unless that of the decision is lighter.

    Both rows are of the same act, step and kind of party. Lighter is the lower maximum, then the lower minimum.
    """
    alike = [
        one
        for one in _clauses().values()
        if one.id == asked.id
        or (asked.topic and (one.topic, one.subject, one.step) == (asked.topic, asked.subject, asked.step))
    ]
    old = _of_day(alike, acted_on, asked)
    new = _of_day(alike, decided_on, asked)
    if old is None or new is None or old.id == new.id:
        chosen = old or new or asked
        return Comparison(old, new, chosen, f"行为发生日 {acted_on} 与作出决定时适用的规定相同")
    lighter = new if _weight(new) < _weight(old) else old
    which = "新规定处罚较轻，适用新规定" if lighter is new else "旧规定处罚不重于新规定，适用行为发生时的规定"
    reason = (
        f"行为发生日 {acted_on} 适用{old.basis}（{old.range_words}），{decided_on} 适用{new.basis}（{new.range_words}）；"
        f"{which}（《行政处罚法》第三十七条，从旧兼从轻）"
    )
    return Comparison(old, new, lighter, reason)


def _weight(one: Clause) -> tuple[int, int]:
    return one.maximum_fen, one.minimum_fen


def _of_day(alike: list[Clause], on: date, asked: Clause) -> Clause | None:
    """The row of that day: the one asked for where it was in force, else the row of the same act that was.

    A general law stays what was asked for when a special one appears beside it: whether the special one applies depends on
    what the act concerned, and that is for whoever chose the row to say.
    """
    fitting = [one for one in alike if one.in_force(on)]
    if asked in fitting:
        return asked
    return max(fitting, key=lambda one: one.effective_from, default=None)
