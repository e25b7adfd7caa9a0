"""The API's root: bearer tokens, refusals as JSON, OpenAPI."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja.errors import AuthenticationError, ValidationError
from ninja.security import HttpBearer

from bihuan import __version__
from bihuan.kernel.errors import Absent, Refused, Stale
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.tokens import actor_by_token
from bihuan.kernel.web.api import figures, matters, objects
from bihuan.kernel.web.api.document import DocumentedAPI
from bihuan.kernel.web.api.matters import failure_json
from bihuan.kernel.web.places import load_operations


class Bearer(HttpBearer):
    """``Authorization: Bearer TOKEN``."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        actor = actor_by_token(token)
        if actor is not None and (actor.token_scope or "").split() == ["metrics"]:
            return None
        return actor


api = DocumentedAPI(
    title="闭环",
    version=__version__,
    description="安全生产监管闭环系统接口。每一步的拒绝理由与页面相同。",
    auth=Bearer(),
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
)


@api.exception_handler(Refused)
def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """422 with every reason."""
    failures = [failure_json(failure) for failure in refusal.failures]
    return api.create_response(request, {"code": "refused", "failures": failures}, status=422)


@api.exception_handler(Stale)
def stale(request: HttpRequest, error: Stale) -> HttpResponse:
    """409: somebody else was faster."""
    return api.create_response(
        request, {"code": "stale", "message": "已被他人处理，请重新读取后再办理"}, status=409
    )


@api.exception_handler(Absent)
def absent(request: HttpRequest, error: Absent) -> HttpResponse:
    """404: absent and out of jurisdiction answer alike."""
    return api.create_response(
        request, {"code": "absent", "message": str(error) or Absent.__doc__}, status=404
    )


@api.exception_handler(AuthenticationError)
def nobody(request: HttpRequest, error: Any) -> HttpResponse:
    """401: no valid token."""
    return api.create_response(
        request, {"code": "unauthenticated", "message": "令牌无效或已过期"}, status=401
    )


@api.exception_handler(ValidationError)
def malformed(request: HttpRequest, error: Any) -> HttpResponse:
    """422 for parameters that have not the declared form."""
    failures = [
        {
            "code": "api.malformed",
            "message": "参数格式不对，请对照接口说明",
            "field": ".".join(map(str, item["loc"])),
        }
        for item in error.errors
    ]
    return api.create_response(request, {"code": "refused", "failures": failures}, status=422)


def nothing_here(request: HttpRequest, rest: str) -> HttpResponse:
    """404 in the API's own form, for addresses that no operation has."""
    return api.create_response(
        request, {"code": "absent", "message": "没有这个接口地址，请对照 /api/v1/openapi.json"}, status=404
    )


load_operations()
api.add_router("", figures.router)
api.add_router("", objects.router)
api.add_router("", matters.bind_all())
