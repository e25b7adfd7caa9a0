"""Who is told of a deed: those whose turn it is, once, never the doer, and nobody of what did not happen."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.db import transaction

from bihuan.kernel import clock
from bihuan.kernel.exchange.models import Notice
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.notices import tell_new
from bihuan.kernel.people.models import ADMIN_ROLES, Post
from tests.hazards.steps import acceptance, awaiting, elements, finding, rectifying, reported
from tests.world import World, build_world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db: None) -> World:
    made = build_world()
    assert tell_new() == 0
    return made


def told(world: World) -> set[str]:
    """The users whose post got a notice."""
    posts = set(Notice.objects.values_list("post", flat=True))
    return {name for name in world.users if {scope.post_id for scope in world.actor(name).scopes} & posts}


def test_a_report_tells_its_supervisors_once(world: World) -> None:
    hazard = reported(world, "grid")
    assert tell_new() == Notice.objects.count() > 0
    assert told(world) == {"clerk_east", "regulator", "regulator_two", "officer"}
    assert all(
        hazard.no in text and "已上报" in text for text in Notice.objects.values_list("text", flat=True)
    )
    count = Notice.objects.count()
    assert tell_new() == 0
    assert Notice.objects.count() == count


def test_the_doer_is_not_told_of_the_own_deed(world: World) -> None:
    reported(world, "clerk_east")
    tell_new()
    assert told(world) == {"regulator", "regulator_two", "officer"}


def test_each_step_tells_those_who_come_next(world: World) -> None:
    hazard = rectifying(world)
    tell_new()
    assert {"principal", "safety", "safety_two"} <= told(world)
    Notice.objects.all().delete()
    awaiting(world)
    tell_new()
    Notice.objects.filter(text__contains="交办").delete()
    Notice.objects.filter(text__contains="已上报隐患").delete()
    assert told(world) == {"clerk_east", "regulator", "regulator_two", "officer"}
    assert not Post.objects.filter(role__in=ADMIN_ROLES, notices__isnull=False).exists()
    assert not told(world) & {"clerk_west", "builder", "site_safety"}
    assert hazard.no


def test_nobody_is_told_of_what_did_not_happen(world: World) -> None:
    class Changed(Exception):
        pass

    with pytest.raises(Changed), transaction.atomic():
        engine.open_matter("hazard", "report", finding(world), actor=world.actor("grid"))
        raise Changed
    assert tell_new() == 0
    assert not Notice.objects.exists()


def test_what_is_still_being_done_is_told_when_it_is_done(world: World) -> None:
    with transaction.atomic():
        engine.open_matter("hazard", "report", finding(world), actor=world.actor("grid"))
    hazard = reported(world)
    with transaction.atomic():
        engine.perform("hazard", "assign", hazard.no, elements(), actor=world.actor("clerk_east"))
        assert tell_new() > 0
        assert not Notice.objects.filter(text__contains="交办").exists()
    assert tell_new() > 0
    assert Notice.objects.filter(text__contains="交办", matter=hazard.uid).exists()


def test_a_deed_at_night_is_told_in_the_morning(world: World) -> None:
    with clock.frozen(datetime(2023, 3, 3, 22, tzinfo=clock.SHANGHAI)):
        reported(world, "grid")
        tell_new()
    shown: Any = set(Notice.objects.values_list("not_before", flat=True))
    assert shown == {datetime(2023, 3, 6, 8, 30, tzinfo=clock.SHANGHAI)}


def test_what_was_sent_back_is_urgent(world: World) -> None:
    hazard = awaiting(world)
    tell_new()
    Notice.objects.all().delete()
    from tests.hazards.steps import inputs

    with clock.frozen(datetime(2026, 12, 5, 22, tzinfo=clock.SHANGHAI)):
        given = inputs.SendingBack(reason="未到位", rectify_by=clock.today())
        engine.perform("hazard", "send_back", hazard.no, given, actor=world.actor("regulator"))
        tell_new()
    assert all(notice.urgent and notice.not_before.hour == 14 for notice in Notice.objects.all())
    assert told(world) == {"principal", "safety", "safety_two"}


def test_a_set_tells_of_each(world: World) -> None:
    numbers = [awaiting(world).no for _ in range(3)]
    tell_new()
    Notice.objects.all().delete()
    engine.perform("hazard", "accept", numbers, acceptance(), actor=world.actor("regulator"))
    tell_new()
    assert set(Notice.objects.values_list("matter_no", flat=True)) == set(numbers)
