"""Templates of the five acts of enforcement: which steps and documents one that ends must have (M142)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from bihuan.registers.catalogue_files import entries


@dataclass(frozen=True, slots=True)
class Procedure:
    """One template. A step with ``|`` is met by either; documents are kinds of instruments."""

    key: str
    label: str
    steps: tuple[str, ...]
    documents: tuple[str, ...]


@cache
def procedures() -> dict[str, Procedure]:
    """The five templates, by key."""
    return {
        key: Procedure(key, row["label"], tuple(row["steps"]), tuple(row["documents"]))
        for key, row in entries("law_procedures.json").items()
    }
