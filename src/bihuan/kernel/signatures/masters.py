"""Changing the keys of the installation, and ending a person's: each deed stands on the record with its reason.

Master keys lock other keys, so changing one means locking those anew. Killed at any moment, everything opens: until the
last move both master keys lie there, and repeating the command finishes what was begun.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from bihuan.kernel import clock, record
from bihuan.kernel.crypto import custody, keyfiles, sm4
from bihuan.kernel.errors import Failure, Refused
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Person, Role
from bihuan.kernel.people.trail import note
from bihuan.kernel.record.reading import entries_of
from bihuan.kernel.signatures import keyring
from bihuan.kernel.signatures.models import PersonKey, Signature
from bihuan.kernel.vault import safe

KIND = "keys"
VERBS = {"master_changed": "更换主密钥"}
SHORTEST_REASON = 4
_SPACE = UUID("0d2f7a5e-3c1b-5b7e-8f52-6a9c1e4d7b30")


class Master(StrEnum):
    """A master key by its name on the command line."""

    VAULT = "vault"
    PERSONS = "persons"

    @property
    def label(self) -> str:
        return _MASTERS[self].label


@dataclass(frozen=True, slots=True)
class _Kept:
    label: str
    file: str
    name_of: Callable[[bytes], str]
    rewrap: Callable[[bytes, bytes], int]
    lost: Callable[[], int]


_MASTERS = {
    Master.VAULT: _Kept("密封内容主密钥", safe.MASTER, safe.name_of, safe.rewrap, safe.unreadable),
    Master.PERSONS: _Kept("人员签名主密钥", keyring.LOCKS, keyring.name_of, keyring.rewrap, keyring.unusable),
}


@dataclass(frozen=True, slots=True)
class Changed:
    """A master key that was changed: how many keys it locks now, how many nobody here can open."""

    master: Master
    relocked: int
    lost: int


def begun(master: Master) -> bool:
    """Whether a change broke off before its end: both keys are there, everything opens, it waits to be finished."""
    return keyfiles.read(_MASTERS[master].file + keyfiles.NEXT) is not None


def lost(master: Master) -> int:
    """How many keys were locked with a master key that is not here."""
    return _MASTERS[master].lost()


def name(master: Master) -> str:
    """The short name of the key in force; empty before its first use."""
    kept = _MASTERS[master]
    found = keyfiles.read(kept.file)
    return kept.name_of(found) if found else ""


def change_master(master: Master, by: Actor, reason: str) -> Changed:
    """Put a new master key in the place of one that may be known to others; work waits for moments meanwhile.

    Run as the owner of the tables. Copies of the former key open nothing any more but older backups.

    Raises:
        Refused: no reason (``keys.no_reason``), or there is no such key yet (``keys.none_yet``).
    """
    words = _reason(reason)
    kept = _MASTERS[master]
    with custody.changing():
        former = keyfiles.read(kept.file)
        if former is None:
            raise Refused.because(
                "keys.none_yet", f"还没有{kept.label}，第一次用到时自动生成，现在不用更换。"
            )
        relocked = relock(master, former, by, words)
        keyfiles.take_over(kept.file)
    keyring.forget()
    return Changed(master, relocked, kept.lost())


def relock(master: Master, former: bytes, by: Actor, reason: str) -> int:
    """The middle of :func:`change_master`: the next key lies beside ``former`` and locks what that one locked."""
    kept = _MASTERS[master]
    following = keyfiles.read_or_make(kept.file + keyfiles.NEXT, sm4.new_key)
    with transaction.atomic():
        relocked = kept.rewrap(former, following)
        told = {"key": str(master), "from": kept.name_of(former), "to": kept.name_of(following)}
        _note(master, by, told, {"relocked": relocked, "lost": kept.lost(), "reason": reason})
    return relocked


def revoke_key(
    person: Person, by: Actor, reason: str, *, doubted_since: datetime | None = None
) -> tuple[bool, int]:
    """End a person's signing key at this moment: what it signed before stays valid, later signatures need a new key.

    ``doubted_since`` is when somebody else may have had it; the record names it with the number of signatures since, for
    the auditor to look at. Returns whether there was a key in force, and that number.

    Raises:
        Refused: not by the security administrator (``people.not_yours``), no reason, a moment to come, or no key.
    """
    if not (by.is_system or by.holds(Role.SECURITY_ADMIN)):
        raise Refused.because("people.not_yours", "签名密钥由安全管理员停用")
    words = _reason(reason)
    if doubted_since is not None and doubted_since > clock.now():
        raise Refused(Failure("keys.doubt_in_future", "存疑起始时间晚于现在，请核对后重填", "doubted_since"))
    with transaction.atomic():
        held = Person.objects.select_for_update().get(pk=person.pk)
        key = PersonKey.objects.filter(person=held, revoked_at__isnull=True).first()
        if key is None:
            raise Refused.because(
                "keys.none_in_force", f"{held.name}没有启用中的签名密钥，首次签名时才生成，不用停用"
            )
        keyring.revoke(held.pk, words[:200])
        doubted = Signature.objects.filter(key=key, at__gte=doubted_since).count() if doubted_since else 0
        told: dict[str, Any] = {"key": key.fingerprint, "reason": words}
        if doubted_since is not None:
            told |= {"doubted_since": doubted_since.isoformat(), "doubted_signatures": doubted}
        note(held, "key_revoked", by, told)
    return True, doubted


def _reason(reason: str) -> str:
    words = reason.strip()
    if len(words) < SHORTEST_REASON:
        raise Refused.because(
            "keys.no_reason", f"请写明原因（不少于{SHORTEST_REASON}个字），原因将留痕", "reason"
        )
    return words


def number_of(master: Master) -> str:
    """The number under which a master key stands in the record."""
    return f"keys/{master}"


def chain_of(number: str) -> UUID:
    """The chain of the key with this number."""
    return uuid5(_SPACE, number)


def _note(master: Master, by: Actor, told: dict[str, Any], more: dict[str, Any]) -> None:
    """One entry for each change, however often it was begun again."""
    number = number_of(master)
    chain = chain_of(number)
    before = entries_of(chain)
    if before and all(before[-1].payload.get(key) == value for key, value in told.items()):
        return
    moment = clock.now()
    entry = record.NewEntry(
        matter=chain,
        seq=len(before) + 1,
        previous=bytes(before[-1].digest) if before else record.genesis(chain),
        kind=KIND,
        matter_no=number,
        verb="master_changed",
        from_state="",
        to_state="",
        actor_id=by.ref,
        actor_name=by.name,
        actor_post=by.post,
        happened_at=moment,
        recorded_at=moment,
        payload={**told, **more},
    )
    record.append([entry])
