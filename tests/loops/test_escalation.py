"""What is late climbs the responsibility chain, rung by rung, by name, once, on the record."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bihuan.kernel import clock
from bihuan.kernel.exchange.models import Notice
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.escalation import climb_all
from bihuan.kernel.loops.models import Escalation
from bihuan.kernel.people.models import Tenure
from bihuan.kernel.record.reading import entries_of
from tests.hazards.steps import elements, fresh, inputs, rectifying, reported
from tests.world import World

BEGUN = datetime(2023, 3, 1, 9, tzinfo=clock.SHANGHAI)
DUE = date(2023, 3, 10)
RUNGS = [(1, "enterprise"), (3, "territorial"), (7, "sector"), (15, "office"), (30, "leader")]


def late(days: int, hour: int = 10) -> Any:
    return clock.frozen(datetime(2023, 3, 10, hour, tzinfo=clock.SHANGHAI) + timedelta(days=days))


@pytest.fixture
def hazard(world: World) -> Any:
    with clock.frozen(BEGUN):
        made = reported(world)
        engine.perform(
            "hazard", "assign", made.no, elements(rectify_by=DUE), actor=world.actor("clerk_east"), version=1
        )
    Notice.objects.all().delete()
    return fresh(made)


def asked(hazard: Any) -> list[Any]:
    """What the ladder wrote into the record; the recheck that a passed day opens stands there too."""
    entries = entries_of(hazard.uid)
    return [entry for entry in entries if entry.verb == "escalate" and "duty" not in entry.payload]


def urged() -> Any:
    """Notices of the ladder, without those of the recheck."""
    return Notice.objects.filter(text__contains="隐患逾期")


def climb() -> int:
    """Rungs newly climbed for the hazard's own day; the recheck has a day and a ladder of its own."""
    before = len(climbed())
    climb_all()
    return len(climbed()) - before


def climbed() -> list[tuple[int, str]]:
    rungs = Escalation.objects.filter(duty="", settled_at=None).order_by("level")
    return list(rungs.values_list("level", "holder"))


def test_nothing_climbs_before_its_day(world: World, hazard: Any) -> None:
    with late(0):
        assert climb_all() == 0
    assert not Escalation.objects.exists()


def test_each_rung_is_climbed_on_its_day_by_name_and_once(world: World, hazard: Any) -> None:
    holders = {
        "enterprise": "principal", "territorial": "clerk_east", "sector": "regulator", "office": "office", "leader": "leader",
    }  # fmt: skip
    for level, (after, holder) in enumerate(RUNGS, start=1):
        with late(after - 1):
            assert climb() == 0
        with late(after):
            assert (climb(), climb()) == (1, 0)
        rung = Escalation.objects.get(level=level, duty="")
        person = world.user(holders[holder]).person
        assert (rung.holder, rung.person_id, rung.deadline, rung.no) == (holder, person.pk, DUE, hazard.no)
        assert person.name in rung.name
        assert rung.rule
        notice = urged().get(matter=hazard.uid, post=rung.post_id)
        assert f"逾期 {after} 天" in notice.text
        entry = asked(hazard)[-1]
        assert (entry.actor_id, len(asked(hazard))) == ("", level)
        assert (entry.payload["late_days"], entry.payload["deadline"]) == (after, DUE.isoformat())
        assert person.name in entry.payload["to"][0]
        assert entry.from_state == entry.to_state == "rectifying"
    with late(400):
        assert climb() == 0
    assert (fresh(hazard).escalated, fresh(hazard).version) == (5, 2)


def test_after_a_long_pause_all_rungs_due_are_climbed_in_one_entry(world: World, hazard: Any) -> None:
    with late(8):
        assert climb_all() == 3
    assert climbed() == [(1, "enterprise"), (2, "territorial"), (3, "sector")]
    (entry,) = asked(hazard)
    assert len(entry.payload["to"]) == 3


def test_a_vacant_rung_is_shown_as_vacant_and_tells_nobody(world: World, hazard: Any) -> None:
    Tenure.objects.filter(person=world.user("principal").person).update(until=date(2023, 3, 5))
    Tenure.objects.filter(person=world.user("leader").person).delete()
    with late(31):
        assert climb() == 5
    rungs = Escalation.objects.filter(duty="")
    names = dict(rungs.values_list("holder", "name"))
    persons = dict(rungs.values_list("holder", "person_id"))
    assert persons["enterprise"] is None
    assert persons["leader"] is None
    assert "赵" not in names["leader"]
    assert persons["office"] == world.user("office").person_id
    assert len(asked(hazard)[-1].payload["to"]) == 5


def test_a_rung_nobody_was_ever_named_for_says_so(world: World, hazard: Any) -> None:
    post = world.actor("principal").scopes[0].post_id
    Tenure.objects.filter(post=post).delete()
    from bihuan.kernel.people.models import Post

    Post.objects.filter(pk=post).delete()
    with late(1):
        climb_all()
    rung = Escalation.objects.get()
    assert "空缺" in rung.name
    assert not urged().exists()


def test_no_ladder_notice_at_night_nor_on_a_rest_day(world: World, hazard: Any) -> None:
    with late(1, hour=23):
        climb_all()
    assert urged().get().not_before == datetime(2023, 3, 13, 8, 30, tzinfo=clock.SHANGHAI)
    with late(3, hour=14):
        climb_all()
    latest = urged().order_by("-id").first()
    assert latest is not None
    assert latest.not_before == datetime(2023, 3, 13, 14, tzinfo=clock.SHANGHAI)


def test_a_new_deadline_ends_the_climb_and_begins_another(world: World, hazard: Any) -> None:
    with late(4):
        assert climb_all() == 2
        found = inputs.Recheck(
            checked_on=date(2023, 3, 14), removed=False, finding="仍堆放原料", rectify_by=date(2023, 3, 20)
        )
        assert fresh(hazard).escalated == 2
        engine.perform("hazard", "recheck", hazard.no, found, actor=world.actor("regulator"))
    assert fresh(hazard).escalated == 0
    assert not Escalation.objects.filter(settled_at=None).exists()
    with late(11):
        assert climb_all() == 1
    assert list(Escalation.objects.filter(settled_at=None).values_list("level", "deadline")) == [
        (1, date(2023, 3, 20))
    ]


def test_what_is_done_climbs_no_more(world: World, hazard: Any) -> None:
    with late(1):
        climb_all()
        engine.perform("hazard", "void", hazard.no, inputs.Reason(reason="误报"), actor=world.actor("office"))
    assert not Escalation.objects.filter(settled_at=None).exists()
    with late(40):
        assert climb_all() == 0


def test_a_major_hazard_climbs_faster(world: World) -> None:
    with clock.frozen(datetime(2024, 3, 1, 9, tzinfo=clock.SHANGHAI)):
        rectifying(world, grade="major", criterion="GM-03-01")
        rectifying(world)
    with clock.frozen(datetime(2024, 3, 18, 9, tzinfo=clock.SHANGHAI)):
        climb_all()
    rungs = dict.fromkeys(Escalation.objects.values_list("no", flat=True), 0)
    for no in Escalation.objects.values_list("no", flat=True):
        rungs[no] += 1
    major, general = sorted(rungs.values(), reverse=True)
    assert major > general == len([after for after, _ in RUNGS if after <= 7])
