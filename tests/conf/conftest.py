"""Running ``bihuan`` as its users do: as a process of its own, on a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bihuan.conf.postgres import Server

SOURCE = Path(__file__).resolve().parents[2] / "src"
Run = Callable[..., subprocess.CompletedProcess[str]]
FAST = (("fsync", "off"), ("shared_buffers", "16MB"))


def surroundings(data: Path, **more: str) -> dict[str, str]:
    """An environment with nothing in it but what is needed."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": os.environ.get("HOME", "/"),
        "PYTHONPATH": str(SOURCE),
        "BIHUAN_DATA": str(data),
        **more,
    }


def run(data: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """``bihuan WORDS`` to its end."""
    given = more.pop("given", "")
    return subprocess.run(
        [sys.executable, "-m", "bihuan.cli", *words],
        env=surroundings(data, **more),
        input=given,
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )


@pytest.fixture(scope="session")
def places() -> Iterator[Callable[[], Path]]:
    """Makes folders of our own: pytest closes the folder above its own ones again and again, servers stay open."""
    with tempfile.TemporaryDirectory(prefix="bihuan-conf-", ignore_cleanup_errors=True) as root:
        yield lambda: Path(tempfile.mkdtemp(dir=root))


@pytest.fixture
def place(places: Callable[[], Path]) -> Path:
    """A folder for one test."""
    return places()


@pytest.fixture(scope="session")
def district(places: Callable[[], Path]) -> Iterator[Path]:
    """A real, empty district, made once, its server held up; tests may add accounts under names of their own."""
    data = places() / "data"
    with Server(data / "postgres", FAST).use():
        done = run(data, "setup", "--district", "370403", "示例区", "--json")
        assert done.returncode == 0, done.stderr
        yield data


@pytest.fixture
def server(place: Path) -> Server:
    """A server nobody uses yet."""
    return Server(place / "data" / "postgres", FAST)
