"""What the doctor sees: clocks, seals that wait, keys half changed or lost, backups that were never made."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from bihuan.conf import sm_library
from bihuan.conf.postgres import Server
from tests.conf.conftest import FAST, run

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def sick(places: Callable[[], Path]) -> Iterator[Path]:
    """A district of its own to be made ill, with an entry on its record."""
    data = places() / "data"
    with Server(data / "postgres", FAST).use():
        assert run(data, "setup", "--district", "370403", "示例区").returncode == 0
        assert run(data, "createadmin", "wang", "--role", "system").returncode == 0
        yield data


def findings(data: Path) -> dict[str, str]:
    done = run(data, "doctor", "--json", LC_ALL="C")
    told = json.loads(done.stdout)
    assert done.returncode == (0 if told["ok"] else 1)
    return {one["code"]: one["message"] for one in told["findings"]}


@pytest.fixture
def owner(sick: Path) -> Iterator[psycopg.Connection]:
    """All rights, and no trigger in the way: what an accident or a bad clock would have done."""
    url = run(sick, "dburl", "--owner").stdout.strip()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        yield connection


def test_a_new_district_is_sound(sick: Path) -> None:
    assert findings(sick) == {}


def test_seals_that_wait_for_a_transaction_name_it(sick: Path, owner: psycopg.Connection) -> None:
    with psycopg.connect(run(sick, "dburl").stdout.strip()) as forgotten:
        forgotten.execute("SELECT pg_current_xact_id()")
        run(sick, "token", "wang")
        owner.execute("UPDATE record_entry SET recorded_at = recorded_at - interval '20 minutes'")
        time.sleep(2.1)
        found = findings(sick)
        assert f"进程 {forgotten.info.backend_pid}" in found["doctor.long_transaction"]
        assert "pg_terminate_backend" in found["doctor.long_transaction"]
        assert "doctor.not_sealed" not in found
    assert "doctor.not_sealed" in findings(sick)
    assert run(sick, "record", "seal").returncode == 0
    assert findings(sick) == {}


def test_a_clock_that_went_back_is_told(sick: Path, owner: psycopg.Connection) -> None:
    owner.execute("UPDATE record_seal SET made_at = made_at + interval '1 hour'")
    assert "doctor.clock_went_back" in findings(sick)
    owner.execute("UPDATE record_seal SET made_at = made_at - interval '1 hour'")
    assert "doctor.clock_went_back" not in findings(sick)


def test_an_old_district_without_a_backup_is_told_until_there_is_one(
    sick: Path, owner: psycopg.Connection, place: Path
) -> None:
    owner.execute("UPDATE conf_installation SET made_at = now() - interval '30 days'")
    assert "从未备份" in findings(sick)["doctor.no_backup"]
    assert run(sick, "backup", f"{place}/a.tar").returncode == 0
    assert findings(sick) == {}
    noted = json.loads((sick / "last-backup").read_text())
    noted["made_at"] = "2020-01-01T00:00:00+08:00"
    (sick / "last-backup").write_text(json.dumps(noted))
    assert f"{place}/a.tar" in findings(sick)["doctor.no_backup"]


def test_a_key_half_changed_is_told_and_the_command_finishes_it(
    sick: Path, owner: psycopg.Connection
) -> None:
    owner.execute("UPDATE conf_installation SET made_at = now()")
    (sick / "last-backup").unlink(missing_ok=True)
    (sick / "keys" / "vault.key").write_text("00" * 16 + "\n")
    (sick / "keys" / "vault.key").chmod(0o600)
    (sick / "keys" / "vault.key.next").write_text("11" * 16 + "\n")
    (sick / "keys" / "vault.key.next").chmod(0o600)
    assert set(findings(sick)) == {"doctor.half_changed_key"}
    done = run(sick, "keys", "rotate", "vault", "--reason", "例行更换", "--json", LC_ALL="C")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["relocked"] == 0
    assert (sick / "keys" / "vault.key").read_text() == "11" * 16 + "\n"
    assert findings(sick) == {}


def test_without_the_library_every_command_says_so_plainly(place: Path) -> None:
    (place / "blocked").mkdir()
    (place / "blocked" / "sitecustomize.py").write_text(
        "import sys\n"
        "class Gone:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.split('.')[0] == 'tongsuopy':\n"
        "            raise ModuleNotFoundError(name, name=name)\n"
        "sys.meta_path.insert(0, Gone())\n"
    )
    source = str(Path(__file__).resolve().parents[2] / "src")
    done = run(
        place / "data", "setup", "--district", "370403", "示例区", PYTHONPATH=f"{place / 'blocked'}:{source}"
    )
    assert done.returncode == 1
    assert done.stderr.strip().endswith(sm_library.missing())
    assert "Traceback" not in done.stderr
