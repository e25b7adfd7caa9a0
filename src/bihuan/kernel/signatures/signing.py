"""A person's signature under an entry of the record: named in the entry, made over its digest, kept with it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import ParamSpec, TypeVar

from bihuan.kernel import statements
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.record.entries import Signed
from bihuan.kernel.signatures import keyring
from bihuan.kernel.signatures.models import KEYED, WITNESSED, Kind
from bihuan.kernel.signatures.signer import Signer

_IN_FORCE = "SELECT 1 FROM signatures_personkey WHERE id = %s AND fingerprint = %s AND revoked_at IS NULL FOR KEY SHARE"


class KeyChanged(Refused):
    """签名密钥刚被更换：记录里写明的密钥已经停用，须重新办理。"""

    def __init__(self) -> None:
        super().__init__(Failure("signature.key_revoked", "签名密钥刚被停用，请重试一次。"))


P = ParamSpec("P")
R = TypeVar("R")


def with_key_in_force(deed: Callable[P, R]) -> Callable[P, R]:
    """Do ``deed``, a whole transaction, once more when the key it took had gone meanwhile.

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


@dataclass(frozen=True, slots=True)
class Pen:
    """A person ready to sign: ``signed`` goes into the entry, under its digest, and ``sign`` makes the value after it.

    The entry so names the very key that signs, and a signature taken away or replaced later is found.
    """

    signed: Signed
    signer: Signer | None

    def sign(self, digest: bytes) -> bytes:
        """r‖s over an entry's digest; empty for a hand that needs no key."""
        return self.signer.sign(digest) if self.signer is not None else b""


def take_pen(person_id: int, kind: str = Kind.SIGNED_IN, witness: str = "") -> Pen:
    """Let the person sign within this transaction; one statement, sent with its deed's, once their key is held.

    Whoever ends the key waits until the transaction is over. Signatures on paper (scanned), in a ledger (claimed) and
    refusals are kept without a key: nobody has signed here.

    Raises:
        KeyChanged: the key held here has gone; do the deed again (:func:`with_key_in_force`).
        Refused: ``signature.no_witness`` for a kind that needs a named witness.
    """
    if kind not in Kind.values:
        raise ValueError(f"no kind of signature: {kind!r}")
    if kind in WITNESSED and not witness.strip():
        raise Refused.because("signature.no_witness", f"{Kind(kind).label}须写明见证人姓名。", "witness")
    if kind not in KEYED:
        return Pen(Signed(person_id, str(kind), "", witness), None)
    key = keyring.key_of(person_id)
    statements.send(_IN_FORCE, [key.key_id, key.fingerprint], partial(_still_there, person_id))
    return Pen(Signed(person_id, str(kind), key.fingerprint, witness), key.signer)


def _still_there(person_id: int, found: int) -> None:
    if not found:
        keyring.forget(person_id)
        raise KeyChanged
