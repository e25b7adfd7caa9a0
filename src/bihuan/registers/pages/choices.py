"""Towns and sectors to choose from in forms."""

from __future__ import annotations

from bihuan.kernel import clock
from bihuan.kernel.territory.models import Sector
from bihuan.kernel.territory.trees import in_force, towns


def regions() -> list[tuple[str, str]]:
    return [("", "请选择"), *((one.name, one.name) for one in towns())]


def sectors() -> list[tuple[str, str]]:
    """The sectors of today, children set in."""
    rows = Sector.objects.filter(in_force(clock.today())).order_by("path")
    return [("", "请选择"), *((one.name, f"{'　' if one.parent_id else ''}{one.name}") for one in rows)]
