"""One matter against its seals: which entry was altered, removed or put in another's place.

An entry is judged by what it should be chained to according to the seals, so one altered entry does not make
all later ones look altered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from bihuan.kernel.record.entries import Signed, digest_of_fields, genesis_of_hex
from bihuan.kernel.record.findings import Finding

SEARCHED = 200


class Row(NamedTuple):
    """An entry as it comes from the table, its words and its payload read."""

    matter: str
    seq: int
    digest: bytes
    tx: int
    kind: str
    matter_no: str
    verb: str
    from_state: str
    to_state: str
    actor_id: str
    actor_name: str
    actor_post: str
    signed: Signed | None
    happened_at: datetime
    recorded_at: datetime
    facts: bytes
    payload: str

    def digest_at(self, seq: int, previous: bytes) -> bytes:
        """What the digest of this content is at place ``seq``, after ``previous``."""
        return digest_of_fields(self.matter.replace("-", ""), seq, previous, *self[4:])


def is_whole(rows: Sequence[Row], sealed: Mapping[int, str]) -> bool:
    """Whether everything is in its place; the quick way for the matters nobody touched."""
    previous = genesis_of_hex(rows[0].matter.replace("-", ""))
    unseen = len(sealed)
    for seq, row in enumerate(rows, 1):
        digest = row.digest_at(seq, previous)
        if row.seq != seq or row.digest != digest:
            return False
        named = sealed.get(seq)
        if named is not None:
            if named != digest.hex():
                return False
            unseen -= 1
        previous = digest
    return not unseen


def what_is_wrong(
    matter: str, matter_no: str, rows: Sequence[Row], sealed: Mapping[int, str]
) -> Iterator[Finding]:
    """Name everything that differs, in the order of the record."""
    if not rows:
        yield Finding("missing_matter", matter_no, None, f"事项已封存的{len(sealed)}条记录全部不见了")
        return
    places = _Places(matter, rows, sealed)
    standing: set[int] = set()
    wrong: list[tuple[int, Finding]] = []
    for row in rows:
        home = places.home_of(row)
        if home in standing:
            wrong.append((row.seq, Finding("altered", matter_no, row.seq, f"第{home}条记录出现了两次")))
            if not places.is_named(row.seq):
                standing.add(row.seq)  # nothing is missed where nothing was
        elif home == row.seq:
            standing.add(home)
            if row.digest != places.expected(home):
                wrong.append(
                    (row.seq, Finding("altered", matter_no, row.seq, "所存摘要与封存的不一致，内容未变"))
                )
        elif home is not None:
            standing.add(home)
            wrong.append((row.seq, Finding("reordered", matter_no, row.seq, f"这里现在放的是第{home}条记录")))
        elif places.is_named(row.seq) or places.can_be_judged(row):
            standing.add(row.seq)
            wrong.append(
                (row.seq, Finding("altered", matter_no, row.seq, "内容与摘要不符，记录写成之后被改动"))
            )
        else:
            standing.add(row.seq)
    for seq in gaps(standing, max(max(sealed, default=0), rows[-1].seq)):
        told = "封存文件里有这条记录" if seq in sealed else "编号中断，这条记录尚未封存"
        wrong.append((seq, Finding("removed", matter_no, seq, f"记录被删除：{told}")))
    yield from (finding for _, finding in sorted(wrong, key=lambda item: item[0]))


def gaps(standing: Set[int], last: int) -> Iterator[int]:
    """Numbers up to ``last`` that are not ``standing``; a few hundred say enough when a number was forged."""
    return islice((seq for seq in range(1, last + 1) if seq not in standing), SEARCHED)


class _Places:
    """Which digest belongs at which place: by the seals where they speak, else by what the rows say."""

    def __init__(self, matter: str, rows: Sequence[Row], sealed: Mapping[int, str]) -> None:
        self._sealed = {seq: bytes.fromhex(digest) for seq, digest in sealed.items()}
        self._stored = {row.seq: row.digest for row in rows}
        self._claimed = {row.digest for row in rows if row.seq not in sealed}
        self._genesis = genesis_of_hex(matter.replace("-", ""))
        self._search = len(rows) <= SEARCHED

    def is_named(self, seq: int) -> bool:
        return seq in self._sealed

    def expected(self, seq: int) -> bytes | None:
        return self._sealed.get(seq) or self._stored.get(seq)

    def can_be_judged(self, row: Row) -> bool:
        """An unsealed entry whose forerunner is gone has nothing to be checked against."""
        return row.seq == 1 or self.expected(row.seq - 1) is not None

    def home_of(self, row: Row) -> int | None:
        """The place this content belongs to, None when it belongs nowhere."""
        if self._belongs(row, row.seq):
            return row.seq
        if not self._search:
            return None
        elsewhere = (
            seq for seq in {*self._sealed, *self._stored} if seq != row.seq and self._belongs(row, seq)
        )
        return next(elsewhere, None)

    def _belongs(self, row: Row, seq: int) -> bool:
        wanted = {self._sealed[seq]} if seq in self._sealed else self._claimed
        return any(row.digest_at(seq, before) in wanted for before in self._before(seq, row.seq))

    def _before(self, seq: int, own: int) -> Iterator[bytes]:
        """What may stand before place ``seq``.

        Where no seal speaks, any digest of the matter may have stood there.
        """
        if seq == 1:
            yield self._genesis
        elif seq - 1 in self._sealed:
            yield self._sealed[seq - 1]
        elif seq == own and seq - 1 in self._stored:
            yield self._stored[seq - 1]
            yield from self._claimed
        elif seq not in self._sealed:
            yield from self._claimed
