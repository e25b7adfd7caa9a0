"""Who is told of a deed: those whose turn it is, once, never the doer, and nobody of what did not happen."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel import clock
from bihuan.kernel.exchange.models import Notice
from bihuan.kernel.loops import engine, notices
from bihuan.kernel.loops.models import Setback
from bihuan.kernel.people.models import ADMIN_ROLES, Post
from bihuan.kernel.record.following import horizon
from tests.hazards.steps import acceptance, awaiting, elements, finding, rectifying, reported
from tests.world import World, build_world

pytestmark = pytest.mark.django_db(transaction=True)


def tell_new() -> int:
    """Tell what is settled, once other databases of the same server no longer hold the line back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(max(tx), 0) FROM record_entry")
        last = cursor.fetchone()[0]
    own = connection.in_atomic_block
    for _ in range(0 if own else 1200):
        if horizon() > last:
            break
        time.sleep(0.05)
    return notices.tell_new()


@pytest.fixture
def world(transactional_db: None) -> World:
    made = build_world()
    assert tell_new() == 0
    return made


def tell() -> int:
    """Tell of everything done by now. Other databases of the server may hold back what counts as settled for a while."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT coalesce(pg_current_xact_id_if_assigned()::text::bigint, (SELECT max(tx) + 1 FROM record_entry), 0)"
            )
            if horizon() >= cursor.fetchone()[0]:
                break
        time.sleep(0.05)
    return tell_new()


def told(world: World) -> set[str]:
    """The users whose post got a notice."""
    posts = set(Notice.objects.values_list("post", flat=True))
    return {name for name in world.users if {scope.post_id for scope in world.actor(name).scopes} & posts}


def test_a_report_tells_its_supervisors_once(world: World) -> None:
    hazard = reported(world, "grid")
    assert tell() == Notice.objects.count() > 0
    assert told(world) == {"clerk_east", "regulator", "regulator_two", "officer"}
    assert all(
        hazard.no in text and "已上报" in text for text in Notice.objects.values_list("text", flat=True)
    )
    count = Notice.objects.count()
    assert tell() == 0
    assert Notice.objects.count() == count


def test_the_doer_is_not_told_of_the_own_deed(world: World) -> None:
    reported(world, "clerk_east")
    tell()
    assert told(world) == {"regulator", "regulator_two", "officer"}


def test_each_step_tells_those_who_come_next(world: World) -> None:
    hazard = rectifying(world)
    tell()
    assert {"principal", "safety", "safety_two"} <= told(world)
    Notice.objects.all().delete()
    awaiting(world)
    tell()
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
    assert tell() == 0
    assert not Notice.objects.exists()


def test_what_is_still_being_done_is_told_when_it_is_done(world: World) -> None:
    with transaction.atomic():
        engine.open_matter("hazard", "report", finding(world), actor=world.actor("grid"))
    hazard = reported(world)
    with transaction.atomic():
        engine.perform("hazard", "assign", hazard.no, elements(), actor=world.actor("clerk_east"))
        assert tell() > 0
        assert not Notice.objects.filter(text__contains="交办").exists()
    assert tell() > 0
    assert Notice.objects.filter(text__contains="交办", matter=hazard.uid).exists()


def test_a_deed_at_night_is_told_in_the_morning(world: World) -> None:
    with clock.frozen(datetime(2023, 3, 3, 22, tzinfo=clock.SHANGHAI)):
        reported(world, "grid")
        tell()
    shown: Any = set(Notice.objects.values_list("not_before", flat=True))
    assert shown == {datetime(2023, 3, 6, 8, 30, tzinfo=clock.SHANGHAI)}


def test_what_was_sent_back_is_urgent(world: World) -> None:
    hazard = awaiting(world)
    tell()
    Notice.objects.all().delete()
    from tests.hazards.steps import inputs

    with clock.frozen(datetime(2026, 12, 5, 22, tzinfo=clock.SHANGHAI)):
        given = inputs.SendingBack(reason="未到位", rectify_by=clock.today())
        engine.perform("hazard", "send_back", hazard.no, given, actor=world.actor("regulator"))
        tell()
    assert all(notice.urgent and notice.not_before.hour == 14 for notice in Notice.objects.all())
    assert told(world) == {"principal", "safety", "safety_two"}


def test_a_deed_that_cannot_be_told_keeps_no_other_from_being_told(world: World) -> None:
    first, bad, last = (reported(world, "grid") for _ in range(3))
    hands = bad.hands
    Hazard.objects.filter(pk=bad.pk).update(hands=[])
    assert tell() > 0
    assert set(Notice.objects.values_list("matter", flat=True)) == {first.pk, last.pk}
    assert tell() == 0
    (standing,) = Setback.objects.all()
    assert (standing.job, standing.about) == ("loops.tell", f"hazard {bad.no} report 1")
    assert standing.times == 2
    Hazard.objects.filter(pk=bad.pk).update(hands=hands)
    assert tell() == Notice.objects.filter(matter=bad.pk).count() > 0
    assert not Setback.objects.exists()


def test_what_cannot_be_told_is_tried_again_a_few_at_a_time(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = [reported(world, "grid") for _ in range(3)]
    Hazard.objects.update(hands=[])
    tell()
    monkeypatch.setattr(notices, "AGAIN_AT_ONCE", 2)
    tell()
    assert sorted(Setback.objects.values_list("times", flat=True)) == [1, 2, 2]
    tell()
    assert sorted(Setback.objects.values_list("times", flat=True)) == [2, 2, 3], "the one left goes first"
    Hazard.objects.update(hands={})
    tell()
    tell()
    assert set(Notice.objects.values_list("matter", flat=True)) == {each.pk for each in bad}
    assert not Setback.objects.exists()


def test_a_set_tells_of_each(world: World) -> None:
    numbers = [awaiting(world).no for _ in range(3)]
    tell()
    Notice.objects.all().delete()
    engine.perform("hazard", "accept", numbers, acceptance(), actor=world.actor("regulator"))
    tell()
    assert set(Notice.objects.values_list("matter_no", flat=True)) == set(numbers)


def test_many_deeds_in_one_place_are_told_with_one_look_around(world: World) -> None:
    def lookups(count: int) -> int:
        for _ in range(count):
            reported(world, "grid")
        with CaptureQueriesContext(connection) as asked:
            assert tell() > 0
        return sum('FROM "people_tenure"' in q["sql"] or 'FROM "hazards_hazard"' in q["sql"] for q in asked)

    assert lookups(2) == lookups(8) == 2
    assert Notice.objects.values("matter").distinct().count() == 10
