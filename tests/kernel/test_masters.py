"""Keys that are changed and ended: by whom, why, and what of it stands on the record."""

from __future__ import annotations

import threading
from pathlib import Path

import psycopg
import pytest
from django.db import ProgrammingError, connections, transaction

from bihuan.conf import env, roles
from bihuan.conf.address import Address
from bihuan.kernel.crypto import sm4
from bihuan.kernel.errors import Refused
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Person
from bihuan.kernel.people.trail import number_of, trail_of
from bihuan.kernel.record.reading import entries_of
from bihuan.kernel.record.verification import verify
from bihuan.kernel.signatures import keyring, masters
from bihuan.kernel.signatures.masters import Master, change_master, revoke_key
from bihuan.kernel.signatures.models import PersonKey, Signature
from bihuan.kernel.uid import uuid7
from bihuan.kernel.vault import safe
from bihuan.kernel.vault.models import VaultKey
from tests.kernel.record_of import MOMENT
from tests.kernel.test_signatures import signed_by
from tests.world import World, build_world

TERMINAL = Actor.at_terminal("root")


@pytest.fixture(autouse=True)
def empty_keyring() -> None:
    keyring.forget()


def change(master: Master, owner_url: str, reason: str = "介质遗失") -> masters.Changed:
    with roles.as_owner(Address.parse(owner_url)):
        return change_master(master, TERMINAL, reason)


def test_the_former_key_opens_nothing_any_more(owner_url: str, bihuan_data: Path) -> None:
    matter = uuid7()
    safe.put(matter, "reporter", "赵敏")
    file = env.keys_folder() / safe.MASTER
    former = bytes.fromhex(file.read_text())
    assert change(Master.VAULT, owner_url).relocked == 1
    assert safe.reveal(matter, "reporter") == "赵敏"
    assert [path.name for path in env.keys_folder().glob("vault*")] == ["vault.key"]
    assert file.stat().st_mode & 0o777 == 0o600
    row = VaultKey.objects.get()
    with pytest.raises(sm4.Locked):
        sm4.open_sealed(former, bytes(row.locked), matter.bytes)
    (entry,) = entries_of(masters.chain_of("keys/vault"))
    assert (entry.actor_id, entry.actor_name) == ("os:root", "root（命令行）")
    assert entry.payload["reason"] == "介质遗失"
    assert (entry.payload["to"], entry.payload["relocked"]) == (masters.name(Master.VAULT), 1)
    assert verify().ok


def test_a_change_needs_a_reason_and_a_key(owner_url: str) -> None:
    for reason, code in (("换", "keys.no_reason"), ("例行更换", "keys.none_yet")):
        with pytest.raises(Refused) as refused:
            change(Master.PERSONS, owner_url, reason)
        assert refused.value.failures[0].code == code


def test_what_was_tampered_with_or_lost_before_hinders_no_change(
    owner_url: str, owner_connection: psycopg.Connection
) -> None:
    matter, tampered = uuid7(), uuid7()
    for one in (matter, tampered):
        safe.put(one, "reporter", "赵敏")
    owner_connection.execute(
        "UPDATE vault_vaultkey SET locked = set_byte(locked, 14, get_byte(locked, 14) # 1) WHERE matter = %s",
        [tampered],
    )
    changed = change(Master.VAULT, owner_url)
    assert (changed.relocked, changed.lost) == (1, 1)
    assert safe.reveal(matter, "reporter") == "赵敏"


@pytest.mark.django_db
def test_the_application_cannot_rewrite_keys() -> None:
    safe.put(uuid7(), "reporter", "赵敏")
    with pytest.raises(ProgrammingError), transaction.atomic():
        change_master(Master.VAULT, TERMINAL, "越权更换")


@pytest.mark.django_db(transaction=True)
def test_a_key_is_ended_from_a_moment_and_what_it_signed_stays() -> None:
    world = build_world()
    person = world.user("clerk_east").person
    signed_by(person)
    former = PersonKey.objects.get()
    since = MOMENT
    ended, doubted = revoke_key(person, world.actor("security_admin"), "密码被人看到", doubted_since=since)
    assert (ended, doubted) == (True, 1)
    former.refresh_from_db()
    assert former.revoked_at is not None
    assert former.revoked_for == "密码被人看到"
    (entry,) = entries_of(trail_of(number_of(person)))
    assert (entry.verb, entry.payload["key"]) == ("key_revoked", former.fingerprint)
    assert entry.payload["doubted_signatures"] == 1
    assert verify().ok
    assert Signature.objects.get(matter=signed_by(person)).key_id != former.pk


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "reason", "code"),
    [
        ("office", "密码被人看到", "people.not_yours"),
        ("system_admin", "密码被人看到", "people.not_yours"),
        ("security_admin", " ", "keys.no_reason"),
        ("security_admin", "密码被人看到", "keys.none_in_force"),
    ],
)
def test_only_the_security_administrator_with_a_reason(who: str, reason: str, code: str) -> None:
    world = build_world()
    with pytest.raises(Refused) as refused:
        revoke_key(world.user("grid").person, world.actor(who), reason)
    assert refused.value.failures[0].code == code


@pytest.mark.django_db(transaction=True)
def test_a_signature_under_way_is_waited_for_and_one_after_it_uses_another_key() -> None:
    """The moment of ending lies after every signature of the key, whoever comes first."""
    person = Person.objects.create(name="王建国")
    signed_by(person)
    signed, go_on = threading.Event(), threading.Event()

    def sign() -> None:
        try:
            with transaction.atomic():
                signed_by(person)
                signed.set()
                assert go_on.wait(20)
        finally:
            connections.close_all()

    def end() -> None:
        try:
            keyring.revoke(person.pk, "手机遗失")
        finally:
            connections.close_all()

    signer, ender = threading.Thread(target=sign), threading.Thread(target=end)
    signer.start()
    assert signed.wait(20)
    ender.start()
    ender.join(0.5)
    assert ender.is_alive()
    assert PersonKey.objects.get().revoked_at is None
    go_on.set()
    signer.join()
    ender.join()
    ended = PersonKey.objects.get().revoked_at
    assert ended is not None
    assert all(one.at <= ended for one in Signature.objects.all())
    signed_by(person)
    assert PersonKey.objects.count() == 2


def test_nobody_at_the_terminal_passes_for_the_user(db: None) -> None:
    world: World = build_world()
    lent = world.actor("security_admin").through_terminal("root")
    assert (lent.ref, lent.name, lent.person_id, lent.confirmed) == ("os:root", "root（命令行）", None, False)
    assert lent.post == f"安全管理员（代 {world.actor('security_admin').name}）"
    assert not lent.is_system
    assert not lent.all_seeing
