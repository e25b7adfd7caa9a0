"""The OpenAPI document says what every operation may answer besides its result, so that clients are made for it."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from bihuan.kernel.web.matters.pages import ListFilter, MatterPages

_FAILURE = {
    "type": "object",
    "required": ["code", "message"],
    "properties": {
        "code": {"type": "string", "description": "固定的代码，例如 hazard.no_after_photo"},
        "message": {"type": "string", "description": "给人看的说明"},
        "field": {"type": "string", "description": "有问题的字段"},
    },
}
_REFUSED = {
    "type": "object",
    "required": ["code", "failures"],
    "properties": {"code": {"const": "refused"}, "failures": {"type": "array", "items": _FAILURE}},
}


def _said(code: str) -> dict[str, Any]:
    told = {"code": {"const": code}, "message": {"type": "string"}}
    return {"type": "object", "required": ["code"], "properties": told}


_ANSWERS: dict[str, tuple[str, dict[str, Any]]] = {
    "401": ("没有有效的令牌", _said("unauthenticated")),
    "404": ("没有这条记录，或不在管辖范围内", _said("absent")),
    "409": ("已被他人处理，请重新读取后再办理", _said("stale")),
    "422": ("不符合规则，原因逐条列出", _REFUSED),
}


class DocumentedAPI(NinjaAPI):
    """An API whose document names its refusals."""

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> OpenAPISchema:
        """The document with the answers of the exception handlers beside each operation's own."""
        document = super().get_openapi_schema(*args, **kwargs)
        for path, item in document["paths"].items():
            for method, operation in item.items():
                steps = method == "post" and "{no}" in path and not path.endswith("/read-sealed")
                for code in ("401", "404", "422", *(("409",) if steps else ())):
                    words, schema = _ANSWERS[code]
                    content = {"application/json": {"schema": schema}}
                    operation["responses"].setdefault(code, {"description": words, "content": content})
        return document


def parameters_of(pages: MatterPages) -> list[dict[str, Any]]:
    """The filters of a list, its cursor and its page size."""
    paging = [
        _parameter("cursor", "上一页返回的 next", {"type": "string"}),
        _parameter("page_size", "每页条数，1 到 200，默认 50", {"type": "integer"}),
    ]
    return [*(_parameter(item.name, item.label, _schema(item)) for item in pages.filters), *paging]


def _parameter(name: str, words: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": words, "schema": schema}


def _schema(item: ListFilter) -> dict[str, Any]:
    match item.kind:
        case "flag":
            return {"type": "boolean"}
        case "date":
            return {"type": "string", "format": "date"}
        case "object":
            return {"type": "string", "format": "uuid"}
        case "choice" if not callable(item.choices):
            return {"type": "string", "enum": [value for value, _ in item.choices]}
    return {"type": "string"}
