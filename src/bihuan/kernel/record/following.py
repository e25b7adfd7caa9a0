"""The record as an outbox: whoever must tell others of deeds reads what was appended since, and misses none.

An entry counts as settled once no transaction older than it can still commit, the same line that seals are drawn by.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from django.db import connection


class Deed(NamedTuple):
    """What a follower needs to know of an entry; the rest is read from the matter."""

    matter: UUID
    kind: str
    verb: str
    seq: int


def horizon() -> int:
    """The transaction below which everything is settled."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT record_horizon()")
        upto: int = cursor.fetchone()[0]
        return upto


def settled_between(from_tx: int, upto_tx: int, verbs: Sequence[str]) -> list[Deed]:
    """Entries with one of ``verbs`` whose transaction lies in [``from_tx``, ``upto_tx``), in their order."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "SELECT e.matter, d.kind, d.verb, e.seq FROM record_entry e JOIN record_deed d ON d.id = e.deed"
            " WHERE e.tx >= %s AND e.tx < %s AND d.verb = ANY(%s) ORDER BY e.tx, e.matter, e.seq",
            [from_tx, upto_tx, list(verbs)],
        )
        return [Deed(*row) for row in cursor.fetchall()]
