"""Storing, naming, reading, superseding and checking attachments."""

from __future__ import annotations

import contextlib
import hashlib
import time
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import PurePosixPath, PureWindowsPath
from typing import IO
from uuid import UUID

from django.core.files.base import File
from django.db import connection, transaction
from django.db.models import Q, QuerySet

from bihuan.kernel import clock
from bihuan.kernel.attachments import files, images, papers, quotas
from bihuan.kernel.attachments.models import Attachment
from bihuan.kernel.errors import Refused
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.uid import uuid7

Upload = bytes | IO[bytes] | File  # type: ignore[type-arg]
UNNAMED_FOR = timedelta(days=1)
"""How long a file waits for the deed that names it: a form refused in the evening is sent again next morning."""
LOOKED_AT = 2_000
OWN, LENT = 0, -1
"""In place of an entry: a paper of our own that stays, and one that goes with the row that names it."""
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
        Refused: see :func:`images.read_picture` and :func:`quotas.weigh`, or empty (``attachment.empty``).
    """
    received = _received(upload, images.MAX_BYTES)
    picture = images.read_picture(received)
    row = _row(matter, kind, _shown_name(upload, "照片", ".jpg"), received, picture.content, actor)
    row.media_type = picture.media_type
    row.width, row.height, row.likeness = picture.width, picture.height, picture.likeness
    row.taken_at, row.latitude, row.longitude = picture.taken_at, picture.latitude, picture.longitude
    return _kept(row, picture.content, actor)


def store_paper(matter: UUID, kind: str, upload: Upload, actor: Actor) -> Attachment:
    """Keep a PDF, .docx or .xlsx as it came.

    Raises:
        Refused: see :func:`papers.paper_type` and :func:`quotas.weigh`, or empty (``attachment.empty``).
    """
    received = _received(upload, papers.MAX_BYTES)
    media_type = papers.paper_type(received)
    row = _row(
        matter, kind, _shown_name(upload, "文件", papers.ENDINGS[media_type]), received, received, actor
    )
    row.media_type = media_type
    return _kept(row, received, actor)


def store_text(matter: UUID, kind: str, upload: Upload, actor: Actor) -> Attachment:
    """Keep a plain text as it came, in whatever encoding; the caller has read it and found it to be one.

    Raises:
        Refused: see :func:`quotas.weigh`, or empty (``attachment.empty``).
    """
    received = _received(upload, papers.MAX_BYTES)
    row = _row(matter, kind, _shown_name(upload, "文件", ".txt"), received, received, actor)
    row.media_type = "text/plain"
    return _kept(row, received, actor)


def keep_own_paper(
    matter: UUID, kind: str, content: bytes, actor: Actor, *, lasting: bool = True
) -> Attachment:
    """Keep a paper that the system itself made and a row of its own names: nobody's upload, and never swept.

    One that is not ``lasting``, such as a proof, goes when its row does (:func:`give_up`).
    """
    row = _row(matter, kind, "文件", content, content, actor)
    row.media_type = papers.paper_type(content)
    row.name += papers.ENDINGS[row.media_type]
    row.named_seq = OWN if lasting else LENT
    return _written(row, content)


def give_up(uids: Collection[UUID]) -> int:
    """Remove papers that were kept without lasting and that no row names any more; others stay. Returns how many."""
    gone = list(Attachment.objects.filter(pk__in=uids, named_seq=LENT).values_list("pk", flat=True))
    Attachment.objects.filter(pk__in=gone, named_seq=LENT)._raw_delete(using="default")

    def clear() -> None:
        for uid in gone:
            files.remove(files.path_of(uid))

    transaction.on_commit(clear)
    return len(gone)


def store(matter: UUID, kind: str, upload: Upload, actor: Actor) -> Attachment:
    """Keep whatever came, photo or paper, as its content says."""
    received = _received(upload, papers.MAX_BYTES)
    if received.startswith(_PICTURE_STARTS) or (received[:4] == b"RIFF" and received[8:12] == b"WEBP"):
        return store_image(matter, kind, _rewound(upload), actor)
    return store_paper(matter, kind, _rewound(upload), actor)


def name(matter: UUID, uids: Iterable[UUID], seq: int) -> dict[UUID, bytes]:
    """Let entry ``seq`` of the matter's record name these attachments: from now on they belong to it for good.

    Part of the deed's own transaction, so that the sweep and the deed cannot both have their way. Returns the digest
    of each, which the entry tells.

    Raises:
        Refused: one is not here, of another matter, replaced, or was just swept (``attachment.unknown``).
    """
    wanted = set(uids)
    named = name_those_here(matter, wanted, seq)
    if len(named) != len(wanted):
        raise Refused.because(
            "attachment.unknown", "有照片或文件没有上传成功，或已被清理，请重新上传后再办理"
        )
    return named


def name_those_here(matter: UUID, uids: Iterable[UUID], seq: int) -> dict[UUID, bytes]:
    """The same of what a late claim mentions: what is not here stays away. Returns the digests of what was named."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE attachments_attachment SET named_seq = COALESCE(named_seq, %s)"
            " WHERE matter = %s AND uid = ANY(%s) AND superseded_by_id IS NULL RETURNING uid, digest",
            [seq, matter, list(uids)],
        )
        return {uid: bytes(digest) for uid, digest in cursor.fetchall()}


