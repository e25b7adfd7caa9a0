"""Which place or sector somebody means who writes a name, a code or the path of an address."""

from __future__ import annotations

from datetime import date

from bihuan.kernel import clock
from bihuan.kernel.territory.models import Region, RegionCode, Sector
from bihuan.kernel.territory.trees import find_region, find_sector, in_force


def region_meant(text: str, on: date | None = None) -> Region | None:
    """The region with this path, code (as of ``on``: codes are reissued) or name; None when there is none or several fit."""
    wanted = _readable(text)
    if wanted.endswith("."):
        return Region.objects.filter(path=wanted).first()
    if wanted.isdigit():
        carried = RegionCode.objects.filter(in_force(on or clock.today()), code=wanted)
        row = carried.select_related("region").first()
        return row.region if row else None
    return find_region(wanted) if wanted else None


def sector_meant(text: str) -> Sector | None:
    """The sector with this path or name."""
    wanted = _readable(text)
    if wanted.endswith("."):
        return Sector.objects.filter(path=wanted).first()
    return find_sector(wanted) if wanted else None


def _readable(text: str) -> str:
    """What can be compared with a name; the database refuses the character NUL."""
    return "" if "\x00" in text else text.strip()
