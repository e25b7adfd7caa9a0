"""What a page answers when the kernel turns a request down: the same words everywhere, with the right status."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.web import parts


def _is_api(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")


class Refusals:
    """Absent becomes 404, a refusal no form caught becomes 422 with its sentences; the API answers for itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info or (
            "%00" in request.META.get("QUERY_STRING", "") and not _is_api(request)
        ):
            return render(request, "404.html", {"says": "地址中有不能识别的字符，请核对"}, status=404)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Absent):
            return render(request, "404.html", {"says": str(error)}, status=404)
        if isinstance(error, Refused):
            context = {"label": "办理", "failures": error.failures, "back": parts.Link("返回", "/")}
            return render(request, "refused.html", context, status=422)
        return None
