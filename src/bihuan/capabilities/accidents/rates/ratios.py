"""Which rates there are: what is counted, over which field, by which published base."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bihuan.kernel.figures.rates import Ratio

_FILE = Path(__file__).parent / "ratios.json"


@dataclass(frozen=True, slots=True)
class Counted:
    """A ratio, the sector its figure is narrowed to, and under which name others publish the same."""

    ratio: Ratio
    sector: str
    published: str


@cache
def ratios() -> tuple[Counted, ...]:
    """Every ratio, in order."""
    said = json.loads(_FILE.read_text(encoding="utf-8"))["ratios"]
    return tuple(_counted(dict(one)) for one in said)


def _counted(one: dict[str, str | int]) -> Counted:
    sector, published = str(one.pop("sector")), str(one.pop("published", one["code"]))
    return Counted(Ratio(**one), sector, published)  # type: ignore[arg-type]
