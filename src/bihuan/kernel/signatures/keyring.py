"""Keys of persons: made when first needed, unlocked once in each process, dated, revocable."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock

from django.db import IntegrityError, transaction

from bihuan.kernel import clock
from bihuan.kernel.crypto import custody, keyfiles, sm2, sm3, sm4
from bihuan.kernel.errors import Refused
from bihuan.kernel.signatures.models import PersonKey
from bihuan.kernel.signatures.signer import Signer, SoftwareSigner

LOCKS = "persons.key"
_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Unlocked:
    """A person's key in force, ready to sign."""

    key_id: int
    fingerprint: str
    signer: Signer


_held: dict[int, Unlocked] = {}
_guard = Lock()


def key_of(person_id: int) -> Unlocked:
    """The person's key in force; from memory when this process has used it before."""
    held = _held.get(person_id)
    if held is None:
        held = _open(person_id)
        with _guard:
            _held[person_id] = held
    return held


def forget(person_id: int | None = None) -> None:
    """Drop unlocked keys from memory, one person's or all."""
    with _guard:
        if person_id is None:
            _held.clear()
        else:
            _held.pop(person_id, None)


def revoke(person_id: int, reason: str) -> bool:
    """End the person's key now: a lost phone, a left office. What it signed until now stays valid.

    False when there was none in force. The next signature makes a new one. Signatures under way are waited for, so that
    none that came before the moment looks as if it had come after it.
    """
    with transaction.atomic():
        keys = PersonKey.objects.select_for_update().filter(person_id=person_id, revoked_at__isnull=True)
        held = [row.pk for row in keys]
        PersonKey.objects.filter(pk__in=held).update(revoked_at=clock.now(), revoked_for=reason)
    forget(person_id)
    return bool(held)


def unusable() -> int:
    """How many keys in force were locked with a master key that this installation does not have."""
    here = [name_of(secret) for secret in keyfiles.candidates(LOCKS)]
    return PersonKey.objects.filter(revoked_at__isnull=True).exclude(locked_by__in=here).count()


def rewrap(old: bytes, new: bytes) -> int:
    """Lock every person's key that ``old`` locks with ``new`` instead; returns how many.

    Part of changing the master key, in its transaction and as the owner of the tables. What was tampered with stays as
    it is and keeps showing.
    """
    done, last = 0, 0
    while rows := list(
        PersonKey.objects.filter(locked_by=name_of(old), pk__gt=last).order_by("pk")[:_AT_ONCE]
    ):
        last = rows[-1].pk
        changed = [row for row in rows if _rewrapped(row, old, new)]
        PersonKey.objects.bulk_update(changed, ["locked", "locked_by"])
        done += len(changed)
    return done


def _rewrapped(row: PersonKey, old: bytes, new: bytes) -> bool:
    place = _place(row.person_id, row.fingerprint)
    try:
        scalar = sm4.open_sealed(old, bytes(row.locked), place)
    except sm4.Locked:
        return False
    row.locked, row.locked_by = sm4.seal(new, scalar, place), name_of(new)
    return True


@transaction.atomic
def _open(person_id: int) -> Unlocked:
    custody.hold_steady()
    secret = keyfiles.read_or_make(LOCKS, sm4.new_key)
    row = PersonKey.objects.filter(person_id=person_id, revoked_at__isnull=True).first()
    if row is not None:
        fitting = [one for one in keyfiles.candidates(LOCKS) if name_of(one) == row.locked_by]
        if fitting:
            secret = fitting[0]
        else:
            revoke(person_id, "恢复备份时未提供密钥文件，原密钥无法使用")
            row = None
    if row is None:
        row = _make(person_id, secret)
    try:
        scalar = sm4.open_sealed(secret, bytes(row.locked), _place(person_id, row.fingerprint))
    except sm4.Locked as reason:
        raise Refused.because(
            "signature.key_altered", "签名密钥被改动，无法使用，请联系安全管理员停用并重新生成。"
        ) from reason
    return Unlocked(row.pk, row.fingerprint, SoftwareSigner(scalar))


def _make(person_id: int, secret: bytes) -> PersonKey:
    key = sm2.PrivateKey.generate()
    fingerprint = sm2.fingerprint(key.public)
    try:
        with transaction.atomic():
            return PersonKey.objects.create(
                person_id=person_id,
                fingerprint=fingerprint,
                public=key.public,
                locked=sm4.seal(secret, key.scalar, _place(person_id, fingerprint)),
                locked_by=name_of(secret),
                valid_from=clock.now(),
            )
    except IntegrityError:
        return PersonKey.objects.get(person_id=person_id, revoked_at__isnull=True)


def _place(person_id: int, fingerprint: str) -> bytes:
    return f"person:{person_id}:{fingerprint}".encode()


def name_of(secret: bytes) -> str:
    """The short name under which rows remember a master key; it tells nothing about it."""
    return sm3.digest(b"bihuan.persons:" + secret)[:8].hex()
