"""Appending to the record: the only way in, within the transaction of what is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.db import connection

from bihuan.kernel import copying, statements
from bihuan.kernel.record.entries import NewEntry

COLUMNS = (
    "happened_at, recorded_at, seq, matter, digest, kind, matter_no, verb, from_state, to_state, "
    "actor_id, actor_name, actor_post, payload"
)
BY_COPY_ABOVE = 50
_PLACES = "(" + ", ".join(["%s"] * (COLUMNS.count(",") + 1)) + ")"


def append(entries: Sequence[NewEntry]) -> list[bytes]:
    """Write ``entries`` and return their digests, in order. One statement, whatever their number, sent with its deed's.

    Raises:
        IntegrityError: a matter already has an entry of that number; somebody did not hold its lock.
    """
    if not entries:
        return []
    if len(entries) > BY_COPY_ABOVE:
        _copy(entries)
    else:
        values = [value for entry in entries for value in _row(entry)]
        statements.send(_insert(len(entries)), values)
    return [entry.digest for entry in entries]


@lru_cache(maxsize=BY_COPY_ABOVE)
def _insert(rows: int) -> str:
    return f"INSERT INTO record_entry ({COLUMNS}) VALUES {', '.join([_PLACES] * rows)}"  # noqa: S608 constants only


def _copy(entries: Sequence[NewEntry]) -> None:
    statements.flush()
    into = f"COPY record_entry ({COLUMNS}) FROM STDIN"
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(into) as copy:
        for entry in entries:
            copy.write_row(_row(entry))


def in_text(entries: Sequence[NewEntry]) -> tuple[str, bytes]:
    """The COPY statement for ``entries`` and their rows, for whoever writes many of them in the background."""
    forms = copying.FORMS
    rows = "".join([copying.line_of([forms[type(one)](one) for one in _row(entry)]) for entry in entries])
    return f"COPY record_entry ({COLUMNS}) FROM STDIN", rows.encode()


def _row(entry: NewEntry) -> tuple[int | str | bytes | datetime | UUID, ...]:
    return (
        entry.happened_at, entry.recorded_at, entry.seq, entry.matter, entry.digest, entry.kind,
        entry.matter_no, entry.verb, entry.from_state, entry.to_state, entry.actor_id, entry.actor_name, entry.actor_post,
        entry.payload_text,
    )  # fmt: skip
