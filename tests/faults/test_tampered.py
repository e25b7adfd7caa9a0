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
from psycopg.types.json import Jsonb

from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel.attachments.files import path_of
from bihuan.kernel.attachments.keeping import attachments_of
from bihuan.kernel.loops.binding import UNBOUND
from bihuan.kernel.loops.registry import running
from bihuan.kernel.signatures import keyring
from tests.hazards.steps import closed, rectifying, reported
from tests.kernel.record_of import altered, rewritten, sealed
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
    "when it was": (f"UPDATE record_entry SET happened_at = happened_at - interval '1 day' WHERE {ROW}", 4, "altered"),
    "what it left of the hazard": (f"UPDATE record_entry SET facts = sha256(facts) WHERE {ROW}", 4, "altered"),
    "an entry in the middle": (f"DELETE FROM record_entry WHERE {ROW}", 2, "removed"),
    "the last entry": (f"DELETE FROM record_entry WHERE {ROW}", 4, "removed"),
    "the first entry": (f"DELETE FROM record_entry WHERE {ROW}", 1, "removed"),
    "a signature away": (f"UPDATE record_entry SET signature = '' WHERE {ROW}", 3, "bad_signature"),
    "a signature of another": (
        "UPDATE record_entry SET signature = (SELECT signature FROM record_entry WHERE matter = %(matter)s AND seq = 1)"
        f" WHERE {ROW}", 3, "bad_signature",
    ),
}  # fmt: skip


@pytest.mark.parametrize("deed", DEEDS)
def test_what_was_done_to_one_entry_is_named_once(
    hazards: list[Hazard], deed: str, verify: Verify, owner_connection: psycopg.Connection
) -> None:
    statement, seq, kind = DEEDS[deed]
    done = owner_connection.execute(statement.encode(), {"matter": hazards[0].uid, "seq": seq})
    assert done.rowcount == 1
    status, told = verify()
    assert (status, told["ok"]) == (1, False)
    assert [(item["kind"], item["matter"], item["entry"]) for item in told["findings"]] == [
        (kind, hazards[0].no, seq)
    ]


def test_a_word_of_the_payload_is_named(
    hazards: list[Hazard], verify: Verify, owner_connection: psycopg.Connection
) -> None:
    rewritten(owner_connection, hazards[0].uid, 2, lambda text: text.replace("清运", "忽略"))
    assert named(verify()[1]) == {("altered", hazards[0].no, 2)}


@pytest.mark.parametrize(
    ("words", "kinds"),
    [({"actor_name": "某人"}, {"altered"}), ({"signer": "1"}, {"altered", "bad_signature"})],
)
def test_who_it_was_is_named(
    hazards: list[Hazard], words: dict[str, str], kinds: set[str], verify: Verify,
    owner_connection: psycopg.Connection,
) -> None:  # fmt: skip
    altered(owner_connection, hazards[0].uid, 3, **words)
    assert named(verify()[1]) == {(kind, hazards[0].no, 3) for kind in kinds}


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
        "UPDATE record_hand SET actor_name = '某人'", "DELETE FROM record_entry", "TRUNCATE record_entry",
        "DELETE FROM signatures_signature", "UPDATE record_entry SET signature = ''", "TRUNCATE hazards_hazard CASCADE",
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


COLUMNS: dict[str, str] = {
    "grade = 'major'": "等级（grade）记录写成时为“general”，现为“major”",
    "source = 'tip_off'": "来源（source）记录写成时为“routine”，现为“tip_off”",
    "found_on = found_on - 30": "发现日期（found_on）",
    "rectify_by = rectify_by - 3": "整改期限（rectify_by）",
    "accepted_by = '某人'": "验收人（accepted_by）",
    "funds_spent_fen = 1": "（funds_spent_fen）记录写成时为“110000”，现为“1”",
    "funds_planned_fen = NULL": "（funds_planned_fen）记录写成时为“120000”，现为空",
    "place = ''": "部位（place）记录写成时为“二车间北侧”，现为空",
    "measures = '略'": "整改措施（measures）记录写成时为“清运原料，划线管理”",
    "object_id = (SELECT uid FROM objects_supervisedobject ORDER BY uid DESC LIMIT 1)": "（object_id）",
    "region_path = '9.' || region_path": "",
    "agency_id = NULL": "",
    "voided = true": "（voided）记录写成时为否，现为是",
    "failed_acceptances = 4": "（failed_acceptances）记录写成时为“0”，现为“4”",
    "claimed = true": "（claimed）",
    "finder = 999": "（finder）",
    "hands = '{}'": "",
    "opened_at = opened_at - interval '9 days'": "（opened_at）",
    "found_by = '某人', finder = 999": "有栏目与最后一条记录写成时不同",
}


