"""A district to measure in: its own data folder, a restricted town clerk, and a server like the one users get."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

BIHUAN = str(Path(sys.executable).with_name("bihuan"))


def bihuan(data: Path, *words: str) -> str:
    """Run the command line as an operator would."""
    done = subprocess.run(
        [BIHUAN, *words], env={**os.environ, "BIHUAN_DATA": str(data)}, check=True, capture_output=True, text=True
    )
    return done.stdout


def child(data: Path, script: str, *words: str) -> dict[str, Any]:
    """Run ``script`` with Django set up on the district; its last line of output is JSON."""
    start = (
        "import sys, json; from bihuan.cli import database\n"
        "with database():\n    import django; django.setup()\n"
    )
    body = "".join(f"    {line}\n" for line in script.strip().splitlines())
    done = subprocess.run(
        [sys.executable, "-c", start + body, *words],
        env={**os.environ, "BIHUAN_DATA": str(data), "DJANGO_SETTINGS_MODULE": "bihuan.conf.settings"},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    told: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return told


@contextlib.contextmanager
def district() -> Iterator[Path]:
    """A prepared, empty, real district in a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="bihuan-bench-", dir=os.environ.get("BENCH_FOLDER")))
    try:
        bihuan(folder, "setup", "--district", "370499", "量测区")
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def serving(data: Path, port: int = 8791) -> Iterator[str]:
    """The real server: two web workers, one job worker, the embedded database."""
    process = subprocess.Popen(
        [BIHUAN, "up", "--no-demo", "--port", str(port)],
        env={**os.environ, "BIHUAN_DATA": str(data)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            with contextlib.suppress(OSError), urllib.request.urlopen(f"{base}/healthz", timeout=1):
                break
            time.sleep(0.1)
        yield base
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)
