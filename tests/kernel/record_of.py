"""Matters with a few entries, written the way the engine writes them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import psycopg
from django.db import connection

from bihuan.kernel import clock
from bihuan.kernel.record import NewEntry, append, genesis
from bihuan.kernel.record.packing import pack, unpack
from bihuan.kernel.record.sealing import Seal, seal
from bihuan.kernel.record.verification import verify
from bihuan.kernel.uid import uuid7

VERBS = ("report", "assign", "submit_rectification", "accept", "revisit")
KIND = "specimen"  # no room registers the heads of this kind
MOMENT = datetime(2026, 11, 22, 9, 30, tzinfo=clock.SHANGHAI)


def chain(matter: UUID, number: str, length: int, *, kind: str = KIND) -> list[NewEntry]:
    """The first ``length`` entries of a matter."""
    entries: list[NewEntry] = []
    previous = genesis(matter)
    for seq in range(1, length + 1):
        entry = NewEntry(
            matter=matter,
            seq=seq,
            previous=previous,
            kind=kind,
            matter_no=number,
            verb=VERBS[(seq - 1) % len(VERBS)],
            from_state="rectifying",
            to_state="awaiting_acceptance",
            actor_id="17",
            actor_name="王建国",
            actor_post="鲁山镇应急办科员",
            happened_at=MOMENT + timedelta(minutes=seq),
            recorded_at=MOMENT + timedelta(hours=seq),
            payload={
                "place": "一号车间",
                "found": f"第{seq}次记载：防护罩缺失",
                "funds_fen": 120_000,
                "photos": [],
            },
        )
        previous = entry.digest
        entries.append(entry)
    return entries


def matters(count: int, length: int = 5, *, start: int = 1, kind: str = KIND) -> list[list[NewEntry]]:
    """``count`` matters of ``length`` entries each, numbered from ``start``."""
    return [
        chain(uuid7(), f"370403-H2026-{number:06d}", length, kind=kind)
        for number in range(start, start + count)
    ]


def recorded(count: int, length: int = 5, *, start: int = 1, kind: str = KIND) -> list[list[NewEntry]]:
    """The same, appended."""
    made = matters(count, length, start=start, kind=kind)
    append([entry for matter in made for entry in matter])
    return made


def sealed() -> list[Seal]:
    """Seal until nothing is left;

    other databases of the shared test server can hold a seal back for a while.
    """
    made: list[Seal] = []
    for _ in range(600):
        one = seal()
        if one is not None:
            made.append(one)
        if not count(
            "SELECT count(*) FROM record_entry WHERE tx >= coalesce((SELECT max(upto_tx) FROM record_seal), 0)"
        ):
            return made
        time.sleep(0.1)
    raise AssertionError("something has held the horizon back for a minute")


def found(seals: object = None) -> list[tuple[str, str, int | None]]:
    """What a verification names: kind, matter, entry."""
    outcome = verify(seals)  # type: ignore[arg-type]
    assert outcome.ok == (not outcome.findings)
    return [(finding.kind, finding.matter_no, finding.entry) for finding in outcome.findings]


def count(query: str, values: Sequence[object] = ()) -> int:
    """One number from the database, as the application."""
    with connection.cursor() as cursor:
        cursor.execute(query, list(values))
        return int(cursor.fetchone()[0])


def altered(where: psycopg.Connection, matter: UUID, seq: int, **words: str) -> None:
    """Let an entry say other words (``verb``, ``actor_name`` …), as somebody with every right could."""
    for table, column, names in (
        ("record_deed", "deed", ("kind", "verb", "from_state", "to_state")),
        ("record_hand", "hand", ("actor_id", "actor_name", "actor_post", "signer", "signed_as", "key", "witness")),
    ):  # fmt: skip
        mine = {name: value for name, value in words.items() if name in names}
        if mine:
            told = ", ".join("%s" if name in mine else name for name in names)
            where.execute(
                f"WITH word AS (INSERT INTO {table} ({', '.join(names)}) SELECT {told} FROM {table} WHERE id ="
                f" (SELECT {column} FROM record_entry WHERE matter = %s AND seq = %s) RETURNING id)"
                f" UPDATE record_entry SET {column} = word.id FROM word WHERE matter = %s AND seq = %s".encode(),
                [*(mine[name] for name in names if name in mine), matter, seq, matter, seq],
            )


def rewritten(where: psycopg.Connection, matter: UUID, seq: int, change: Callable[[str], str]) -> None:
    """Let an entry hold another payload."""
    found = where.execute(
        "SELECT payload FROM record_entry WHERE matter = %s AND seq = %s", [matter, seq]
    ).fetchone()
    assert found is not None
    where.execute(
        "UPDATE record_entry SET payload = %s WHERE matter = %s AND seq = %s",
        [pack(change(unpack(found[0]))), matter, seq],
    )


def matter_of(number: str) -> UUID:
    """The matter with this number."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT matter FROM record_entry WHERE matter_no = %s", [number])
        return UUID(str(cursor.fetchone()[0]))
