"""Policies in words: values, legal ranges, and how far the basis has been verified."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bihuan.kernel.policies.declarations import Declaration
from bihuan.kernel.responsibility.chain import Level

MARKS = {"V1": "已核对原文", "V2": "转引，未核对原文", "K": "待核对"}
ACTIONS = {"notify": "通知督促", "reassign": "移交办理"}


def value_words(declared: Declaration, value: Any) -> str:
    """A value with its unit; of a ladder its first and last rung."""
    match declared.kind:
        case "whole":
            return f"{value}{_unit(declared)}"
        case "choice":
            return str(declared.choices.get(value, value))
        case "ladder":
            return f"{len(value)} 级：{rung_words(value[0])}，至{rung_words(value[-1])}"


def rung_words(rung: Mapping[str, Any]) -> str:
    """One rung of a ladder."""
    return f"逾期 {rung['after_days']} 日{Level(rung['level']).label}"


def range_words(declared: Declaration) -> str:
    """What the law leaves to the district's choice."""
    if declared.kind == "choice":
        return "、".join(declared.choices.values())
    between = f"{declared.minimum}—{declared.maximum}"
    words = between + _unit(declared)
    return f"逾期 {words}之间，由少到多" if declared.kind == "ladder" else words


def _unit(declared: Declaration) -> str:
    return declared.unit if declared.unit == "%" else f" {declared.unit}"


def basis_words(declared: Declaration) -> str:
    """Where the range comes from, and whether anybody has read it there."""
    return f"{declared.basis}（{MARKS[declared.status]}）"


def rungs(value: Sequence[Mapping[str, Any]]) -> Sequence[tuple[Any, ...]]:
    """The rungs of a ladder as lines of a table."""
    return [
        (number, rung["after_days"], Level(rung["level"]).label, ACTIONS[rung["action"]])
        for number, rung in enumerate(value, start=1)
    ]
