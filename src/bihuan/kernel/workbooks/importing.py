"""From a workbook received to rows in the system: read, preview, confirm, apply. One way for page and terminal.

A kind of workbook registers an ``Importer``; everything else is the same for all of them. Nothing is written before
the preview has been confirmed, and what is applied is applied in one transaction with the batch's own status, so a
killed worker leaves either nothing or everything.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from bihuan.kernel import clock
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.record import sealing
from bihuan.kernel.workbooks import parsing, storing
from bihuan.kernel.workbooks.batches import answer, receive
from bihuan.kernel.workbooks.importers import SHOWN, Survey, Work, importer_of
from bihuan.kernel.workbooks.models import BatchStatus, ImportBatch
from bihuan.kernel.workbooks.reasons import Rejection
from bihuan.kernel.workbooks.synonyms import extra_synonyms

_EVERY = 0.3
_CHANGED = "预览之后情况有变，有的行现在不能导入了，整份没有导入；请重新上传，看新的预览"

Progress = Callable[[str, int, int], None]
Reader = Callable[[ImportBatch, Sequence[Rejection]], None]
_readers: list[Reader] = []


def after_reading(reader: Reader) -> None:
    """Let a higher room look at what was refused in a preview, once it is kept."""
    if reader not in _readers:
        _readers.append(reader)


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
