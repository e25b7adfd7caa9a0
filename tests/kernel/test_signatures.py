"""Hands under entries: who signed what, with which key, and what does not pass for a signature."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from django.db import IntegrityError, ProgrammingError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from bihuan.conf import env
from bihuan.kernel.crypto import sm2
from bihuan.kernel.errors import Refused
from bihuan.kernel.people.models import Person
from bihuan.kernel.record import append, digest_of
from bihuan.kernel.record.verification import verify
from bihuan.kernel.signatures import keyring
from bihuan.kernel.signatures.checking import verify_signatures
from bihuan.kernel.signatures.models import Kind, PersonKey, Signature
from bihuan.kernel.signatures.signer import Signer, SoftwareSigner
from bihuan.kernel.signatures.signing import announce, sign_entry
from bihuan.kernel.uid import uuid7
from tests.kernel.record_of import chain, recorded, sealed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_keyring() -> Iterator[None]:
    keyring.forget()
    yield
    keyring.forget()


@pytest.fixture
def person() -> Person:
    return Person.objects.create(name="王建国")


def one_entry() -> tuple[UUID, bytes]:
    (entry,) = chain(uuid7(), "370403-H2026-000001", 1)
    append([entry])
    return entry.matter, entry.digest


def faults() -> list[str]:
    return [finding.detail for finding in verify_signatures()]


def test_a_signature_holds_under_the_entrys_digest(person: Person) -> None:
    matter, digest = one_entry()
    signature = sign_entry(person.pk, matter, 1, digest)
    (stored,) = Signature.objects.filter(matter=matter).select_related("key")
    assert (stored.kind, stored.person_id, stored.witness) == ("signed_in", person.pk, "")
    assert stored.key is not None
    assert bytes(stored.value) == signature.value
    assert sm2.verify(bytes(stored.key.public), digest, bytes(stored.value))
    assert faults() == []


def test_a_key_is_made_once_and_signing_costs_one_statement_afterwards(person: Person) -> None:
    first, digest = one_entry()
    sign_entry(person.pk, first, 1, digest)
    second, digest = one_entry()
    with CaptureQueriesContext(connection) as queries:
        sign_entry(person.pk, second, 1, digest)
    assert len(queries) == 1
    keyring.forget()
    third, digest = one_entry()
    sign_entry(person.pk, third, 1, digest)
    assert PersonKey.objects.count() == 1
    assert faults() == []


def test_the_private_key_lies_encrypted(person: Person) -> None:
    unlocked = keyring.key_of(person.pk)
    row = PersonKey.objects.get()
    assert isinstance(unlocked.signer, SoftwareSigner)
    assert unlocked.signer._key.scalar not in bytes(row.locked)
    assert (env.keys_folder() / "persons.key").stat().st_mode & 0o777 == 0o600


def test_a_revoked_key_signs_no_more_and_what_it_signed_stays_valid(person: Person) -> None:
    before, digest = one_entry()
    sign_entry(person.pk, before, 1, digest)
    held = keyring.key_of(person.pk)
    PersonKey.objects.filter(pk=held.key_id).update(
        revoked_at="2026-11-23T00:00:00+08:00", revoked_for="手机遗失"
    )
    after, digest = one_entry()
    signature = sign_entry(person.pk, after, 1, digest)
    assert signature.key_id != held.key_id
    assert PersonKey.objects.filter(person=person).count() == 2
    assert faults() == []


def test_revoking_in_words(person: Person) -> None:
    matter, digest = one_entry()
    sign_entry(person.pk, matter, 1, digest)
    assert keyring.revoke(person.pk, "离岗")
    assert not keyring.revoke(person.pk, "离岗")
    assert PersonKey.objects.get().revoked_for == "离岗"


def test_a_person_signs_an_entry_once_several_persons_may(person: Person) -> None:
    other = Person.objects.create(name="李芳")
    matter, digest = one_entry()
    sign_entry(person.pk, matter, 1, digest)
    sign_entry(other.pk, matter, 1, digest)
    with pytest.raises(IntegrityError), transaction.atomic():
        sign_entry(person.pk, matter, 1, digest)
    assert faults() == []


@pytest.mark.parametrize("kind", ["scanned", "claimed"])
def test_a_signature_made_elsewhere_is_kept_without_a_key(person: Person, kind: str) -> None:
    matter, digest = one_entry()
    signature = sign_entry(person.pk, matter, 1, digest, kind=kind)
    assert (signature.key_id, signature.value) == (None, b"")
    assert PersonKey.objects.count() == 0
    assert faults() == []


@pytest.mark.parametrize("kind", ["drawn", "refused"])
def test_drawing_and_refusing_need_a_named_witness(person: Person, kind: str) -> None:
    matter, digest = one_entry()
    with pytest.raises(Refused) as refused:
        sign_entry(person.pk, matter, 1, digest, kind=kind, witness=" ")
    assert refused.value.failures[0].code == "signature.no_witness"
    assert sign_entry(person.pk, matter, 1, digest, kind=kind, witness="孙立").witness == "孙立"
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature(
            matter=uuid7(), seq=1, person=person, at="2026-11-22T00:00Z", kind="refused", value=b""
        ).save(force_insert=True)


def test_an_unknown_kind_is_a_mistake(person: Person) -> None:
    with pytest.raises(ValueError, match="kind"):
        sign_entry(person.pk, uuid7(), 1, bytes(32), kind="winked")
    assert Kind("claimed").label == "台账所载签名"


@pytest.mark.parametrize("statement", [
    "UPDATE signatures_signature SET kind = 'claimed'", "DELETE FROM signatures_signature",
    "UPDATE signatures_personkey SET public = ''", "DELETE FROM signatures_personkey",
])  # fmt: skip
def test_the_application_cannot_take_a_signature_back(person: Person, statement: str) -> None:
    matter, digest = one_entry()
    sign_entry(person.pk, matter, 1, digest)
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(("statement", "words"), [
    ("UPDATE signatures_signature SET value = set_byte(value, 9, get_byte(value, 9) # 1)", "不符"),
    ("UPDATE signatures_signature SET matter = gen_random_uuid()", "不存在"),
    ("UPDATE signatures_signature SET seq = 2", "不存在"),
    ("UPDATE signatures_signature SET person_id = (SELECT max(id) FROM people_person)", "他人的密钥"),
    ("UPDATE signatures_personkey SET public = set_byte(public, 9, get_byte(public, 9) # 1)", "不符"),
    ("UPDATE signatures_personkey SET revoked_at = '2000-01-01'", "停用"),
    ("UPDATE record_entry SET digest = sha256(digest)", "不符"),
])  # fmt: skip
def test_what_was_tampered_with_is_named(
    owner_connection: psycopg.Connection, statement: str, words: str
) -> None:
    person = Person.objects.create(name="王建国")
    Person.objects.create(name="李芳")
    matter, digest = one_entry()
    sign_entry(person.pk, matter, 1, digest)
    assert verify().ok
    owner_connection.execute("SET session_replication_role = replica")
    owner_connection.execute(statement)
    found = [finding for finding in verify().findings if finding.kind == "bad_signature"]
    assert len(found) == 1
    assert words in found[0].detail
    assert found[0].matter_no == ("370403-H2026-000001" if words != "不存在" else found[0].matter_no)


@pytest.mark.parametrize("deed", ["remove", "replace"])
def test_an_announced_signature_is_missed_when_it_is_gone(
    owner_connection: psycopg.Connection, deed: str
) -> None:
    person = Person.objects.create(name="王建国")
    (entry,) = chain(uuid7(), "370403-H2026-000007", 1)
    entry = replace(entry, payload={"signatures": [announce(person.pk)]})
    append([entry])
    sign_entry(person.pk, entry.matter, 1, digest_of(entry))
    sealed()
    assert verify().ok
    if deed == "remove":
        owner_connection.execute("DELETE FROM signatures_signature")
    else:
        forger = sm2.PrivateKey.generate()
        owner_connection.execute(
            "UPDATE signatures_personkey SET public = %s, fingerprint = %s",
            [forger.public, sm2.fingerprint(forger.public)],
        )
        owner_connection.execute(
            "UPDATE signatures_signature SET value = %s", [forger.sign(digest_of(entry))]
        )
    found = [(finding.kind, finding.matter_no, finding.entry) for finding in verify().findings]
    assert found == [("bad_signature", "370403-H2026-000007", 1)]


@pytest.mark.django_db(transaction=True)
def test_two_processes_that_make_a_persons_first_key_agree() -> None:
    person = Person.objects.create(name="王建国")
    made = recorded(6, 1)
    start, failures = threading.Barrier(6), list[BaseException]()

    def sign(index: int) -> None:
        try:
            start.wait()
            sign_entry(person.pk, made[index][0].matter, 1, made[index][0].digest)
        except BaseException as reason:
            failures.append(reason)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=sign, args=[index]) for index in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert PersonKey.objects.count() == 1
    assert verify().ok


def test_after_a_restore_without_keys_a_new_key_takes_over(person: Person, bihuan_data: Path) -> None:
    matter, digest = one_entry()
    sign_entry(person.pk, matter, 1, digest)
    keyring.forget()
    (env.keys_folder() / "persons.key").unlink()
    later, digest = one_entry()
    sign_entry(person.pk, later, 1, digest)
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
