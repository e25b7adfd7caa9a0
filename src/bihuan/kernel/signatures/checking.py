"""Verifying every signature against the entry it lies in and the key its person had then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from bihuan.kernel.crypto import sm2
from bihuan.kernel.record.entries import Signed
from bihuan.kernel.record.findings import Finding
from bihuan.kernel.record.words import HANDS
from bihuan.kernel.signatures.models import KEYED, PersonKey

_AT_ONCE = 2_000
_SIGNED = """
    SELECT matter, seq, hand, recorded_at, digest, signature FROM record_entry
    WHERE signature <> '' OR hand = ANY(%s)
"""


class _Key(NamedTuple):
    person: int
    public: bytes
    revoked_at: datetime | None


def verify_signatures() -> Iterator[Finding]:
    """Everything wrong with any signature, as ``bad_signature``; streams the record."""
    hands = {number: hand.signed for number, hand in HANDS.all().items()}
    keys = {
        row.fingerprint: _Key(row.person_id, bytes(row.public), row.revoked_at)
        for row in PersonKey.objects.all()
    }
    signing = [number for number, signed in hands.items() if signed is not None and signed.kind in KEYED]
    for matter, seq, hand, recorded_at, digest, value in _stream([signing]):
        detail = _fault(hands.get(hand), keys, recorded_at, digest, value)
        if detail:
            yield Finding("bad_signature", _number_of(matter), seq, detail)


def _fault(
    signed: Signed | None, keys: dict[str, _Key], recorded_at: datetime, digest: bytes, value: bytes
) -> str | None:
    if signed is None or signed.kind not in KEYED:
        return "这条记录没有载明密钥签名，签名是另外加上的"
    if not value:
        return f"记录载明有人员{signed.person}的签名，签名已被删除"
    key = keys.get(signed.key)
    if key is None:
        return "签名所用的密钥不存在"
    if key.person != signed.person:
        return "签名所用的是他人的密钥"
    if key.revoked_at is not None and recorded_at > key.revoked_at:
        return "签名所用的密钥在这条记录之前已经停用"
    if sm2.fingerprint(key.public) != signed.key or not sm2.verify(key.public, digest, value):
        return "签名与记录内容或签名人的密钥不符"
    return None


def _number_of(matter: UUID) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT matter_no FROM record_entry WHERE matter = %s AND seq = 1", [matter])
        found = cursor.fetchone()
    return found[0] if found else str(matter)


def _stream(values: list[Any]) -> Iterator[tuple[Any, ...]]:
    with (
        connection.cursor(),
        connection.connection.cursor(
            name="bihuan_signatures", binary=True, withhold=not connection.in_atomic_block
        ) as cursor,
    ):
        cursor.itersize = _AT_ONCE
        cursor.execute(_SIGNED, values)
        yield from cursor
