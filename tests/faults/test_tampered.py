"""Superuser SQL at the tables of the real loop: ``bihuan record verify`` names what was done, and to what."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel.signatures import keyring
from tests.hazards.steps import closed, rectifying, reported
from tests.kernel.record_of import sealed
from tests.kernel.test_record_commands import answered, run
from tests.world import build_world

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def hazards(owner_connection: psycopg.Connection) -> list[Hazard]:
    """Three hazards, sealed in two seals."""
    owner_connection.execute(
        "INSERT INTO conf_installation (id, demo, district_code, district_name, made_at)"
        " VALUES (1, false, '370403', '薛河区', now())"
    )
    keyring.forget()
    world = build_world()
    made = [closed(world), rectifying(world)]
    sealed()
    made.append(reported(world))
    sealed()
    return made


Verify = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def verify(capsys: pytest.CaptureFixture[str]) -> Verify:
    """``bihuan record verify --json``: exit status and answer."""

    def ask(*more: str) -> tuple[int, dict[str, Any]]:
        capsys.readouterr()
        status, _ = run("record", "verify", *more)
        return status, answered(capsys)

    return ask


def named(told: dict[str, Any]) -> set[tuple[str, str, int | None]]:
    return {(item["kind"], item["matter"], item["entry"]) for item in told["findings"]}


def test_untouched_it_is_whole(hazards: list[Hazard], verify: Verify) -> None:
    status, told = verify()
    assert (status, told["ok"], told["entries"], told["not_yet_sealed"], told["findings"]) == (
        0,
        True,
        7,
        0,
        [],
    )


ROW = "matter = %(matter)s AND seq = %(seq)s"
DEEDS: dict[str, tuple[str, int, str]] = {
    "a word of the payload": (
        f"UPDATE record_entry SET payload = replace(payload, '清运', '忽略') WHERE {ROW}", 2, "altered"
    ),
    "who it was": (f"UPDATE record_entry SET actor_name = '某人' WHERE {ROW}", 3, "altered"),
    "when it was": (f"UPDATE record_entry SET happened_at = happened_at - interval '1 day' WHERE {ROW}", 4, "altered"),
    "an entry in the middle": (f"DELETE FROM record_entry WHERE {ROW}", 2, "removed"),
    "the last entry": (f"DELETE FROM record_entry WHERE {ROW}", 4, "removed"),
    "the first entry": (f"DELETE FROM record_entry WHERE {ROW}", 1, "removed"),
    "a signature away": (f"DELETE FROM signatures_signature WHERE {ROW}", 3, "bad_signature"),
    "a signature of another": (
        "UPDATE signatures_signature SET value = (SELECT value FROM signatures_signature WHERE matter = %(matter)s AND seq = 1)"
        f" WHERE {ROW}", 3, "bad_signature",
    ),
    "the signer": (
        "UPDATE signatures_signature SET person_id = (SELECT person_id FROM signatures_signature"
        f" WHERE matter = %(matter)s AND seq = 1) WHERE {ROW}", 3, "bad_signature",
    ),
}  # fmt: skip


@pytest.mark.parametrize("deed", DEEDS)
def test_what_was_done_to_one_entry_is_named(
    hazards: list[Hazard], deed: str, verify: Verify, owner_connection: psycopg.Connection
) -> None:
    statement, seq, kind = DEEDS[deed]
    done = owner_connection.execute(statement.encode(), {"matter": hazards[0].uid, "seq": seq})
    assert done.rowcount == 1
    status, told = verify()
    assert (status, told["ok"]) == (1, False)
    assert (kind, hazards[0].no, seq) in named(told)
    assert {matter for _, matter, _ in named(told)} <= {hazards[0].no, str(hazards[0].uid)}


def test_two_swapped_entries_are_named(
    hazards: list[Hazard], verify: Verify, owner_connection: psycopg.Connection
) -> None:
    for seq, to in ((2, 99), (3, 2), (99, 3)):
        owner_connection.execute(
            "UPDATE record_entry SET seq = %s WHERE matter = %s AND seq = %s", [to, hazards[0].uid, seq]
        )
    status, told = verify()
    assert status == 1
    assert {("reordered", hazards[0].no, 2), ("reordered", hazards[0].no, 3)} <= named(told)


def test_a_whole_matter_removed_is_named(
    hazards: list[Hazard], verify: Verify, owner_connection: psycopg.Connection
) -> None:
    with owner_connection.transaction():
        owner_connection.execute("SET LOCAL session_replication_role = replica")
        for table, column in (
            ("record_entry", "matter"),
            ("signatures_signature", "matter"),
            ("hazards_hazard", "uid"),
        ):
            owner_connection.execute(f"DELETE FROM {table} WHERE {column} = %s".encode(), [hazards[1].uid])
    status, told = verify()
    assert status == 1
    assert {(kind, matter) for kind, matter, _ in named(told)} == {("missing_matter", hazards[1].no)}


def test_an_altered_seal_file_is_named(hazards: list[Hazard], verify: Verify, bihuan_data: Path) -> None:
    first = min((bihuan_data / "seals").glob("*.seal"))
    text = first.read_text(encoding="utf-8")
    first.chmod(0o600)
    first.write_text(text.replace(hazards[0].no, hazards[0].no[:-1] + "9"), encoding="utf-8")
    status, told = verify()
    assert status == 1
    assert "bad_seal" in {kind for kind, _, _ in named(told)}


def test_a_seal_handed_out_convicts_a_record_rewritten_with_its_seals(
    hazards: list[Hazard],
    verify: Verify,
    bihuan_data: Path,
    tmp_path: Path,
    owner_connection: psycopg.Connection,
) -> None:
    handed = tmp_path / "handed"
    handed.mkdir()
    for path in (bihuan_data / "seals").iterdir():
        (handed / path.name).write_bytes(path.read_bytes())
    owner_connection.execute("DELETE FROM record_entry WHERE matter = %s AND seq = 4", [hazards[0].uid])
    status, told = verify("--seals", str(handed))
    assert status == 1
    assert ("removed", hazards[0].no, 4) in named(told)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE record_entry SET actor_name = '某人'", "DELETE FROM record_entry", "TRUNCATE record_entry",
        "DELETE FROM signatures_signature", "UPDATE signatures_signature SET value = ''", "TRUNCATE hazards_hazard CASCADE",
        "DELETE FROM hazards_hazard", "ALTER TABLE hazards_hazard DISABLE TRIGGER ALL", "DROP TABLE record_entry CASCADE",
        "SET session_replication_role = replica", "UPDATE hazards_hazard SET state = 'closed', accepted_on = CURRENT_DATE",
        "UPDATE hazards_hazard SET head = ''", "UPDATE record_seal SET number = 9", "DELETE FROM record_seal",
        "CREATE TABLE mine (a int)",
    ],
)  # fmt: skip
def test_the_application_is_refused_the_attempt(hazards: list[Hazard], statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_command_itself_says_so_and_exits_with_one(
    hazards: list[Hazard], database_url: str, owner_connection: psycopg.Connection
) -> None:
    owner_connection.execute("DELETE FROM record_entry WHERE matter = %s AND seq = 2", [hazards[0].uid])
    ended = subprocess.run(
        [sys.executable, "-m", "bihuan.cli", "record", "verify", "--json"],
        env={**os.environ, "DATABASE_URL": database_url, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    told = json.loads(ended.stdout)
    assert (ended.returncode, told["ok"]) == (1, False)
    assert ("removed", hazards[0].no, 2) in named(told)
