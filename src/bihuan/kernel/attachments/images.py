"""Photos are decoded and written anew: what is served is a picture we made, never the bytes someone sent."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 24_000_000
MAX_PIXELS_JPEG = 110_000_000
LONGEST_SIDE = 2560
QUALITY = 85
_FORMATS = ("JPEG", "PNG", "WEBP")
Image.MAX_IMAGE_PIXELS = MAX_PIXELS_JPEG


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture made anew, without metadata, and what the camera had written into the original."""

    content: bytes
    width: int
    height: int
    likeness: int | None
    taken_at: datetime | None
    latitude: float | None
    longitude: float | None
    media_type: str = "image/jpeg"


def read_picture(received: bytes) -> Picture:
    """Decode, turn upright, scale down and re-encode a photo; time and place are read before they go.

    Raises:
        Refused: too large (``attachment.too_large``), not a picture (``attachment.not_an_image``), too many
            pixels (``attachment.too_many_pixels``) or damaged (``attachment.damaged``).
    """
    if len(received) > MAX_BYTES:
        raise Refused.because(
            "attachment.too_large", f"照片超过{MAX_BYTES // 1024 // 1024}MB，请压缩后再上传", "upload"
        )
    try:
        with Image.open(io.BytesIO(received), formats=_FORMATS) as opened:
            _within_limits(opened)
            taken_at, place = _told_by_camera(opened)
            upright = _upright(opened)
    except UnidentifiedImageError as error:
        raise Refused.because(
            "attachment.not_an_image", "文件内容不是照片，请上传JPG、PNG或WebP格式的照片", "upload"
        ) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except (OSError, SyntaxError, ValueError) as error:
        raise Refused.because(
            "attachment.damaged", "照片已损坏，无法打开，请重新拍摄或选择", "upload"
        ) from error
    latitude, longitude = place or (None, None)
    return Picture(
        _encoded(upright), upright.width, upright.height, _likeness(upright), taken_at, latitude, longitude
    )


def _within_limits(opened: Image.Image) -> None:
    """A baseline JPEG is decoded small; everything else, a progressive one too, lies in memory whole."""
    small = opened.format in ("JPEG", "MPO") and not opened.info.get("progressive")
    if opened.width * opened.height > (MAX_PIXELS_JPEG if small else MAX_PIXELS):
        raise _too_many_pixels()


def _too_many_pixels() -> Refused:
    return Refused.because("attachment.too_many_pixels", "照片像素过多，请缩小后再上传", "upload")


def _upright(opened: Image.Image) -> Image.Image:
    """The decoded picture in RGB, small and upright. A huge JPEG is decoded small, within a worker's memory."""
    share = LONGEST_SIDE / max(*opened.size, LONGEST_SIDE)
    box = (round(opened.width * share), round(opened.height * share))
    opened.draft("RGB", box)
    picture: Image.Image = opened
    if opened.mode in ("P", "PA", "LA"):
        picture = opened.convert("RGBA")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    turned = ImageOps.exif_transpose(picture)
    if turned.mode == "RGBA":
        ground = Image.new("RGB", turned.size, "white")
        ground.paste(turned, mask=turned.getchannel("A"))
        return ground
    return turned.convert("RGB")


def _encoded(picture: Image.Image) -> bytes:
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def _likeness(picture: Image.Image) -> int | None:
    """64 bits: is each of 8×8 fields darker than its right neighbour; ``None`` without contrast."""
    small = picture.convert("L").resize((9, 8), Image.Resampling.BILINEAR)
    shades = small.tobytes()
    if max(shades) - min(shades) < 16:
        return None
    bits = 0
    for row in range(8):
        for column in range(8):
            bits = bits << 1 | (shades[row * 9 + column] < shades[row * 9 + column + 1])
    return bits - (1 << 64) if bits >> 63 else bits


def _told_by_camera(opened: Image.Image) -> tuple[datetime | None, tuple[float, float] | None]:
    """Time and place from the EXIF block; a broken block tells nothing and refuses nothing."""
    try:
        exif = opened.getexif()
        details = exif.get_ifd(ExifTags.IFD.Exif)
        return _taken_at(details), _place(exif.get_ifd(ExifTags.IFD.GPSInfo))
    except (OSError, SyntaxError, ValueError, KeyError, TypeError, ArithmeticError, AttributeError):
        return None, None


def _taken_at(details: dict[int, Any]) -> datetime | None:
    written = str(
        details.get(ExifTags.Base.DateTimeOriginal) or details.get(ExifTags.Base.DateTimeDigitized) or ""
    )
    try:
        claimed = datetime.strptime(written.strip("\0 "), "%Y:%m:%d %H:%M:%S").replace(tzinfo=clock.SHANGHAI)
    except ValueError:
        return None
    offset = str(details.get(ExifTags.Base.OffsetTimeOriginal) or "").strip("\0 ")
    if offset:
        claimed = datetime.fromisoformat(f"{claimed:%Y-%m-%dT%H:%M:%S}{offset}").astimezone(clock.SHANGHAI)
    plausible = datetime(2000, 1, 1, tzinfo=clock.SHANGHAI) <= claimed <= clock.now() + timedelta(days=1)
    return claimed if plausible else None


def _place(gps: dict[int, Any]) -> tuple[float, float] | None:
    if not gps:
        return None
    latitude = _degrees(gps[ExifTags.GPS.GPSLatitude], gps.get(ExifTags.GPS.GPSLatitudeRef, "N"), "S")
    longitude = _degrees(gps[ExifTags.GPS.GPSLongitude], gps.get(ExifTags.GPS.GPSLongitudeRef, "E"), "W")
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180) or (latitude, longitude) == (0, 0):
        return None
    return round(latitude, 6), round(longitude, 6)


def _degrees(parts: Any, reference: Any, negative: str) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    size = degrees + minutes / 60 + seconds / 3600
    return -size if str(reference).strip("\0 ").upper() == negative else size
