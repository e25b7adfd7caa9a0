"""The files of an import: the workbook as received, the rows read from it, who was turned away, how far it is."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO
from uuid import UUID

from django.conf import settings

from bihuan.kernel.crypto import sm3
from bihuan.kernel.errors import Refused
from bihuan.kernel.workbooks import guard
from bihuan.kernel.workbooks.reasons import Rejection

_CHUNK = 1 << 20


def folder() -> Path:
    """The folder of all imports."""
    return Path(settings.BIHUAN_DATA) / "imports"


def book_path(batch: UUID) -> Path:
    """The workbook as it was received; its name is ours, never the sender's."""
    return folder() / f"{batch.hex}.book"


def spool_path(batch: UUID) -> Path:
    """The rows read from it."""
    return folder() / f"{batch.hex}.rows"


def rejected_path(batch: UUID) -> Path:
    """The rows turned away."""
    return folder() / f"{batch.hex}.rejected"


def _progress_path(batch: UUID) -> Path:
    return folder() / f"{batch.hex}.progress"


def keep(batch: UUID, content: Iterable[bytes]) -> tuple[int, str]:
    """Store a workbook; returns its size and SM3 digest.

    Raises:
        Refused: it is larger than any workbook may be.
    """
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    size, running = 0, sm3.new()
    path = book_path(batch)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        for chunk in content:
            size += len(chunk)
            if size > guard.MOST_BYTES:
                path.unlink(missing_ok=True)
                sentence = "文件超过 50 MB，请删去图片或按月、按镇街拆成几个文件"
                raise Refused.because("workbook.too_large", sentence, "file")
            running.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return size, running.digest().hex()


def chunks(file: IO[bytes]) -> Iterator[bytes]:
    """An open file, piece by piece."""
    while chunk := file.read(_CHUNK):
        yield chunk


def tell(batch: UUID, phase: str, done: int, total: int) -> None:
    """Note how far the work is, for page and terminal; visible at once, whatever transaction is open."""
    path = _progress_path(batch)
    draft = path.with_suffix(f".{os.getpid()}.part")
    with contextlib.suppress(OSError):
        draft.write_text(json.dumps({"phase": phase, "done": done, "total": total}), encoding="utf-8")
        os.replace(draft, path)


def progress(batch: UUID) -> dict[str, int | str]:
    """How far the work is: ``phase`` (a Chinese word), ``done`` and ``total`` rows."""
    try:
        noted: dict[str, int | str] = json.loads(_progress_path(batch).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {"phase": "", "done": 0, "total": 0}
    return noted


def note_rejections(batch: UUID, rejections: Iterable[Rejection]) -> int:
    """Keep every rejection of a batch; returns how many."""
    count = 0
    with rejected_path(batch).open("w", encoding="utf-8") as file:
        for one in rejections:
            file.write(json.dumps(one.as_json(), ensure_ascii=False) + "\n")
            count += 1
    return count


def rejections(batch: UUID) -> Iterator[Rejection]:
    """Every rejection of a batch, in the order of the rows."""
    path = rejected_path(batch)
    if not path.exists():
        return
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield Rejection(**json.loads(line))


def drop_spool(batch: UUID) -> None:
    """Remove what only the running import needed; the workbook itself and the rejections stay."""
    for path in (spool_path(batch), _progress_path(batch)):
        path.unlink(missing_ok=True)
