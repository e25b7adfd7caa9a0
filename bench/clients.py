"""Eight clients with persistent connections, in processes of their own so that they do not share a lock with each other.

A refusal or an error is quicker than the work: what was answered so is no measurement, and ends the run.
"""

from __future__ import annotations

import http.client
import json
import multiprocessing
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

CLIENTS = 8
_EDGE = "bench-edge-7f3a"


def _part(name: str, value: str | bytes) -> bytes:
    file = "; filename=photo.jpg" if isinstance(value, bytes) else ""
    head = f'--{_EDGE}\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'
    return head.encode() + (value if isinstance(value, bytes) else value.encode()) + b"\r\n"


@dataclass(frozen=True)
class Ask:
    """One request: a JSON body, or ``form`` fields among which bytes are a file."""

    method: str
    path: str
    body: dict[str, Any] | None = None
    key: str = ""
    form: dict[str, str | bytes] | None = None

    def content(self) -> tuple[bytes | None, str]:
        """What is sent, and its type."""
        if self.form is None:
            return (None if self.body is None else json.dumps(self.body).encode()), "application/json"
        parts = [_part(name, value) for name, value in self.form.items()]
        return b"".join(parts) + f"--{_EDGE}--\r\n".encode(), f"multipart/form-data; boundary={_EDGE}"


@dataclass(frozen=True)
class Result:
    """How a run went: requests a second, the time each took in milliseconds, and the answers in the order of the asks."""

    rate: float
    p50: float
    p95: float
    answers: list[Any]


def _work(base: str, token: str, asks: Sequence[Ask], keep: bool, queue: Any, start: Any, place: int) -> None:
    host = urlsplit(base).netloc
    connection = http.client.HTTPConnection(host, timeout=30)
    times, errors, answers = [], list[str](), []
    start.wait()
    for ask in asks:
        body, media_type = ask.content()
        headers = {"Authorization": f"Bearer {token}", "Content-Type": media_type}
        if ask.key:
            headers["Idempotency-Key"] = ask.key
        began = time.perf_counter()
        connection.request(ask.method, ask.path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        times.append((time.perf_counter() - began) * 1000)
        if answer.status >= 400:
            errors.append(f"{ask.method} {ask.path}: {answer.status} {content[:300].decode()}")
        elif keep:
            answers.append(json.loads(content))
    queue.put((place, times, errors, answers))


def run(base: str, token: str, asks: Sequence[Ask], *, clients: int = CLIENTS, keep: bool = False) -> Result:
    """Share ``asks`` among the clients and let them all start together.

    Raises:
        SystemExit: some were not answered with success; how many, and the first of them.
    """
    queue: Any = multiprocessing.Queue()
    start = multiprocessing.Event()
    parts = [list(asks[index::clients]) for index in range(clients)]
    workers = [
        multiprocessing.Process(target=_work, args=(base, token, part, keep, queue, start, place))
        for place, part in enumerate(parts)
    ]
    for worker in workers:
        worker.start()
    time.sleep(0.5)
    began = time.perf_counter()
    start.set()
    gathered = sorted(queue.get() for _ in workers)
    spent = time.perf_counter() - began
    for worker in workers:
        worker.join()
    errors = [error for _, _, found, _ in gathered for error in found]
    if errors:
        raise SystemExit(f"{len(errors)} of {len(asks)} requests were refused or failed, first: {errors[0]}")
    times = sorted(time_ for _, one, _, _ in gathered for time_ in one)
    kept = [answers for _, _, _, answers in gathered]
    return Result(
        rate=len(times) / spent,
        p50=times[len(times) // 2],
        p95=times[int(len(times) * 0.95)],
        answers=[kept[index % clients][index // clients] for index in range(len(asks))] if keep else [],
    )


def spread(count: int, make: Callable[[int], Ask]) -> list[Ask]:
    """``count`` requests."""
    return [make(index) for index in range(count)]
