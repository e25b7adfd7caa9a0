"""Appending and reading: digests, chains, one statement, and an application that cannot take anything back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from bihuan.kernel.errors import Refused
from bihuan.kernel.record import Signed, append, digest_of, entries_of, genesis, search
from bihuan.kernel.record.entries import canonical
from bihuan.kernel.uid import uuid7
from tests.kernel.record_of import KIND, MOMENT, chain, count, matters, recorded

FORBIDDEN = (
    "UPDATE record_entry SET deed = 1",
    "DELETE FROM record_entry",
    "TRUNCATE record_entry",
    "UPDATE record_entry_3 SET deed = 1",
    "DELETE FROM record_entry_3",
    "TRUNCATE record_entry_3",
    "DROP TABLE record_entry",
    "ALTER TABLE record_entry ADD COLUMN note text",
    "UPDATE record_deed SET verb = 'void'",
    "DELETE FROM record_deed",
    "TRUNCATE record_hand",
    "UPDATE record_hand SET actor_name = '某人'",
    "DELETE FROM record_hand",
    "UPDATE record_seal SET upto_tx = 0",
    "DELETE FROM record_seal",
    "CREATE OR REPLACE FUNCTION record_tx_offset() RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT 7::bigint'",
)


def test_the_form_that_is_digested_stays_as_it_was_handed_out() -> None:
    """Seals in other people's hands were made over exactly these bytes."""
    entries = chain(UUID("01890a5d-ac96-774b-bcce-b302099a8057"), "370403-H2026-000412", 2, kind="hazard")
    assert entries[0].payload_text == (
        '{"found":"第1次记载：防护罩缺失","funds_fen":120000,"photos":[],"place":"一号车间"}'
    )
    assert digest_of(entries[0]).hex() == "c797346bbd01cab1b6da0b8f878f3c752895caaa873bc3412da96fae212e0981"
    assert digest_of(entries[1]).hex() == "e4c33531ae95ea87f589dd8e515345725e6c23d1f693bb94ef45399cfbeaa39d"


@pytest.mark.parametrize(
    "field",
    ["seq", "previous", "kind", "matter_no", "verb", "from_state", "to_state", "actor_id", "actor_name",
     "actor_post", "happened_at", "recorded_at", "payload", "matter", "signed", "facts"],
)  # fmt: skip
def test_every_field_is_under_the_digest(field: str) -> None:
    entry = chain(uuid7(), "370403-H2026-000001", 1)[0]
    other: dict[str, Any] = {
        "seq": 2, "previous": bytes(32), "happened_at": MOMENT + timedelta(microseconds=1),
        "recorded_at": MOMENT, "payload": {}, "matter": uuid7(), "signed": Signed(1, "claimed"), "facts": b"x",
    }  # fmt: skip
    changed = replace(
        entry, **{field: other.get(field, getattr(entry, field) if field in other else "other")}
    )
    assert digest_of(changed) != digest_of(entry)


def test_the_same_moment_in_another_zone_has_the_same_digest() -> None:
    entry = chain(uuid7(), "370403-H2026-000001", 1)[0]
    assert digest_of(replace(entry, happened_at=entry.happened_at.astimezone(UTC))) == digest_of(entry)
    with pytest.raises(ValueError, match="time zone"):
        digest_of(replace(entry, happened_at=datetime(2026, 1, 1)))


@pytest.mark.parametrize(
    "value", [1.5, {"a": 0.1}, [1.0], (1, 2), {1: "a"}, b"bytes", MOMENT, {"a": [{"b": 2.5}]}]
)
def test_a_payload_takes_only_what_has_one_form(value: object) -> None:
    with pytest.raises(TypeError):
        canonical({"value": value})


def test_a_payload_with_half_a_character_is_refused_in_words() -> None:
    with pytest.raises(Refused, match="无法保存的字符"):
        canonical({"place": "车间\ud83d"})


def test_a_number_that_would_break_a_seal_line_is_refused() -> None:
    with pytest.raises(ValueError, match="number"):
        digest_of(chain(uuid7(), "370403 H2026", 1)[0])


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 2, 50, 51, 400])
def test_any_number_of_entries_is_one_statement_and_comes_back_as_it_went(
    size: int, django_capture_on_commit_callbacks: Any
) -> None:
    made = matters(size, 1)
    made[0] = chain(made[0][0].matter, "370403-H2026-000001", 1)
    flat = [entry for matter in made for entry in matter]
    with django_capture_on_commit_callbacks(execute=True):
        recorded(1, 1, start=1_000)  # the words are known from here on
    with CaptureQueriesContext(connection) as queries:
        digests = append(flat)
    assert len(queries) == 1
    assert digests == [entry.digest for entry in flat]
    for entry in (flat[0], flat[-1]):
        (back,) = entries_of(entry.matter)
        assert (back.digest, back.payload, back.happened_at) == (
            entry.digest,
            entry.payload,
            entry.happened_at,
        )
        assert (back.actor_name, back.actor_post, back.seq) == (entry.actor_name, entry.actor_post, 1)


