"""Hands under entries: who signed what, with which key, and what does not pass for a signature."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from bihuan.conf import env
from bihuan.kernel.crypto import sm2
from bihuan.kernel.errors import Refused
from bihuan.kernel.people.models import Person
from bihuan.kernel.record import append, entries_of
from bihuan.kernel.record.verification import verify
from bihuan.kernel.signatures import keyring
from bihuan.kernel.signatures.checking import verify_signatures
from bihuan.kernel.signatures.models import Kind, PersonKey, Signature
from bihuan.kernel.signatures.signer import Signer, SoftwareSigner
from bihuan.kernel.signatures.signing import take_pen, with_key_in_force
from bihuan.kernel.uid import uuid7
from tests.kernel.record_of import altered, chain, sealed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_keyring() -> Iterator[None]:
    keyring.forget()
    yield
    keyring.forget()


@pytest.fixture
def person() -> Person:
    return Person.objects.create(name="王建国")


@with_key_in_force
def signed_by(person: Person, kind: str = Kind.SIGNED_IN, witness: str = "") -> UUID:
    """An entry that the person signs; its matter."""
    pen = take_pen(person.pk, kind, witness)
    entry = replace(chain(uuid7(), "370403-H2026-000001", 1)[0], signed=pen.signed)
    append([entry], pen.sign)
    return entry.matter


def faults() -> list[str]:
    return [finding.detail for finding in verify_signatures()]


def test_a_signature_holds_under_the_entrys_digest(person: Person) -> None:
    matter = signed_by(person)
    (stored,) = Signature.objects.filter(matter=matter).select_related("key")
    (entry,) = entries_of(matter)
    assert (stored.kind, stored.person_id, stored.witness, stored.seq) == ("signed_in", person.pk, "", 1)
    assert stored.key is not None
    assert entry.signed == (person.pk, "signed_in", stored.key.fingerprint, "")
    assert bytes(stored.value) == entry.signature
    assert sm2.verify(bytes(stored.key.public), entry.digest, entry.signature)
    assert faults() == []


def test_many_entries_are_signed_at_once(person: Person) -> None:
    pen = take_pen(person.pk)
    made = [replace(chain(uuid7(), f"370403-H2026-{n:06d}", 1)[0], signed=pen.signed) for n in range(1, 61)]
    append(made, pen.sign)
    assert Signature.objects.count() == 60
    assert faults() == []


def test_a_key_is_made_once_and_a_pen_costs_one_statement_afterwards(person: Person) -> None:
    signed_by(person)
    with CaptureQueriesContext(connection) as queries:
        take_pen(person.pk)
    assert len(queries) == 1
    keyring.forget()
    signed_by(person)
    assert PersonKey.objects.count() == 1
    assert faults() == []


def test_the_private_key_lies_encrypted(person: Person) -> None:
    unlocked = keyring.key_of(person.pk)
    row = PersonKey.objects.get()
    assert isinstance(unlocked.signer, SoftwareSigner)
    assert unlocked.signer._key.scalar not in bytes(row.locked)
    assert (env.keys_folder() / "persons.key").stat().st_mode & 0o777 == 0o600


def test_a_revoked_key_signs_no_more_and_what_it_signed_stays_valid(person: Person) -> None:
    signed_by(person)
    held = keyring.key_of(person.pk)
    PersonKey.objects.filter(pk=held.key_id).update(
        revoked_at="2026-11-23T00:00:00+08:00", revoked_for="手机遗失"
    )
    after = signed_by(person)
    assert Signature.objects.get(matter=after).key_id != held.key_id
    assert PersonKey.objects.filter(person=person).count() == 2
    assert faults() == []


def test_revoking_in_words(person: Person) -> None:
    signed_by(person)
    assert keyring.revoke(person.pk, "离岗")
    assert not keyring.revoke(person.pk, "离岗")
    assert PersonKey.objects.get().revoked_for == "离岗"


@pytest.mark.parametrize("kind", ["scanned", "claimed"])
def test_a_signature_made_elsewhere_is_kept_without_a_key(person: Person, kind: str) -> None:
    kept = Signature.objects.get(matter=signed_by(person, kind))
    assert (kept.kind, kept.key_id, bytes(kept.value)) == (kind, None, b"")
    assert PersonKey.objects.count() == 0
    assert faults() == []


@pytest.mark.parametrize("kind", ["drawn", "refused"])
def test_drawing_and_refusing_need_a_named_witness(person: Person, kind: str) -> None:
    with pytest.raises(Refused) as refused:
        take_pen(person.pk, kind, " ")
    assert refused.value.failures[0].code == "signature.no_witness"
    assert Signature.objects.get(matter=signed_by(person, kind, "孙立")).witness == "孙立"
    assert faults() == []


def test_an_unknown_kind_is_a_mistake(person: Person) -> None:
    with pytest.raises(ValueError, match="kind"):
        take_pen(person.pk, "winked")
    assert Kind("claimed").label == "台账所载签名"


@pytest.mark.parametrize("statement", [
    "UPDATE record_entry SET signature = ''", "DELETE FROM signatures_signature", "UPDATE record_hand SET signed_as = 'claimed'",
    "UPDATE signatures_personkey SET public = ''", "DELETE FROM signatures_personkey",
])  # fmt: skip
def test_the_application_cannot_take_a_signature_back(person: Person, statement: str) -> None:
    signed_by(person)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(("statement", "words"), [
    ("UPDATE record_entry SET signature = set_byte(signature, 9, get_byte(signature, 9) # 1)", "不符"),
    ("UPDATE record_entry SET signature = ''", "已被删除"),
    ("UPDATE signatures_personkey SET person_id = (SELECT max(id) FROM people_person)", "他人的密钥"),
    ("UPDATE signatures_personkey SET public = set_byte(public, 9, get_byte(public, 9) # 1)", "不符"),
    ("UPDATE signatures_personkey SET revoked_at = '2000-01-01'", "停用"),
    ("DELETE FROM signatures_personkey", "密钥不存在"),
    ("UPDATE record_entry SET digest = sha256(digest)", "不符"),
    ("UPDATE record_hand SET signer = NULL", "另外加上"),
])  # fmt: skip
def test_what_was_tampered_with_is_named(
    owner_connection: psycopg.Connection, statement: str, words: str
) -> None:
    person = Person.objects.create(name="王建国")
    Person.objects.create(name="李芳")
    signed_by(person)
    assert verify().ok
    owner_connection.execute("SET session_replication_role = replica")
    owner_connection.execute(statement)
    found = [finding for finding in verify().findings if finding.kind == "bad_signature"]
    assert [finding.matter_no for finding in found] == ["370403-H2026-000001"]
    assert words in found[0].detail


def test_a_removed_entry_is_told_once_with_its_signature(owner_connection: psycopg.Connection) -> None:
    matter = signed_by(Person.objects.create(name="王建国"))
    sealed()
    owner_connection.execute("DELETE FROM record_entry WHERE matter = %s", [matter])
    found = verify().findings
    assert [(finding.kind, finding.matter_no) for finding in found] == [
        ("missing_matter", "370403-H2026-000001")
    ]


def test_a_signature_by_another_key_is_found(owner_connection: psycopg.Connection) -> None:
    """Somebody forges the value with a key of his own and puts that key into the person's place."""
    matter = signed_by(Person.objects.create(name="王建国"))
    sealed()
    forger = sm2.PrivateKey.generate()
    (entry,) = entries_of(matter)
    owner_connection.execute("UPDATE record_entry SET signature = %s", [forger.sign(entry.digest)])
    owner_connection.execute(
        "UPDATE signatures_personkey SET public = %s, fingerprint = %s",
        [forger.public, sm2.fingerprint(forger.public)],
    )
    assert {finding.kind for finding in verify().findings} == {"bad_signature"}
    altered(owner_connection, matter, 1, key=sm2.fingerprint(forger.public))
    assert {finding.kind for finding in verify().findings} == {"altered"}


@pytest.mark.django_db(transaction=True)
def test_two_processes_that_make_a_persons_first_key_agree() -> None:
    person = Person.objects.create(name="王建国")
    start, failures = threading.Barrier(6), list[BaseException]()

    def sign() -> None:
        try:
            start.wait()
            signed_by(person)
        except BaseException as reason:
            failures.append(reason)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=sign) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert PersonKey.objects.count() == 1
    assert verify().ok
    assert Signature.objects.count() == 6


def test_after_a_restore_without_keys_a_new_key_takes_over(person: Person, bihuan_data: Path) -> None:
    signed_by(person)
    keyring.forget()
    (env.keys_folder() / "persons.key").unlink()
    signed_by(person)
    old, new = PersonKey.objects.order_by("pk")
    assert old.revoked_for.startswith("恢复备份")
    assert new.revoked_at is None
    assert faults() == []


def test_another_signer_fits_the_seam() -> None:
    def use(signer: Signer) -> bool:
        digest = bytes(32)
        return signer.verify(signer.public, digest, signer.sign(digest))

    makers: list[Callable[[], Signer]] = [lambda: SoftwareSigner(sm2.PrivateKey.generate().scalar)]
    assert all(use(make()) for make in makers)
