"""From a dropped file to rows in the system: receive, read, preview, confirm, apply. One way for page and terminal.

A kind of workbook registers an ``Importer``; everything else is the same for all of them. Nothing is written before
the preview has been confirmed, and what is applied is applied in one transaction with the batch's own status, so a
killed worker leaves either nothing or everything.
"""

from __future__ import annotations

import io
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.module_loading import autodiscover_modules

from bihuan.kernel import clock
from bihuan.kernel.errors import Absent, Failure, Refused
from bihuan.kernel.people.actors import Actor, actor_of
from bihuan.kernel.people.models import User
from bihuan.kernel.record import sealing
from bihuan.kernel.uid import uuid7
from bihuan.kernel.workbooks import parsing, storing, templates
from bihuan.kernel.workbooks.columns import Columns
from bihuan.kernel.workbooks.models import BatchStatus, ImportBatch
from bihuan.kernel.workbooks.reasons import Rejection
from bihuan.kernel.workbooks.synonyms import extra_synonyms
from bihuan.kernel.workbooks.templates import Guide

SHOWN = 500
"""Rejections kept in the batch's own row; all of them are in its file."""
_EVERY = 0.3
_ANNOTATOR = "bihuan.kernel.workbooks.annotating:annotate"
_CHANGED = "预览之后情况有变，有的行现在不能导入了，整份没有导入；请重新上传，看新的预览"

Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class Survey:
    """What an import would do or did. Counts are rows; ``conflicts`` as the interface shows them."""

    accepted: int = 0
    already_there: int = 0
    advanced: int = 0
    new_enterprises: int = 0
    conflicts: list[dict[str, Any]] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)
    further: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The interface's answer, every rejection in it."""
        return {**self.counts(), "rejected": [one.as_json() for one in self.rejected]}

    def counts(self) -> dict[str, Any]:
        """The answer without the rejections."""
        return {
            "accepted": self.accepted, "already_there": self.already_there, "advanced": self.advanced,
            "conflicts": self.conflicts, "new_enterprises": self.new_enterprises, **self.further,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Work:
    """What an importer is given: the batch, its rows on disk, for whom, and where to report progress.

    ``write`` False asks for the preview: say what would happen and touch nothing. With ``partial`` the good rows are
    taken although others are rejected; without it the importer is not asked to write when a row is rejected.
    """

    batch: ImportBatch
    spool: Path
    actor: Actor
    partial: bool
    write: bool
    progress: Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Importer:
    """How one kind of workbook is read and applied.

    ``parser`` (``module:function``) runs in the parsing process with ``options(actor, choices)``; ``run`` does the
    preview and, asked to write, the import itself.
    """

    kind: str
    label: str
    columns: Columns
    guide: Callable[[], Guide]
    parser: str
    options: Callable[[Actor, Mapping[str, Any]], Mapping[str, Any]]
    run: Callable[[Work], Survey]


_importers: dict[str, Importer] = {}
Reader = Callable[[ImportBatch, Sequence[Rejection]], None]
_readers: list[Reader] = []


def register_importer(importer: Importer) -> None:
    """Make a kind of workbook known; called once from a capability's ``imports`` module."""
    _importers[importer.kind] = importer


def after_reading(reader: Reader) -> None:
    """Let a higher room look at what was refused in a preview, once it is kept."""
    if reader not in _readers:
        _readers.append(reader)


def importers() -> Mapping[str, Importer]:
    """All kinds known, by kind."""
    _discover()
    return _importers


@cache
def _discover() -> None:
    """Ask every application once; that one of them was imported before by somebody else says nothing of the rest."""
    autodiscover_modules("imports")


def importer_of(kind: str) -> Importer:
    """The importer of ``kind``.

    Raises:
        Refused: no such kind.
    """
    try:
        return importers()[kind]
    except KeyError:
        known = "、".join(sorted(importers()))
        raise Refused.because("workbook.unknown_kind", f"没有“{kind}”这种工作簿，可用的有：{known}") from None


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


def read(batch: ImportBatch, actor: Actor, progress: Progress | None = None) -> ImportBatch:
    """Parse the workbook and work out the preview; a refusal is kept on the batch."""
    report = _reporter(batch.pk, progress)
    try:
        _parse(batch, actor, report)
        return _preview(batch, actor, report)
    except Refused as refusal:
        return fail(batch, refusal)


def _parse(batch: ImportBatch, actor: Actor, report: Progress) -> None:
    importer = importer_of(batch.kind)
    _move(batch, BatchStatus.PARSING)
    options = {"synonyms": extra_synonyms(batch.kind), **importer.options(actor, batch.choices)}
    batch.summary = parsing.parse(
        importer.parser, storing.book_path(batch.pk), storing.spool_path(batch.pk), options,
        name=batch.filename, progress=lambda done, total: report("读取", done, total),
    )  # fmt: skip


def _preview(batch: ImportBatch, actor: Actor, report: Progress) -> ImportBatch:
    survey = importer_of(batch.kind).run(_work(batch, actor, report, "核对", write=False))
    _keep_result(batch, survey)
    for look in _readers:
        look(batch, survey.rejected)
    _move(batch, BatchStatus.PREVIEW, "summary", "result")
    return batch


def confirm(batch: ImportBatch, *, partial: bool) -> ImportBatch:
    """The clerk has seen the preview and wants it so.

    Raises:
        Refused: it is not waiting for that, or rows are wrong and ``partial`` was not chosen.
    """
    with transaction.atomic():
        locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if locked.status != BatchStatus.PREVIEW:
            raise Refused.because("workbook.not_in_preview", "这份工作簿不在待确认状态，请刷新后查看")
        if locked.result.get("rejected_rows") and not partial:
            raise Refused.because(
                "workbook.has_wrong_rows",
                f"有 {locked.result['rejected_rows']} 行不正确，整份没有导入；请改正后重新上传，或选择只导入正确的行",
            )
        locked.partial = partial
        _move(locked, BatchStatus.CONFIRMED, "partial")
    return locked


def read_again(batch: ImportBatch) -> ImportBatch:
    """Set a kept workbook back to where it came in: headings were taught since, or the work on it broke off.

    Raises:
        Refused: it was confirmed and written already.
    """
    with transaction.atomic():
        locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if locked.status in (BatchStatus.CONFIRMED, BatchStatus.IMPORTING, BatchStatus.DONE):
            raise Refused.because("workbook.already_confirmed", "这份工作簿已经确认过了，不用重新读取")
        locked.summary, locked.result, locked.reasons, locked.finished_at = {}, {}, [], None
        _move(locked, BatchStatus.UPLOADED, "summary", "result", "reasons", "finished_at")
    return locked


def apply(batch: ImportBatch, actor: Actor, progress: Progress | None = None) -> ImportBatch:
    """Write what was confirmed, all of it or nothing. Safe to repeat: a done batch stays as it is."""
    try:
        return _write(batch, actor, _reporter(batch.pk, progress))
    except _WrongRows:
        refusal = Refused.because("workbook.has_wrong_rows", _CHANGED, "file")
    except Refused as raised:
        refusal = raised
    return fail(ImportBatch.objects.get(pk=batch.pk), refusal)


class _WrongRows(Exception):
    """What was to be written whole has wrong rows; nothing was written."""


def _write(batch: ImportBatch, actor: Actor, report: Progress) -> ImportBatch:
    with transaction.atomic():
        locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if locked.status not in (BatchStatus.CONFIRMED, BatchStatus.IMPORTING):
            return locked
        survey = importer_of(locked.kind).run(_work(locked, actor, report, "导入", write=True))
        if survey.rejected and not locked.partial:
            raise _WrongRows
        _keep_result(locked, survey)
        locked.finished_at = clock.now()
        _move(locked, BatchStatus.DONE, "result", "finished_at")
        transaction.on_commit(_seal, robust=True)
    storing.drop_spool(locked.pk)
    return locked


def run(
    kind: str,
    path: Path,
    actor: Actor,
    *,
    dry_run: bool = False,
    partial: bool = False,
    choices: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
) -> tuple[ImportBatch, dict[str, Any]]:
    """The whole way at once, for the terminal; returns the batch and the interface's answer.

    Raises:
        Refused: the file cannot be read at all. Wrong rows are in the answer, not raised.
    """
    with path.open("rb") as file:
        batch = receive(kind, path.name, storing.chunks(file), actor, choices=choices)
    if dry_run:
        read(batch, actor, progress)
    else:
        batch = _at_once(batch, actor, _reporter(batch.pk, progress), partial=partial)
    if batch.status == BatchStatus.FAILED:
        raise Refused(*_failures(batch))
    return batch, answer(batch)


def _at_once(batch: ImportBatch, actor: Actor, report: Progress, *, partial: bool) -> ImportBatch:
    """Whoever asked for the import at the terminal waits for no preview: the rows are gone through once and written.

    Where a row is wrong, nothing stays, and the preview tells of all of them.
    """
    try:
        _parse(batch, actor, report)
        if batch.summary.get("wrong") and not partial:
            return _preview(batch, actor, report)
        batch.partial = partial
        _move(batch, BatchStatus.CONFIRMED, "summary", "partial")
        try:
            return _write(batch, actor, report)
        except _WrongRows:
            return _preview(batch, actor, report)
    except Refused as refusal:
        return fail(batch, refusal)


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


def write_template(kind: str, target: Path | io.BytesIO) -> None:
    """The empty workbook of ``kind``."""
    templates.write_template(importer_of(kind).guide(), target)


def _seal() -> None:
    """An import ends with a seal, so that what came in can be handed out at once."""
    sealing.seal()


def _work(batch: ImportBatch, actor: Actor, report: Progress, phase: str, *, write: bool) -> Work:
    return Work(
        batch, storing.spool_path(batch.pk), actor, batch.partial, write,
        lambda done, total: report(phase, done, total),
    )  # fmt: skip


def _reporter(batch: UUID, progress: Progress | None) -> Progress:
    last = 0.0

    def report(phase: str, done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < _EVERY and done < total:
            return
        last = now
        storing.tell(batch, phase, done, total)
        if progress is not None:
            progress(phase, done, total)

    return report


def _keep_result(batch: ImportBatch, survey: Survey) -> None:
    storing.note_rejections(batch.pk, survey.rejected)
    rows = {(one.sheet, one.row) for one in survey.rejected}
    shown = [one.as_json() for one in survey.rejected[:SHOWN]]
    batch.result = {**survey.counts(), "rejected": shown, "rejected_rows": len(rows)}


def _move(batch: ImportBatch, status: BatchStatus, *columns: str) -> None:
    batch.status = status
    batch.save(update_fields=["status", *columns])


def fail(batch: ImportBatch, refusal: Refused) -> ImportBatch:
    """Keep on the batch why nothing came of it."""
    batch.reasons = [[one.code, one.message, one.field] for one in refusal.failures]
    batch.finished_at = clock.now()
    _move(batch, BatchStatus.FAILED, "reasons", "finished_at", "summary")
    storing.drop_spool(batch.pk)
    return batch


def _failures(batch: ImportBatch) -> list[Failure]:
    return [Failure(*reason) for reason in batch.reasons]
