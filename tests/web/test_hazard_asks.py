"""The form says which of the five this very hazard lacks, and asks for nothing that it has."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from bihuan.capabilities.hazards.asking import asks
from bihuan.capabilities.hazards.models import Hazard
from tests.hazards.test_elements import brought
from tests.inspections.steps import equip, ordered
from tests.world import World


def labels(page: Any) -> dict[str, bool]:
    form = page.context["form"]
    return {name: field.required for name, field in form.fields.items()}


@pytest.mark.parametrize(
    ("changes", "asked"),
    [
        ({}, {"funds_planned": True, "contingency_plan": True}),
        ({"funds_planned_fen": 0}, {"contingency_plan": True}),
        ({"contingency_plan": "看守"}, {"funds_planned": True}),
    ],
)
def test_means_asks_for_what_lacks_and_marks_it(
    client: Client, world: World, changes: dict[str, Any], asked: dict[str, bool]
) -> None:
    hazard = brought(world)
    Hazard.objects.filter(pk=hazard.pk).update(**changes)
    client.force_login(world.users["safety"])
    page = client.get(f"/hazards/{hazard.no}/tell-means/")
    assert labels(page) == asked
    assert page.content.decode().count("选填") == 0
    refused = client.post(f"/hazards/{hazard.no}/tell-means/", {"version": hazard.version})
    assert labels(refused) == asked, "asked again alike"


def test_what_the_order_says_is_not_asked_again(client: Client, world: World) -> None:
    hazard = Hazard.objects.get(origin=ordered(equip(world)).no)
    client.force_login(world.users["regulator"])
    assert labels(client.get(f"/hazards/{hazard.no}/complete-elements/")) == {
        "funds_planned": True, "contingency_plan": True,
    }  # fmt: skip


def test_other_deeds_ask_as_declared(world: World) -> None:
    assert asks("assign", brought(world), world.actor("regulator")) == {}
