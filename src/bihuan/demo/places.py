"""The ground of the demo district: eight towns, their villages, and a small rectangle of map that belongs to nobody."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from bihuan.demo.words import table
from bihuan.kernel.territory.models import Region, RegionCode, RegionLevel
from bihuan.kernel.territory.trees import plant

CODE = "370499"
NAME = "云湖区"
_SOUTH_WEST = (34.7210, 117.3320)
_CELL = 0.032


@dataclass(frozen=True, slots=True)
class Town:
    """One town with its villages. ``weight`` says how much industry lies there."""

    region: Region
    government: str
    villages: tuple[Region, ...]
    weight: int
    order: int

    @property
    def stem(self) -> str:
        return self.region.name.removesuffix("街道").removesuffix("镇")

    def spot(self, rng: Random) -> tuple[float, float]:
        """Latitude and longitude somewhere in the town."""
        south, west = _SOUTH_WEST
        row, column = divmod(self.order, 4)
        return (
            round(south + (row + rng.uniform(0.08, 0.92)) * _CELL, 6),
            round(west + (column + rng.uniform(0.08, 0.92)) * _CELL, 6),
        )


def settle(district: Region) -> tuple[Town, ...]:
    """Plant the towns and villages."""
    found = []
    for order, row in enumerate(table("towns")):
        region = plant(Region, district, row["name"], level=RegionLevel.TOWN, order=order + 1)
        RegionCode.objects.create(region=region, code=f"{CODE}{order + 1:03d}")
        villages = tuple(
            plant(Region, region, name, level=RegionLevel.VILLAGE, order=number)
            for number, name in enumerate(row["villages"].split("/"), start=1)
        )
        found.append(Town(region, row["government"], villages, int(row["industry"]), order))
    return tuple(found)
