"""A small district with two towns and its sectors."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from bihuan.kernel.people.actors import Actor, Scope
from bihuan.kernel.people.models import Role
from bihuan.kernel.territory.models import Region, RegionLevel
from bihuan.kernel.territory.trees import found_district, plant
from bihuan.registers.sector_loading import load_sectors


@dataclass(frozen=True)
class Place:
    """The regions of the little district."""

    district: Region
    east: Region
    west: Region


@pytest.fixture
def place(db: None) -> Place:
    load_sectors()
    district = found_district("370403", "薛山区").region
    east = plant(Region, district, "东河镇", level=RegionLevel.TOWN)
    west = plant(Region, district, "西岭街道", level=RegionLevel.TOWN)
    return Place(district, east, west)


def holder(role: Role, region: Region, number: int = 1) -> Actor:
    """Somebody with one post over a region."""
    scope = Scope(role, number, f"{region.name}{role.label}", region_path=region.path)
    return Actor(id=number, person_id=number, name=f"张{number}", scopes=(scope,))
