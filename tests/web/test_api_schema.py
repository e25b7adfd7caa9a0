"""The OpenAPI document: true to its standard, and to what the loops declare."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client

from bihuan.kernel.loops.declaration import Loop, Opening
from bihuan.kernel.loops.inputs import fields_of
from bihuan.kernel.loops.registry import all_running

METHODS = {"get", "post"}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    response = Client().get("/api/v1/openapi.json")
    assert response.status_code == 200
    content: dict[str, Any] = json.loads(response.content)
    return content


def operations(document: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (method, path): found for path, item in document["paths"].items() for method, found in item.items()
    }


def test_it_is_an_openapi_document(document: dict[str, Any]) -> None:
    assert re.fullmatch(r"3\.[01]\.\d+", document["openapi"])
    assert document["info"]["title"]
    assert document["info"]["version"]
    schemes = document["components"]["securitySchemes"]
    assert any((scheme["type"], scheme["scheme"]) == ("http", "bearer") for scheme in schemes.values())
    names = [found["operationId"] for found in operations(document).values()]
    assert len(names) == len(set(names))


def test_every_operation_is_whole(document: dict[str, Any]) -> None:
    schemes = set(document["components"]["securitySchemes"])
    for (method, path), found in operations(document).items():
        assert method in METHODS
        assert found["summary"]
        assert found["responses"]
        assert all({*item} <= schemes for item in found["security"]), path
        in_path = {item["name"] for item in found.get("parameters", ()) if item["in"] == "path"}
        assert in_path == set(re.findall(r"{(\w+)}", path)), path
        assert all(item["required"] for item in found.get("parameters", ()) if item["in"] == "path")


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    def references(node: Any) -> list[str]:
        if isinstance(node, dict):
            own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
            return own + [found for value in node.values() for found in references(value)]
        return [found for value in node for found in references(value)] if isinstance(node, list) else []

    for reference in references(document):
        place: Any = document
        for part in reference.removeprefix("#/").split("/"):
            place = place[part]


def _openings(loop: Loop) -> dict[tuple[str, str], Opening]:
    """Where each opening that people see is asked for: the first at the matters' own address, others beside it."""
    base = f"/api/v1/{loop.plural}"
    shown = [opening for opening in loop.openings if opening.shown]
    return {
        ("post", f"{base}/new/{opening.slug}" if place else base): opening
        for place, opening in enumerate(shown)
    }


def test_every_deed_that_is_shown_has_its_operation_and_no_other_has(document: dict[str, Any]) -> None:
    there = operations(document)
    for service in all_running():
        base = f"/api/v1/{service.loop.plural}"
        expected = {("get", base), ("get", f"{base}/{{no}}"), *_openings(service.loop)}
        expected |= {("post", f"{base}/{{no}}/{deed.slug}") for deed in service.loop.deeds if deed.shown}
        if service.loop.sealed_to:
            expected |= {("post", f"{base}/{{no}}/{verb}") for verb in ("read-sealed", "forget-sealed")}
        found = {key for key in there if key[1] == base or key[1].startswith(f"{base}/")}
        assert found == expected


def test_every_body_asks_what_the_input_declares(document: dict[str, Any]) -> None:
    there = operations(document)
    for service in all_running():
        base = f"/api/v1/{service.loop.plural}"
        openings = _openings(service.loop)
        bodies = [(key, opening, {"uid", "happened_at"}) for key, opening in openings.items()]
        bodies += [
            (("post", f"{base}/{{no}}/{deed.slug}"), deed, {"version", "happened_at"})
            for deed in service.loop.deeds if deed.shown
        ]  # fmt: skip
        for key, deed, besides in bodies:
            schema = there[key]["requestBody"]["content"]["application/json"]["schema"]
            fields = fields_of(deed.input)
            assert set(schema["properties"]) == {item.name for item in fields} | besides
            needed = {item.name for item in fields if item.must and item.default in (None, "", ())}
            assert set(schema.get("required", ())) == needed | ({"version"} & besides)
            for item in fields:
                told = schema["properties"][item.name]
                assert told["title"] == item.label
                if item.choices:
                    assert told["enum"] == [value for value, _ in item.choices]


def test_lists_name_their_filters(document: dict[str, Any]) -> None:
    from bihuan.kernel.web.matters.pages import pages_of

    there = operations(document)
    for service in all_running():
        told = {item["name"]: item for item in there["get", f"/api/v1/{service.loop.plural}"]["parameters"]}
        pages = pages_of(service.loop.plural)
        assert pages is not None
        assert set(told) == {"cursor", "page_size"} | {item.name for item in pages.filters}
        assert all(item["in"] == "query" and not item["required"] for item in told.values())


def test_refusals_are_described(document: dict[str, Any]) -> None:
    for (method, path), found in operations(document).items():
        codes = set(found["responses"])
        assert "401" in codes, path
        if method == "post":
            assert {"404", "422"} <= codes, path
        if method == "post" and "{no}" in path and not path.endswith("read-sealed"):
            assert "409" in codes, path
