"""A reporter's name: put away once, shown with a reason that is on the record, forgotten without harm to the chain."""

from __future__ import annotations

import pytest
from django.test import Client

from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel import clock
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.loops.sealed import forget_sealed, read_sealed
from bihuan.kernel.people.tokens import issue_token
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
    assert forget_sealed("hazard", no, "办结满一年，按规定销毁", actor=world.actor("office")) == ["reporter"]
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


def confirmed(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.user(who))
    session = client.session
    session["confirmed_at"] = clock.now().isoformat()
    session.save()
    return client


def test_what_is_forgotten_once_is_not_forgotten_twice(world: World) -> None:
    no = tip_off(world)
    forget_sealed("hazard", no, "办结满一年，按规定销毁", actor=world.actor("office"))
    count = len(entries_of(Hazard.objects.get(no=no).uid))
    with pytest.raises(Refused) as refusal:
        forget_sealed("hazard", no, "再销毁一次", actor=world.actor("office"))
    assert refusal.value.failures[0].code == "sealed.nothing_held"
    assert len(entries_of(Hazard.objects.get(no=no).uid)) == count


@pytest.mark.parametrize("name", ["safety", "grid", "leader", "system_admin", "security_admin", "auditor"])
def test_others_do_not_destroy_it(world: World, name: str) -> None:
    no = tip_off(world)
    with pytest.raises((Refused, Absent)):
        forget_sealed("hazard", no, "想让它消失", actor=world.actor(name))
    assert read_sealed("hazard", no, "reporter", "核实现场位置", actor=world.actor("office")) == REPORTER
    address = f"/hazards/{no}/forget-sealed/"
    assert confirmed(world, name).post(address, {"reason": "想让它消失", "no": no}).status_code in (403, 404)


def test_the_page_destroys_only_with_password_reason_and_number(world: World) -> None:
    no = tip_off(world)
    home, address = f"/hazards/{no}/", f"/hazards/{no}/forget-sealed/"
    unconfirmed = Client()
    unconfirmed.force_login(world.user("office"))
    said = {"reason": "办结满一年，按规定销毁", "no": no}
    assert unconfirmed.post(address, said).status_code == 422
    client = confirmed(world, "office")
    assert address in client.get(home).content.decode()
    assert "不能撤回" in client.get(address).content.decode()
    for wrong in ({**said, "no": "370403-H2026-999999"}, {**said, "reason": "短"}):
        assert client.post(address, wrong).status_code == 422
    assert read_sealed("hazard", no, "reporter", "核实现场位置", actor=world.actor("office")) == REPORTER
    assert client.post(address, said).status_code == 302
    page = client.get(home).content.decode()
    assert "销毁密封内容" in page
    assert address not in page
    assert client.get(address).status_code == 404
    last = entries_of(Hazard.objects.get(no=no).uid)[-1]
    assert (last.verb, last.payload["fields"]) == ("forget_sealed", ["reporter"])


def test_the_api_destroys_with_a_token_that_signs(world: World) -> None:
    no = tip_off(world)
    address = f"/api/v1/hazards/{no}/forget-sealed"

    def ask(scope: str, reason: str) -> tuple[int, dict[str, object]]:
        bearer = {"Authorization": f"Bearer {issue_token(world.user('office'), scope=scope)}"}
        answer = Client().post(address, {"reason": reason}, content_type="application/json", headers=bearer)
        return answer.status_code, answer.json()

    assert ask("", "办结满一年，按规定销毁")[0] in (403, 422)
    assert ask("sign", "")[1]["failures"] == [
        {
            "code": "sealed.no_reason",
            "message": "请写明销毁的理由（不少于四个字），理由将留痕",
            "field": "reason",
        }
    ]
    assert ask("sign", "办结满一年，按规定销毁") == (200, {"no": no, "forgotten": ["reporter"]})


def test_at_the_terminal_it_is_the_operators_deed_with_the_users_rights(world: World) -> None:
    no = tip_off(world)
    with pytest.raises((Refused, Absent)):
        forget_sealed("hazard", no, "越权销毁", actor=world.actor("grid").through_terminal("root"))
    lent = world.actor("office").through_terminal("root")
    assert forget_sealed("hazard", no, "办结满一年，按规定销毁", actor=lent) == ["reporter"]
    last = entries_of(Hazard.objects.get(no=no).uid)[-1]
    assert (last.actor_id, last.actor_name) == ("os:root", "root（命令行）")
    assert last.actor_post.endswith(f"（代 {world.actor('office').name}）")