def digests_of(uids: Collection[UUID]) -> dict[UUID, bytes]:
    """What the table says of these files' bytes; one statement, none for none."""
    if not uids:
        return {}
    rows = Attachment.objects.filter(pk__in=uids).values_list("uid", "digest")
    return {uid: bytes(digest) for uid, digest in rows}


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
    """What deeds of a matter named, in the order it came, superseded ones included."""
    found = Attachment.objects.filter(matter=matter, named_seq__isnull=False).order_by("at", "uid")
    return found if kind is None else found.filter(kind=kind)


def open_to(matter: UUID, uid: UUID, actor: Actor) -> Attachment | None:
    """The attachment ``uid`` of a matter the actor may see: what a deed named, or the actor's own upload."""
    mine = Q(uploaded_by_id=actor.ref) if actor.ref else Q(pk__in=[])
    return Attachment.objects.filter(Q(named_seq__isnull=False) | mine, matter=matter, pk=uid).first()


def here(matter: UUID, uids: Iterable[UUID | str]) -> list[Attachment]:
    """Those of ``uids`` that are current attachments of this matter; what is no identity counts as none."""
    wanted = set()
    for uid in uids:
        with contextlib.suppress(ValueError):
            wanted.add(UUID(str(uid)))
    return list(Attachment.objects.filter(matter=matter, pk__in=wanted, superseded_by=None))


def shown_before(matter: UUID, kinds: Iterable[str], pictures: Iterable[Attachment]) -> set[UUID]:
    """Which of ``pictures`` are, byte for byte or dot for dot, one that a deed named here for one of ``kinds``."""
    given = list(pictures)
    former = Attachment.objects.filter(matter=matter, kind__in=set(kinds), named_seq__isnull=False).filter(
        Q(source_digest__in=[one.source_digest for one in given])
        | Q(digest__in=[one.digest for one in given])
    )
    digests = {bytes(value) for pair in former.values_list("source_digest", "digest") for value in pair}
    return {one.pk for one in given if digests & {bytes(one.source_digest), bytes(one.digest)}}


def seen_elsewhere(shown: Iterable[Attachment]) -> set[UUID]:
    """Which of a matter's attachments look like what another deed named, here or in another matter.

    A hint for whoever accepts, never a refusal: one meter photographed twice can look alike.
    """
    given = list(shown)
    alike = Q(source_digest__in=[one.source_digest for one in given])
    likenesses = {one.likeness for one in given if one.likeness is not None}
    alike |= Q(likeness__in=likenesses)
    rows = list(Attachment.objects.filter(alike, named_seq__isnull=False)[:LOOKED_AT]) if given else []
    return {one.pk for one in given if any(_alike(one, other) for other in rows)}


def _alike(one: Attachment, other: Attachment) -> bool:
    if (one.matter, one.named_seq) == (other.matter, other.named_seq):
        return False
    same_bytes = bytes(one.source_digest) == bytes(other.source_digest)
    return same_bytes or (one.likeness is not None and one.likeness == other.likeness)


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


def sweep_unnamed(older_than: timedelta = UNNAMED_FOR, at_once: int = 500) -> int:
    """Remove what was sent and never named by a deed, rows first, then their files. Returns how many.

    A deed that names one at this very moment holds its row: then the row stays, or the deed is refused and says so.
    """
    limit = clock.now() - older_than
    removed = 0
    while True:
        with transaction.atomic():
            stale = Attachment.objects.filter(named_seq=None, supersedes=None, at__lt=limit)
            gone = list(
                stale.select_for_update(of=("self",), skip_locked=True)
                .order_by("at")[:at_once]
                .values_list("pk", flat=True)
            )
            Attachment.objects.filter(pk__in=gone, named_seq=None)._raw_delete(using="default")
        for uid in gone:
            files.remove(files.path_of(uid))
        removed += len(gone)
        if len(gone) < at_once:
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


@transaction.atomic
def _kept(row: Attachment, content: bytes, actor: Actor) -> Attachment:
    quotas.weigh(row, actor)
    return _written(row, content)


def _written(row: Attachment, content: bytes) -> Attachment:
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
