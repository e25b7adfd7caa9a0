"""The checklists a release carries, read from its data files; what a major-hazard standard says is taken from the standard."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from bihuan.kernel.crypto import sm3
from bihuan.registers.criteria import criterion


@dataclass(frozen=True, slots=True)
class Line:
    """One item as written, with the columns of :class:`~.models.ChecklistItem`."""

    key: str
    group: str
    content: str
    method: str
    violation: str
    basis: str = ""
    penalty: str = ""
    criterion: str = ""
    mark: str = "K"
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    """One dated version of a shipped list."""

    effective_from: date
    effective_to: date | None
    mark: str
    source: str
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Shipped:
    """A list of the release with its versions in time."""

    code: str
    sector: str
    title: str
    says: str
    versions: Sequence[Release]


@cache
def shipped() -> Sequence[Shipped]:
    """Every list this release carries."""
    return tuple(
        Shipped(one["code"], one["sector"], one["title"], one["says"], [_release(v) for v in one["versions"]])
        for one in json.loads(_text("index.json"))
    )


def digest_of(lines: Sequence[Line]) -> str:
    """The SM3 of the items in order, in hexadecimal."""
    columns = [
        [one.key, one.group, one.scope, one.content, one.method, one.violation, one.basis, one.penalty, one.criterion, one.mark]
        for one in lines
    ]  # fmt: skip
    running = sm3.new()
    running.update(json.dumps(columns, ensure_ascii=False, separators=(",", ":")).encode())
    return running.digest().hex()


def _release(told: dict[str, Any]) -> Release:
    rows = list(csv.DictReader(io.StringIO(_text(told["file"]))))
    return Release(
        effective_from=date.fromisoformat(told["effective_from"]),
        effective_to=date.fromisoformat(told["effective_to"]) if told["effective_to"] else None,
        mark=told["mark"],
        source=told["source"],
        lines=tuple(_line(row) for row in rows),
    )


def _line(row: dict[str, str]) -> Line:
    """The row; where it names a criterion and leaves a column empty, the criterion's own words stand there."""
    if row["criterion"]:
        named = criterion(row["criterion"])
        heading = "·".join(part for part in (named.category, named.scope) if part)
        row = {
            **row,
            "group": row["group"] or heading,
            "violation": row["violation"] or named.text,
            "basis": row["basis"] or named.basis,
            "mark": row["mark"] or named.mark,
        }
    return Line(**{**row, "mark": row["mark"] or "K"})


def _text(name: str) -> str:
    return resources.files(__package__).joinpath("catalogues", name).read_text(encoding="utf-8")
