"""What places and sectors are called, and the two grades as pages mark them: asked for every row, so remembered."""

from __future__ import annotations

from functools import lru_cache

from bihuan.kernel.territory.models import Sector
from bihuan.kernel.territory.trees import towns
from bihuan.kernel.web import parts

TOWN_DEPTH = 2
MAJOR = parts.Level("重大", "red")
GENERAL = parts.Level("一般", None)


@lru_cache(maxsize=1)
def _towns() -> dict[str, str]:
    return {town.path: town.name for town in towns()}


def town_name(path: str) -> str:
    """The town or zone a region path lies in, whichever village it ends at; asked anew once when not known yet."""
    town = ".".join(path.split(".")[:TOWN_DEPTH]) + "."
    if town not in _towns():
        _towns.cache_clear()
    return _towns().get(town, "")


@lru_cache(maxsize=1)
def _sectors() -> dict[str, str]:
    return dict(Sector.objects.values_list("path", "name"))


def sector_name(path: str) -> str:
    """What a sector path is called; asked anew once when it is not known yet."""
    if path and path not in _sectors():
        _sectors.cache_clear()
    return _sectors().get(path, "")
