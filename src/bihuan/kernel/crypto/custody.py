"""Who changes a master key waits for everybody who uses it, and nobody uses one half changed.

Several processes share the key files and the rows locked with them. Whoever locks or unlocks a row holds the keys
steady until the transaction ends; a change takes its turn and leaves file and rows belonging together.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from django.db import connection

LOCK = 0x42484B455953


def hold_steady() -> None:
    """Keep the master keys as they are until the caller's transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [LOCK])


@contextlib.contextmanager
def unchanging() -> Iterator[None]:
    """Keep the master keys as they are for a block of several transactions, such as a backup."""
    with _held("pg_advisory_lock_shared", "pg_advisory_unlock_shared"):
        yield


@contextlib.contextmanager
def changing() -> Iterator[None]:
    """Change master keys inside this block and alone; a killed process lets go by itself."""
    with _held("pg_advisory_lock", "pg_advisory_unlock"):
        yield


@contextlib.contextmanager
def _held(take: str, let_go: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {take}(%s)", [LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {let_go}(%s)", [LOCK])
