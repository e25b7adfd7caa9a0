"""Matters with a few entries, written the way the engine writes them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from bihuan.kernel import clock
from bihuan.kernel.record import NewEntry, append, genesis
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