def test_a_column_changed_behind_the_record_is_named(
    hazards: list[Hazard], verify: Verify, owner_connection: psycopg.Connection
) -> None:
    before = owner_connection.execute(
        "SELECT to_jsonb(h) FROM hazards_hazard h WHERE uid = %s", [hazards[0].uid]
    ).fetchone()
    for change, words in COLUMNS.items():
        names = ", ".join(part.split(" = ")[0] for part in change.split(", ") if " = " in part)
        owner_connection.execute(
            f"UPDATE hazards_hazard SET {change} WHERE uid = %s".encode(), [hazards[0].uid]
        )
        status, told = verify()
        assert (status, [(item["kind"], item["matter"]) for item in told["findings"]]) == (
            1,
            [("altered_matter", hazards[0].no)],
        ), change
        assert words in told["findings"][0]["detail"], change
        owner_connection.execute(
            f"UPDATE hazards_hazard h SET ({names}) = ROW(o.*) FROM (SELECT {names} FROM"
            f" jsonb_populate_record(NULL::hazards_hazard, %s)) o WHERE uid = %s".encode(),
            [Jsonb(before[0] if before else None), hazards[0].uid],
        )
    assert verify()[0] == 0


def test_every_column_of_a_matter_is_bound_or_says_why_not() -> None:
    """A new column is bound by itself; leaving one out takes a reason in the declaration."""
    service = running("hazard")
    columns = {field.name for field in Hazard._meta.concrete_fields}
    bound = {field.name for field in service.facts.fields}
    assert columns - bound == {*UNBOUND, *service.loop.unbound}
    assert all(len(reason) > 20 for reason in (*UNBOUND.values(), *service.loop.unbound.values()))


PHOTO = "SELECT uid FROM attachments_attachment WHERE matter = %s AND named_seq > 0"


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE attachments_attachment SET digest = sha256(digest) WHERE uid = %s", "altered"),
        ("DELETE FROM attachments_attachment WHERE uid = %s", "removed"),
    ],
    ids=["exchanged", "taken away"],
)
def test_a_photo_exchanged_or_taken_away_is_named(
    hazards: list[Hazard], verify: Verify, owner_connection: psycopg.Connection, statement: str, kind: str
) -> None:
    hazard = hazards[0]
    found = owner_connection.execute(PHOTO, [hazard.uid]).fetchone()
    assert found is not None
    owner_connection.execute("SET session_replication_role = replica")
    owner_connection.execute(statement, [found[0]])
    status, told = verify()
    assert status == 1
    assert named(told) == {(kind, hazard.no, 3)}
    assert str(found[0]) in told["findings"][0]["detail"]


def test_the_bytes_of_a_photo_are_read_when_asked(hazards: list[Hazard], verify: Verify) -> None:
    photo = attachments_of(hazards[0].uid).first()
    assert photo is not None
    path = path_of(photo.pk)
    assert verify("--files")[0] == 0
    path.chmod(0o600)
    path.write_bytes(b"another picture")
    assert verify()[0] == 0, "the table alone says nothing of the bytes"
    status, told = verify("--files")
    assert (status, named(told)) == (1, {("altered", hazards[0].no, photo.named_seq)})
    path.unlink()
    assert named(verify("--files")[1]) == {("removed", hazards[0].no, photo.named_seq)}
