"""Hazards that go where their object goes: by an entry each, so that a verification finds nothing changed unseen."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel.loops import engine, moving
from bihuan.kernel.loops.moving import move_matters
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.record.reading import entries_of
from bihuan.kernel.record.verification import verify
from bihuan.kernel.territory.models import Standing
from bihuan.registers import towns
from bihuan.registers.enterprises import standing
from tests.hazards.steps import closed, finding, rectifying, reported
from tests.world import World


def waiting(world: World) -> SupervisedObject:
    """The factory again, under a name that only a ledger has used."""
    again = SupervisedObject.objects.get(pk=world.factory.pk)
    again.pk, again.name, again.name_key, again.credit_code = None, "东湖纺织二厂", "东湖纺织二厂", ""
    again.standing = Standing.PENDING
    again._state.adding = True
    again.uid = SupervisedObject().uid
    again.save()
    return again


def test_a_merged_object_takes_its_hazards_along_by_entries(world: World) -> None:
    old, other = waiting(world), closed(world)
    mine = [reported(world, object=old.uid), rectifying(world, object=old.uid)]
    standing.merge(old, world.factory, world.actor("office"), "同一地址、同一负责人")
    for before in mine:
        hazard = Hazard.objects.get(uid=before.uid)
        last = entries_of(hazard.uid)[-1]
        assert (hazard.object_id, hazard.region_path) == (world.factory.uid, world.factory.region_path)
        assert (hazard.state, hazard.version) == (before.state, before.version)
        assert (last.verb, last.seq, last.actor_name) == (
            "follow_object",
            before.entry_count + 1,
            world.actor("office").name,
        )
        assert (last.payload["old_name"], last.payload["object"]) == (old.name, str(world.factory.uid))
    assert Hazard.objects.get(uid=other.uid).entry_count == other.entry_count
    assert verify().findings == ()


def test_a_merged_town_takes_its_hazards_along_by_entries(world: World) -> None:
    hazard = reported(world)
    world.east.standing = Standing.PENDING
    world.east.save()
    world.east.children.all().delete()
    towns.merge_town(world.east, world.west, world.actor("office"), "同一个镇，台账写错")
    after = Hazard.objects.get(uid=hazard.uid)
    assert after.region_path.startswith(world.west.path)
    assert [entry.verb for entry in entries_of(hazard.uid)] == ["report", "follow_town"]
    assert verify().findings == ()


def test_any_number_is_moved_in_few_statements(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moving, "AT_ONCE", 40)
    engine.open_many(
        "hazard",
        "report",
        [finding(world, place=f"{n}号") for n in range(100)],
        actor=world.actor("clerk_east"),
    )

    def grade(hazard: Hazard) -> None:
        hazard.campaign = f"专项{hazard.place}"

    with CaptureQueriesContext(connection) as queries:
        moved = move_matters(
            "hazard", Q(campaign=""), "follow_town", grade, actor=Actor.system("x"), payload={}
        )
    assert (len(moved), Hazard.objects.filter(campaign="专项7号").count()) == (100, 1)
    assert len(queries) < 30
    assert verify().findings == ()
