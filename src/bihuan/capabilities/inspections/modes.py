"""The ways to inspect (M107), as data: an inspection has exactly one, and some are never announced (M108).

The names come from districts' own papers, not from a statute; which of them are unannounced is the sense of the word,
except 划分稽查, which districts handle either way.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Mode:
    """One way to inspect. ``announced``: whether the one to be inspected may be told beforehand."""

    mode: str
    label: str
    announced: bool
    says: str


@cache
def modes() -> Mapping[str, Mode]:
    """Every mode by its code, in the order of the list."""
    raw = json.loads((Path(__file__).parent / "modes.json").read_text(encoding="utf-8"))
    return {one["mode"]: Mode(**one) for one in raw}


def label(mode: str) -> str:
    """The Chinese name of a mode; the code where a later release no longer knows it."""
    found = modes().get(mode)
    return found.label if found is not None else mode


def is_secret(mode: str) -> bool:
    """Whether nobody outside the team may know beforehand."""
    found = modes().get(mode)
    return found is not None and not found.announced


CHOICES = tuple(
    (one.mode, one.label if one.announced else f"{one.label}（事先保密）") for one in modes().values()
)
