"""Keeps the embedded server alive while somebody uses it, and no longer.

A process of its own, run by file name with nothing but the standard library: it must outlive the command that
started it, cost little, and end the server even when every user was killed without warning. Users hold a shared
lock on one file; the operating system drops a dead process's lock; when this process gets the exclusive lock,
nobody is left.
"""

from __future__ import annotations

import argparse
import ctypes
import fcntl
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

PR_SET_PDEATHSIG = 1
PATIENCE = 40
PAUSE = 0.5
LONG_LIFE = 20.0
STATUS_LINE = 8


class ServerDied(Exception):
    """The server ended while users were there."""


class Keeper:
    """Starts the server again when it dies, stops it when the last user has gone."""

    def __init__(self, command: list[str], uid: int | None, gid: int | None) -> None:
        self.command = command
        self.uid = uid
        self.gid = gid
        self.server: subprocess.Popen[bytes] | None = None
        signal.signal(signal.SIGCHLD, self._on_child)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        signal.signal(signal.SIGINT, signal.SIG_IGN)

    def keep(self, users: int) -> int:
        """Run until the exclusive lock on descriptor ``users`` is ours. Returns the exit status."""
        failures = 0
        while failures < PATIENCE:
            begun = time.monotonic()
            try:
                self._start()
                fcntl.flock(users, fcntl.LOCK_EX)
                return 0
            except ServerDied:
                served = time.monotonic() - begun >= LONG_LIFE or self._was_ready()
                failures = 1 if served else failures + 1
                print(f"server ended, starting again ({failures})", flush=True)
                time.sleep(PAUSE)
            finally:
                self.stop()
        return 1

    def _was_ready(self) -> bool:
        """Whether the server that ended had answered: then it was killed, however often, and can be started again.

        Its own file says so, with its process number; a server that was shut down in order has removed it.
        """
        if self.server is None or "-D" not in self.command:
            return False
        file = Path(self.command[self.command.index("-D") + 1]) / "postmaster.pid"
        try:
            lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return False
        return (
            len(lines) >= STATUS_LINE
            and lines[0].strip() == str(self.server.pid)
            and lines[STATUS_LINE - 1].strip() == "ready"
        )

    def stop(self) -> None:
        """Fast shutdown; the hard one after a minute."""
        server, self.server = self.server, None
        if server is None or server.poll() is not None:
            return
        server.send_signal(signal.SIGINT)
        try:
            server.wait(60)
        except subprocess.TimeoutExpired:
            server.send_signal(signal.SIGQUIT)
            server.wait()

    def _start(self) -> None:
        server = subprocess.Popen(
            self.command,
            stdin=subprocess.DEVNULL,
            preexec_fn=_end_with_parent,
            user=self.uid,
            group=self.gid,
            extra_groups=None if self.uid is None else [],
        )
        self.server = server
        if server.poll() is not None:
            raise ServerDied

    def _on_child(self, _number: int, _frame: FrameType | None) -> None:
        if self.server is not None and self.server.poll() is not None:
            raise ServerDied


def _end_with_parent() -> None:
    """Ask Linux to shut the server down if this keeper is killed. Elsewhere the next last user does it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT, 0, 0, 0)


def main() -> int:
    """``keeper.py --folder F [--uid N --gid N] -- postgres …``"""
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--uid", type=int)
    parser.add_argument("--gid", type=int)
    parser.add_argument("command", nargs="+")
    arguments = parser.parse_args()
    own = os.open(arguments.folder / "keeper.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(own, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print("another keeper is at work", flush=True)
        return 3
    users = os.open(arguments.folder / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)
    return Keeper(arguments.command, arguments.uid, arguments.gid).keep(users)


if __name__ == "__main__":
    sys.exit(main())
