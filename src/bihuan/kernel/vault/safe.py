"""Putting in, taking out, forgetting.

Who may, and the entry that says so, is the business of the loops above.
"""

from __future__ import annotations

import json
from uuid import UUID

from django.db import transaction

from bihuan.kernel import clock
from bihuan.kernel.crypto import custody, keyfiles, sm3, sm4
from bihuan.kernel.errors import Absent, Failure, Refused
from bihuan.kernel.vault.commitments import Opening, commit
from bihuan.kernel.vault.models import VaultKey, VaultValue

MASTER = "vault.key"
_AT_ONCE = 1_000


class Forgotten(Refused):
    """密封内容的密钥已销毁，内容无法再读取；记录中的承诺值仍可用原文验证。"""

    def __init__(self) -> None:
        super().__init__(Failure("vault.forgotten", "该密封内容已按规定销毁密钥，无法再读取。"))


@transaction.atomic
def put(matter: UUID, field: str, value: str) -> str:
    """Lock ``value`` away under the matter's key; returns the commitment (hexadecimal) for the record.

    A second value for the same field stands beside the first, whose commitment the record also holds.

    Raises:
        Refused: ``vault.key_missing`` when the matter's key was made with a master key that is not here.
    """
    custody.hold_steady()
    commitment, opening = commit(value)
    key, secret = _key_for(matter)
    text = json.dumps(opening, ensure_ascii=False).encode()
    VaultValue.objects.create(
        matter=matter,
        field=field,
        key=key.pk,
        commitment=bytes.fromhex(commitment),
        locked=sm4.seal(secret, text, _place(matter, field, commitment)),
        made_at=clock.now(),
    )
    return commitment


def reveal(matter: UUID, field: str, commitment: str | None = None) -> str:
    """The latest value of the field, or the one behind ``commitment``. Errors as :func:`opening`."""
    return opening(matter, field, commitment).value


@transaction.atomic
def opening(matter: UUID, field: str, commitment: str | None = None) -> Opening:
    """The value with the salt that proves its commitment to others.

    Raises:
        Absent: nothing was ever sealed there.
        Forgotten: its key was destroyed.
        Refused: ``vault.key_missing``, ``vault.altered``.
    """
    custody.hold_steady()
    values = VaultValue.objects.filter(matter=matter, field=field).order_by("-pk")
    if commitment is not None:
        values = values.filter(commitment=bytes.fromhex(commitment))
    value = values.first()
    if value is None:
        raise Absent
    key = VaultKey.objects.filter(pk=value.key).first()
    if key is None:
        raise Forgotten
    place = _place(matter, field, bytes(value.commitment).hex())
    try:
        text = sm4.open_sealed(_unlock(key), bytes(value.locked), place)
    except sm4.Locked as reason:
        raise Refused.because(
            "vault.altered", "密封内容被改动或移动过，无法解密，请联系审计管理员核查。"
        ) from reason
    return Opening(*json.loads(text))


def fields_of(matter: UUID) -> list[str]:
    """Which fields of the matter are sealed, forgotten or not."""
    return list(
        VaultValue.objects.filter(matter=matter).order_by("field").values_list("field", flat=True).distinct()
    )


def readable_fields_of(matter: UUID) -> list[str]:
    """Which fields of the matter have a value whose key is still there."""
    kept = VaultKey.objects.filter(matter=matter).values("pk")
    rows = VaultValue.objects.filter(matter=matter, key__in=kept).order_by("field")
    return list(rows.values_list("field", flat=True).distinct())


@transaction.atomic
def forget(matter: UUID) -> bool:
    """Destroy the matter's key. What it locked can never be read again; False when there was none.

    Backups made earlier still hold the key; the operations guide says how long they may be kept.
    """
    custody.hold_steady()
    deleted, _ = VaultKey.objects.filter(matter=matter).delete()
    return deleted > 0


def unreadable() -> int:
    """How many keys were made with a master key that this installation does not have."""
    here = [name_of(master) for master in keyfiles.candidates(MASTER)]
    return VaultKey.objects.exclude(master__in=here).count()


def rewrap(old: bytes, new: bytes) -> int:
    """Lock every matter's key that ``old`` locks with ``new`` instead; returns how many.

    Part of changing the master key, in its transaction and as the owner of the tables: the application may not rewrite
    keys. What was tampered with stays as it is and keeps showing.
    """
    done, last = 0, 0
    while rows := list(VaultKey.objects.filter(master=name_of(old), pk__gt=last).order_by("pk")[:_AT_ONCE]):
        last = rows[-1].pk
        changed = [row for row in rows if _rewrapped(row, old, new)]
        VaultKey.objects.bulk_update(changed, ["locked", "master"])
        done += len(changed)
    return done


def _rewrapped(row: VaultKey, old: bytes, new: bytes) -> bool:
    try:
        secret = sm4.open_sealed(old, bytes(row.locked), row.matter.bytes)
    except sm4.Locked:
        return False
    row.locked, row.master = sm4.seal(new, secret, row.matter.bytes), name_of(new)
    return True


def _key_for(matter: UUID) -> tuple[VaultKey, bytes]:
    found = VaultKey.objects.filter(matter=matter).first()
    if found is None:
        master, secret = keyfiles.read_or_make(MASTER, sm4.new_key), sm4.new_key()
        fresh = VaultKey(
            matter=matter,
            locked=sm4.seal(master, secret, matter.bytes),
            master=name_of(master),
            made_at=clock.now(),
        )
        VaultKey.objects.bulk_create([fresh], ignore_conflicts=True)
        found = VaultKey.objects.get(matter=matter)
    return found, _unlock(found)


def _unlock(key: VaultKey) -> bytes:
    fitting = [master for master in keyfiles.candidates(MASTER) if name_of(master) == key.master]
    if not fitting:
        raise Refused.because(
            "vault.key_missing",
            "本机没有密封内容的主密钥（恢复备份时未提供密钥文件），无法读取。请用 bihuan restore --keys 恢复密钥。",
        )
    try:
        return sm4.open_sealed(fitting[0], bytes(key.locked), key.matter.bytes)
    except sm4.Locked as reason:
        raise Refused.because(
            "vault.altered", "密封内容的密钥被改动，无法解密，请联系审计管理员核查。"
        ) from reason


def name_of(master: bytes) -> str:
    """The short name under which rows remember a master key; it tells nothing about it."""
    return sm3.digest(b"bihuan.master:" + master)[:8].hex()


def _place(matter: UUID, field: str, commitment: str) -> bytes:
    return f"{matter.hex}:{field}:{commitment}".encode()
