"""Reading the record: one matter from its beginning, or everything, newest first, for the auditor."""

from __future__ import annotations

import base64
import binascii
import contextlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.record.entries import Entry
from bihuan.kernel.record.packing import Unreadable, unpack
from bihuan.kernel.record.words import Hand

_FIELDS = (
    "e.matter, e.seq, d.kind, first.matter_no, d.verb, d.from_state, d.to_state, h.actor_id, h.actor_name, h.actor_post, "
    "h.signer, h.signed_as, h.key, h.witness, e.happened_at, e.recorded_at, e.facts, e.payload, e.digest, e.signature"
)
_SOURCE = (
    "FROM record_entry e LEFT JOIN record_deed d ON d.id = e.deed LEFT JOIN record_hand h ON h.id = e.hand"
    " LEFT JOIN record_entry first ON first.matter = e.matter AND first.seq = 1"
)
FIRST_WINDOW = timedelta(days=1)
PAGE = 50
STREAMED = 2_000
OLDEST = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class FoundEntries:
    """A page of a search; ``next_cursor`` continues it, None at its end."""

    entries: tuple[Entry, ...]
    next_cursor: str | None


def entries_of(matter: UUID) -> list[Entry]:
    """Every entry of one matter in order; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_FIELDS} {_SOURCE} WHERE e.matter = %s ORDER BY e.seq", [matter])
        return [_entry(row) for row in cursor.fetchall()]


def entries_among(matters: Sequence[UUID], verbs: Sequence[str], until: datetime, most: int) -> list[Entry]:
    """The newest entries of some ``verbs`` among ``matters`` that happened by ``until``, at most ``most``; one statement."""
    if not matters or not verbs:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_FIELDS} {_SOURCE} WHERE e.matter = ANY(%s) AND d.verb = ANY(%s) AND e.happened_at <= %s"
            " ORDER BY e.happened_at DESC, e.matter, e.seq DESC LIMIT %s",
            [list(matters), list(verbs), until, most],
        )
        return [_entry(row) for row in cursor.fetchall()]


def payloads_told(verbs: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """Matter's number, entry and payload of every entry of some ``verbs`` by kind of matter; one statement, streamed."""
    pairs = [(kind, verb) for kind, some in verbs.items() for verb in some]
    query = (
        "SELECT first.matter_no, e.seq, e.payload FROM record_entry e"
        " JOIN record_deed d ON d.id = e.deed"
        " LEFT JOIN record_entry first ON first.matter = e.matter AND first.seq = 1"
        " WHERE (d.kind, d.verb) IN (SELECT * FROM unnest(%s::text[], %s::text[]))"
    )
    with (
        connection.cursor(),
        connection.connection.cursor(
            name="bihuan_payloads", withhold=not connection.in_atomic_block
        ) as cursor,
    ):
        cursor.itersize = STREAMED
        cursor.execute(query, [[kind for kind, _ in pairs], [verb for _, verb in pairs]])
        for number, seq, payload in cursor:
            with contextlib.suppress(Unreadable, ValueError):
                yield number or "", seq, json.loads(unpack(bytes(payload)))


def number_of(matter: UUID) -> str:
    """The number a matter's first entry gives it; empty where there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT matter_no FROM record_entry WHERE matter = %s AND seq = 1", [matter])
        row = cursor.fetchone()
    return (row and row[0]) or ""


def ends_of(matters: Sequence[UUID]) -> dict[UUID, tuple[int, bytes]]:
    """Number and digest of the last entry of each of ``matters`` that has any; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT ON (matter) matter, seq, digest FROM record_entry"
            " WHERE matter = ANY(%s) ORDER BY matter, seq DESC",
            [list(matters)],
        )
        return {matter: (seq, bytes(digest)) for matter, seq, digest in cursor.fetchall()}


def sealed_upto(matter: UUID) -> int:
    """The last entry of a matter that a seal has seen; 0 when none has. Entries settle in their order."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COALESCE(max(seq), 0) FROM record_entry"
            " WHERE matter = %s AND tx < (SELECT COALESCE(max(upto_tx), 0) FROM record_seal)",
            [matter],
        )
        last: int = cursor.fetchone()[0]
        return last


def search(
    kind: str | None = None,
    actor: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    after_cursor: str | None = None,
    limit: int = PAGE,
) -> FoundEntries:
    """Entries newest first, recorded in [``since``, ``until``), of one kind or one actor's id if asked.

    The record carries no index for this, which would cost every entry; it looks back in windows of growing
    length that the block ranges of ``recorded_at`` make cheap.

    Raises:
        Refused: ``record.bad_cursor``.
    """
    before = _decode(after_cursor) if after_cursor else None
    upper = until or clock.now() + FIRST_WINDOW
    if before is not None:
        upper = min(upper, before[0] + timedelta(microseconds=1))
    found: list[Entry] = []
    for first, last in _windows(since or OLDEST, upper):
        found += _window(first, last, kind, actor, before, limit + 1 - len(found))
        if len(found) > limit:
            return FoundEntries(tuple(found[:limit]), _encode(found[limit - 1]))
    return FoundEntries(tuple(found), None)


def _windows(since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    length = FIRST_WINDOW
    while until > since:
        first = max(since, until - length)
        yield first, until
        until, length = first, length * 4


def _window(
    first: datetime,
    last: datetime,
    kind: str | None,
    actor: str | None,
    before: tuple[datetime, UUID, int] | None,
    limit: int,
) -> list[Entry]:
    conditions, values = ["e.recorded_at >= %s", "e.recorded_at < %s"], list[Any]([first, last])
    if kind is not None:
        conditions.append("d.kind = %s")
        values.append(kind)
    if actor is not None:
        conditions.append("h.actor_id = %s")
        values.append(actor)
    if before is not None:
        conditions.append("(e.recorded_at, e.matter, e.seq) < (%s, %s, %s)")
        values += before
    query = (
        f"SELECT {_FIELDS} {_SOURCE} WHERE {' AND '.join(conditions)} "
        "ORDER BY e.recorded_at DESC, e.matter DESC, e.seq DESC LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [*values, limit])
        return [_entry(row) for row in cursor.fetchall()]


def _entry(row: Sequence[Any]) -> Entry:
    """An entry as its row tells it. What was taken away or altered underneath reads as empty and fails its digest."""
    matter, seq, kind, number, verb, was, now, account, name, post, *_, happened_at, recorded_at = row[:16]
    facts, payload, digest, signature = row[16:]
    signed = Hand("", "", "", *row[10:14]).signed
    try:
        text = unpack(payload)
    except Unreadable:
        text = "{}"
    return Entry(
        matter, seq, kind or "", number or "", verb or "", was or "", now or "", account or "", name or "", post or "",
        signed, happened_at, recorded_at, facts, text, digest, signature,
    )  # fmt: skip


def _encode(entry: Entry) -> str:
    text = f"{entry.recorded_at.astimezone(UTC).isoformat()} {entry.matter} {entry.seq}"
    return base64.urlsafe_b64encode(text.encode()).decode()


def _decode(cursor: str) -> tuple[datetime, UUID, int]:
    try:
        moment, matter, seq = base64.urlsafe_b64decode(cursor.encode()).decode().split(" ")
        return datetime.fromisoformat(moment), UUID(matter), int(seq)
    except (binascii.Error, ValueError) as reason:
        raise Refused.because("record.bad_cursor", "翻页位置无效，请从第一页重新查询。", "cursor") from reason
