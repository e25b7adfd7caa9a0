"""Places on the map: millionths of a degree, and how far two lie apart."""

from __future__ import annotations

import math
import re

from bihuan.kernel.errors import Refused

_POSITION = re.compile(r"\s*(-?\d{1,3}(?:\.\d{1,9})?)\s*[,，;； ]\s*(-?\d{1,2}(?:\.\d{1,9})?)\s*")
CHINA = ((73.0, 136.0), (3.0, 54.0))
_EARTH = 6_371_000.0
Place = tuple[int, int]


def read(text: str, field: str = "position") -> Place | None:
    """``117.2643,34.7961`` as millionths of a degree, longitude first; None for nothing.

    Raises:
        Refused: ``tipoff.position_unreadable``; ``tipoff.position_outside`` when it does not lie in China.
    """
    if not text.strip():
        return None
    found = _POSITION.fullmatch(text)
    if found is None:
        raise Refused.because(
            "tipoff.position_unreadable", "地图位置读不懂，请写成“117.264300,34.796100”（经度,纬度）", field
        )
    lon, lat = (float(part) for part in found.groups())
    (west, east), (south, north) = CHINA
    if not (west <= lon <= east and south <= lat <= north):
        raise Refused.because(
            "tipoff.position_outside", "地图位置不在我国境内，请核对经度和纬度的先后", field
        )
    return round(lon * 1_000_000), round(lat * 1_000_000)


def metres(one: Place, other: Place) -> float:
    """How far apart, in metres."""
    lon, lat, lon2, lat2 = (math.radians(part / 1_000_000) for part in (*one, *other))
    half = math.sin((lat2 - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat2) * math.sin((lon2 - lon) / 2) ** 2
    return 2 * _EARTH * math.asin(min(1.0, math.sqrt(half)))


def around(place: Place, reach: int) -> tuple[int, int, int, int]:
    """West, east, south and north of a box that holds everything within ``reach`` metres."""
    lon, lat = place
    high = math.degrees(reach / _EARTH) * 1_000_000
    wide = high / max(0.1, math.cos(math.radians(lat / 1_000_000)))
    return (int(lon - wide) - 1, int(lon + wide) + 1, int(lat - high) - 1, int(lat + high) + 1)


def words(place: Place | None) -> str:
    """The place as people and maps read it."""
    return "" if place is None else f"{place[0] / 1_000_000:.6f},{place[1] / 1_000_000:.6f}"
