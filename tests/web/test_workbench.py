"""The desk: what is mine, how late it is, what I wait for, what came up to me, what I have not filed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.expectations.cadences import declare, ensure
from bihuan.kernel.expectations.models import Frequency
from bihuan.kernel.loops.escalation import climb_all
from bihuan.kernel.loops.registry import all_running
from bihuan.kernel.web.workbench import held
from bihuan.kernel.web.workbench.held import escalated_to, standing_counts, waiting_of, wanted_of
from tests.hazards.steps import awaiting, closed, rectifying, reported
from tests.web.conftest import SignIn
from tests.world import World


def mine(world: World, name: str) -> set[str]:
    return {wanted.matter.no for wanted in wanted_of(world.actor(name))}


def waiting(world: World, name: str) -> set[str]:
    actor = world.actor(name)
    return {wanted.matter.no for wanted in waiting_of(actor, {one.matter.uid for one in wanted_of(actor)})}


def test_a_reported_hazard_lies_on_the_desks_near_it(world: World) -> None:
    hazard = reported(world)
    assert mine(world, "regulator") == mine(world, "clerk_east") == {hazard.no}
    assert mine(world, "clerk_west") == mine(world, "builder") == mine(world, "safety") == set()


def test_the_office_is_asked_only_where_nobody_nearer_holds_it(world: World) -> None:
    hazard = reported(world)
    assert mine(world, "office") == set()
    Hazard.objects.filter(pk=hazard.pk).update(agency=None)
    assert mine(world, "office") == {hazard.no}


def test_rectifying_is_the_enterprises_turn_and_the_assigner_waits(world: World) -> None:
    hazard = rectifying(world)
    assert mine(world, "safety") == mine(world, "principal") == {hazard.no}
    assert mine(world, "clerk_east") == set()
    assert waiting(world, "clerk_east") == {hazard.no}
    assert waiting(world, "clerk_west") == set()


def test_who_rectified_is_not_asked_to_accept(world: World) -> None:
    hazard = awaiting(world, by="clerk_east")
    assert mine(world, "clerk_east") == set()
    assert mine(world, "regulator") == {hazard.no}


def test_what_is_closed_is_on_nobodys_desk(world: World) -> None:
    closed(world)
    assert not any(
        mine(world, name) or waiting(world, name) for name in ("regulator", "clerk_east", "safety", "office")
    )


def test_the_most_urgent_comes_first_and_the_late_are_counted(world: World) -> None:
    later, late = rectifying(world), rectifying(world)
    Hazard.objects.filter(pk=late.pk).update(deadline=clock.today() - timedelta(days=2))
    assert [wanted.matter.no for wanted in wanted_of(world.actor("safety"))] == [late.no, later.no]
    assert standing_counts(world.actor("safety")) == (2, 1)


def test_an_overdue_hazard_climbs_onto_the_desk_above(world: World, sign_in: SignIn) -> None:
    hazard = rectifying(world)
    Hazard.objects.filter(pk=hazard.pk).update(deadline=clock.today() - timedelta(days=40))
    climb_all()
    assert [matter.no for _, _, matter in escalated_to(world.actor("leader"))] == [hazard.no]
    page = sign_in("leader").get("/").content.decode()
    assert "升级到您" in page
    assert f"/hazards/{hazard.no}/" in page
    assert escalated_to(world.actor("clerk_west")) == []


def test_what_my_unit_has_not_filed_stands_on_my_desk(world: World, sign_in: SignIn) -> None:
    month = Period.month_of(clock.today() - timedelta(days=45))
    declare("hazard_ledger", "隐患台账", Frequency.MONTH, since=month.first)
    ensure(month)
    page = sign_in("clerk_east").get("/").content.decode()
    assert "补报" in page
    assert "东湖镇人民政府" in page
    assert "西岭街道办事处" not in page


def test_the_page_shows_the_figures_of_my_own_town(world: World, sign_in: SignIn) -> None:
    reported(world)
    east, west = (sign_in(name).get("/").content.decode() for name in ("clerk_east", "clerk_west"))
    assert "打开这 1 条" in east
    assert "打开这 1 条" not in west


@pytest.mark.parametrize("name", ["office", "regulator", "safety", "grid", "leader"])
def test_the_number_of_statements_does_not_grow_with_the_district(
    world: World, sign_in: SignIn, name: str, django_assert_max_num_queries: object
) -> None:
    for _ in range(4):
        rectifying(world)
    client = sign_in(name)
    client.get("/")
    kinds = len(
        list(all_running())
    )  # each is asked what waits for me, what is owed beside it, and what I wait for
    with django_assert_max_num_queries(14 + 3 * kinds) as seen:  # type: ignore[operator]
        assert client.get("/").status_code == 200
    few = len(seen)
    for _ in range(4):
        rectifying(world)
    with django_assert_max_num_queries(few):  # type: ignore[operator]
        client.get("/")


def badge(client: Client) -> str:
    """What the top bar of another page says is waiting."""
    page = client.get("/figures/").content.decode()
    return page.split('class="top-count', 1)[1].split(">", 1)[1].split("<", 1)[0]


def test_every_page_says_what_waits_and_counts_it_only_now_and_then(world: World, sign_in: SignIn) -> None:
    reported(world)
    client = sign_in("clerk_east")
    costs = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert badge(client) == "1"
        costs.append(len(asked))
    assert costs[1] < costs[0]


def test_the_top_bar_knows_at_once_what_its_reader_did(world: World, sign_in: SignIn) -> None:
    first, second = reported(world), reported(world)
    client = sign_in("clerk_east")
    assert badge(client) == "2"
    given = {
        "version": 1, "responsible_person": "钱厂长", "measures": "清运", "funds_planned": "0", "contingency_plan": "看守",
        "rectify_by": (clock.today() + timedelta(days=9)).isoformat(),
    }  # fmt: skip
    assert client.post(f"/hazards/{first.no}/assign/", given).status_code == 302
    assert badge(client) == "1"
    refused = client.post(f"/hazards/{second.no}/assign/", {**given, "measures": ""})
    assert refused.status_code == 422
    assert badge(client) == "1"


def test_what_others_did_shows_some_seconds_later(
    world: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported(world)
    client = sign_in("clerk_east")
    assert badge(client) == "1"
    reported(world)
    monkeypatch.setattr(held, "AGE", 0.0)
    assert badge(client) == "2"


def test_the_desk_and_its_top_bar_agree(world: World, sign_in: SignIn) -> None:
    reported(world)
    client = sign_in("clerk_east")
    assert badge(client) == "1"
    reported(world)
    assert client.get("/").content.decode().split('class="top-count', 1)[1].split(">", 1)[1].startswith("2<")
    assert badge(client) == "2"
