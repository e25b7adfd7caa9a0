"""Photos on their way: made anew at once, kept apart, and gone after a day unless their tip-off is sent.

What the camera wrote into a file (time, place, device) and the name it had are not kept: they may say who took it.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import IO
from uuid import UUID

from django.db import connection, transaction
from PIL import Image

from bihuan.capabilities.tipoffs.public import limits
from bihuan.capabilities.tipoffs.public.models import HeldPhoto
from bihuan.kernel import clock
from bihuan.kernel.attachments import images
from bihuan.kernel.crypto import sm3
from bihuan.kernel.errors import Refused

PREVIEW = 240
_UPLOADS_A_FORM = 24
_ROOM = 7_702_005


@dataclass(frozen=True, slots=True)
class Held:
    """A photo as the form shows it again."""

    uid: UUID
    preview: str


def hold(form: UUID, upload: IO[bytes]) -> Held:
    """Take a photo in for a form; the same one sent again is the same one.

    Raises:
        Refused: no picture, too large, damaged (see :func:`images.read_picture`), empty (``attachment.empty``), more
            than a form may try (``tipoff.too_many_photos``), or no room for more today (``tipoff.no_room``).
    """
    received = upload.read(limits.PHOTO_BYTES + 1)
    if not received:
        raise Refused.because("attachment.empty", "这张照片是空的，请重新拍摄或选择", "photos")
    source = sm3.digest(received)
    known = HeldPhoto.objects.filter(form=form, source=source).first()
    if known is not None:
        return _shown(known)
    picture = images.read_picture(received)
    content, preview = _made_small(picture.content)
    return _shown(_kept(form, source, content, preview))


@transaction.atomic
def _kept(form: UUID, source: bytes, content: bytes, preview: bytes) -> HeldPhoto:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [_ROOM])
    known = HeldPhoto.objects.filter(form=form, source=source).first()
    if known is not None:
        return known
    if HeldPhoto.objects.filter(form=form).count() >= _UPLOADS_A_FORM:
        raise Refused.because(
            "tipoff.too_many_photos", f"照片最多{limits.PHOTOS}张，请先发送这一次", "photos"
        )
    if HeldPhoto.objects.count() >= limits.HELD_PHOTOS:
        raise Refused.because(
            "tipoff.no_room", "现在照片太多，暂时收不下；请先只发文字，不影响受理", "photos"
        )
    return HeldPhoto.objects.create(
        form=form, source=source, content=content, preview=preview, size=len(content), at=clock.now()
    )


def of_form(form: UUID, wanted: Iterable[str], *, whole: bool = False) -> Sequence[HeldPhoto]:
    """Those of ``wanted`` that this form sent up, in the order they came; what is no identity counts as none."""
    uids = set()
    for each in wanted:
        try:
            uids.add(UUID(each))
        except ValueError:
            continue
    found = HeldPhoto.objects.filter(form=form, pk__in=uids).order_by("at", "pk")
    return list((found if whole else found.defer("content"))[: limits.PHOTOS])


def shown(photos: Iterable[HeldPhoto]) -> Sequence[Held]:
    """As the form shows them."""
    return [_shown(photo) for photo in photos]


def handed_over(photos: Sequence[HeldPhoto]) -> Sequence[io.BytesIO]:
    """The pictures under names that tell nothing, for whoever keeps them from now on."""
    files = []
    for number, photo in enumerate(photos, start=1):
        file = io.BytesIO(bytes(photo.content))
        file.name = f"群众举报照片{number}.jpg"
        files.append(file)
    return files


def let_go(form: UUID) -> None:
    """Forget what a form sent up: it was handed over, or nobody wants it."""
    HeldPhoto.objects.filter(form=form).delete()


def _shown(photo: HeldPhoto) -> Held:
    return Held(photo.pk, "data:image/jpeg;base64," + base64.b64encode(bytes(photo.preview)).decode())


def _made_small(content: bytes) -> tuple[bytes, bytes]:
    with Image.open(io.BytesIO(content), formats=("JPEG",)) as opened:
        large = opened.convert("RGB")
    large.thumbnail((limits.LONGEST_SIDE, limits.LONGEST_SIDE))
    small = large.copy()
    small.thumbnail((PREVIEW, PREVIEW))
    return _jpeg(large, 82), _jpeg(small, 70)


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()
