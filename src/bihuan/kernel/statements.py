"""Statements that belong together go to the database in one piece.

A deed writes an entry, its matter, a signature and the answer to a key. None of them waits for what another returns, so
one journey to the database and back serves for all; in the order in which they were said, and in the transaction of the
deed.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection

Check = Callable[[int], None]
"""Is told how many rows a statement touched, and raises when that is not what it should be."""


@dataclass(frozen=True, slots=True)
class _Said:
    sql: str
    values: Sequence[Any]
    check: Check | None


class _Waiting(threading.local):
    """What this thread has said and not yet sent; None while everything is sent at once."""

    said: list[_Said] | None = None


_waiting = _Waiting()


def send(sql: str, values: Sequence[Any], check: Check | None = None) -> None:
    """Execute a statement whose answer nobody waits for, at once or with those of :func:`together`."""
    one = _Said(sql, values, check)
    if _waiting.said is None:
        _execute([one])
    else:
        _waiting.said.append(one)


@contextmanager
def together() -> Iterator[None]:
    """Send all that is said within at its end, in one piece; within another such block, at the end of that."""
    if _waiting.said is not None:
        yield
        return
    _waiting.said = []
    try:
        yield
        flush()
    finally:
        _waiting.said = None


def flush() -> None:
    """Send now what is waiting, for something that has to come after it and is sent in another way (COPY)."""
    said, _waiting.said = _waiting.said, None if _waiting.said is None else []
    if said:
        _execute(said)


def _execute(said: Sequence[_Said]) -> None:
    text = ";\n".join(one.sql for one in said)
    with connection.cursor() as cursor:
        cursor.execute(text, [value for one in said for value in one.values])
        touched = [cursor.rowcount]
        while cursor.nextset():
            touched.append(cursor.rowcount)
    for one, count in zip(said, touched, strict=True):
        if one.check is not None:
            one.check(count)
