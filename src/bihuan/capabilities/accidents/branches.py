"""Which statistical field an accident counts in (M216): by its sector, so that one choice decides both."""

from __future__ import annotations

from bihuan.capabilities.accidents.states import Branch
from bihuan.kernel.errors import Refused
from bihuan.kernel.territory.models import Sector

_BY_SECTOR = {
    "construction": Branch.CONSTRUCTION, "road_traffic": Branch.ROAD, "fire": Branch.FIRE, "water_transport": Branch.WATER,
    "railway": Branch.RAILWAY, "aviation": Branch.AVIATION, "agricultural_machinery": Branch.FARM_MACHINERY,
    "fishing_vessels": Branch.FISHING, "agriculture": Branch.OTHER, "forest_fire": Branch.OTHER,
    "geological_disaster": Branch.OTHER, "urban_flooding": Branch.OTHER, "other": Branch.OTHER,
}  # fmt: skip
INDUSTRY = (Branch.INDUSTRIAL, Branch.CONSTRUCTION)
"""工矿商贸 as Chinese statistics commonly take it: construction lies inside (N07); its own figure stands beside."""


def branch_of(sector_path: str) -> Branch:
    """The field of a sector: whatever has none of its own is 工矿商贸, so that no accident is left out."""
    root = sector_path.split(".")[0]
    code = Sector.objects.filter(path=f"{root}.").values_list("code", flat=True).first() or "other"
    return _BY_SECTOR.get(code, Branch.INDUSTRIAL)


def sector_path_of(pk: int, field: str = "sector") -> str:
    """The path of a sector somebody picked.

    Raises:
        Refused: there is none in force.
    """
    path = Sector.objects.filter(pk=pk, until=None).values_list("path", flat=True).first()
    if path is None:
        raise Refused.because("accident.sector_unknown", "事故行业领域不存在或已调整，请重新选择", field)
    return path
