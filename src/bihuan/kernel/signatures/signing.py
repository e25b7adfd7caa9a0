"""Binding a person's signature to an entry that was just appended."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.signatures import keyring
from bihuan.kernel.signatures.models import KEYED, WITNESSED, Kind, Signature

ANNOUNCED = "signatures"
_INSERT = """
    INSERT INTO signatures_signature (at, person_id, key_id, seq, matter, kind, value, witness)
    SELECT %s, %s, id, %s, %s, %s, %s, %s FROM signatures_personkey WHERE id = %s AND revoked_at IS NULL
"""


def announce(person_id: int, kind: str = Kind.SIGNED_IN, witness: str = "") -> dict[str, Any]:
    """What an entry says about a signature it will bear, for the list under :data:`ANNOUNCED` in its payload.

    It puts the signer's key under the digest, so that a signature taken away or replaced later is found.
    """
    told: dict[str, Any] = {"person": person_id, "kind": str(kind)}
    if kind in KEYED:
        told["key"] = keyring.key_of(person_id).fingerprint
    if witness:
        told["witness"] = witness
    return told


def sign_entry(
    person_id: int, matter: UUID, seq: int, digest: bytes, kind: str = Kind.SIGNED_IN, witness: str = ""
) -> Signature:
    """Sign ``digest``, the digest of entry ``seq``, for the person; one statement once their key is held.

    Signatures on paper (scanned), in a ledger (claimed) and refusals are kept without a key: nobody has
    signed here.

    Raises:
        Refused: ``signature.no_witness`` for a kind that needs a named witness.
    """
    if kind not in Kind.values:
        raise ValueError(f"no kind of signature: {kind!r}")
    if kind in WITNESSED and not witness.strip():
        raise Refused.because("signature.no_witness", f"{Kind(kind).label}须写明见证人姓名。", "witness")
    signature = Signature(
        matter=matter,
        seq=seq,
        person_id=person_id,
        at=clock.now(),
        kind=str(kind),
        value=b"",
        witness=witness,
    )
    if kind in KEYED:
        _with_key(signature, digest)
    else:
        signature.save(force_insert=True)
    return signature


def _with_key(signature: Signature, digest: bytes) -> None:
    """A key revoked by another process since it was unlocked here inserts nothing; then the new one signs."""
    for _ in range(2):
        key = keyring.key_of(signature.person_id)
        signature.key_id, signature.value = key.key_id, key.signer.sign(digest)
        if _insert(signature, signature.at, key.key_id):
            return
        keyring.forget(signature.person_id)
    raise Refused.because("signature.key_revoked", "签名密钥刚被停用，请重试一次。")


def _insert(signature: Signature, at: datetime, key_id: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT,
            [
                at, signature.person_id, signature.seq, signature.matter, signature.kind, bytes(signature.value),
                signature.witness, key_id,
            ],
        )  # fmt: skip
        return bool(cursor.rowcount)
