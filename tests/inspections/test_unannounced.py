"""An unannounced inspection is nowhere to be seen by its target and its town until the team has arrived (M107, M108)."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from bihuan.capabilities.inspections import inputs
from bihuan.capabilities.inspections.access import visible_inspections
from bihuan.capabilities.inspections.models import Inspection
from bihuan.kernel import clock
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.exchange.models import Notice
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.notices import tell
from bihuan.kernel.people.tokens import issue_token
from tests.inspections.steps import approved, arranged, arrival, do
from tests.web.conftest import SignIn
from tests.world import World

OUTSIDE = ("principal", "safety", "clerk_east", "grid", "clerk_west", "builder", "site_safety", "expert")
INSIDE = ("officer", "regulator", "regulator_two", "office", "leader")
SECRET = ("covert", "four_no_two_straight", "covert_survey", "zoned_audit")
ADDRESSES = (
    "/", "/inspections/", "/inspections/?tab=all", "/inspections/?tab=all&q=东湖纺织", "/desk/mine/", "/desk/waiting/",
    "/notices/", "/objects/suggest/?q=东湖", "/enterprises/{object}/", "/inspections/statistics/",
    "/figures/inspections.done/records/?period=2026", "/api/v1/inspections", "/inspections/export.xlsx?tab=all",
)  # fmt: skip


def said(client: Client, address: str, token: str = "") -> str:
    headers = {"HTTP_AUTHORIZATION": f"Bearer {token}"} if token else {}
    answer = client.get(address, **headers)  # type: ignore[arg-type]
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"".join(book.read(name) for name in book.namelist())
    return content.decode("utf-8", "replace")


def everything(world: World, sign_in: SignIn, name: str, one: Inspection) -> list[tuple[str, str]]:
    """Every door of one person, with what it said."""
    client, token = sign_in(name), issue_token(world.user(name))
    told = []
    for pattern in ADDRESSES:
        address = pattern.format(object=one.object_id, no=one.no)
        told.append((address, said(client, address, token if "/api/" in address else "")))
    return told


@pytest.mark.parametrize("mode", SECRET)
def test_whoever_is_outside_sees_it_at_no_door_before_the_arrival(
    world: World, sign_in: SignIn, mode: str
) -> None:
    one = approved(world, mode=mode)
    for verb, seq in (("arrange", 1), ("approve_scheme", 2)):
        tell("inspection", one.uid, verb, seq)
    for name in OUTSIDE:
        assert not visible_inspections(world.actor(name)).exists(), name
        for step in ("arrive", "cancel", "change_team"):
            with pytest.raises(Absent):
                engine.perform(
                    "inspection", step, one.no, inputs.Reason(reason="试一试"), actor=world.actor(name)
                )
    for name in ("principal", "safety", "clerk_east"):
        for address, text in everything(world, sign_in, name, one):
            assert one.no not in text, (name, address)
            assert str(one.uid) not in text, (name, address)
    for address in (
        f"/inspections/{one.no}/",
        f"/inspections/{one.no}/site/",
        f"/inspections/{one.no}/finish/",
    ):
        for name in ("safety", "clerk_east"):
            assert sign_in(name).get(address).status_code == 404, address
    posts = [scope.post_id for name in OUTSIDE for scope in world.actor(name).scopes]
    assert not Notice.objects.filter(post_id__in=posts, matter=one.uid).exists()


def test_after_the_arrival_the_target_and_the_town_see_it(world: World, sign_in: SignIn) -> None:
    one = do(world, approved(world, mode="covert"), "arrive", arrival())
    for address in ("/inspections/export.xlsx?tab=all", "/inspections/?tab=all", "/enterprises/{object}/"):
        assert one.no in said(sign_in("safety"), address.format(object=one.object_id)), address
    for name in ("principal", "safety", "clerk_east", "grid"):
        assert visible_inspections(world.actor(name)).filter(pk=one.pk).exists(), name
    assert one.no in said(sign_in("safety"), f"/inspections/{one.no}/")
    assert not visible_inspections(world.actor("clerk_west")).exists()


def test_those_who_inspect_and_who_coordinate_see_it_all_along(world: World) -> None:
    arranged(world, mode="covert")
    for name in INSIDE:
        assert visible_inspections(world.actor(name)).count() == 1, name


def test_an_announced_one_is_told_to_the_target(world: World) -> None:
    one = arranged(world, mode="open")
    tell("inspection", one.uid, "arrange", 1)
    posts = [scope.post_id for scope in world.actor("safety").scopes]
    assert Notice.objects.filter(post_id__in=posts, matter=one.uid).exists()


@pytest.mark.parametrize("mode", SECRET)
def test_a_notice_beforehand_and_an_unannounced_mode_are_refused_together(world: World, mode: str) -> None:
    with pytest.raises(Refused) as refused:
        arranged(world, mode=mode, noticed_on=clock.today())
    assert [one.code for one in refused.value.failures] == ["inspection.notice_of_unannounced"]
    one = arranged(world, mode=mode)
    with pytest.raises(Refused) as refused:
        do(world, one, "give_notice", inputs.Notice(noticed_on=clock.today(), how="电话"))
    assert refused.value.failures[0].code == "inspection.notice_of_unannounced"


def test_an_announced_mode_keeps_its_notice(world: World) -> None:
    one = do(
        world,
        arranged(world, mode="open"),
        "give_notice",
        inputs.Notice(noticed_on=clock.today(), how="电话"),
    )
    assert one.noticed_on == clock.today()
    with pytest.raises(Refused) as refused:
        arranged(world, mode="open", noticed_on=clock.today() + timedelta(days=1))
    assert refused.value.failures[0].code == "inspection.notice_to_come"


def test_the_town_that_must_not_know_is_no_member_of_it(world: World) -> None:
    with pytest.raises(Refused) as refused:
        arranged(world, mode="covert", units=(world.east_government.pk,))
    assert refused.value.failures[0].code == "inspection.town_would_know"
    one = arranged(world, mode="open", units=(world.east_government.pk,))
    assert one.units == [world.east_government.pk]


def test_one_that_was_called_off_stays_unseen(world: World) -> None:
    one = do(world, arranged(world, mode="covert"), "cancel", inputs.Reason(reason="对象已停产"))
    assert one.secret
    assert not visible_inspections(world.actor("safety")).exists()
    assert not visible_inspections(world.actor("clerk_east")).exists()


def test_numbers_on_pages_are_numbers_of_inspections(world: World) -> None:
    assert re.fullmatch(r"370403-I\d{4}-\d{6}", arranged(world).no)


def test_a_leader_of_the_town_knows_no_more_than_the_town(world: World) -> None:
    one = arranged(world, mode="covert")
    leader = world.actor("leader")
    local = replace(
        leader,
        scopes=tuple(replace(each, region_path=world.east.path, agency_id=None) for each in leader.scopes),
    )
    assert visible_inspections(leader).filter(pk=one.pk).exists()
    assert not visible_inspections(local).exists()
