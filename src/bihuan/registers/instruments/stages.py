"""Which kinds belong to which stage of a case, and in which order they lie in the dossier (M125).

Results come first, then the papers in the order of the procedure; internal ones go to the second volume (副卷). The order
is marked K: the filing rule of the archives is still to be compared.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bihuan.registers.instruments.kinds import label_of
from bihuan.registers.instruments.models import Instrument

_DATA = Path(__file__).parent / "stages.json"


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage and its kinds in their order."""

    key: str
    label: str
    kinds: tuple[str, ...]


@cache
def _raw() -> Mapping[str, Any]:
    content: dict[str, Any] = json.loads(_DATA.read_text(encoding="utf-8"))
    return content


@cache
def stages() -> tuple[Stage, ...]:
    """The stages in the order of the procedure."""
    return tuple(Stage(row["key"], row["label"], tuple(row["kinds"])) for row in _raw()["stages"])


@cache
def stage_of(kind: str) -> Stage:
    """The stage a kind belongs to."""
    return next(stage for stage in stages() if kind in stage.kinds)


def retentions() -> tuple[str, ...]:
    """How long a dossier may be kept."""
    return tuple(_raw()["retentions"])


def inner(kind: str) -> bool:
    """Whether a kind goes to the second volume."""
    return kind in _raw()["inner"]


def in_order(rows: Iterable[Instrument]) -> list[Instrument]:
    """Documents as they lie in the dossier: results with their receipts, the procedure, then the second volume."""
    held = list(rows)
    first = {str(row.uid): row for row in held if row.kind in _raw()["first"]}
    receipts = {row.service.get("receipt") for row in first.values()}
    places = {kind: place for place, kind in enumerate(kind for stage in stages() for kind in stage.kinds)}

    def key(row: Instrument) -> tuple[Any, ...]:
        leads = str(row.uid) in first or str(row.uid) in receipts
        return (inner(row.kind), not leads, 0 if leads else places[row.kind], row.issued_at, row.uid.int)

    return sorted(held, key=key)


def lacking(present: Iterable[str], required: Sequence[str]) -> list[str]:
    """Required kinds that are not there, by name; ``a|b`` is met by either."""
    here = set(present)
    return [
        "或者".join(label_of(kind) for kind in wanted.split("|"))
        for wanted in dict.fromkeys(required)
        if not here & set(wanted.split("|"))
    ]
