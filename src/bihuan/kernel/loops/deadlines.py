"""Deadlines: counted once by a named rule, stored with the counting, shown with both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from bihuan.kernel import calendar
from bihuan.kernel.policies import values as policies


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day by which the present holder must act, and how it came about.

    ``days``/``unit`` are empty for a day that a person set. ``provisional`` marks days counted into a year whose
    official holidays are not published yet; they are recounted when the calendar comes.
    """

    due: date
    rule: str
    start: date
    days: int | None = None
    unit: str = ""
    provisional: bool = False
    skipped: tuple[tuple[str, str], ...] = ()

    def note(self) -> dict[str, Any]:
        """The explanation as stored beside the day."""
        told: dict[str, Any] = {"rule": self.rule, "start": self.start.isoformat()}
        if self.days is not None:
            told |= {"days": self.days, "unit": self.unit, "skipped": [list(item) for item in self.skipped]}
        if self.provisional:
            told["provisional"] = True
        return told


def counted(start: date, days: int, unit: str, rule: str) -> Deadline:
    """``days`` working or calendar days after ``start``, which is not counted itself."""
    due = calendar.due(start, days, "working" if unit == "working" else "calendar")
    skipped = tuple((item.date.isoformat(), item.why) for item in due.skipped)
    return Deadline(due.due, rule, start, days, unit, due.provisional, skipped)


def by_input(field: str, rule: str) -> Callable[[Any, Any, Any], Deadline | None]:
    """The day named in the input, for deadlines that a person sets."""

    def due(matter: Any, given: Any, context: Any) -> Deadline | None:
        day = getattr(given, field)
        return None if day is None else Deadline(day, rule, context.day)

    return due


def working_days(policy: str, rule: str) -> Callable[[Any, Any, Any], Deadline | None]:
    """So many working days as the policy of the day the matter began says."""
    return _by_policy(policy, rule, "working")


def calendar_days(policy: str, rule: str) -> Callable[[Any, Any, Any], Deadline | None]:
    """So many calendar days as the policy of the day the matter began says."""
    return _by_policy(policy, rule, "calendar")


def _by_policy(policy: str, rule: str, unit: str) -> Callable[[Any, Any, Any], Deadline | None]:
    def due(matter: Any, given: Any, context: Any) -> Deadline | None:
        days = int(policies.recent(policy, on=context.began(matter)).value)
        return counted(context.day, days, unit, rule)

    return due


def kept(matter: Any, given: Any, context: Any) -> Deadline | None:
    """The deadline goes on as it was: the step does not stop anybody's clock."""
    if matter.deadline is None:
        return None
    note = matter.deadline_note or {}
    return Deadline(
        matter.deadline,
        note.get("rule", ""),
        date.fromisoformat(note["start"]) if "start" in note else context.day,
        note.get("days"),
        note.get("unit", ""),
        note.get("provisional", False),
        tuple((item[0], item[1]) for item in note.get("skipped", [])),
    )
