"""What every page of the public door has in common: narrow headers, no shared cache, no trace of what was typed.

A request that fails is told in the log by the kind and the place of the fault alone. A form whose guard against forgery
does not fit comes back filled in instead of being thrown away.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.utils.decorators import decorator_from_middleware
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from bihuan.capabilities.tipoffs.public import limits
from bihuan.kernel.web.lockout import client_address
from bihuan.kernel.web.open_doors import Ceiling

View = Callable[..., HttpResponse]

log = logging.getLogger(__name__)
LOOKS = Ceiling(limits.LOOKS_A_MINUTE)
POLICY = "; ".join(
    (
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:",
        "connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
    )
)  # fmt: skip
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()",
}
"""``same-origin`` and not ``no-referrer``: with the latter browsers post from ``null``, which the guard against forgery refuses."""


class _Lenient(CsrfViewMiddleware):
    """The guard against forged forms, told to the view instead of ending the request: what was typed must not be lost."""

    def _reject(self, request: HttpRequest, reason: str) -> None:
        request.forged = True  # type: ignore[attr-defined]


def forged(request: HttpRequest) -> bool:
    """Whether the form did not carry the token of its cookie. Nothing may be done then."""
    return bool(getattr(request, "forged", False))


def open_to_citizens(*methods: str) -> Callable[[View], View]:
    """A page of the public door for these methods."""

    def decorate(view: View) -> View:
        inner = decorator_from_middleware(_Lenient)(view)

        @csrf_exempt
        @require_http_methods(["HEAD", *methods])
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = _weighed(request) or _answered(inner, request, args, kwargs)
            for name, value in HEADERS.items():
                response[name] = value
            return response

        return guarded

    return decorate


def _weighed(request: HttpRequest) -> HttpResponse | None:
    """Refuse before a byte of the body is read: what is too large, or looked at too often."""
    seconds = LOOKS.wait(client_address(request)) if request.method in ("GET", "HEAD") else 0
    if seconds:
        response = stopped(request, "访问太频繁", f"请 {seconds} 秒后再打开。", 429)
        response["Retry-After"] = str(seconds)
        return response
    try:
        size = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        size = limits.BODY_BYTES + 1
    if size > limits.BODY_BYTES:
        says = "照片加起来太大，没有收下。请返回，少选几张或一张一张地传。"
        return stopped(request, "照片太大", says, 413)
    return None


def _answered(
    view: Callable[..., HttpResponseBase], request: HttpRequest, args: Any, kwargs: Any
) -> HttpResponse:
    try:
        response = view(request, *args, **kwargs)
        assert isinstance(response, HttpResponse), "nothing is streamed here"
        return response
    except SuspiciousOperation:
        return stopped(request, "内容太多", "一次发送的内容太多，没有收下。请返回，少选几张照片再发。", 413)
    except Exception as fault:
        last = traceback.extract_tb(fault.__traceback__)[-1]
        log.error("群众举报入口出错：%s（%s:%s）", type(fault).__name__, last.filename, last.lineno)
        says = "刚才没有发送成功，也没有留下半截的内容。请返回再试一次；着急的请拨打12350。"
        return stopped(request, "系统出了差错", says, 500)


def stopped(request: HttpRequest, title: str, says: str, status: int) -> HttpResponse:
    """A page that says why nothing happened."""
    from bihuan.capabilities.tipoffs.public.views.face import around

    return render(
        request, "tipoff_door/stopped.html", {**around(), "title": title, "says": says}, status=status
    )
