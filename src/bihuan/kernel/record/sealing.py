"""Sealing what is new: from then on a removed entry is missed by name.

A seal takes every entry whose transaction lies below the oldest one still running, so nothing can appear
later among what is sealed. The file comes first and the row after it, in one transaction: a process killed
between the two leaves a file that the next run takes up.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction

from bihuan.conf import env
from bihuan.kernel import clock
from bihuan.kernel.crypto import sm2
from bihuan.kernel.errors import Refused
from bihuan.kernel.record import seal_files, seal_keys
from bihuan.kernel.record.models import RecordSeal
from bihuan.kernel.record.seal_files import BadSeal, SealFile, SealHead

_LOCK = 0x42485F5345414C
_RANGE = "FROM record_entry e WHERE e.tx >= %s AND e.tx < %s"
_LINES = f"""COPY (
    SELECT e.seq || ' ' || e.matter || ' ' || encode(e.digest, 'hex') || ' ' ||
           coalesce(nullif(regexp_replace(CASE WHEN e.seq = 1 THEN e.matter_no ELSE (
               SELECT first.matter_no FROM record_entry first WHERE first.matter = e.matter AND first.seq = 1
           ) END, '[^0-9A-Za-z._:/-]', '?', 'g'), ''), '?')
    {_RANGE} ORDER BY e.matter, e.seq
) TO STDOUT"""  # noqa: S608 - constants only
"""A number that was tampered with must not keep everything else from being sealed."""


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal that is in its place: the number, the file and how many entries it covers."""

    number: int
    path: Path
    entries: int


@transaction.atomic
def seal() -> Seal | None:
    """Seal what is new and visible to everyone; None when there is nothing.

    Entries of transactions younger than one still running wait for the next seal. Two runs take turns.

    Raises:
        Refused: ``record.horizon_behind`` in a restored database whose transaction numbers begin anew; see
            :func:`bihuan.kernel.record.horizon.advance`.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    folder, key = env.seals_folder(), seal_keys.signing_key()
    last = _take_up(folder)
    from_tx = last.upto_tx if last else 0
    upto_tx, fresh = _waiting(from_tx)
    if upto_tx < from_tx:
        raise Refused.because(
            "record.horizon_behind",
            "数据库的事务编号落后于已有封存（通常是恢复备份之后），请先按 bihuan doctor 的提示处理，再封存。",
        )
    if not fresh:
        return None
    head = SealHead(
        number=last.number + 1 if last else 1,
        previous=bytes(last.digest) if last else seal_files.NO_SEAL,
        from_tx=from_tx,
        upto_tx=upto_tx,
        made_at=clock.now(),
        key=sm2.fingerprint(key.public),
    )
    written = seal_files.write(folder, head, _lines(from_tx, upto_tx), key)
    _register(written)
    return Seal(head.number, folder / seal_files.name_of(head.number), written.entries)


def _take_up(folder: Path) -> RecordSeal | None:
    """Register seals whose run was killed after the file and before the row, and return the last of all.

    They may have been handed out since, so they stay as they are. What is no valid seal is set aside under
    another name.
    """
    last = RecordSeal.objects.order_by("-number").first()
    while True:
        path = folder / seal_files.name_of(last.number + 1 if last else 1)
        if not path.exists():
            return last
        try:
            found = seal_files.read(path, seal_keys.public_keys(folder))
            follows = found.head.previous == (bytes(last.digest) if last else seal_files.NO_SEAL)
            if not follows:
                raise BadSeal("与前一封存不相接")
        except BadSeal:
            os.replace(path, path.with_name(f"{path.name}.set-aside-{time.time_ns()}"))
            return last
        last = _register(found)


def _register(seal_file: SealFile) -> RecordSeal:
    head = seal_file.head
    return RecordSeal.objects.create(
        number=head.number,
        digest=seal_file.digest,
        from_tx=head.from_tx,
        upto_tx=head.upto_tx,
        entries=seal_file.entries,
        made_at=head.made_at,
        key=head.key,
    )


def _waiting(from_tx: int) -> tuple[int, int]:
    """Up to which transaction everything is settled, and whether anything below it waits for a seal.

    Before the first ANALYZE the planner would read the whole record every minute to find nothing new.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SELECT record_horizon()")
        upto_tx: int = cursor.fetchone()[0]
        cursor.execute(f"SELECT EXISTS (SELECT {_RANGE})", [from_tx, upto_tx])
        return upto_tx, int(cursor.fetchone()[0])


def _lines(from_tx: int, upto_tx: int) -> Iterator[bytes]:
    covered = [from_tx, upto_tx]
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(_LINES, covered) as copy:
        for chunk in copy:
            yield bytes(chunk)
