"""Storing, reading, superseding and checking attachments."""

from __future__ import annotations

import contextlib
import hashlib
import time
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import PurePosixPath, PureWindowsPath
from typing import IO
from uuid import UUID

from django.core.files.base import File
from django.db.models import Q, QuerySet

from bihuan.kernel import clock
from bihuan.kernel.attachments import files, images, papers
from bihuan.kernel.attachments.models import Attachment
from bihuan.kernel.errors import Refused
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.uid import uuid7

Upload = bytes | IO[bytes] | File  # type: ignore[type-arg]
_PICTURE_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")


@dataclass(frozen=True, slots=True)
class Fault:
    """A stored file that is not what its row says. ``kind`` is ``gone`` or ``altered``."""

    attachment: Attachment
    kind: str


def store_image(matter: UUID, kind: str, upload: Upload, actor: Actor) -> Attachment:
    """Keep a photo, re-encoded and without metadata; time and place of the camera go into the row.

    The bytes are on the disk before the row is written, so a transaction that fails leaves at most a stray
    file, which :func:`sweep_orphans` removes.

    Raises:
        Refused: see :func:`images.read_picture`, or empty (``attachment.empty``).
    """
    received = _received(upload, images.MAX_BYTES)
    picture = images.read_picture(received)
    row = _row(matter, kind, _shown_name(upload, "照片", ".jpg"), received, picture.content, actor)
    row.media_type = picture.media_type
    row.width, row.height, row.likeness = picture.width, picture.height, picture.likeness
    row.taken_at, row.latitude, row.longitude = picture.taken_at, picture.latitude, picture.longitude
    return _kept(row, picture.content)


def store_paper(matter: UUID, kind: str, upload: Upload, actor: Actor) -> Attachment:
    """Keep a PDF, .docx or .xlsx as it came.

    Raises:
        Refused: see :func:`papers.paper_type`, or empty (``attachment.empty``).
    """
    received = _received(upload, papers.MAX_BYTES)
    media_type = papers.paper_type(received)
    row = _row(
        matter, kind, _shown_name(upload, "文件", papers.ENDINGS[media_type]), received, received, actor
    )
    row.media_type = media_type
    return _kept(row, received)


def store(matter: UUID, kind: str, upload: Upload, actor: Actor) -> Attachment:
    """Keep whatever came, photo or paper, as its content says."""
    received = _received(upload, papers.MAX_BYTES)
    if received.startswith(_PICTURE_STARTS) or (received[:4] == b"RIFF" and received[8:12] == b"WEBP"):
        return store_image(matter, kind, _rewound(upload), actor)
    return store_paper(matter, kind, _rewound(upload), actor)


def supersede(old: Attachment, new: Attachment) -> None:
    """Let ``new`` stand in the place of ``old``, which is kept and stays readable.

    Raises:
        Refused: of another matter (``attachment.other_matter``), replaced before (``attachment.superseded``).
    """
    if old.matter != new.matter or old.pk == new.pk:
        raise Refused.because("attachment.other_matter", "只能用同一事项的新附件替换旧附件")
    replaced = Attachment.objects.filter(pk=old.pk, superseded_by=None).update(superseded_by=new)
    if not replaced:
        raise Refused.because("attachment.superseded", "该附件已被替换，请刷新后再办理")
    old.superseded_by = new


def attachments_of(matter: UUID, kind: str | None = None) -> QuerySet[Attachment]:
    """The attachments of a matter in the order they came, superseded ones included."""
    found = Attachment.objects.filter(matter=matter).order_by("at", "uid")
    return found if kind is None else found.filter(kind=kind)


def count_of(matter: UUID, uids: Iterable[UUID | str]) -> int:
    """How many of ``uids`` are current attachments of this matter; what is no identity counts as none."""
    wanted = set()
    for uid in uids:
        with contextlib.suppress(ValueError):
            wanted.add(UUID(str(uid)))
    return Attachment.objects.filter(matter=matter, pk__in=wanted, superseded_by=None).count()


