"""Binding a person's signature to an entry that was just appended."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.db import connection

from bihuan.kernel import clock, statements
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.signatures import keyring
from bihuan.kernel.signatures.models import KEYED, WITNESSED, Kind, Signature

ANNOUNCED = "signatures"
_INSERT = """
    INSERT INTO signatures_signature (at, person_id, key_id, seq, matter, kind, value, witness)
    SELECT %s, %s, id, %s, %s, %s, %s, %s FROM signatures_personkey WHERE id = %s AND revoked_at IS NULL
    FOR KEY SHARE
"""


class KeyChanged(Refused):
    """签名密钥刚被更换：记录里写明的密钥已经停用，须重新办理。"""

    def __init__(self) -> None:
        super().__init__(Failure("signature.key_revoked", "签名密钥刚被停用，请重试一次。"))


P = ParamSpec("P")
R = TypeVar("R")


def with_key_in_force(deed: Callable[P, R]) -> Callable[P, R]:
    """Do ``deed``, a whole transaction, once more when the key it announced had gone meanwhile.

    A key held in memory may have been revoked by another process, or undone with the transaction that made it. The
    entry names the key under its digest, so another key must not sign in its place.
    """

    @functools.wraps(deed)
    def tried_again(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return deed(*args, **kwargs)
        except KeyChanged:
            return deed(*args, **kwargs)

    return tried_again


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
    person_id: int,
    matter: UUID,
    seq: int,
    digest: bytes,
    kind: str = Kind.SIGNED_IN,
    witness: str = "",
    *,
    announced: Mapping[str, Any] | None = None,
) -> Signature:
    """Sign ``digest``, the digest of entry ``seq``, for the person; one statement once their key is held.

    Signatures on paper (scanned), in a ledger (claimed) and refusals are kept without a key: nobody has
    signed here. ``announced`` is what the entry says about this signature; no other key may then make it.

    Raises:
        KeyChanged: the announced key has gone; do the deed again (:func:`with_key_in_force`).
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
        _with_key(signature, digest, str((announced or {}).get("key", "")))
    else:
        signature.save(force_insert=True)
    return signature


def _with_key(signature: Signature, digest: bytes, announced: str) -> None:
    """A key revoked by another process since it was unlocked here inserts nothing; then the new one signs."""
    for _ in range(2):
        key = keyring.key_of(signature.person_id)
        if announced and key.fingerprint != announced:
            keyring.forget(signature.person_id)
            raise KeyChanged
        signature.key_id, signature.value = key.key_id, key.signer.sign(digest)
        if announced:
            statements.send(_INSERT, _values(signature), partial(_with_the_announced, signature.person_id))
            return
        if _insert(signature):
            return
        keyring.forget(signature.person_id)
    raise KeyChanged


def _with_the_announced(person_id: int, signed: int) -> None:
    """The entry names its key: where that one has gone meanwhile, no other may sign, and the deed is done again."""
    if not signed:
        keyring.forget(person_id)
        raise KeyChanged


def _insert(signature: Signature) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, _values(signature))
        return bool(cursor.rowcount)


def _values(signature: Signature) -> list[Any]:
    return [
        signature.at, signature.person_id, signature.seq, signature.matter, signature.kind, bytes(signature.value),
        signature.witness, signature.key_id,
    ]  # fmt: skip
