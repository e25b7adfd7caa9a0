"""``bihuan up --demo`` where everything is prepared: until the first page."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.district import BIHUAN, answering, bihuan, surroundings
from bench.results import Measured

PORT = 8793


def measure() -> Iterator[Measured]:
    """The second start on the data of the first; a stopped database, cold interpreters."""
    folder = Path(tempfile.mkdtemp(prefix="bihuan-bench-", dir=os.environ.get("BENCH_FOLDER")))
    try:
        began = time.perf_counter()
        bihuan(folder, "setup", "--demo")
        built = time.perf_counter() - began
        times = [_start(folder) for _ in range(3)]
        yield Measured(
            "up to the first page",
            max(times),
            "s",
            20,
            8,
            note=f"of 3 starts; building the demo took {built:.0f} s",
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _start(folder: Path) -> float:
    began = time.perf_counter()
    process = subprocess.Popen(
        [BIHUAN, "up", "--demo", "--port", str(PORT)],
        env=surroundings(folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        answering(f"http://127.0.0.1:{PORT}/", 120)
        return time.perf_counter() - began
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)