def same_as(attachment: Attachment) -> QuerySet[Attachment]:
    """Attachments of other matters, or of another use in this one, that look like the same thing.

    A hint for whoever accepts, never a refusal: one meter photographed twice can look alike.
    """
    alike = Q(source_digest=attachment.source_digest)
    if attachment.likeness is not None:
        alike |= Q(likeness=attachment.likeness)
    here = Q(matter=attachment.matter, kind=attachment.kind)
    return Attachment.objects.filter(alike).exclude(pk=attachment.pk).exclude(here).order_by("at")


def content_of(attachment: Attachment) -> bytes:
    """The stored bytes, compared with the digest of the row.

    Raises:
        Refused: gone from the disk (``attachment.gone``) or altered there (``attachment.altered``).
    """
    try:
        content = files.read(attachment.uid)
    except FileNotFoundError as error:
        raise Refused.because(
            "attachment.gone", "附件文件已不在磁盘上，请联系系统管理员从备份恢复"
        ) from error
    if _sm3(content) != bytes(attachment.digest):
        raise Refused.because("attachment.altered", "附件文件与登记的摘要不符，可能被改动，请联系系统管理员")
    return content


def check_files() -> Iterator[Fault]:
    """Every attachment whose file is gone or altered. Reads all files: for a job or a command."""
    for attachment in Attachment.objects.order_by("pk").iterator(chunk_size=500):
        try:
            content = files.read(attachment.uid)
        except FileNotFoundError:
            yield Fault(attachment, "gone")
        else:
            if _sm3(content) != bytes(attachment.digest):
                yield Fault(attachment, "altered")


def sweep_orphans(older_than: timedelta = timedelta(days=2)) -> int:
    """Remove files that no row names and whose transaction must have ended long ago. Returns how many.

    Age is the file system's own, so the machine's clock is compared with itself.
    """
    limit = time.time() - older_than.total_seconds()
    removed = 0
    for shelf in files.shelves():
        stale = [(path, uid) for path, uid in shelf if path.stat().st_mtime < limit]
        named = set(
            Attachment.objects.filter(pk__in=[uid for _, uid in stale if uid]).values_list("pk", flat=True)
        )
        for path in (path for path, uid in stale if uid not in named):
            files.remove(path)
            removed += 1
    return removed


def _row(matter: UUID, kind: str, name: str, received: bytes, content: bytes, actor: Actor) -> Attachment:
    return Attachment(
        uid=uuid7(),
        matter=matter,
        kind=kind,
        name=name,
        size=len(content),
        digest=_sm3(content),
        source_digest=_sm3(received),
        uploaded_by=actor.name,
        uploaded_by_id=actor.ref,
        at=clock.now(),
    )


def _kept(row: Attachment, content: bytes) -> Attachment:
    files.write(row.uid, content)
    row.save(force_insert=True)
    return row


def _received(upload: Upload, limit: int) -> bytes:
    content = upload if isinstance(upload, bytes) else upload.read(limit + 1)
    if not content:
        raise Refused.because("attachment.empty", "文件是空的，请重新选择", "upload")
    return content


def _rewound(upload: Upload) -> Upload:
    if not isinstance(upload, bytes):
        upload.seek(0)
    return upload


def _shown_name(upload: Upload, fallback: str, ending: str) -> str:
    """The name to show: the last part of what the browser sent, printable, with the content's true ending."""
    sent = str(getattr(upload, "name", "") or "")
    last = PureWindowsPath(PurePosixPath(sent).name).name
    printable = "".join(char for char in last if unicodedata.category(char)[0] not in "CZ" or char == " ")
    stem = printable.rsplit(".", 1)[0].strip(" .")[:100]
    return (stem or fallback) + ending


def _sm3(content: bytes) -> bytes:
    return hashlib.new("sm3", content).digest()
