"""Sealed values: committed to, locked away once, readable, provable, forgettable."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from django.db import connection

from bihuan.conf import env
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.record import append
from bihuan.kernel.record.verification import verify
from bihuan.kernel.uid import uuid7
from bihuan.kernel.vault import safe
from bihuan.kernel.vault.commitments import commit, opens
from bihuan.kernel.vault.models import VaultKey, VaultValue
from bihuan.kernel.vault.safe import Forgotten, forget, opening, put, reveal
from tests.kernel.record_of import chain, sealed

REPORTER = "举报人：赵敏，电话 13800000000"


@pytest.mark.django_db
def test_a_value_comes_back_and_opens_its_commitment() -> None:
    matter = uuid7()
    commitment = put(matter, "reporter", REPORTER)
    assert reveal(matter, "reporter") == REPORTER
    proof = opening(matter, "reporter")
    assert opens(commitment, proof.salt, proof.value)
    assert not opens(commitment, proof.salt, "举报人：王芳")
    assert not opens(commitment, "00" * 16, REPORTER)
    assert safe.fields_of(matter) == ["reporter"]


def test_a_commitment_tells_nothing_and_nonsense_does_not_open_it() -> None:
    first, opening_of_first = commit("张三")
    second, _ = commit("张三")
    assert first != second
    assert opens(first.upper(), *opening_of_first)
    for salt in ("", "zz", "00", "00" * 17):
        assert not opens(first, salt, "张三")
    assert not opens("", opening_of_first.salt, "张三")


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["", "短", "长" * 20_000, '引号" 换行\n 空\u0000 😀'])
def test_any_text_can_be_sealed(value: str) -> None:
    matter = uuid7()
    put(matter, "note", value)
    assert reveal(matter, "note") == value


@pytest.mark.django_db
def test_a_corrected_value_stands_beside_the_first() -> None:
    matter = uuid7()
    first = put(matter, "reporter", "张三")
    put(matter, "reporter", "张三丰")
    assert reveal(matter, "reporter") == "张三丰"
    assert reveal(matter, "reporter", first) == "张三"
    assert VaultKey.objects.count() == 1


@pytest.mark.django_db
def test_nothing_in_the_tables_shows_the_value() -> None:
    matter = uuid7()
    put(matter, "reporter", REPORTER)
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(v::text, '') || (SELECT string_agg(k::text, '') FROM vault_vaultkey k)"
                       " FROM vault_vaultvalue v")  # fmt: skip
        text = cursor.fetchone()[0]
    for part in (REPORTER, "赵敏", "13800000000", REPORTER.encode().hex(), "赵敏".encode().hex()):
        assert part not in text


@pytest.mark.django_db
def test_what_was_never_sealed_is_absent() -> None:
    matter = uuid7()
    put(matter, "reporter", REPORTER)
    for place, field in ((uuid7(), "reporter"), (matter, "victim")):
        with pytest.raises(Absent):
            reveal(place, field)
    with pytest.raises(Absent):
        reveal(matter, "reporter", "ab" * 32)


@pytest.mark.django_db(transaction=True)
def test_a_forgotten_value_is_gone_and_the_chain_is_whole() -> None:
    matter, other = uuid7(), uuid7()
    commitment = put(matter, "reporter", REPORTER)
    put(other, "reporter", "王芳")
    proof = opening(matter, "reporter")
    (entry,) = chain(matter, "370403-T2026-000001", 1)
    append([replace(entry, payload={"reporter": commitment})])
    sealed()
    assert forget(matter)
    with pytest.raises(Forgotten) as forgotten:
        reveal(matter, "reporter")
    assert forgotten.value.failures[0].code == "vault.forgotten"
    assert not forget(matter)
    assert verify().ok
    assert opens(commitment, proof.salt, proof.value)
    assert reveal(other, "reporter") == "王芳"
    later = put(matter, "reporter", "新举报人")
    assert reveal(matter, "reporter") == "新举报人"
    with pytest.raises(Forgotten):
        reveal(matter, "reporter", commitment)
    assert later != commitment


@pytest.mark.django_db
def test_a_value_moved_to_another_matter_or_field_does_not_open() -> None:
    matter, other = uuid7(), uuid7()
    put(matter, "reporter", REPORTER)
    put(other, "reporter", "王芳")
    stolen = VaultValue.objects.get(matter=matter)
    for place in ({"matter": other}, {"field": "victim"}):
        copy = VaultValue(**{
            "matter": stolen.matter, "field": stolen.field, "key": stolen.key, "locked": stolen.locked,
            "commitment": stolen.commitment, "made_at": stolen.made_at, **place,
        })  # fmt: skip
        copy.save(force_insert=True)
        with pytest.raises(Refused) as refused:
            reveal(UUID(str(copy.matter)), copy.field)
        assert refused.value.failures[0].code == "vault.altered"


def test_a_changed_ciphertext_is_refused_in_words(owner_connection: psycopg.Connection) -> None:
    matter = uuid7()
    put(matter, "reporter", REPORTER)
    owner_connection.execute(
        "UPDATE vault_vaultvalue SET locked = set_byte(locked, 20, get_byte(locked, 20) # 1)"
    )
    with pytest.raises(Refused, match="被改动"):
        reveal(matter, "reporter")


@pytest.mark.django_db
def test_without_the_master_key_the_refusal_says_what_to_bring(bihuan_data: Path) -> None:
    matter = uuid7()
    put(matter, "reporter", REPORTER)
    assert safe.unreadable() == 0
    (env.keys_folder() / "vault.key").unlink()
    assert safe.unreadable() == 1
    for attempt in (lambda: reveal(matter, "reporter"), lambda: put(matter, "victim", "x")):
        with pytest.raises(Refused, match="--keys") as refused:
            attempt()
        assert refused.value.failures[0].code == "vault.key_missing"
    put(uuid7(), "reporter", "新事项照常密封")
    with pytest.raises(Refused, match="--keys"):
        reveal(matter, "reporter")
