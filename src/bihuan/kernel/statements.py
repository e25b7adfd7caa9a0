"""Statements that belong together go to the database in one piece.

A deed writes an entry, its matter, a signature and the answer to a key. None of them waits for what another returns, so
one journey to the database and back serves for all; in the order in which they were said, and in the transaction of the
deed.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

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


_called = itertools.count(1)


class Planned:
    """A question that every request begins with: the server plans it once a session, for that takes it five times as
    long as to answer.

    ``sql`` names its values ``$1``, ``$2``, …, of ``types``. It goes out in one piece whether it is new to the session or
    not. What a session knows ends with it, so connections that change sessions under way (a pooler between
    transactions) cannot be served.
    """

    def __init__(self, sql: str, *types: str) -> None:
        self._sql, self._types = sql, ", ".join(types)
        self._asked = ", ".join(["%s"] * len(types))
        self._known: WeakKeyDictionary[Any, str] = WeakKeyDictionary()

    def rows(self, *values: Any) -> list[tuple[Any, ...]]:
        """What the server answers to ``values``."""
        with connection.cursor() as cursor:
            session = connection.connection
            name = self._known.get(session)
            if name is not None:
                cursor.execute(f"EXECUTE {name}({self._asked})", values)
            else:
                name = f"planned_{next(_called)}"  # never one that a broken attempt may have left
                ask = f"PREPARE {name}({self._types}) AS {self._sql};\nEXECUTE {name}({self._asked})"
                cursor.execute(ask, values)
                cursor.nextset()
                self._known[session] = name
            return list(cursor.fetchall())
