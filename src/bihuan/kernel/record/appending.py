"""Appending to the record: the only way in, within the transaction of what is recorded."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db import connection

from bihuan.kernel import statements
from bihuan.kernel.record.entries import NewEntry
from bihuan.kernel.record.packing import pack
from bihuan.kernel.record.words import DEEDS, HANDS, deed_of, hand_of

COLUMNS = "happened_at, recorded_at, matter, seq, deed, hand, digest, matter_no, facts, payload, signature"
BY_COPY_ABOVE = 50
_PLACES = "(" + ", ".join(["%s"] * (COLUMNS.count(",") + 1)) + ")"
Sign = Callable[[bytes], bytes]


def append(entries: Sequence[NewEntry], sign: Sign | None = None) -> list[bytes]:
    """Write ``entries`` and return their digests, in order. One statement, whatever their number, sent with its deed's.

    ``sign`` makes the signature of a digest, for entries that say who signs. Words that no entry used before (a verb, a
    person in a post) cost a statement more, once.

    Raises:
        IntegrityError: a matter already has an entry of that number; somebody did not hold its lock.
    """
    if not entries:
        return []
    if len(entries) > BY_COPY_ABOVE:
        _copy(entries, sign)
    else:
        values = [value for row in _rows(entries, sign) for value in row]
        statements.send(_insert(len(entries)), values)
    return [entry.digest for entry in entries]


def _rows(entries: Sequence[NewEntry], sign: Sign | None) -> Iterator[tuple[Any, ...]]:
    for entry, deed, hand in _with_words(entries):
        yield (
            entry.happened_at, entry.recorded_at, entry.matter, entry.seq, deed, hand, entry.digest,
            entry.matter_no if entry.seq == 1 else "", entry.facts, pack(entry.payload_text), _signature(entry, sign),
        )  # fmt: skip


def _with_words(entries: Sequence[NewEntry]) -> Iterator[tuple[NewEntry, int, int]]:
    deeds, hands = [deed_of(entry) for entry in entries], [hand_of(entry) for entry in entries]
    deed_numbers, hand_numbers = DEEDS.numbers(deeds), HANDS.numbers(hands)
    for entry, deed, hand in zip(entries, deeds, hands, strict=True):
        yield entry, deed_numbers[deed], hand_numbers[hand]


def _signature(entry: NewEntry, sign: Sign | None) -> bytes:
    return sign(entry.digest) if sign is not None and entry.signed is not None else b""


@lru_cache(maxsize=BY_COPY_ABOVE)
def _insert(rows: int) -> str:
    return f"INSERT INTO record_entry ({COLUMNS}) VALUES {', '.join([_PLACES] * rows)}"  # noqa: S608 constants only


_START, _END = b"PGCOPY\n\xff\r\n\0" + bytes(8), struct.pack(">h", -1)
_FIXED = struct.Struct(">hiqiqi16siiiiiii32si")
_EPOCH, _MICROSECOND = datetime(2000, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
_length = struct.Struct(">i").pack


def _copy(entries: Sequence[NewEntry], sign: Sign | None) -> None:
    statements.flush()
    into, rows = in_bulk(entries, sign)
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(into) as copy:
        copy.write(rows)


def in_bulk(entries: Sequence[NewEntry], sign: Sign | None = None) -> tuple[str, bytes]:
    """The COPY statement for ``entries`` and their rows, for whoever writes many of them in the background.

    It is PostgreSQL's binary form, put together here: a ledger brings a hundred thousand entries.
    """
    rows = b"".join(_binary(*told, sign) for told in _with_words(entries))
    return f"COPY record_entry ({COLUMNS}) FROM STDIN WITH (FORMAT binary)", _START + rows + _END


def _binary(entry: NewEntry, deed: int, hand: int, sign: Sign | None) -> bytes:
    number = entry.matter_no.encode() if entry.seq == 1 else b""
    payload, signature = pack(entry.payload_text), _signature(entry, sign)
    fixed = _FIXED.pack(
        11, 8, _microseconds(entry.happened_at), 8, _microseconds(entry.recorded_at), 16, entry.matter.bytes,
        4, entry.seq, 4, deed, 4, hand, 32, entry.digest, len(number),
    )  # fmt: skip
    return b"".join(
        (
            fixed, number, _length(len(entry.facts)), entry.facts, _length(len(payload)), payload,
            _length(len(signature)), signature,
        )
    )  # fmt: skip


def _microseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // _MICROSECOND
