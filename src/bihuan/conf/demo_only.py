"""What holds only in the demo: it serves this machine and nobody else."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse

REFUSAL = "演示区只供本机直接访问，不接受经代理转发的请求。请在本机浏览器打开 http://127.0.0.1:端口/ 。\n"


class RefuseForwarded:
    """Turn away every request that a proxy passed on.

    The demo offers its roles by one click; behind a proxy that click would be open to a whole network.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.BIHUAN_DEMO:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 403 when any forwarding header is present, even an empty one."""
        if any(name == "HTTP_FORWARDED" or name.startswith("HTTP_X_FORWARDED") for name in request.META):
            return HttpResponse(REFUSAL, status=403, content_type="text/plain; charset=utf-8")
        return self.get_response(request)
