"""Guessed passwords: five wrong ones lock an account for its address, thirty of all accounts lock the address itself.

What was typed into the form is never kept: beside a wrong password it may be a name that is to be sealed.
"""

from __future__ import annotations

import ipaddress
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max, Sum
from django.http import HttpRequest, QueryDict

from bihuan.kernel import clock


class Lock(NamedTuple):
    """Until when nobody is let in, and whether that holds for the whole address."""

    until: datetime
    address: bool

    @property
    def minutes(self) -> int:
        """Whole minutes to wait, at least one."""
        return max(1, -(-int((self.until - clock.now()).total_seconds()) // 60))

    @property
    def at(self) -> str:
        """The moment by the clock on the wall, rounded up."""
        return f"{(self.until + timedelta(seconds=59)).astimezone(clock.SHANGHAI):%H:%M}"


def client_address(request: HttpRequest) -> str:
    """Where the request comes from: the peer, or whom our own proxy on this machine names last.

    Anybody may write ``X-Forwarded-For``; it counts only from a proxy on this machine, which adds the last element.
    """
    peer = str(request.META.get("REMOTE_ADDR", ""))
    return (_named_by_proxy(request) or peer) if _through_proxy(peer) else peer


def named_address(request: HttpRequest) -> str:
    """Where the request comes from; empty behind a proxy that does not say it, when one address would be everybody."""
    peer = str(request.META.get("REMOTE_ADDR", ""))
    return _named_by_proxy(request) if _through_proxy(peer) else peer


def _through_proxy(peer: str) -> bool:
    return bool(settings.BIHUAN_BEHIND_PROXY) and _is_loopback(peer)


def _named_by_proxy(request: HttpRequest) -> str:
    last = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
    try:
        return str(ipaddress.ip_address(last))
    except ValueError:
        return ""


def _is_loopback(peer: str) -> bool:
    try:
        return ipaddress.ip_address(peer).is_loopback
    except ValueError:
        return False


def is_direct_from_here(request: HttpRequest) -> bool:
    """Whether a program of this machine asks by itself: from loopback, and no proxy has passed anything on."""
    forwarded = any(name == "HTTP_FORWARDED" or name.startswith("HTTP_X_FORWARDED") for name in request.META)
    return _is_loopback(str(request.META.get("REMOTE_ADDR", ""))) and not forwarded


class LockoutHandler(AxesDatabaseHandler):  # type: ignore[misc]
    """The database handler of django-axes with a ceiling for each address, and without a memory for what was typed."""

    def get_failures(self, request: Any, credentials: dict[str, Any] | None = None) -> int:
        """The account's failures, or as many as lock when the address has reached its own ceiling."""
        own = int(super().get_failures(request, credentials))
        limit = int(settings.AXES_FAILURE_LIMIT)
        return limit if own < limit and _address_is_full(request) else own

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: Any = None, **kwargs: Any
    ) -> None:
        """Count the failure; the answers of the form it came with are not handed on."""
        wordless = None if request is None else _Wordless(request)
        super().user_login_failed(sender, credentials, wordless, **kwargs)


class _Wordless:
    """A request as django-axes needs it, with nothing in it that was typed."""

    GET = POST = QueryDict("")

    def __init__(self, request: Any) -> None:
        object.__setattr__(self, "_request", request)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._request, name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._request, name, value)


def _recent(request: Any) -> Any:
    since = clock.now() - _pause(request)
    return AccessAttempt.objects.filter(ip_address=request.axes_ip_address, attempt_time__gte=since)


def _pause(request: Any) -> timedelta:
    pause: timedelta | None = get_cool_off(request)
    return pause or timedelta(minutes=15)


def _address_is_full(request: Any) -> bool:
    """Behind a proxy that does not say who asks, one address would be everybody: then there is no ceiling."""
    if not named_address(request):
        return False
    failures = _recent(request).aggregate(n=Sum("failures_since_start"))["n"] or 0
    return bool(failures >= settings.BIHUAN_ADDRESS_LIMIT)


def lock_of(request: Any, credentials: dict[str, Any] | None) -> Lock:
    """Until when this request's account or address is locked."""
    attempts, full = _recent(request), _address_is_full(request)
    name = (credentials or {}).get("username")
    if name is not None and not full:
        attempts = attempts.filter(username=name)
    last = attempts.aggregate(last=Max("attempt_time"))["last"] or clock.now()
    return Lock(last + _pause(request), full)
