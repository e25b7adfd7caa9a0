"""A reporter's name: put away once, shown with a reason that is on the record, forgotten without harm to the chain."""

from __future__ import annotations

import pytest
from django.test import Client

from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.loops.sealed import forget_sealed, read_sealed
from bihuan.kernel.record.entries import chained, genesis
from bihuan.kernel.record.reading import entries_of
from bihuan.kernel.vault.safe import Forgotten
from tests.hazards.steps import reported
from tests.world import World

REPORTER = "李某 13800000000"


def tip_off(world: World) -> str:
    return reported(world, source="tip_off", reporter=REPORTER).no


def test_reading_asks_for_a_reason_and_is_an_entry(world: World) -> None:
    no = tip_off(world)
    with pytest.raises(Refused) as refusal:
        read_sealed("hazard", no, "reporter", " ", actor=world.actor("office"))
    assert refusal.value.failures[0].code == "sealed.no_reason"
    assert read_sealed("hazard", no, "reporter", "核实现场位置", actor=world.actor("office")) == REPORTER
    hazard = Hazard.objects.get(no=no)
    last = entries_of(hazard.uid)[-1]
    assert (last.verb, last.payload["field"], last.payload["reason"]) == (
        "read_sealed",
        "reporter",
        "核实现场位置",
    )
    assert last.actor_name == world.actor("office").name
    assert REPORTER not in last.payload_text


@pytest.mark.parametrize("name", ["safety", "grid", "leader"])
def test_others_in_jurisdiction_do_not_read_it(world: World, name: str) -> None:
    no = tip_off(world)
    with pytest.raises((Refused, Absent)):
        read_sealed("hazard", no, "reporter", "想知道是谁", actor=world.actor(name))


def test_forgetting_takes_the_value_and_leaves_the_chain(world: World) -> None:
    no = tip_off(world)
    assert forget_sealed("hazard", no, "办结满一年，按规定销毁", actor=world.actor("office"))
    with pytest.raises((Refused, Forgotten)):
        read_sealed("hazard", no, "reporter", "核实现场位置", actor=world.actor("office"))
    hazard = Hazard.objects.get(no=no)
    previous = genesis(hazard.uid)
    for entry in entries_of(hazard.uid):
        assert chained(entry, previous) == bytes(entry.digest)
        previous = bytes(entry.digest)


def test_the_page_shows_it_once_and_nowhere_else(world: World) -> None:
    no = tip_off(world)
    client = Client()
    client.force_login(world.user("office"))
    session = client.session
    from bihuan.kernel import clock

    session["confirmed_at"] = clock.now().isoformat()
    session.save()
    page = client.get(f"/hazards/{no}/")
    assert REPORTER not in page.content.decode()
    assert f"/hazards/{no}/sealed/reporter/" in page.content.decode()
    shown = client.post(f"/hazards/{no}/sealed/reporter/", {"reason": "核实现场位置"})
    assert REPORTER in shown.content.decode()
    assert shown["Cache-Control"] == "no-store"
    assert REPORTER not in client.get(f"/hazards/{no}/").content.decode()
    client.force_login(world.user("safety"))
    assert client.get(f"/hazards/{no}/sealed/reporter/").status_code == 404
