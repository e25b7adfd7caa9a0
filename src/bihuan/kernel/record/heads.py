"""Where each matter says its record ends, and what its columns say: what shows an entry removed or a column changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import merge
from typing import NamedTuple
from uuid import UUID

from bihuan.kernel.record.entries import Entry
from bihuan.kernel.record.reading import entries_of


class Head(NamedTuple):
    """The last entry of a matter as its own row knows it; ``facts`` is the digest of the row, None when none are bound."""

    matter: UUID
    matter_no: str
    seq: int
    digest: bytes
    facts: bytes | None
    kind: str


Row = tuple[UUID, str, int, bytes, bytes | None]
Source = Callable[[], Iterable[Row]]
Explain = Callable[[UUID, Sequence[Entry]], str]


class _Registered(NamedTuple):
    source: Source
    explain: Explain | None


_sources: dict[str, _Registered] = {}


def register(kind: str, source: Source, explain: Explain | None = None) -> None:
    """``source`` yields (matter, number, seq, digest, facts) of every matter of ``kind``, ordered by matter.

    ``explain`` says, from the entries of a matter whose row is not what they left, which column differs.
    """
    _sources[kind] = _Registered(source, explain)


def forget(kind: str) -> None:
    """Take back a registration."""
    _sources.pop(kind, None)


def kinds() -> frozenset[str]:
    """Kinds whose matters can be asked."""
    return frozenset(_sources)


def explained(head: Head) -> str:
    """What differs in a matter whose row is not what its last entry left; empty when nobody can say."""
    explain = _sources[head.kind].explain
    return explain(head.matter, entries_of(head.matter)) if explain else ""


def all_heads() -> Iterator[Head]:
    """The heads of every registered kind, ordered by matter.

    Raises:
        ValueError: a source is not ordered; its matters would be reported missing.
    """
    for_each = [_in_order(kind, known.source()) for kind, known in _sources.items()]
    yield from merge(*for_each, key=_by_matter)


def _by_matter(head: Head) -> int:
    return head.matter.int


def _in_order(kind: str, rows: Iterable[Row]) -> Iterator[Head]:
    before = -1
    for matter, number, seq, digest, facts in rows:
        if matter.int <= before:
            raise ValueError(f"heads of {kind!r} are not ordered by matter")
        before = matter.int
        yield Head(matter, number, seq, bytes(digest), facts, kind)
