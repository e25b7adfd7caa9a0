"""Verifying the whole record against its seals, in one pass over both.

It needs the table, a folder of seals and the public keys in it. Whoever owns the machine can rewrite all of
that; what was handed out earlier they cannot, so the folder may come from outside.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from django.db import connection, transaction

from bihuan.conf import env
from bihuan.kernel.crypto import sm2
from bihuan.kernel.errors import Refused
from bihuan.kernel.record import findings, heads, seal_keys
from bihuan.kernel.record.findings import MOST, Finding, Verification
from bihuan.kernel.record.heads import Head
from bihuan.kernel.record.matching import Row, gaps, is_whole, what_is_wrong
from bihuan.kernel.record.packing import Unreadable, unpack
from bihuan.kernel.record.seal_chain import SealChain
from bihuan.kernel.record.sealed_lines import SealedLine, SealedLines
from bihuan.kernel.record.words import DEEDS, HANDS, Deed, Hand

_ROWS = """SELECT matter::text, seq, digest, tx, matter_no, deed, hand, happened_at, recorded_at, facts, payload
           FROM record_entry ORDER BY matter, seq"""
_AT_ONCE = 2_000
EXPLAINED = 200
"""So many altered matters are told column by column; looking for the column takes some ten milliseconds."""
_NO_DEED, _NO_HAND = Deed("?", "?", "?", "?"), Hand("?", "?", "?", None, "", "", "")
_LAST = "g"


def verify(seals: Path | None = None, *, key: Path | None = None, further: bool = True) -> Verification:
    """Check every entry, every seal and, with ``further``, what the rooms above check (signatures).

    ``seals`` is a folder that was handed out; without it the installation's own. ``key`` trusts one public
    key file instead of those beside the seals.

    Raises:
        Refused: ``record.no_seals`` when the folder is not there, ``record.bad_key``.
    """
    folder = seals or env.seals_folder()
    if not folder.is_dir():
        raise Refused.because("record.no_seals", f"封存文件夹“{folder}”不存在，请检查路径。")
    lines = SealedLines()
    try:
        chain = SealChain(folder, _trusted(folder, key), own=seals is None)
        chain.read(lines)
        with transaction.atomic(), connection.cursor() as cursor:
            if len(connection.savepoint_ids) == 0:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            return _Pass(chain, lines).run(further)
    finally:
        lines.close()


def _trusted(folder: Path, key: Path | None) -> dict[str, bytes]:
    if key is None:
        return seal_keys.public_keys(folder)
    public = seal_keys.read_public(key)
    return {sm2.fingerprint(public): public}


class _Pass:
    """One walk over rows, sealed lines and heads, matter by matter."""

    def __init__(self, chain: SealChain, lines: SealedLines) -> None:
        self._chain = chain
        self._lines = lines
        self._entries = 0
        self._unsealed = 0
        self._found: list[Finding] = []
        self._omitted = 0
        self._altered = 0

    def run(self, further: bool) -> Verification:
        for finding in self._chain.findings():
            self._add(finding)
        for matter, rows, sealed, head in self._matters():
            self._entries += len(rows)
            self._examine(matter, rows, sealed, head)
        if further:
            for finding in findings.further():
                self._add(finding)
        return Verification(self._entries, self._unsealed, tuple(self._found), self._omitted)

    def _examine(self, matter: str, rows: list[Row], sealed: list[SealedLine], head: Head | None) -> None:
        named = {line.seq: line.digest for line in sealed}
        if len(rows) > len(named) or any(row.seq not in named for row in rows):
            self._judge_unsealed(
                _number(matter, rows, sealed, head), [row for row in rows if row.seq not in named]
            )
        count = len(self._found)
        if not rows or not is_whole(rows, named):
            matter_no = _number(matter, rows, sealed, head)
            if rows or sealed:
                for finding in what_is_wrong(matter, matter_no, rows, named):
                    self._add(finding)
        accused = self._found[count:]
        self._judge_head(rows, head, known=bool(accused))
        if rows and head and not any(finding.entry == rows[-1].seq for finding in accused):
            self._judge_columns(rows[-1], head)

    def _judge_unsealed(self, matter_no: str, rows: list[Row]) -> None:
        self._unsealed += len(rows)
        for row in rows:
            if self._chain.covers(row.tx):
                detail = "封存时没有这条记录，是事后插入的"
                self._add(Finding("altered", matter_no, row.seq, detail))

    def _judge_head(self, rows: list[Row], head: Head | None, *, known: bool) -> None:
        if known or (not rows and head is None):
            return
        if head is None:
            if rows[0].kind in heads.kinds():
                number = rows[0].matter_no or rows[0].matter
                self._add(Finding("missing_matter", number, None, "记录还在，事项本身被删除"))
        elif not rows:
            self._add(Finding("missing_matter", head.matter_no, None, f"事项的{head.seq}条记录全部不见了"))
        elif head.seq > rows[-1].seq:
            for seq in gaps({row.seq for row in rows}, head.seq):
                self._add(
                    Finding("removed", head.matter_no, seq, "事项登记有这条记录，记录里没有（尚未封存）")
                )
        elif head.seq < rows[-1].seq:
            self._add(Finding("altered", head.matter_no, head.seq + 1, "事项没有登记这条记录，是另外插入的"))
        elif head.digest != rows[-1].digest:
            self._add(Finding("altered", head.matter_no, head.seq, "摘要与事项登记的不一致"))

    def _judge_columns(self, last: Row, head: Head) -> None:
        """Where the end of the chain is whole: whether the matter is still what its last entry left."""
        if head.facts is None or not last.facts or last.digest != head.digest or last.facts == head.facts:
            return
        self._altered += 1
        told = heads.explained(head) if self._altered <= EXPLAINED else ""
        detail = f"事项在留痕之外被改动：{told or '有栏目与最后一条记录写成时不同'}"
        self._add(Finding("altered_matter", head.matter_no, None, detail))

    def _add(self, finding: Finding) -> None:
        if len(self._found) < MOST:
            self._found.append(finding)
        else:
            self._omitted += 1

    def _matters(self) -> Iterator[tuple[str, list[Row], list[SealedLine], Head | None]]:
        """Rows, sealed lines and head of every matter that any of the three knows, ordered by matter."""
        by_row = groupby(_rows(), key=lambda row: row.matter)
        by_line = groupby(self._lines.in_order(), key=lambda line: line.matter)
        by_head = iter(heads.all_heads())
        row_group, line_group, head = next(by_row, None), next(by_line, None), next(by_head, None)
        while True:
            row_matter = row_group[0] if row_group else _LAST
            line_matter = line_group[0] if line_group else _LAST
            head_matter = str(head.matter) if head else _LAST
            matter = min(row_matter, line_matter, head_matter)
            if matter == _LAST:
                return
            rows: list[Row] = []
            lines: list[SealedLine] = []
            own: Head | None = None
            if row_group and row_matter == matter:
                rows, row_group = list(row_group[1]), next(by_row, None)
            if line_group and line_matter == matter:
                lines, line_group = list(line_group[1]), next(by_line, None)
            if head and head_matter == matter:
                own, head = head, next(by_head, None)
            yield matter, rows, lines, own


def _number(matter: str, rows: list[Row], sealed: list[SealedLine], head: Head | None) -> str:
    """What people call a matter: a seal says it, its row says it, and so does its first entry."""
    told = (
        sealed[0].matter_no if sealed else "",
        head.matter_no if head else "",
        rows[0].matter_no if rows else "",
    )
    return next((number for number in told if number not in ("", "?")), matter)


def _rows() -> Iterator[Row]:
    deeds, hands = DEEDS.all(), HANDS.all()
    hands_as_told = {number: (*hand[:3], hand.signed) for number, hand in hands.items()}
    nobody = (*_NO_HAND[:3], None)
    with connection.connection.cursor(name="bihuan_verify", binary=True) as cursor:
        cursor.itersize = _AT_ONCE
        cursor.execute(_ROWS)
        for matter, seq, digest, tx, number, deed, hand, happened_at, recorded_at, facts, payload in cursor:
            kind, verb, from_state, to_state = deeds.get(deed, _NO_DEED)
            yield Row(
                matter, seq, digest, tx, kind, number, verb, from_state, to_state, *hands_as_told.get(hand, nobody),
                happened_at, recorded_at, facts, _payload(payload),
            )  # fmt: skip


def _payload(stored: bytes) -> str:
    """What cannot be read any more fits no digest."""
    try:
        return unpack(stored)
    except Unreadable:
        return ""
