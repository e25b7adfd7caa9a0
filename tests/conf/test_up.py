"""``bihuan up``: one terminal, nothing left behind, nothing lost."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.conf.conftest import run, surroundings

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="reads the processes of Linux"),
]
START_SECONDS = 300
"""How long a start may take on a slow machine before the test gives it up; the demo district is built in it."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Running:
    """A started installation."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path
    seen: set[int] = field(default_factory=set)

    def status(self, **headers: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request("GET", "/healthz", headers=named)
            return connection.getresponse().status
        finally:
            connection.close()

    def wait_until_up(self) -> str:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            text = self.log.read_text(encoding="utf-8")
            if "Ctrl-C" in text:
                return text
            assert self.process.poll() is None, text
            time.sleep(0.1)
        raise AssertionError(self.log.read_text(encoding="utf-8"))

    def children(self) -> dict[int, str]:
        found: dict[int, str] = {}
        parents = {self.process.pid}
        for _ in range(5):
            for pid, (parent, line) in _processes().items():
                if parent in parents:
                    found[pid] = line
            parents |= set(found)
        self.seen |= set(found)
        return found

    def pid_of(self, part: str) -> int:
        end = time.monotonic() + 120
        while time.monotonic() < end:
            for pid, line in sorted(self.children().items()):
                if part in line and (part == "keeper.py" or "keeper.py" not in line):
                    return pid
            time.sleep(0.1)
        raise AssertionError(f"no process with {part}: {self.children()}")

    def kill(self, part: str) -> int:
        """Kill the process that ``part`` names and return its number.

        A server that is started while the one before it still ends gives up by itself and is started again: a number
        may be gone when the blow falls, and the next one is meant.
        """
        while True:
            pid = self.pid_of(part)
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
            return pid

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        self.children()
        self.process.send_signal(number)
        return self.process.wait(60)


def _processes() -> dict[int, tuple[int, str]]:
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
                line = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except (OSError, ValueError):
                continue
            found[int(folder.name)] = (parent, line)
    return found


@contextmanager
def up(data: Path, *words: str) -> Iterator[Running]:
    log = data.parent / "up.log"
    with log.open("wb") as file:
        port = free_port()
        process = subprocess.Popen(
            [sys.executable, "-m", "bihuan.cli", "up", "--port", str(port), *words],
            env=surroundings(data),
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            start_new_session=True,
        )
    running = Running(process, port, log)
    try:
        running.wait_until_up()
        yield running
    finally:
        if process.poll() is None:
            running.stop(signal.SIGTERM)


def assert_gone(running: Running) -> None:
    end = time.monotonic() + 30
    while left := {pid: line for pid, (_, line) in _processes().items() if pid in running.seen and line}:
        assert time.monotonic() < end, left
        time.sleep(0.1)


def test_a_demo_serves_this_machine_only_and_stops_cleanly(place: Path) -> None:
    with up(place / "data", "--demo") as running:
        text = running.wait_until_up()
        assert f"http://127.0.0.1:{running.port}/" in text
        assert re.search(r"演示码 \d{6} ", text)
        assert running.status() == 200
        assert running.status(X_Forwarded_For="10.0.0.1") == 403
        assert running.status(Forwarded="for=10.0.0.1") == 403
        assert running.status(Host="bihuan.example") == 400
        assert running.stop() == 0
        assert_gone(running)
    assert (place / "data" / "demo" / "demo.mark").exists()
    assert "已停止" in running.log.read_text(encoding="utf-8")


def test_every_process_may_be_killed_and_comes_back(place: Path) -> None:
    data = place / "data"
    with up(data, "--no-demo") as running:
        for part in ("bihuan.conf.worker", "bihuan.conf.web", "keeper.py", "bin/postgres -D"):
            killed = running.kill(part)
            end = time.monotonic() + 120
            while running.pid_of(part) == killed:
                assert time.monotonic() < end, part
                time.sleep(0.1)
        end = time.monotonic() + 120
        while True:
            try:
                if running.status() == 200:
                    break
            except OSError:
                assert time.monotonic() < end
            time.sleep(0.1)
        assert run(data, "doctor", "--json").returncode == 0
        assert running.stop(signal.SIGTERM) == 0
        assert_gone(running)


def test_a_killed_supervisor_leaves_nothing_and_the_next_start_succeeds(place: Path) -> None:
    data = place / "data"
    with up(data, "--no-demo") as running:
        made = run(data, "createadmin", "liu", "--role", "system", "--json")
        assert made.returncode == 0, made.stderr
        running.pid_of("bihuan.conf.web")
        running.process.kill()
        running.process.wait()
        assert_gone(running)
    with up(data, "--no-demo"):
        assert run(data, "createadmin", "liu", "--role", "system").returncode == 1


def test_a_second_start_on_the_same_data_and_a_taken_port_are_refused(place: Path) -> None:
    data = place / "data"
    with up(data, "--no-demo") as running:
        second = run(data, "up", "--port", str(free_port()))
        assert second.returncode == 1
        assert "已有一个 bihuan up" in second.stderr
        other = run(place / "other", "up", "--port", str(running.port))
        assert other.returncode == 1
        assert "已被其他程序占用" in other.stderr


def test_the_demo_refuses_to_listen_to_the_network(place: Path) -> None:
    done = run(place / "data", "up", "--demo", "--host", "0.0.0.0")
    assert done.returncode == 1
    assert "只供本机" in done.stderr


def test_measurements_are_read_without_a_token_on_their_own_port_of_this_machine(place: Path) -> None:
    def ask(port: int, **headers: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request(
                "GET", "/metrics", headers={n.replace("_", "-"): v for n, v in headers.items()}
            )
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    assert run(place / "data", "setup", "--district", "370403", "示例区").returncode == 0
    port = free_port()
    with up(place / "data", "--no-demo", "--metrics-port", str(port)) as running:
        running.wait_until_up()
        assert ask(running.port)[0] == 401
        end = time.monotonic() + START_SECONDS
        while True:
            try:
                status, text = ask(port)
                break
            except ConnectionError:
                assert time.monotonic() < end
                time.sleep(0.2)
        assert status == 200
        assert "bihuan_jobs_failed" in text
        assert "示例区" not in text
        assert ask(port, X_Forwarded_For="10.0.0.1")[0] == 403
        assert ask(port, Host="anquan.example.gov.cn")[0] in (400, 403)
        assert running.stop() == 0
