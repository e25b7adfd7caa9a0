"""Run the tests in two halves at once, each with a database server of its own; with arguments, run just pytest.

Seals and notices wait for the oldest transaction of a server: two halves on one server would hold each other's back.
A folder of tests belongs to the half named here, a new one to the second half.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FIRST = ("hazards", "kernel", "faults", "registers", "dispatch", "web")
PYTEST = [sys.executable, "-m", "pytest", "-m", "not soak"]


def halves() -> list[list[str]]:
    """The folders of each half; those that take longest begin, so that a failure shows early."""
    folders = sorted(path.name for path in (ROOT / "tests").iterdir() if (path / "__init__.py").is_file())
    second = [name for name in folders if name not in FIRST]
    return [[f"tests/{name}" for name in half] for half in (FIRST, second)]


def main(arguments: list[str]) -> int:
    """Exit status of pytest; of the halves, the first that is not zero."""
    if arguments:
        return subprocess.call([*PYTEST, *arguments], cwd=ROOT)
    running = [_begun(number, half) for number, half in enumerate(halves(), start=1)]
    threads = [
        threading.Thread(target=_tell, args=(number, process)) for number, process in enumerate(running, 1)
    ]
    for thread in threads:
        thread.start()
    try:
        for thread in threads:
            thread.join()
    except KeyboardInterrupt:
        for process in running:
            process.send_signal(signal.SIGINT)
    return next((status for process in running if (status := process.wait())), 0)


def _begun(number: int, half: list[str]) -> subprocess.Popen[str]:
    data = Path(os.environ.get("BIHUAN_TEST_DATA") or ROOT / ".cache" / "test-pg")
    surroundings = {**os.environ, "BIHUAN_TEST_DATA": str(data.with_name(f"{data.name}-{number}"))}
    return subprocess.Popen(
        [*PYTEST, "-o", f"cache_dir=.cache/pytest-{number}", *half],
        cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


def _tell(number: int, process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        print(f"[{number}] {line}", end="", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
