"""Figures, objects and measures over the API, each for whom it concerns."""

from __future__ import annotations

from datetime import date

from django.test import Client

from bihuan.kernel.people.tokens import issue_token
from bihuan.kernel.territory.models import RegionCode
from tests.hazards.steps import closed, reported
from tests.world import World


def bearer(world: World, name: str, scope: str = "") -> Client:
    return Client(headers={"authorization": f"Bearer {issue_token(world.user(name), scope=scope)}"})


def test_figures_are_those_of_the_tokens_reach(world: World) -> None:
    closed(world)
    reported(world, place="食堂")
    reported(world, by="clerk_west", object=world.site.uid)
    found = {}
    for name in ("office", "clerk_east", "clerk_west", "safety"):
        answer = bearer(world, name).get("/api/v1/figures?by=town")
        assert answer.status_code == 200
        found[name] = answer.json()["figures"]["hazards.found"]["value"]
    assert found == {"office": 3, "clerk_east": 2, "clerk_west": 1, "safety": 2}
    assert bearer(world, "clerk_east").get("/api/v1/figures?region=西岭街道").status_code == 404
    assert bearer(world, "auditor").get("/api/v1/figures").status_code == 404
    one = bearer(world, "office").get("/api/v1/figures?name=hazards.rectification_rate&sector=工贸").json()
    assert one["figures"]["hazards.rectification_rate"]["value"] == "50.0"
    refused = bearer(world, "office").get("/api/v1/figures?name=hazards.nothing")
    assert (refused.status_code, refused.json()["failures"][0]["code"]) == (422, "figure.unknown")


def test_figures_and_objects_know_places_by_name_code_and_path(world: World) -> None:
    RegionCode.objects.create(region=world.east, code="370403101", since=date(2020, 1, 1))
    reported(world)
    office = bearer(world, "office")
    for wanted in ("东湖镇", "370403101", world.east.path):
        figures = office.get("/api/v1/figures", {"region": wanted}).json()["figures"]
        assert figures["hazards.found"]["value"] == 1
        items = office.get("/api/v1/enterprises", {"region": wanted}).json()["items"]
        assert [item["name"] for item in items] == ["东湖纺织有限公司"]
    for address, code in (
        ("/api/v1/figures", "figure.unknown_region"), ("/api/v1/enterprises", "list.bad_filter"),
    ):  # fmt: skip
        refused = office.get(address, {"region": "没有的镇"})
        assert (refused.status_code, refused.json()["failures"][0]["code"]) == (422, code)
        assert refused.json()["failures"][0]["field"] == "region"


def test_objects_are_those_in_jurisdiction(world: World) -> None:
    listed = bearer(world, "clerk_east").get("/api/v1/enterprises").json()["items"]
    assert [item["name"] for item in listed] == ["东湖纺织有限公司"]
    assert len(bearer(world, "office").get("/api/v1/enterprises?page_size=1").json()["items"]) == 1
    one = bearer(world, "office").get(f"/api/v1/enterprises/{world.factory.credit_code}").json()
    assert [rung["level"] for rung in one["responsibility"]] == [
        "enterprise", "territorial", "sector", "office", "leader",
    ]  # fmt: skip
    assert bearer(world, "clerk_west").get(f"/api/v1/enterprises/{world.factory.uid}").status_code == 404


def test_measures_need_their_own_scope(world: World) -> None:
    assert Client().get("/metrics").status_code == 401
    assert bearer(world, "system_admin").get("/metrics").status_code == 401
    answer = bearer(world, "system_admin", "metrics").get("/metrics")
    assert answer.status_code == 200
    assert "bihuan_jobs_waiting" in answer.content.decode()
