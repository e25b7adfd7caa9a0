"""The embedded PostgreSQL: one small server per district folder, owned by whoever uses it and by nobody after.

It listens on a socket in a closed folder only and believes the operating system about who is calling. That it is
alive means that it answers; files with process numbers prove nothing after a power cut.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from bihuan.conf import accounts, binaries, cluster, env, keeper, roles
from bihuan.conf.address import Address
from bihuan.kernel.errors import Refused

DATABASE = "bihuan"
PORT = "5432"
SOCKET_NAME = f".s.PGSQL.{PORT}"
LONGEST_SOCKET = 103
START_SECONDS = 60.0
LEAST_TO_BEGIN = 300 * 1024**2
_keepers: dict[Path, list[subprocess.Popen[bytes]]] = {}
SETTINGS = {
    "listen_addresses": "",
    "port": PORT,
    "unix_socket_permissions": "0700",
    "max_connections": "120",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "effective_cache_size": "1GB",
    "random_page_cost": "1.1",
    "max_wal_size": "2GB",
    "gin_pending_list_limit": "512kB",
    "checkpoint_timeout": "15min",
    "jit": "off",
    "logging_collector": "on",
    "log_directory": "log",
    "log_filename": "postgresql-%a.log",
    "log_rotation_age": "1d",
    "log_truncate_on_rotation": "on",
    "log_line_prefix": "%m [%p] %u ",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "timezone": "Asia/Shanghai",
    "log_timezone": "Asia/Shanghai",
    "idle_in_transaction_session_timeout": "10min",
}


def socket_folder(folder: Path) -> Path:
    """Where the socket of the server in ``folder`` is: beside the data, or in a short place if that is too long."""
    near = folder / "socket"
    if len(os.fsencode(near / SOCKET_NAME)) <= LONGEST_SOCKET:
        return near
    return Path("/tmp") / f"bihuan-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]}"  # noqa: S108


def address(folder: Path, user: str = roles.APP) -> Address:
    """How to reach the server in ``folder``, running or not."""
    return Address(name=DATABASE, user=user, host=str(socket_folder(folder)), port=PORT)


@dataclass(frozen=True, slots=True)
class Server:
    """The server whose cluster is ``folder/<major version>``."""

    folder: Path
    settings: tuple[tuple[str, str], ...] = ()
    major: int = binaries.NEWEST

    @property
    def files(self) -> Path:
        """PostgreSQL's own folder."""
        return self.folder / str(self.major)

    @contextlib.contextmanager
    def use(self) -> Iterator[Address]:
        """Hold the server alive for a block; the last one out waits until it has stopped."""
        self._make_folders()
        users = os.open(self.folder / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(users, fcntl.LOCK_SH)
            self.ensure()
            yield address(self.folder)
        finally:
            self._leave(users)

    def ensure(self) -> None:
        """Start the server unless it answers. For holders of :meth:`use` only; safe to repeat.

        Raises:
            Refused: it cannot be started, or does not let this account in; the reason in words.
        """
        if self.answers():
            return
        with self._one_at_a_time():
            end = time.monotonic() + START_SECONDS
            while not self.answers():
                lasting = dict(self.settings).get("fsync") != "off"
                if not (self.files / "PG_VERSION").exists() and _free(self.folder) < LEAST_TO_BEGIN:
                    raise _no_room(self.folder)
                cluster.make(self.folder, self.major, socket_folder(self.folder), lasting=lasting)
                self._wait(self._start(), end)
                with contextlib.suppress(psycopg.OperationalError):
                    roles.prepare(address(self.folder, roles.SUPERUSER))

    def answers(self) -> bool:
        """Whether the application's role gets an answer from its database.

        Raises:
            Refused: a server is there and turns this account away.
        """
        try:
            with psycopg.connect(address(self.folder).url(), connect_timeout=5) as connection:
                connection.execute("SELECT 1")
        except psycopg.OperationalError as error:
            if "Peer authentication failed" in str(error) or "Permission denied" in str(error):
                raise _not_yours(self.folder) from error
            return False
        return True

    def _make_folders(self) -> None:
        try:
            env.private_folder(env.private_folder(self.folder.parent) / self.folder.name)
            account = accounts.for_server(self.files)
            socket = socket_folder(self.folder)
            socket.mkdir(mode=0o700, exist_ok=True)
            if socket.is_symlink() or socket.stat().st_uid not in {account.uid, os.geteuid()}:
                raise _not_yours(socket)
            accounts.hand_over(socket, account)
            accounts.let_through(socket, account)
            accounts.let_through(self.files, account)
        except PermissionError as error:
            raise _not_yours(self.folder) from error

    @contextlib.contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        start = os.open(self.folder / "start.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(start, fcntl.LOCK_EX)
            yield
        finally:
            os.close(start)

    def _start(self) -> subprocess.Popen[bytes]:
        account = accounts.for_server(self.files)
        options = {
            **SETTINGS,
            "unix_socket_directories": str(socket_folder(self.folder)),
            **dict(self.settings),
        }
        command = [sys.executable, "-I", keeper.__file__, "--folder", str(self.folder)]
        if os.geteuid() == 0:
            command += ["--uid", str(account.uid), "--gid", str(account.gid)]
        command += ["--", binaries.program("postgres", self.major), "-D", str(self.files)]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        with (self.folder / "keeper.log").open("wb") as log:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", env=binaries.QUIET,
                start_new_session=True,
            )  # fmt: skip
        _keepers.setdefault(self.folder, []).append(process)
        return process

    def _wait(self, process: subprocess.Popen[bytes], end: float) -> None:
        """Until the superuser gets an answer; another keeper at work (status 3) is as good as ours."""
        superuser = address(self.folder, roles.SUPERUSER).named("postgres")
        while time.monotonic() < end:
            with contextlib.suppress(psycopg.OperationalError):
                psycopg.connect(superuser.url(), connect_timeout=5).close()
                return
            if process.poll() not in {None, 3}:
                break
            time.sleep(0.05)
        log = (self.folder / "keeper.log").read_text(encoding="utf-8", errors="replace")
        if "No space left" in log:
            raise _no_room(self.folder)
        raise Refused.because(
            "postgres.does_not_start",
            f"内置数据库没有启动成功。日志在 {self.folder / 'keeper.log'} 与 {self.files / 'log'}，"
            f"最后几行：{' / '.join(log.strip().splitlines()[-3:])}",
        )

    def _leave(self, users: int) -> None:
        """Give up our share; if nobody else has one, wait for the keeper to finish."""
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        finally:
            os.close(users)
        kept = os.open(self.folder / "keeper.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(kept, fcntl.LOCK_EX)
        finally:
            os.close(kept)
        for process in _keepers.pop(self.folder, []):
            process.wait()


def _free(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def _no_room(folder: Path) -> Refused:
    return Refused.because(
        "postgres.no_room",
        f"磁盘空间不足：{folder} 所在磁盘只剩 {_free(folder) // 1024**2} MB，"
        f"建立数据库至少要 {LEAST_TO_BEGIN // 1024**2} MB，日常使用请留 2 GB 以上。请清理或扩容，或用 BIHUAN_DATA 另指定目录。",
    )


def _not_yours(folder: Path) -> Refused:
    owner = folder.stat().st_uid if folder.exists() else "?"
    return Refused.because(
        "postgres.not_yours",
        f"数据目录 {folder} 属于编号 {owner} 的系统账户，当前账户无权使用。"
        "请换用该账户运行，或用 BIHUAN_DATA 指定自己的目录。",
    )
