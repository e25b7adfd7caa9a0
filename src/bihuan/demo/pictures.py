"""Drawn photos: schematic, without people, names or writing, so that nothing in the demo passes for a real place.

Each is drawn anew with its own arrangement, because pictures that look alike are pointed out to whoever accepts.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from random import Random

from PIL import ExifTags, Image, ImageDraw

from bihuan.capabilities.hazards.categories import Category, category_of

SIZE = (640, 480)
STORED = (480, 360)
Draw = ImageDraw.ImageDraw
_WALLS = ((214, 216, 210), (205, 210, 216), (222, 214, 200), (198, 206, 202), (210, 204, 212))
_FLOORS = ((150, 150, 146), (134, 140, 146), (160, 150, 134), (128, 136, 130))


def photo(
    description: str, mended: bool, rng: Random, taken: datetime, place: tuple[float, float] | None
) -> bytes:
    """A JPEG of the kind of thing ``description`` tells of, wrong or mended, as a telephone would store it."""
    wall, floor = rng.choice(_WALLS), rng.choice(_FLOORS)
    picture = Image.new("RGB", SIZE, wall)
    draw = ImageDraw.Draw(picture)
    horizon = rng.randrange(250, 330)
    draw.rectangle((0, horizon, 640, 480), fill=floor)
    _texture(draw, horizon, rng)
    _SCENES.get(category_of(description), _machine)(draw, horizon, mended, rng)
    picture = picture.resize(STORED, Image.Resampling.BILINEAR)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=72, exif=_camera(taken, place).tobytes())
    return out.getvalue()


def _texture(draw: Draw, horizon: int, rng: Random) -> None:
    for _ in range(rng.randrange(3, 7)):
        x = rng.randrange(640)
        draw.line((x, horizon, x + (x - 320), 480), fill=(120, 122, 120), width=1)
    shade = rng.randrange(170, 200)
    for _ in range(rng.randrange(1, 4)):
        x, width = rng.randrange(0, 560), rng.randrange(40, 160)
        draw.rectangle(
            (x, rng.randrange(0, 60), x + width, horizon - rng.randrange(60, 140)), fill=(shade,) * 3
        )


def _passage(draw: Draw, horizon: int, mended: bool, rng: Random) -> None:
    left, right = rng.randrange(140, 240), rng.randrange(400, 520)
    draw.rectangle((left, 90, right, horizon), fill=(236, 236, 228), outline=(110, 110, 110), width=4)
    draw.line((left - 90, 480, left, horizon), fill=(230, 190, 40), width=8)
    draw.line((right + 90, 480, right, horizon), fill=(230, 190, 40), width=8)
    for _ in range(0 if mended else rng.randrange(4, 8)):
        x, y, side = rng.randrange(160, 440), rng.randrange(horizon, 420), rng.randrange(40, 90)
        draw.rectangle((x, y - side, x + side, y + 20), fill=(176, 138, 92), outline=(96, 74, 48), width=3)


def _panel(draw: Draw, horizon: int, mended: bool, rng: Random) -> None:
    x, y = rng.randrange(150, 300), rng.randrange(70, 130)
    draw.rectangle((x, y, x + 220, y + 250), fill=(168, 176, 182), outline=(70, 76, 82), width=5)
    for row in range(3):
        for column in range(4):
            colour = rng.choice(((60, 60, 64), (44, 90, 150), (60, 110, 70)))
            draw.rectangle(
                (x + 22 + column * 46, y + 26 + row * 66, x + 54 + column * 46, y + 66 + row * 66),
                fill=colour,
            )
    if mended:
        draw.rectangle((x, y, x + 220, y + 250), fill=(186, 192, 196), outline=(70, 76, 82), width=5)
        draw.polygon([(x + 110, y + 70), (x + 70, y + 150), (x + 150, y + 150)], fill=(236, 190, 40))
        return
    for _ in range(rng.randrange(4, 8)):
        start = (x + rng.randrange(220), y + 250)
        points = [
            start,
            (start[0] + rng.randrange(-60, 60), y + 300),
            (rng.randrange(640), rng.randrange(380, 470)),
        ]
        draw.line(points, fill=rng.choice(((150, 40, 36), (40, 60, 120), (30, 30, 30))), width=5)


def _extinguisher(draw: Draw, horizon: int, mended: bool, rng: Random) -> None:
    draw.rectangle(
        (120, 110, 520, horizon + 40),
        fill=(206, 70, 60) if mended else (190, 150, 146),
        outline=(90, 40, 40),
        width=6,
    )
    for number in range(rng.randrange(2, 4) if mended else 1):
        x = rng.randrange(150, 200) + number * 110
        draw.rounded_rectangle(
            (x, 160, x + 70, horizon + 20), 28, fill=(196, 40, 36), outline=(90, 20, 20), width=3
        )
        draw.rectangle((x + 22, 130, x + 48, 164), fill=(40, 40, 40))
    if not mended:
        draw.arc(
            (260, 170, 470, 330), rng.randrange(0, 90), rng.randrange(240, 330), fill=(120, 100, 80), width=16
        )


def _tank(draw: Draw, horizon: int, mended: bool, rng: Random) -> None:
    for number in range(rng.randrange(2, 4)):
        x, width = 60 + number * 190 + rng.randrange(30), rng.randrange(120, 160)
        draw.rounded_rectangle(
            (x, 90, x + width, horizon + 60), 40, fill=(196, 200, 202), outline=(100, 106, 110), width=4
        )
        draw.line((x + width, 200, x + width + 60, 200), fill=(120, 124, 128), width=12)
    draw.rectangle((20, horizon + 60, 620, horizon + 90), fill=(168, 160, 150))
    if not mended:
        x = rng.randrange(80, 420)
        draw.ellipse((x, horizon + 90, x + 180, horizon + 140), fill=(74, 80, 84))
        draw.ellipse((x + 60, 190, x + 84, 214), fill=(206, 60, 40))


def _edge(draw: Draw, horizon: int, mended: bool, rng: Random) -> None:
    drop = rng.randrange(300, 400)
    draw.polygon([(0, horizon), (drop, horizon), (drop + 90, 480), (0, 480)], fill=(176, 172, 164))
    draw.polygon([(drop, horizon), (640, horizon), (640, 480), (drop + 90, 480)], fill=(92, 98, 104))
    posts = range(0, 6) if mended else rng.sample(range(6), 2)
    for number in posts:
        x = drop - 10 + number * 18
        y = horizon - 90 + number * 36
        draw.line((x, y, x, y + 96), fill=(226, 176, 30), width=8)
    if mended:
        draw.line((drop - 10, horizon - 84, drop + 80, horizon + 96), fill=(226, 176, 30), width=8)
        draw.line((drop - 10, horizon - 40, drop + 80, horizon + 140), fill=(226, 176, 30), width=6)


def _machine(draw: Draw, horizon: int, mended: bool, rng: Random) -> None:
    x, width = rng.randrange(90, 200), rng.randrange(240, 330)
    draw.rectangle((x, 170, x + width, horizon + 70), fill=(86, 118, 108), outline=(40, 60, 56), width=5)
    radius = rng.randrange(46, 70)
    cx, cy = x + width - 30, 250
    draw.ellipse(
        (cx - radius, cy - radius, cx + radius, cy + radius),
        fill=(120, 126, 130),
        outline=(50, 54, 58),
        width=6,
    )
    draw.line((cx - radius, cy, x + 40, horizon + 40), fill=(40, 42, 44), width=12)
    draw.ellipse((x + 30, 190, x + 60, 220), fill=(206, 50, 40) if mended else (70, 70, 70))
    if mended:
        for step in range(-radius, radius + 1, 14):
            draw.line((cx + step, cy - radius, cx + step, cy + radius), fill=(232, 186, 40), width=4)
            draw.line((cx - radius, cy + step, cx + radius, cy + step), fill=(232, 186, 40), width=4)


def _papers(draw: Draw, horizon: int, mended: bool, rng: Random) -> None:
    draw.rectangle((40, horizon - 40, 600, 480), fill=(150, 116, 82))
    for _ in range(rng.randrange(4, 7) if mended else 2):
        x, y = rng.randrange(80, 440), rng.randrange(horizon - 30, 400)
        draw.rectangle((x, y, x + 120, y + 70), fill=(246, 246, 240), outline=(150, 150, 146), width=2)
        for line in range(4):
            draw.line(
                (x + 12, y + 14 + line * 14, x + 100 - line * 9, y + 14 + line * 14),
                fill=(170, 172, 176),
                width=3,
            )
        if mended:
            draw.ellipse((x + 82, y + 36, x + 110, y + 64), outline=(196, 50, 46), width=3)
    draw.rectangle(
        (90 + rng.randrange(200), 90, 330 + rng.randrange(160), 210),
        fill=(236, 236, 230),
        outline=(130, 130, 130),
        width=3,
    )


_SCENES: dict[Category, Callable[[Draw, int, bool, Random], None]] = {
    Category.EVACUATION: _passage,
    Category.ELECTRICITY: _panel,
    Category.FIRE_FACILITY: _extinguisher,
    Category.CHEMICALS: _tank,
    Category.GAS: _tank,
    Category.PRESSURE: _tank,
    Category.CONFINED_SPACE: _tank,
    Category.EDGE: _edge,
    Category.CERTIFICATES: _papers,
    Category.MANAGEMENT: _papers,
    Category.HOT_WORK: _machine,
    Category.DUST: _machine,
    Category.MACHINERY: _machine,
    Category.OTHER: _passage,
}


def _camera(taken: datetime, place: tuple[float, float] | None) -> Image.Exif:
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = taken.strftime("%Y:%m:%d %H:%M:%S")
    if place is not None:
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
        gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLatitude] = "N", _sexagesimal(place[0])
        gps[ExifTags.GPS.GPSLongitudeRef], gps[ExifTags.GPS.GPSLongitude] = "E", _sexagesimal(place[1])
    return exif


def _sexagesimal(degrees: float) -> tuple[float, float, float]:
    minutes, seconds = divmod(degrees * 3600, 60)
    whole, minutes = divmod(minutes, 60)
    return float(whole), float(minutes), round(seconds, 2)
