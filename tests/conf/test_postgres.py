"""The embedded server: there while somebody uses it, gone afterwards, whatever was killed in between."""

from __future__ import annotations

import fcntl
import os
import pwd
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from bihuan.conf import accounts, binaries, env, keeper, roles
from bihuan.conf.address import Address
from bihuan.conf.postgres import Server, address, socket_folder
from tests.conf.conftest import FAST, surroundings

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can run the server under another account")
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")

HOLD = """
import sys, time
from pathlib import Path
from bihuan.conf.postgres import Server
with Server(Path(sys.argv[1]), (("fsync", "off"), ("shared_buffers", "16MB"))).use():
    print("up", flush=True)
    time.sleep(120)
"""


def ask(where: Address, statement: str) -> object:
    with psycopg.connect(where.url(), autocommit=True) as connection:
        row = connection.execute(statement).fetchone()
    return row[0] if row else None


def tell(where: Address, statement: str) -> None:
    with psycopg.connect(where.url(), autocommit=True) as connection:
        connection.execute(statement)


def postmaster(server: Server) -> int:
    superuser = address(server.folder, roles.SUPERUSER)
    return int(str(ask(superuser, "SELECT pg_read_file('postmaster.pid')")).splitlines()[0])


def holder(server: Server) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(server.folder)],
        env=surroundings(server.folder.parent),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "up\n"
    return process


def end(process: subprocess.Popen[str], number: signal.Signals) -> None:
    process.send_signal(number)
    process.wait(30)
    assert process.stdout is not None
    process.stdout.close()


def wait_until_gone(server: Server) -> None:
    deadline = time.monotonic() + 20
    while server.answers():
        assert time.monotonic() < deadline, "the server outlived its users"
        time.sleep(0.05)


def test_it_answers_while_used_and_is_gone_afterwards(server: Server) -> None:
    with server.use() as where:
        assert ask(where, "SELECT current_user::text") == "app"
        assert server.answers()
    assert not server.answers()


def test_its_locale_is_always_there_and_knows_chinese(server: Server) -> None:
    with server.use() as where:
        assert ask(where, "SELECT datlocale FROM pg_database WHERE datname = current_database()") == "C.UTF-8"
        assert ask(where, "SELECT lower('ÄＡ')") == "äａ"


def test_it_listens_on_a_closed_socket_only(server: Server) -> None:
    with server.use() as where:
        assert ask(where, "SELECT current_setting('listen_addresses')") == ""
        assert stat.S_IMODE(socket_folder(server.folder).stat().st_mode) == 0o700


def test_what_was_committed_outlives_the_kill_of_the_postmaster(server: Server) -> None:
    with server.use():
        owner = address(server.folder, roles.OWNER)
        tell(owner, "CREATE TABLE kept AS SELECT 1 AS one")
        os.kill(postmaster(server), signal.SIGKILL)
        deadline = time.monotonic() + 20
        while not server.answers():
            assert time.monotonic() < deadline, "the keeper did not start the server again"
            time.sleep(0.05)
        assert ask(owner, "SELECT one FROM kept") == 1
    assert not server.answers()


@on_linux
def test_a_killed_keeper_takes_the_server_along_and_it_can_be_started_again(server: Server) -> None:
    with server.use() as where:
        before = postmaster(server)
        keeper = int(Path(f"/proc/{before}/stat").read_text().rsplit(")", 1)[1].split()[1])
        os.kill(keeper, signal.SIGKILL)
        deadline = time.monotonic() + 20
        while Path(f"/proc/{before}/exe").exists() and server.answers():
            assert time.monotonic() < deadline
            time.sleep(0.05)
        server.ensure()
        assert ask(where, "SELECT 1") == 1


def test_a_killed_user_leaves_no_server_behind(server: Server) -> None:
    end(holder(server), signal.SIGKILL)
    wait_until_gone(server)


def test_the_last_of_two_users_ends_it(server: Server) -> None:
    other = holder(server)
    with server.use() as where:
        end(other, signal.SIGTERM)
        time.sleep(0.5)
        assert ask(where, "SELECT 1") == 1
    assert not server.answers()


def test_a_user_who_leaves_first_does_not_disturb(server: Server) -> None:
    other = holder(server)
    first = postmaster(server)
    with server.use():
        pass
    assert postmaster(server) == first
    end(other, signal.SIGTERM)
    wait_until_gone(server)


