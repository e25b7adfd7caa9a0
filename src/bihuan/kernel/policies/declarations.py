"""What may be chosen at all: every policy is declared with its legal range, which only a release changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

Kind = Literal["whole", "choice", "ladder"]
Mark = Literal["V1", "V2", "K"]
LADDER_ACTIONS = ("notify", "reassign")
LADDER_UNITS = ("territorial", "sector", "office")
"""The levels that are units a matter can be moved to; an enterprise or a leader is told only."""
LADDER_LEVELS = ("lead", "enterprise", "territorial", "sector", "office", "leader", "chair")


@dataclass(frozen=True, slots=True)
class Declaration:
    """One policy a district may set: its default, its legal range and where the range comes from.

    ``status`` is the verification mark of the basis: V1 statute read, V2 second-hand, K unverified (待核对).
    ``since`` lets a release replace a range from a day on; the older one keeps judging older days.
    """

    key: str
    label: str
    kind: Kind
    default: Any
    basis: str
    status: Mark
    unit: str = ""
    minimum: int | None = None
    maximum: int | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    since: date = date.min

    def objection(self, value: Any) -> str | None:
        """Why ``value`` may not be chosen, in Chinese; ``None`` when it is within the legal range."""
        match self.kind:
            case "whole":
                return self._outside(value)
            case "choice":
                allowed = "、".join(self.choices.values())
                return None if value in self.choices else f"“{self.label}”只能选：{allowed}"
            case "ladder":
                return _ladder_fault(self, value)

    def _outside(self, value: Any) -> str | None:
        if not isinstance(value, int) or isinstance(value, bool):
            return f"“{self.label}”应为整数"
        if self.minimum is not None and value < self.minimum:
            return (
                f"“{self.label}”不得少于{self.minimum}{self.unit}，填写的是{value}{self.unit}（{self.basis}）"
            )
        if self.maximum is not None and value > self.maximum:
            return (
                f"“{self.label}”不得超过{self.maximum}{self.unit}，填写的是{value}{self.unit}（{self.basis}）"
            )
        return None


class Undeclared(LookupError):
    """A key that no release declares: a mistake in code, never a user's."""


_declared: dict[str, list[Declaration]] = {}


def declare(declaration: Declaration) -> Declaration:
    """Make a policy known. Declaring the same twice changes nothing.

    Raises:
        ValueError: the key has another declaration from the same day, or the default breaks its own range.
    """
    versions = _declared.setdefault(declaration.key, [])
    if declaration in versions:
        return declaration
    if any(version.since == declaration.since for version in versions):
        raise ValueError(f"policy {declaration.key} is declared twice from {declaration.since}")
    fault = declaration.objection(declaration.default)
    if fault:
        raise ValueError(f"policy {declaration.key}: its own default is refused: {fault}")
    versions.append(declaration)
    versions.sort(key=lambda version: version.since)
    return declaration


def declaration(key: str, on: date) -> Declaration:
    """The declaration of ``key`` that judges the day ``on``."""
    fitting = [version for version in _declared.get(key, ()) if version.since <= on]
    if not fitting:
        raise Undeclared(key)
    return fitting[-1]


def ranges_between(key: str, first: date, last: date | None) -> tuple[Declaration, ...]:
    """Every declaration that judges some day from ``first`` to ``last``; a value must satisfy all of them."""
    at_first = declaration(key, first)
    later = (version for version in _declared[key] if version.since > first)
    return (at_first, *(version for version in later if last is None or version.since <= last))


def declarations(on: date) -> tuple[Declaration, ...]:
    """All policies a district may set on that day, in the order they were declared: that of the work."""
    return tuple(declaration(key, on) for key in _declared if any(v.since <= on for v in _declared[key]))


def _ladder_fault(declared: Declaration, value: Any) -> str | None:
    if not isinstance(value, Sequence) or isinstance(value, str) or not value:
        return f"“{declared.label}”至少要有一级"
    days: list[int] = []
    for number, rung in enumerate(value, start=1):
        if not isinstance(rung, Mapping) or set(rung) != {"after_days", "level", "action"}:
            return f"“{declared.label}”第{number}级应写明逾期天数、层级和方式"
        if declared._outside(rung["after_days"]):
            return f"第{number}级：{declared._outside(rung['after_days'])}"
        if rung["action"] == "reassign" and rung["level"] not in LADDER_UNITS:
            return f"“{declared.label}”第{number}级：只能移交给属地、行业主管部门或安委办"
        if rung["level"] not in LADDER_LEVELS or rung["action"] not in LADDER_ACTIONS:
            return f"“{declared.label}”第{number}级的层级或方式不在可选范围内"
        days.append(rung["after_days"])
    if days != sorted(days):
        return f"“{declared.label}”各级的天数应由少到多排列"
    return None
