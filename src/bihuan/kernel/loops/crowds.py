"""Many new matters in one transaction: the database gathers what it would else do for each of them.

The words of a new row wait in the inverted index's own list, where searches see them too, and enter the index many rows
at a time. A ledger of a hundred thousand rows lets that list grow longer than one deed may, and empties it on its way.
What is written goes out in the background: while the database takes in five hundred rows, the next are made ready.
"""

from __future__ import annotations

import contextlib
import gc
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import psycopg
from django.db import connection, transaction

from bihuan.kernel.loops.registry import Running, running

SETTLE_FUNCTION = """
CREATE OR REPLACE FUNCTION loops_settle(about regclass) RETURNS bigint LANGUAGE sql
    SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(sum(gin_clean_pending_list(i.indexrelid)), 0)
      FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
     WHERE i.indrelid = about AND a.amname = 'gin'
$$;
"""
"""Only an index's owner may empty its list, and the application is none."""

WAITING = "64MB"
EVERY = 20_000
AHEAD = 8
"""Blocks that may wait for the database."""

Block = tuple[str, bytes]
"""A COPY statement and its rows in text form."""


class Crowd:
    """The matters of one loop that are opened together; see :func:`crowd`."""

    def __init__(self, service: Running) -> None:
        self._service = service
        self._writer = ThreadPoolExecutor(1, "crowd")
        self._under_way: deque[Future[None]] = deque()
        self._waiting = 0

    def copy(self, blocks: list[Block], rows: int) -> None:
        """Let the database take in ``rows`` new matters with all that belongs to them, one block after the other."""
        while len(self._under_way) >= AHEAD:
            self._next()
        self._under_way.append(self._writer.submit(_copy, connection.connection, blocks))
        self._waiting += rows
        if self._waiting >= EVERY:
            self._settle()

    def wait(self) -> None:
        """Until everything handed over is written."""
        while self._under_way:
            self._next()

    def close(self) -> None:
        """Let nothing be under way when the transaction ends, whichever way it does."""
        for one in self._under_way:
            one.exception()
        self._under_way.clear()
        self._writer.shutdown()

    def _next(self) -> None:
        with connection.wrap_database_errors:
            self._under_way.popleft().result()

    def _settle(self) -> None:
        if self._waiting:
            with connection.cursor() as cursor:
                cursor.execute("SELECT loops_settle(%s::regclass)", [self._service.model._meta.db_table])
            self._waiting = 0

    def finish(self) -> None:
        """Write and settle what is left."""
        self.wait()
        self._settle()


@contextlib.contextmanager
def crowd(loop: str) -> Iterator[Crowd]:
    """One transaction in which matters of ``loop`` are opened by the thousand; all of them or none.

    Every other statement of this connection waits until what was handed over is written. Foreign keys are checked with
    each block, not all together at the end.
    """
    many = Crowd(running(loop))

    def in_turn(execute: Callable[..., Any], sql: Any, params: Any, many_: bool, context: Any) -> Any:
        many.wait()
        return execute(sql, params, many_, context)

    with _uncollected(), transaction.atomic(), connection.execute_wrapper(in_turn):
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL gin_pending_list_limit = '{WAITING}'; SET CONSTRAINTS ALL IMMEDIATE")
        try:
            yield many
            many.finish()
        finally:
            many.close()


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """What a row leaves behind holds no circles, and looking for some took a sixth of the time."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def _copy(raw: psycopg.Connection[Any], blocks: list[Block]) -> None:
    for statement, rows in blocks:
        with psycopg.Cursor(raw) as cursor, cursor.copy(statement) as copy:
            copy.write(rows)
