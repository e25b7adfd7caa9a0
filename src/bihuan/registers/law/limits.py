"""The limits of procedure, each a dated row with its source and how far it was verified (M122).

``rule(key, on)`` gives the row of the day of the act. What only an unverified source fixes is the district's to set:
such a row names a policy, whose dated value then stands for it. :func:`due` counts a term: the day of the event is not
counted and a term that ends on a rest day ends on the next working day.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Literal

from bihuan.kernel import calendar
from bihuan.kernel.loops.deadlines import Deadline, counted
from bihuan.kernel.policies import values as policies
from bihuan.registers.catalogue_files import entries
from bihuan.registers.criteria import MARKS

Mark = Literal["V1", "V2", "K"]
UNITS = {"工作日": "working", "日": "calendar"}


class NotInForce(LookupError):
    """No row of that key governs the day: a mistake in code or an act older than the law carried here."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One dated value. ``effective_to`` is its last day; ``start`` says from what event it is counted.

    ``policy`` names the district's own dated row for what the law does not settle; ``chosen`` tells that one is set.
    """

    key: str
    label: str
    value: int
    unit: str
    basis: str
    mark: Mark
    effective_from: date
    effective_to: date | None = None
    start: str = ""
    note: str = ""
    policy: str = ""
    chosen: bool = False

    @property
    def words(self) -> str:
        """The value as people read it."""
        number = f"{self.value:,}" if self.unit == "元" else str(self.value)
        return f"{number}{'个' if self.unit in ('工作日', '月') else ''}{self.unit}"

    @property
    def mark_label(self) -> str:
        return "本区已设定" if self.chosen else MARKS[self.mark]

    @property
    def source(self) -> str:
        """The basis, with 待核对 where nobody has compared it with the text."""
        return f"{self.basis}（{self.mark_label}）" if self.mark == "K" else self.basis

    def in_force(self, on: date) -> bool:
        return self.effective_from <= on <= (self.effective_to or on)


def rule(key: str, on: date) -> Rule:
    """The row that governs acts of ``on``; the district's own value where the row leaves it to the district.

    Raises:
        NotInForce: no row of ``key`` governs that day.
    """
    found = next((one for one in _rows() if one.key == key and one.in_force(on)), None)
    if found is None:
        raise NotInForce(f"{key} on {on}")
    if not found.policy:
        return found
    own = policies.recent(found.policy, on=on)
    if own.effective_from is None:
        return found
    return replace(found, value=int(own.value), basis=own.basis, chosen=True)


def rules() -> tuple[Rule, ...]:
    """Every dated row this release carries, in the order of the procedure."""
    return _rows()


@cache
def _rows() -> tuple[Rule, ...]:
    return tuple(_rule(row) for row in entries("law_limits.json"))


def _rule(row: dict[str, object]) -> Rule:
    until = row.get("effective_to")
    return Rule(
        **{  # type: ignore[arg-type]
            **row,
            "effective_from": date.fromisoformat(str(row["effective_from"])),
            "effective_to": date.fromisoformat(str(until)) if until else None,
        }
    )


def due(key: str, start: date, on: date | None = None) -> Deadline:
    """The last day of the term ``key`` that begins with the event on ``start``, with the rule it was counted by.

    Args:
        on: the day whose law counts; the day of the event when left out.
    """
    found = rule(key, on or start)
    words = f"{found.label}：{found.start or '起算之日'}起{found.words}（{found.source}）"
    if found.unit in UNITS:
        return counted(start, found.value, UNITS[found.unit], words)
    months = found.value * (12 if found.unit == "年" else 1)
    return ends_on(after_months(start, months), words, start)


def ends_on(nominal: date, words: str, start: date) -> Deadline:
    """A term whose last day is ``nominal``, moved on where that is a rest day."""
    last = calendar.due(nominal, 0, "calendar")
    skipped = tuple((item.date.isoformat(), item.why) for item in last.skipped)
    return Deadline(last.due, words, start, None, "", last.provisional, skipped)


def after_months(start: date, months: int) -> date:
    """The same day so many months on; the last day of a shorter month."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    for day in range(start.day, 27, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    return date(year, month + 1, min(start.day, 28))