@pytest.mark.django_db
def test_awkward_text_survives_both_ways_in() -> None:
    awkward = {
        "text": '制表\t换行\n反斜\\杠 "引号" \\N 空\u0000字符 😀 {}%s',
        "none": None,
        "yes": True,
        "n": -(10**30),
    }
    for copies in (1, 60):
        entries = [
            replace(chain(uuid7(), f"370403-H2026-{n:06d}", 1)[0], payload=awkward) for n in range(copies)
        ]
        append(entries)
        (back,) = entries_of(entries[-1].matter)
        assert back.payload == awkward
        assert back.payload_text == entries[-1].payload_text


@pytest.mark.django_db
def test_nothing_to_append_asks_nothing() -> None:
    with CaptureQueriesContext(connection) as queries:
        assert append([]) == []
    assert len(queries) == 0


@pytest.mark.django_db
@pytest.mark.parametrize("copies", [0, 60])
def test_a_place_is_taken_once(copies: int) -> None:
    first = chain(uuid7(), "370403-H2026-000001", 1)
    append(first)
    others = [matter[0] for matter in matters(copies, 1)]
    with pytest.raises(IntegrityError), transaction.atomic():
        append([*others, *first])
    assert count("SELECT count(*) FROM record_entry") == 1


@pytest.mark.django_db
def test_what_is_not_committed_was_never_recorded() -> None:
    class Broken(Exception):
        pass

    def record_and_break() -> None:
        with transaction.atomic():
            recorded(60, 1)
            raise Broken

    with pytest.raises(Broken):
        record_and_break()
    assert count("SELECT count(*) FROM record_entry") == 0


@pytest.mark.django_db
@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_application_is_refused_every_way_of_taking_back(statement: str) -> None:
    recorded(2, 2)
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_the_application_cannot_choose_its_transaction_number() -> None:
    made = chain(uuid7(), "370403-H2026-000001", 1)[0]
    append([made])
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            """INSERT INTO record_entry (happened_at, recorded_at, tx, seq, matter, digest, matter_no, deed, hand, facts,
                       payload, signature)
                   SELECT happened_at, recorded_at, 1, 2, matter, digest, '', deed, hand, facts, payload, signature
                   FROM record_entry"""
        )


def test_the_record_is_spread_over_eight_partitions(owner_connection: psycopg.Connection) -> None:
    recorded(200, 1)
    filled = owner_connection.execute("SELECT count(DISTINCT tableoid) FROM record_entry").fetchone()
    assert filled == (8,)


def test_an_entry_costs_little_disk(owner_connection: psycopg.Connection) -> None:
    """Five entries, each with a signature of 64 bytes, leave half of the 4 kB a hazard may take for the hazard itself."""
    recorded(2_000, 5)
    owner_connection.execute("VACUUM FULL record_entry")
    size = owner_connection.execute(
        """SELECT sum(pg_relation_size(inhrelid)) + sum(pg_relation_size((inhrelid::regclass ||
           '_pkey')::regclass)) FROM pg_inherits WHERE inhparent = 'record_entry'::regclass"""
    ).fetchone()
    assert size is not None
    assert size[0] / 2_000 + 5 * 64 < 1_750


@pytest.mark.django_db
def test_the_first_entries_of_two_matters_never_share_a_forerunner() -> None:
    assert genesis(uuid7()) != genesis(uuid7())


@pytest.mark.django_db
def test_the_search_pages_newest_first_without_gap_or_repeat() -> None:
    made = recorded(23, 5)
    recorded(3, 1, start=500, kind="task")
    seen = []
    cursor = None
    for _ in range(100):
        page = search(kind=KIND, after_cursor=cursor, limit=7)
        seen += page.entries
        cursor = page.next_cursor
        if cursor is None:
            break
    keys = [(entry.recorded_at, entry.matter, entry.seq) for entry in seen]
    assert keys == sorted(keys, reverse=True)
    assert {(entry.matter, entry.seq) for entry in seen} == {(e.matter, e.seq) for m in made for e in m}
    assert len(seen) == 115


@pytest.mark.django_db
def test_the_search_keeps_to_its_limits() -> None:
    recorded(3, 5)
    assert len(search(kind="task").entries) == 0
    assert len(search(actor="17").entries) == 15
    assert len(search(actor="18").entries) == 0
    early = search(since=MOMENT, until=MOMENT + timedelta(hours=3))
    assert {entry.seq for entry in early.entries} == {1, 2}
    with pytest.raises(Refused) as refused:
        search(after_cursor="nonsense")
    assert refused.value.failures[0].code == "record.bad_cursor"
