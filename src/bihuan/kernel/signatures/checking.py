"""Verifying every signature against the entry it stands under and the key its person had then."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from bihuan.kernel.crypto import sm2
from bihuan.kernel.record.findings import Finding
from bihuan.kernel.signatures.models import KEYED
from bihuan.kernel.signatures.signing import ANNOUNCED

_AT_ONCE = 2_000
_SIGNED = """
    SELECT s.matter, s.seq, s.kind, s.value, k.public, s.person_id <> k.person_id AS anothers,
           coalesce(e.recorded_at > k.revoked_at, false) AS too_late, e.digest, e.matter_no
    FROM signatures_signature s
    LEFT JOIN signatures_personkey k ON k.id = s.key_id
    LEFT JOIN record_entry e ON e.matter = s.matter AND e.seq = s.seq
"""
_ANNOUNCED = f"""
    SELECT e.matter_no, e.seq, e.payload, array_agg(s.person_id || ' ' || s.kind || ' ' || coalesce(k.fingerprint, ''))
    FROM record_entry e
    LEFT JOIN signatures_signature s ON s.matter = e.matter AND s.seq = e.seq
    LEFT JOIN signatures_personkey k ON k.id = s.key_id
    WHERE e.payload LIKE '%"{ANNOUNCED}":[{{%'
    GROUP BY e.matter, e.seq, e.matter_no, e.payload
"""  # noqa: S608 constants only


class _Row(NamedTuple):
    matter: UUID
    seq: int
    kind: str
    value: bytes
    public: bytes | None
    anothers: bool | None
    too_late: bool | None
    digest: bytes | None
    matter_no: str | None


def verify_signatures() -> Iterator[Finding]:
    """Everything wrong with any signature, as ``bad_signature``; streams both tables."""
    for values in _stream("bihuan_signatures", _SIGNED):
        row = _Row._make(values)
        detail = _fault(row)
        if detail:
            yield Finding("bad_signature", row.matter_no or str(row.matter), row.seq, detail)
    for matter_no, seq, payload, present in _stream("bihuan_announced", _ANNOUNCED):
        for told in _missing(payload, present):
            detail = f"记录载明有人员{told.get('person')}的签名，签名已被删除或替换"
            yield Finding("bad_signature", matter_no, seq, detail)


def _fault(row: _Row) -> str | None:
    if row.digest is None:
        return "签名所指的记录不存在"
    if row.kind not in KEYED:
        return None
    if row.public is None:
        return "签名所用的密钥不存在"
    if row.anothers:
        return "签名所用的是他人的密钥"
    if row.too_late:
        return "签名所用的密钥在这条记录之前已经停用"
    if not sm2.verify(bytes(row.public), bytes(row.digest), bytes(row.value)):
        return "签名与记录内容或签名人的密钥不符"
    return None


def _missing(payload: str, present: list[str | None]) -> Iterator[dict[str, Any]]:
    try:
        announced = json.loads(payload)[ANNOUNCED]
    except (ValueError, KeyError, TypeError):
        return
    for told in announced if isinstance(announced, list) else ():
        if (
            isinstance(told, dict)
            and f"{told.get('person')} {told.get('kind')} {told.get('key', '')}" not in present
        ):
            yield told


def _stream(name: str, query: str) -> Iterator[tuple[Any, ...]]:
    with (
        connection.cursor(),
        connection.connection.cursor(name=name, binary=True, withhold=_alone()) as cursor,
    ):
        cursor.itersize = _AT_ONCE
        cursor.execute(query)
        yield from cursor


def _alone() -> bool:
    """Outside a transaction a streaming cursor must be told to outlive its statement."""
    return not connection.in_atomic_block
