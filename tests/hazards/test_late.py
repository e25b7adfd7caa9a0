"""Somebody acted without a network before hearing of what others did: it changes nothing and is not lost."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client

from bihuan.kernel import clock
from bihuan.kernel.errors import Stale
from bihuan.kernel.loops import engine
from bihuan.kernel.people.tokens import issue_token
from bihuan.kernel.record.reading import entries_of
from tests.hazards.steps import elements, fresh, reported
from tests.world import World


def test_a_late_act_is_kept_as_a_claim(world: World) -> None:
    hazard = reported(world)
    engine.perform("hazard", "assign", hazard.no, elements(), actor=world.actor("regulator"), version=1)
    before = clock.now() - timedelta(hours=2)
    with pytest.raises(Stale):
        engine.perform(
            "hazard", "assign", hazard.no, elements(measures="另一办法"), actor=world.actor("clerk_east"),
            version=1, happened_at=before, keep_late=True,
        )  # fmt: skip
    last = entries_of(hazard.uid)[-1]
    assert (last.verb, last.from_state, last.to_state) == ("late_claim", "rectifying", "rectifying")
    assert (last.payload["deed"], last.payload["said"]["measures"]) == ("assign", "另一办法")
    assert last.happened_at == before
    assert fresh(hazard).measures == "清运原料，划线管理"


def test_the_api_keeps_what_a_phone_sends_late(world: World) -> None:
    hazard = reported(world)
    engine.perform("hazard", "assign", hazard.no, elements(), actor=world.actor("regulator"), version=1)
    client = Client(
        headers={"authorization": f"Bearer {issue_token(world.user('clerk_east'), scope='sign')}"}
    )
    body = {"version": 1, "message": "请尽快", "happened_at": (clock.now() - timedelta(hours=1)).isoformat()}
    answer = client.post(
        f"/api/v1/hazards/{hazard.no}/remind", json.dumps(body), content_type="application/json"
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "stale")
    assert entries_of(hazard.uid)[-1].verb == "late_claim"
    del body["happened_at"]
    client.post(f"/api/v1/hazards/{hazard.no}/remind", json.dumps(body), content_type="application/json")
    assert [entry.verb for entry in entries_of(hazard.uid)].count("late_claim") == 1
