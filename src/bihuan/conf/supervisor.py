"""Keeps a few child processes running until told to stop, then stops them in order.

Not a process manager: no logs of its own, no reloading. It exists so that ``bihuan up`` is the whole installation in
one terminal and nothing stays behind when that terminal goes.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType

from bihuan.conf.ending import SUPERVISED

PAUSE = 0.2
SHORTEST_WAIT = 0.5
LONGEST_WAIT = 30.0
STEADY_SECONDS = 20.0
STOP_SECONDS = 20.0
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(slots=True)
class Child:
    """One process that must be running."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    again_at: float = 0.0
    wait: float = SHORTEST_WAIT


@dataclass(slots=True)
class Supervisor:
    """Runs ``children`` in ``environment``; ``between`` is called about every second while all is quiet, ``going`` once when
    the end begins.
    """

    children: Sequence[Child]
    environment: Mapping[str, str]
    say: Callable[[str], None]
    between: Callable[[], None]
    going: Callable[[], None] = lambda: None
    asked: signal.Signals | None = field(default=None)

    def run(self) -> None:
        """Until SIGINT, SIGTERM or SIGHUP."""
        for number in STOPPING:
            signal.signal(number, self._on_signal)
        try:
            turn = 0
            while self.asked is None:
                self._look_after()
                turn += 1
                if turn % 5 == 0:
                    self.between()
                time.sleep(PAUSE)
        finally:
            self._stop()

    def _look_after(self) -> None:
        moment = time.monotonic()
        for child in self.children:
            if child.process is None:
                if moment >= child.again_at:
                    self._start(child)
            elif (status := child.process.poll()) is not None:
                steady = moment - child.started > STEADY_SECONDS
                child.wait = SHORTEST_WAIT if steady else min(child.wait * 2, LONGEST_WAIT)
                child.again_at = moment + child.wait
                child.process = None
                self.say(f"{child.name}已退出（{status}），{child.wait:.1f} 秒后重新启动。")

    def _start(self, child: Child) -> None:
        child.process = subprocess.Popen(
            child.command,
            stdin=subprocess.DEVNULL,
            env={**self.environment, SUPERVISED: "1"},
            start_new_session=True,
        )
        child.started = time.monotonic()

    def _stop(self) -> None:
        self.going()
        running = [child.process for child in self.children if child.process and child.process.poll() is None]
        for process in running:
            process.send_signal(self.asked or signal.SIGTERM)
        end = time.monotonic() + STOP_SECONDS
        for process in running:
            try:
                process.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        if self.asked is not None:
            for child in self.children:
                if child.process and child.process.poll() is None:
                    os.killpg(child.process.pid, signal.SIGKILL)
        self.asked = signal.SIGTERM if number == signal.SIGHUP else signal.Signals(number)
