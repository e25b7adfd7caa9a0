"""The first start, broken off at any point, is simply done again; a full disk is named as what it is."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from signal import SIGINT, SIGKILL, Signals

import psycopg
import pytest
from django.db.utils import OperationalError

from bihuan.cli import _is_disk_full
from tests.conf.conftest import run, surroundings

pytestmark = pytest.mark.slow


SWALLOWED = "Exception ignored in"
"""What the interpreter says when the interrupt fell into a finaliser: the work goes on to its end instead."""


def _broken_off(data: Path, at: str, how: Signals, pause: float) -> str:
    """Begin a district and stop it when ``at`` has appeared below its folder, and a moment later."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bihuan.cli", "setup", "--district", "370403", "示例区"],
        env=surroundings(data, LC_ALL="C"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(
            SIGINT, signal.SIG_DFL
        ),  # whoever runs us in the background ignores it
    )
    end = time.monotonic() + 120
    while not (data / at).exists() and process.poll() is None:
        assert time.monotonic() < end
        time.sleep(0.005)
    time.sleep(pause)
    if process.poll() is None:
        os.kill(process.pid, how)
    said = process.communicate(timeout=600)[1].decode()
    assert SWALLOWED in said or "Traceback" not in said
    return said


@pytest.mark.parametrize(
    ("at", "how", "pause"),
    [
        ("postgres/18.new", SIGKILL, 0.1),
        ("postgres/18/PG_VERSION", SIGKILL, 0.5),
        ("keys/django.key", SIGKILL, 0.6),
        ("keys/django.key", SIGINT, 0.3),
    ],
)
def test_broken_off_anywhere_it_is_done_again(place: Path, at: str, how: Signals, pause: float) -> None:
    data = place / "data"
    said = _broken_off(data, at, how, pause)
    assert how is SIGKILL or "已中断" in said or SWALLOWED in said
    done = run(data, "setup", "--district", "370403", "示例区")
    assert done.returncode == 0, done.stderr
    assert run(data, "doctor").returncode == 0
    assert run(data, "figures", "check").returncode == 0


def test_no_room_is_known_through_what_it_caused() -> None:
    def caused(inner: BaseException) -> BaseException:
        try:
            try:
                raise inner
            except type(inner) as reason:
                raise OperationalError("could not extend file") from reason
        except OperationalError as outer:
            return outer

    assert _is_disk_full(OSError(errno.ENOSPC, "No space left on device"))
    assert _is_disk_full(caused(psycopg.errors.DiskFull()))
    assert not _is_disk_full(caused(psycopg.errors.LockNotAvailable()))
    assert not _is_disk_full(OSError(errno.EACCES, "Permission denied"))