def test_a_long_path_gets_a_short_socket_in_a_closed_folder(place: Path) -> None:
    server = Server(place / ("很长的目录" * 6) / "postgres", FAST)
    socket = socket_folder(server.folder)
    assert len(os.fsencode(socket)) < 60
    with server.use() as where:
        assert ask(where, "SELECT 1") == 1
        assert stat.S_IMODE(socket.stat().st_mode) == 0o700
    socket.rmdir()


@as_root
def test_as_root_it_runs_without_rights(server: Server) -> None:
    with server.use():
        status = Path(f"/proc/{postmaster(server)}").stat()
        assert status.st_uid == accounts.for_server(server.files).uid != 0


@as_root
def test_closed_folders_above_get_the_search_bit_only(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    closed = place / "closed"
    closed.mkdir(mode=0o700)
    with Server(closed / "postgres", FAST).use():
        assert stat.S_IMODE(closed.stat().st_mode) == 0o701
    assert str(closed) in capsys.readouterr().err


@as_root
def test_another_account_is_not_let_in(server: Server) -> None:
    """Not even past the socket's folder: the server itself asks the system who is calling."""
    stranger = next((entry for entry in pwd.getpwall() if entry.pw_name == "daemon"), None)
    if stranger is None:
        pytest.skip("this machine has no account daemon")
    with server.use() as where:
        socket = socket_folder(server.folder)
        accounts.let_through(socket / "x", accounts.named(stranger.pw_uid))
        socket.chmod(0o777)
        Path(where.host, ".s.PGSQL.5432").chmod(0o777)
        psql = [binaries.program("psql"), where.url(), "-c", "SELECT 1"]
        done = subprocess.run(
            psql, user=stranger.pw_uid, group=stranger.pw_gid, extra_groups=[], capture_output=True, text=True,
            env=binaries.QUIET, cwd="/", check=False,
        )  # fmt: skip
        socket.chmod(0o700)
    assert done.returncode != 0
    assert "Peer authentication failed" in done.stderr or "Permission denied" in done.stderr


def test_the_application_owns_nothing_and_cannot_make_tables(server: Server) -> None:
    with server.use() as where:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            tell(where, "CREATE TABLE mine (one int)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            tell(where, "SET ROLE owner")


@pytest.mark.slow
def test_a_cluster_of_the_older_version_is_carried_over(place: Path) -> None:
    folder = place / "data" / "postgres"
    with Server(folder, FAST, major=16).use():
        owner = address(folder, roles.OWNER)
        assert str(ask(owner, "SHOW server_version")).startswith("16")
        tell(owner, "CREATE TABLE kept AS SELECT '留存' AS word")
        tell(owner, "REVOKE UPDATE ON kept FROM app")
    with Server(folder, FAST).use() as where:
        assert str(ask(where, "SHOW server_version")).startswith("18")
        assert ask(where, "SELECT word FROM kept") == "留存"
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            tell(where, "UPDATE kept SET word = ''")
    assert (folder / "16.before-18").is_dir()
    assert (folder.parent / env.BEHIND).exists()


STAND_IN = """
import os, signal, sys
folder, starts = sys.argv[sys.argv.index("-D") + 1], sys.argv[1]
with open(starts, "a") as file:
    file.write("x")
if len(open(starts).read()) <= 9:
    with open(os.path.join(folder, "postmaster.pid"), "w") as file:
        file.write(f"{os.getpid()}\\n\\n\\n\\n\\n\\n\\nready   \\n")
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_server_that_answered_is_started_again_however_often_it_is_killed(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Patience is for a server that does not come up; one that did has only been killed."""
    monkeypatch.setattr(keeper, "PATIENCE", 3)
    monkeypatch.setattr(keeper, "PAUSE", 0.0)
    before = {name: signal.getsignal(name) for name in (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT)}
    (place / "stand_in.py").write_text(STAND_IN)
    user = os.open(place / "users.lock", os.O_RDWR | os.O_CREAT)
    fcntl.flock(user, fcntl.LOCK_SH)
    own = os.open(place / "users.lock", os.O_RDWR)
    try:
        command = [sys.executable, str(place / "stand_in.py"), str(place / "starts"), "-D", str(place)]
        assert keeper.Keeper(command, None, None).keep(own) == 1
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
        os.close(own)
        os.close(user)
    assert len((place / "starts").read_text()) == 9 + 2
