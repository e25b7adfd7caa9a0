"""Where each matter says its record ends: what shows an entry removed before any seal has seen it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from heapq import merge
from typing import NamedTuple
from uuid import UUID


class Head(NamedTuple):
    """The last entry of a matter as its own row knows it."""

    matter: UUID
    matter_no: str
    seq: int
    digest: bytes


Source = Callable[[], Iterable[tuple[UUID, str, int, bytes]]]
_sources: dict[str, Source] = {}


def register(kind: str, source: Source) -> None:
    """``source`` yields (matter, number, seq, digest) of every matter of ``kind``, ordered by matter."""
    _sources[kind] = source


def forget(kind: str) -> None:
    """Take back a registration."""
    _sources.pop(kind, None)


def kinds() -> frozenset[str]:
    """Kinds whose matters can be asked."""
    return frozenset(_sources)


def all_heads() -> Iterator[Head]:
    """The heads of every registered kind, ordered by matter.

    Raises:
        ValueError: a source is not ordered; its matters would be reported missing.
    """
    for_each = [_in_order(kind, source()) for kind, source in _sources.items()]
    yield from merge(*for_each, key=lambda head: head.matter.int)


def _in_order(kind: str, rows: Iterable[tuple[UUID, str, int, bytes]]) -> Iterator[Head]:
    before = -1
    for row in rows:
        head = Head(row[0], row[1], row[2], bytes(row[3]))
        if head.matter.int <= before:
            raise ValueError(f"heads of {kind!r} are not ordered by matter")
        before = head.matter.int
        yield head
