"""A workbook as it was handed in: taken, found again by whoever may, and what came of it handed out."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.people.actors import Actor, actor_of
from bihuan.kernel.people.models import User
from bihuan.kernel.uid import uuid7
from bihuan.kernel.workbooks import parsing, storing
from bihuan.kernel.workbooks.importers import importer_of
from bihuan.kernel.workbooks.models import BatchStatus, ImportBatch

_ANNOTATOR = "bihuan.kernel.workbooks.annotating:annotate"


def receive(
    kind: str,
    filename: str,
    content: Iterable[bytes],
    actor: Actor,
    *,
    choices: Mapping[str, Any] | None = None,
) -> ImportBatch:
    """Take a workbook in. ``choices`` are what the clerk chose beside it (source, town).

    Raises:
        Refused: unknown kind, or too large.
    """
    importer_of(kind)
    uid = uuid7()
    size, digest = storing.keep(uid, content)
    return ImportBatch.objects.create(
        id=uid, kind=kind, filename=Path(filename).name[:200], size=size, digest=digest, account=actor.id,
        uploaded_by=actor.name,
        uploaded_post=actor.post[:160], origin=actor.origin, choices=dict(choices or {}),
    )  # fmt: skip


def visible_batches(actor: Actor) -> Any:
    """The batches an actor may see: their own; the system's own are the terminal's."""
    if actor.all_seeing:
        return ImportBatch.objects.all()
    return ImportBatch.objects.filter(account=actor.id)


def access_batch(actor: Actor, ref: UUID | str) -> ImportBatch:
    """One batch.

    Raises:
        Absent: there is none, or it is somebody else's.
    """
    try:
        uid = ref if isinstance(ref, UUID) else UUID(str(ref))
    except ValueError:
        raise Absent from None
    batch = visible_batches(actor).filter(pk=uid).first()
    if batch is None:
        raise Absent
    return batch  # type: ignore[no-any-return]


def actor_behind(batch: ImportBatch) -> Actor:
    """Whoever handed the workbook in, with the rights they hold now.

    Raises:
        Refused: the account is gone or closed.
    """
    if batch.account is None:
        return Actor.system("import")
    user = User.objects.filter(pk=batch.account, is_active=True).first()
    if user is None:
        raise Refused.because("workbook.no_account", "上传人的账号已停用，请由在岗人员重新上传")
    return actor_of(user, origin="import")


def answer(batch: ImportBatch) -> dict[str, Any]:
    """The interface's answer for a batch, with every rejection; nothing was accepted unless it is done."""
    result = {
        name: value for name, value in batch.result.items() if name not in ("rejected", "rejected_rows")
    }
    rejected = [one.as_json() for one in storing.rejections(batch.pk)]
    return {**result, "rejected": rejected, "written": batch.status == BatchStatus.DONE}


def errors_book(batch: ImportBatch) -> bytes:
    """The sheet as received, with a column 「错误」; made in the parsing process, for it may need much memory.

    Raises:
        Refused: it needed more than there is.
    """
    sheets: Sequence[Mapping[str, Any]] = batch.summary.get("sheets", ())
    with tempfile.TemporaryDirectory(prefix="bihuan-") as folder:
        target = Path(folder, "errors.xlsx")
        given = {
            "heads": {sheet["name"]: int(sheet["heading_row"]) for sheet in sheets},
            "lines": sum(int(sheet.get("lines", 0)) for sheet in sheets),
            "rejected": str(storing.rejected_path(batch.pk)),
            "target": str(target),
        }
        rest = Path(folder, "rows")
        parsing.parse(_ANNOTATOR, storing.book_path(batch.pk), rest, given, name=batch.filename)
        return target.read_bytes()
