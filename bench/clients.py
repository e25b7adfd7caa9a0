"""Eight clients with persistent connections, in processes of their own so that they do not share a lock with each other."""

from __future__ import annotations

import http.client
import json
import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

CLIENTS = 8


@dataclass(frozen=True)
class Ask:
    """One request."""

    method: str
    path: str
    body: dict[str, Any] | None = None
    key: str = ""


@dataclass(frozen=True)
class Result:
    """How a run went: requests a second, and the time each took in milliseconds."""

    rate: float
    p50: float
    p95: float
    errors: int
    answers: list[Any]


def _work(base: str, token: str, asks: Sequence[Ask], keep: bool, queue: Any, start: Any) -> None:
    host = urlsplit(base).netloc
    connection = http.client.HTTPConnection(host, timeout=30)
    times, errors, answers = [], 0, []
    start.wait()
    for ask in asks:
        began = time.perf_counter()
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        if ask.key:
            headers["Idempotency-Key"] = ask.key
        connection.request(
            ask.method, ask.path, json.dumps(ask.body) if ask.body is not None else None, headers
        )
        answer = connection.getresponse()
        content = answer.read()
        times.append((time.perf_counter() - began) * 1000)
        if answer.status >= 400:
            errors += 1
            if errors == 1:
                print(answer.status, content[:300].decode(), flush=True)
        elif keep:
            answers.append(json.loads(content))
    queue.put((times, errors, answers))


def run(base: str, token: str, asks: Sequence[Ask], *, clients: int = CLIENTS, keep: bool = False) -> Result:
    """Share ``asks`` among the clients and let them all start together."""
    queue: Any = multiprocessing.Queue()
    start = multiprocessing.Event()
    parts = [list(asks[index::clients]) for index in range(clients)]
    workers = [
        multiprocessing.Process(target=_work, args=(base, token, part, keep, queue, start)) for part in parts
    ]
    for worker in workers:
        worker.start()
    time.sleep(0.5)
    began = time.perf_counter()
    start.set()
    gathered = [queue.get() for _ in workers]
    spent = time.perf_counter() - began
    for worker in workers:
        worker.join()
    times = sorted(time_ for one, _, _ in gathered for time_ in one)
    return Result(
        rate=len(times) / spent,
        p50=times[len(times) // 2],
        p95=times[int(len(times) * 0.95)],
        errors=sum(errors for _, errors, _ in gathered),
        answers=[answer for _, _, answers in gathered for answer in answers],
    )


def spread(count: int, make: Callable[[int], Ask]) -> list[Ask]:
    """``count`` requests."""
    return [make(index) for index in range(count)]


def numbers(answers: Sequence[Any]) -> Iterator[str]:
    """The matter numbers of a run's answers."""
    return (answer["no"] for answer in answers)
