"""The law on accidents as dated data: bands, hours, days and types, each with its source and mark.

What was in force on the day of the accident decides (从旧). This module imports no Django: the terminal grades without a
database.
"""

from __future__ import annotations

import csv
import functools
import io
import json
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Any

from bihuan.kernel.errors import Refused
from bihuan.kernel.policies.declarations import Declaration, declare


@dataclass(frozen=True, slots=True)
class Band:
    """From how many deaths, severe injuries (急性工业中毒 among them) or how much loss in 万元 a grade begins."""

    grade: str
    deaths: int
    serious: int
    loss_wan: int


@dataclass(frozen=True, slots=True)
class Rules:
    """The bands in force for a time, the gravest first."""

    bands: tuple[Band, ...]
    source: str
    mark: str
    effective_from: date
    effective_to: date | None


@dataclass(frozen=True, slots=True)
class Kind:
    """An accident type of one edition of GB 6441."""

    code: str
    name: str
    description: str
    edition: str
    mark: str
    effective_from: date
    effective_to: date | None


@functools.cache
def _law() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_text("law.json"))
    return found


def _text(name: str) -> str:
    return (
        resources.files("bihuan.capabilities.accidents")
        .joinpath("catalogues", name)
        .read_text(encoding="utf-8")
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def holds(since: date, until: date | None, on: date) -> bool:
    """Whether something with these two days was in force on ``on``, both days counted."""
    return since <= on and (until is None or on <= until)


@functools.cache
def _rules() -> tuple[Rules, ...]:
    return tuple(
        Rules(
            tuple(
                Band(one["code"], one["deaths"], one["serious"], one["loss_wan"]) for one in edition["grades"]
            ),
            edition["source"],
            edition["mark"],
            date.fromisoformat(edition["effective_from"]),
            _day(edition["effective_to"]),
        )
        for edition in _law()["grading"]
    )


def rules_on(day: date) -> Rules:
    """The bands in force on ``day``.

    Raises:
        Refused: ``accident.no_rules`` before the first of them.
    """
    for rules in _rules():
        if holds(rules.effective_from, rules.effective_to, day):
            return rules
    first = min(rules.effective_from for rules in _rules())
    raise Refused.because(
        "accident.no_rules", f"{day} 没有可用的事故等级标准：现行标准自 {first} 起施行，请核对日期", "on"
    )


@functools.cache
def terms(name: str) -> dict[str, Any]:
    """The hours and days of one part of the law (``report``, ``investigation``, ``evaluation``, ``offences``)."""
    found: dict[str, Any] = _law()["terms"][name]
    return found


@functools.cache
def kinds() -> tuple[Kind, ...]:
    """The accident types of all editions."""
    return tuple(
        Kind(
            row["code"],
            row["name"],
            row["description"],
            row["edition"],
            row["mark"],
            date.fromisoformat(row["effective_from"]),
            _day(row["effective_to"]),
        )
        for row in csv.DictReader(io.StringIO(_text("types.csv")))
    )


def kinds_on(day: date) -> tuple[Kind, ...]:
    """The accident types one may name for an accident of ``day``."""
    return tuple(kind for kind in kinds() if holds(kind.effective_from, kind.effective_to, day))


def kind_called(code: str) -> Kind | None:
    """The type of a code; codes of the editions differ, so the code alone tells which."""
    return next((kind for kind in kinds() if kind.code == code), None)


def source_words(part: dict[str, Any]) -> str:
    """Where a term comes from; what nobody has checked says so."""
    return f"{part['source']}{'（待核对）' if part['mark'] == 'K' else ''}"


def declare_policies() -> None:
    """Declare what a district may set for its accidents; harmless when repeated."""
    for one in json.loads(_text("policies.json")):
        declare(Declaration(**one))
