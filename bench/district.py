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
CODE, NAME = "370499", "量测区"


def surroundings(data: Path) -> dict[str, str]:
    """The environment in which programs find the district in ``data``."""
    source = Path(__file__).resolve().parent.parent
    return {
        **os.environ,
        "BIHUAN_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": "bihuan.conf.settings",
        "PYTHONPATH": f"{source}:{source}/src",
    }


def bihuan(data: Path, *words: str) -> str:
    """Run the command line as an operator would; its standard output."""
    done = subprocess.run([BIHUAN, *words], env=surroundings(data), capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout


def child(data: Path, function: str, **given: Any) -> Any:
    """What ``module:function`` of this package returns, run in a process of its own inside the district."""
    command = [sys.executable, "-m", "bench.child", f"bench.{function}", json.dumps(given)]
    done = subprocess.run(command, env=surroundings(data), check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.strip().splitlines()[-1])


@contextlib.contextmanager
def district() -> Iterator[Path]:
    """A prepared, empty, real district in a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="bihuan-bench-", dir=os.environ.get("BENCH_FOLDER")))
    try:
        bihuan(folder, "setup", "--district", CODE, NAME)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def serving(data: Path, port: int = 8791) -> Iterator[str]:
    """The real server: two web workers, one job worker, the embedded database."""
    process = subprocess.Popen(
        [BIHUAN, "up", "--no-demo", "--port", str(port)],
        env=surroundings(data),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    base = f"http://127.0.0.1:{port}"
    try:
        answering(f"{base}/healthz")
        yield base
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def answering(address: str, seconds: float = 60) -> float:
    """Wait until ``address`` answers; seconds it took.

    Raises:
        TimeoutError: it does not.
    """
    began = time.perf_counter()
    while time.perf_counter() - began < seconds:
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=5):
            return time.perf_counter() - began
        time.sleep(0.05)
    raise TimeoutError(address)
