"""Doors that stand open to the public: read only, so many times a minute from one address, and kept out of search engines."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bihuan.kernel.web.lockout import client_address

MINUTE = 60.0
REMEMBERED = 20_000
"""So many addresses are remembered at once; a flood from more forgets the oldest, never grows."""


class Ceiling:
    """So many requests a minute from one address, counted by each worker for itself.

    ``now`` is a clock in seconds.
    """

    def __init__(self, per_minute: int, now: Callable[[], float] = time.monotonic) -> None:
        self.per_minute, self._now = per_minute, now
        self._seen: dict[str, deque[float]] = {}
        self._lock = Lock()

    def wait(self, address: str) -> int:
        """Seconds until the address may ask again; 0 when it may now, and that it did is noted."""
        now = self._now()
        with self._lock:
            asked = self._seen.pop(address, None) or deque[float]()
            while asked and asked[0] <= now - MINUTE:
                asked.popleft()
            self._seen[address] = asked
            if len(self._seen) > REMEMBERED:
                del self._seen[next(iter(self._seen))]
            if len(asked) >= self.per_minute:
                return max(1, int(asked[0] + MINUTE - now) + 1)
            asked.append(now)
            return 0


def open_to_all(
    ceiling: Ceiling, *, indexed: Callable[[], bool] = lambda: False
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A page for everybody: GET and HEAD only, under a ceiling, with the headers of a public page."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            seconds = ceiling.wait(client_address(request))
            if seconds:
                says = f"访问太频繁，请 {seconds} 秒后再试。"
                response = HttpResponse(says, status=429, content_type="text/plain; charset=utf-8")
                response["Retry-After"] = str(seconds)
            else:
                response = view(request, *args, **kwargs)
            if not indexed():
                response["X-Robots-Tag"] = "noindex, nofollow"
            response["X-Content-Type-Options"] = "nosniff"
            response["Referrer-Policy"] = "no-referrer"
            return response

        return require_safe(guarded)

    return decorate
