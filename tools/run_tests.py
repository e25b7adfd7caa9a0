"""Run the tests in parts at once, each with a database server of its own; with arguments, run just pytest.

Seals and notices wait for the oldest transaction of a server: parts on one server would hold each other's back. What
starts whole installations waits more than it works and so is a part of its own. A folder that is named nowhere belongs
to the last part.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PARTS = (("hazards", "kernel", "faults", "registers", "dispatch", "contracts"), ("conf", "browser", "demo"))
PYTEST = [sys.executable, "-m", "pytest", "-m", "not soak"]


def parts() -> list[list[str]]:
    """The folders of each part."""
    folders = sorted(path.name for path in (ROOT / "tests").iterdir() if (path / "__init__.py").is_file())
    named = [name for part in PARTS for name in part]
    last = [name for name in folders if name not in named]
    return [[f"tests/{name}" for name in part] for part in (*PARTS, last)]


def main(arguments: list[str]) -> int:
    """Exit status of pytest; of the parts, the first that is not zero."""
    if arguments:
        return subprocess.call([*PYTEST, *arguments], cwd=ROOT)
    running = [_begun(number, part) for number, part in enumerate(parts(), start=1)]
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


def _begun(number: int, part: list[str]) -> subprocess.Popen[str]:
    data = Path(os.environ.get("BIHUAN_TEST_DATA") or ROOT / ".cache" / "test-pg")
    surroundings = {**os.environ, "BIHUAN_TEST_DATA": str(data.with_name(f"{data.name}-{number}"))}
    return subprocess.Popen(
        [*PYTEST, "-o", f"cache_dir=.cache/pytest-{number}", *part],
        cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


def _tell(number: int, process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        print(f"[{number}] {line}", end="", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
