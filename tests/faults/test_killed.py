"""SIGKILL at any moment: what was acknowledged is there, what was not finished is not, and the record verifies."""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from signal import SIGKILL

import psycopg
import pytest
from django.db import connection

from bihuan.capabilities.hazards.models import Hazard
from bihuan.conf import binaries, roles
from bihuan.conf.postgres import Server
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.record.reading import entries_of
from bihuan.kernel.signatures import keyring
from bihuan.kernel.workbooks import importing
from tests.faults.labour import Workshop, faults
from tests.hazards.ledgers import HEAD, book, line
from tests.world import build_world

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = 400
SEED = 20_261_122


@pytest.fixture
def workshop(database_url: str, bihuan_data: Path) -> Iterator[Workshop]:
    keyring.forget()
    build_world()
    connection.close()
    with Workshop(database_url, {"BIHUAN_DATA": str(bihuan_data)}) as made:
        yield made


def acknowledged(said: list[str]) -> list[tuple[str, int, str]]:
    parts = [words.split() for words in said if words.startswith("did ")]
    return [(no, int(seq), state) for _, no, seq, state in parts]


def _kept(promised: list[tuple[str, int, str]]) -> None:
    uids = dict(Hazard.objects.values_list("no", "uid"))
    for no, seq, state in promised:
        entry = entries_of(uids[no])[seq - 1]
        assert (entry.seq, entry.to_state) == (seq, state)


def _settled() -> None:
    """Wait until the server has put down the connections of the dead."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = 'app'"
                " AND pid <> pg_backend_pid() AND state <> 'idle'"
            )
            if cursor.fetchone()[0] == 0:
                return
        time.sleep(0.02)
    raise AssertionError("a killed process still holds its transaction")


def _steps_killed(workshop: Workshop, times: int, check_every: int) -> None:
    chance, promised, longest = random.Random(SEED), [], 0.5
    for turn in range(times):
        said = workshop.killed(f"deeds {turn}", chance.uniform(0.0, longest))
        assert not [words for words in said if words.startswith("failed")]
        promised += acknowledged(said)
        if not acknowledged(said):
            longest = min(1.5 * longest, 5.0)  # a busy machine takes longer to its first deed
        if turn % check_every == check_every - 1:
            _settled()
            _kept(promised)
            assert faults() == []
            promised.clear()
    assert Hazard.objects.exists()


def test_killed_while_taking_steps(workshop: Workshop) -> None:
    _steps_killed(workshop, 5, 5)


def _ledger(folder: Path, turn: int) -> Path:
    rows = [
        line(序号=row, 隐患描述=f"第{turn}册第{row}条", 完成日期="2023-03-10" if row % 2 else None)
        for row in range(ROWS)
    ]
    return book(folder / f"{turn}.xlsx", ["2023年1-6月隐患台账"], HEAD, *rows)


def _imports_killed(workshop: Workshop, folder: Path, times: int) -> tuple[int, int, int]:
    """Kill imports until ``times`` of them died at their work; how many came whole, not at all, and were killed.

    How long one takes is measured first, so that the blows fall inside it on a slow machine as on a fast one.
    """
    chance, whole, none, inside = random.Random(SEED), 0, 0, 0
    began = time.monotonic()
    assert workshop.done(f"import {_ledger(folder, 4 * times)}")[-1].startswith("imported")
    longest = time.monotonic() - began
    for turn in range(4 * times):
        path = _ledger(folder, turn)
        said = workshop.killed(f"import {path}", chance.uniform(0.0, longest))
        _settled()
        there = Hazard.objects.filter(description__startswith=f"第{turn}册").count()
        assert there in (0, ROWS), f"{there} of {ROWS} rows"
        finished = any(words.startswith("imported") for words in said)
        assert there == ROWS or not finished
        whole, none, inside = whole + (there == ROWS), none + (there == 0), inside + (not finished)
        _, again = importing.run("hazards", path, Actor.system("import"))
        assert (again["accepted"], again["already_there"]) == ((0, ROWS) if there else (ROWS, 0))
        if inside == times:
            break
        if finished:
            longest = max(0.8 * longest, 0.05)  # the first one was slower than those that follow
    assert faults() == []
    return whole, none, inside


def test_killed_while_importing(workshop: Workshop, tmp_path: Path) -> None:
    _, none, inside = _imports_killed(workshop, tmp_path, 5)
    assert inside == 5
    assert none


@pytest.mark.soak
def test_killed_a_thousand_times(workshop: Workshop, tmp_path: Path) -> None:
    _steps_killed(workshop, 900, 50)
    _, none, inside = _imports_killed(workshop, tmp_path, 100)
    assert inside == 100
    assert none


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder of our own: pytest closes the folders above its own ones, and the server must reach its files."""
    with tempfile.TemporaryDirectory(prefix="bihuan-killed-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.mark.slow
def test_the_database_killed_under_the_work(place: Path, bihuan_data: Path) -> None:
    _database_killed(place, bihuan_data, 3)


@pytest.mark.soak
def test_the_database_killed_again_and_again(place: Path, bihuan_data: Path) -> None:
    _database_killed(place, bihuan_data, 100)


def _database_killed(place: Path, data: Path, times: int) -> None:
    """Kill the postmaster itself; its keeper starts it again, and everything that was acknowledged is there."""
    chance, promised = random.Random(SEED), []
    server = Server(place / "postgres", (("shared_buffers", "16MB"),))
    assert binaries.folder()
    with server.use() as where:
        roles.prepare(where.as_user(roles.SUPERUSER))
        given = {"BIHUAN_DATA": str(data), "DATABASE_OWNER_URL": where.as_user(roles.OWNER).url()}
        with Workshop(where.as_user(roles.APP).url(), given) as workshop:
            assert workshop.done("migrate") == ["begun"]
            assert workshop.done("world") == ["begun"]
            for turn in range(times):
                workshop.begun(f"deeds {turn}")
                time.sleep(chance.uniform(0.05, 0.6))
                os.kill(_postmaster(where.as_user(roles.SUPERUSER).url()), SIGKILL)
                said = workshop.rest()
                assert said[-1].startswith("failed OperationalError"), said[-1]
                promised += acknowledged(said)
                _until_it_answers(server)
            (answer,) = workshop.done("faults")
            assert answer == "faults []"
        with psycopg.connect(where.as_user(roles.SUPERUSER).url()) as held:
            kept = {
                (no, seq, state)
                for no, seq, state in held.execute(
                    "SELECT first.matter_no, e.seq, d.to_state FROM record_entry e JOIN record_deed d ON d.id = e.deed"
                    " JOIN record_entry first ON first.matter = e.matter AND first.seq = 1"
                )
            }
        assert promised
        assert set(promised) <= kept


def _postmaster(url: str) -> int:
    with psycopg.connect(url) as held:
        row = held.execute("SELECT pg_read_file('postmaster.pid')").fetchone()
    assert row is not None
    return int(str(row[0]).splitlines()[0])


def _until_it_answers(server: Server) -> None:
    until = time.monotonic() + 30
    while not server.answers():
        assert time.monotonic() < until, "the server was not started again"
        time.sleep(0.05)
