"""A map without anybody's tiles: drawn from where the register knows its objects to lie, with the names of towns and villages.

It shows roughly where things are, never one object: points are rounded to some 500 m, and only places with several show.
Coordinates are degrees as the register has them; inside the picture one unit is a metre.
"""

from __future__ import annotations

import math
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from threading import Lock

from django.db import connection

from bihuan.kernel import clock
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.territory.models import GONE, Region, RegionLevel
from bihuan.kernel.territory.trees import in_force

STEPS = 200
"""Points of the register are gathered in fields of a two-hundredth of a degree."""
FARTHEST = 0.6
"""Degrees from the middle of the district; what lies beyond is a slip of the pen."""
_KEEP_SECONDS = 600
_METRES = 111_320.0

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Name:
    """A name on the map and where it stands, in metres from the upper left."""

    region: int
    text: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Area:
    """A town, as far as the register knows things in it."""

    region: int
    points: str
    tint: int


@dataclass(frozen=True, slots=True)
class Ground:
    """The picture's size in metres, how degrees become metres, and what is drawn."""

    width: int
    height: int
    north: float
    west: float
    per_longitude: float
    areas: Sequence[Area]
    towns: Sequence[Name]
    villages: Sequence[Name]
    dots: Sequence[tuple[int, int, int]]


_kept: tuple[float, Ground | None] | None = None
_drawing = Lock()
"""Of several who come when it is old, one draws and the others wait: it looks at the whole register."""


def ground() -> Ground | None:
    """The map, at most ten minutes old; ``None`` while the register knows of no coordinates."""
    global _kept
    with _drawing:
        if _kept is None or time.monotonic() - _kept[0] > _KEEP_SECONDS:
            _kept = (time.monotonic(), draw())
        return _kept[1]


def forget() -> None:
    """Draw anew next time; for tests."""
    global _kept
    _kept = None


def draw() -> Ground | None:
    """Draw it from the register as it stands."""
    fields = _fields()
    if not fields:
        return None
    regions = {
        each.pk: each for each in Region.objects.filter(in_force(clock.today())).exclude(standing__in=GONE)
    }
    scale = _Scale([(lat, lon) for lat, lon, _, _ in fields])
    by_town: dict[int, list[Point]] = defaultdict(list)
    by_village: dict[int, list[Point]] = defaultdict(list)
    for lat, lon, path, _ in fields:
        for key in (int(part) for part in path.split(".") if part):
            level = regions[key].level if key in regions else ""
            if level in (RegionLevel.TOWN, RegionLevel.ZONE):
                by_town[key].append(scale.place(lat, lon))
            elif level == RegionLevel.VILLAGE:
                by_village[key].append(scale.place(lat, lon))
    order = sorted(by_town, key=lambda key: (regions[key].order, key))
    tints = _tinted(order, by_town)
    areas = [Area(key, _written(_hull(_cornered(by_town[key]))), tints[key]) for key in order]
    return Ground(
        scale.width, scale.height, scale.north, scale.west, scale.per_longitude, areas,
        _names(by_town, regions), _names(by_village, regions), _dots(fields, scale),
    )  # fmt: skip


def _fields() -> Sequence[tuple[float, float, str, int]]:
    table = SupervisedObject._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT round(latitude * {STEPS}) / {STEPS}, round(longitude * {STEPS}) / {STEPS}, region_path, count(*)"  # noqa: S608
            f" FROM {table} WHERE latitude IS NOT NULL AND longitude IS NOT NULL AND standing <> ALL(%s) GROUP BY 1, 2, 3",
            [[each.value for each in GONE]],
        )
        rows = [(float(lat), float(lon), str(path), int(many)) for lat, lon, path, many in cursor.fetchall()]
    if not rows:
        return []
    middle = median(row[0] for row in rows), median(row[1] for row in rows)
    return [
        row for row in rows if abs(row[0] - middle[0]) <= FARTHEST and abs(row[1] - middle[1]) <= FARTHEST
    ]


class _Scale:
    """Degrees to metres, near enough over a district."""

    def __init__(self, points: Sequence[Point]) -> None:
        edge = 2.5 / STEPS
        self.north = max(lat for lat, _ in points) + edge
        self.west = min(lon for _, lon in points) - edge
        south, east = min(lat for lat, _ in points) - edge, max(lon for _, lon in points) + edge
        self.per_longitude = _METRES * math.cos(math.radians((self.north + south) / 2))
        self.width = round((east - self.west) * self.per_longitude)
        self.height = round((self.north - south) * _METRES)

    def place(self, latitude: float, longitude: float) -> Point:
        return (longitude - self.west) * self.per_longitude, (self.north - latitude) * _METRES


def _names(found: Mapping[int, Sequence[Point]], regions: Mapping[int, Region]) -> Sequence[Name]:
    return [
        Name(key, regions[key].name, round(median(x for x, _ in points)), round(median(y for _, y in points)))
        for key, points in sorted(found.items())
    ]


def _dots(fields: Iterable[tuple[float, float, str, int]], scale: _Scale) -> Sequence[tuple[int, int, int]]:
    many: dict[Point, int] = defaultdict(int)
    for lat, lon, _, count in fields:
        many[lat, lon] += count
    shown = []
    for (lat, lon), count in sorted(many.items()):
        if count >= 2:
            x, y = scale.place(lat, lon)
            shown.append((round(x), round(y), min(90 + count * 25, 240)))
    return shown


def _tinted(order: Sequence[int], found: Mapping[int, Sequence[Point]]) -> Mapping[int, int]:
    """One of four tints for each town, another than those of the three nearest that have one."""
    middles = {key: (median(x for x, _ in found[key]), median(y for _, y in found[key])) for key in order}
    tints: dict[int, int] = {}
    for key in order:
        near = sorted(tints, key=lambda other: math.dist(middles[key], middles[other]))[:3]
        tints[key] = min({0, 1, 2, 3} - {tints[other] for other in near})
    return tints


def _cornered(points: Iterable[Point]) -> set[Point]:
    """Each point as the square field it stands for."""
    half = _METRES / STEPS / 2
    return {(x + dx, y + dy) for x, y in points for dx in (-half, half) for dy in (-half, half)}


def _hull(points: Iterable[Point]) -> Sequence[Point]:
    """The convex outline (Andrew's monotone chain)."""
    ordered = sorted(points)

    def half(run: Iterable[Point]) -> list[Point]:
        line: list[Point] = []
        for point in run:
            while len(line) > 1 and _turn(line[-2], line[-1], point) <= 0:
                line.pop()
            line.append(point)
        return line[:-1]

    return half(ordered) + half(reversed(ordered))


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _written(points: Iterable[Point]) -> str:
    return " ".join(f"{round(x)},{round(y)}" for x, y in points)
