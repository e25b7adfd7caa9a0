"""What places and sectors are called, and the two grades as pages mark them: asked for every row, so remembered."""

from __future__ import annotations

import time
from collections.abc import Callable

from bihuan.kernel.territory.models import Sector
from bihuan.kernel.territory.trees import towns
from bihuan.kernel.web import parts

TOWN_DEPTH = 2
KEPT = 60.0
"""Seconds for which names are remembered."""
MAJOR = parts.Level("重大", "red")
GENERAL = parts.Level("一般", None)


class _Remembered:
    """Names by path, asked anew after a minute, so that a renamed town is called by its name in every worker."""

    def __init__(self, ask: Callable[[], dict[str, str]], now: Callable[[], float] = time.monotonic) -> None:
        self._ask, self._now = ask, now
        self._names: dict[str, str] = {}
        self._until = float("-inf")

    def __getitem__(self, path: str) -> str:
        if self._now() >= self._until or path not in self._names:
            self._names, self._until = self._ask(), self._now() + KEPT
        return self._names.get(path, "")


_towns = _Remembered(lambda: {town.path: town.name for town in towns()})
_sectors = _Remembered(lambda: dict(Sector.objects.values_list("path", "name")))


def town_name(path: str) -> str:
    """The town or zone a region path lies in, whichever village it ends at."""
    return _towns[".".join(path.split(".")[:TOWN_DEPTH]) + "."]


def sector_name(path: str) -> str:
    """What a sector path is called."""
    return _sectors[path] if path else ""
