"""Deadlines keep how they were counted: across real holidays, and into years that nobody has announced."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel import clock
from bihuan.kernel.calendar import years
from bihuan.kernel.calendar.announcement import read_announcements
from bihuan.kernel.loops.deadlines import counted
from bihuan.kernel.loops.escalation import climb_all
from bihuan.kernel.loops.models import Escalation
from bihuan.kernel.loops.recounting import recount_provisional
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.policies.values import set_policy
from bihuan.kernel.record.reading import entries_of
from bihuan.kernel.record.sealing import seal
from bihuan.kernel.record.verification import verify
from tests.hazards.steps import awaiting, fresh, reported
from tests.world import World

NEXT_YEAR = {
    "year": 2027,
    "source": "国办发明电〔2026〕示例",
    "off_ranges": [["2027-01-01", "2027-01-03", "元旦"], ["2027-02-05", "2027-02-11", "春节"]],
    "makeup_workdays": ["2027-02-14"],
}


def at(text: str) -> Any:
    return clock.frozen(datetime.fromisoformat(f"{text}T09:00:00+08:00"))


def announce(folder: Path) -> None:
    file = folder / "2027.json"
    file.write_text(json.dumps(NEXT_YEAR), encoding="utf-8")
    years.load(read_announcements(file))


def three_days(world: World, on: str) -> None:
    with at("2020-01-02"):
        set_policy(
            "hazard.acceptance_days",
            3,
            effective_from=date.fromisoformat(on),
            actor=Actor.system("test"),
            basis="会议纪要",
        )


@pytest.mark.parametrize(
    ("reported_on", "due", "festival", "days_off"),
    [
        ("2023-01-20", "2023-02-01", "春节", 7),
        ("2026-09-30", "2026-10-12", "国庆节", 7),
        ("2026-09-18", "2026-09-23", "", 0),
    ],
)
def test_the_deadline_says_which_days_it_left_out(
    world: World, reported_on: str, due: str, festival: str, days_off: int
) -> None:
    with at(reported_on):
        hazard = awaiting(world)
    note = hazard.deadline_note
    assert note is not None
    days = int(note["days"])
    assert hazard.deadline == counted(date.fromisoformat(reported_on), days, "working", note["rule"]).due
    assert (note["start"], note["unit"], note.get("provisional", False)) == (reported_on, "working", False)
    skipped = [why for _, why in note["skipped"]]
    assert skipped.count(festival) == days_off
    assert all(reported_on < day < hazard.deadline.isoformat() for day, _ in note["skipped"])
    assert entries_of(hazard.uid)[-1].payload["deadline"] == {
        "due": hazard.deadline.isoformat(),
        "rule": note["rule"],
    }


def test_make_up_days_are_worked(world: World) -> None:
    three_days(world, "2020-01-02")
    for start, due in (
        ("2023-01-20", "2023-01-30"),
        ("2026-09-30", "2026-10-10"),
        ("2026-09-18", "2026-09-22"),
    ):
        with at(start):
            assert awaiting(world).deadline == date.fromisoformat(due), start


def test_the_rule_of_the_day_it_began_is_kept(world: World) -> None:
    with at("2023-05-31"):
        old = reported(world)
    with at("2023-05-30"):
        set_policy(
            "hazard.acceptance_days",
            3,
            effective_from=date(2023, 6, 1),
            actor=Actor.system("test"),
            basis="会议纪要",
        )
    with at("2023-06-05"):
        young = awaiting(world)
        aged = _move_on(world, old)
    assert young.deadline_note is not None
    assert aged.deadline_note is not None
    assert young.deadline_note["days"] == 3
    assert aged.deadline_note["days"] != 3


def _move_on(world: World, hazard: Hazard) -> Hazard:
    from bihuan.kernel.loops import engine
    from tests.hazards.steps import elements, rectification

    engine.perform("hazard", "assign", hazard.no, elements(), actor=world.actor("clerk_east"))
    given = rectification(world, hazard)
    engine.perform("hazard", "submit_rectification", hazard.no, given, actor=world.actor("safety"))
    return fresh(hazard)


def test_into_a_year_without_calendar_it_is_provisional_and_recounted_when_it_comes(
    world: World, tmp_path: Path
) -> None:
    three_days(world, "2020-01-02")
    with at("2027-02-04"):
        hazard = awaiting(world)
    before = hazard.deadline
    assert hazard.deadline_note is not None
    assert hazard.deadline_note["provisional"] is True
    with at("2027-02-04"):
        assert recount_provisional() == 0
    assert len(entries_of(hazard.uid)) == 3
    with at("2027-02-05"):
        announce(tmp_path)
        assert recount_provisional() == int(before != date(2027, 2, 15))
        assert recount_provisional() == 0
    hazard = fresh(hazard)
    assert hazard.deadline == date(2027, 2, 15)
    assert hazard.deadline_note is not None
    assert "provisional" not in hazard.deadline_note
    assert (hazard.state, hazard.version) == ("awaiting_acceptance", 3)
    entry = entries_of(hazard.uid)[-1]
    assert (entry.verb, entry.actor_id, entry.actor_name) == ("recount_deadline", "", "系统（日历）")
    assert before is not None
    assert entry.payload == {
        "former": before.isoformat(),
        "due": "2027-02-15",
        "rule": hazard.deadline_note["rule"],
    }
    assert entry.from_state == entry.to_state == "awaiting_acceptance"


def test_a_hundred_years_ahead_nothing_crashes(world: World) -> None:
    for start in ("2026-12-31", "2027-09-30", "2035-01-01", "2099-12-20"):
        with at(start):
            hazard = awaiting(world)
        assert hazard.deadline is not None
        assert hazard.deadline > date.fromisoformat(start)


def test_a_recounted_deadline_is_climbed_anew(world: World, tmp_path: Path) -> None:
    three_days(world, "2020-01-02")
    with at("2027-02-04"):
        hazard = awaiting(world)
    assert hazard.deadline is not None
    with at("2027-02-12"):
        climbed = climb_all()
        announce(tmp_path)
        moved = recount_provisional()
    if not (climbed and moved):
        pytest.skip("the estimate of 2027 happens to be right")
    hazard = fresh(hazard)
    assert hazard.escalated == 0
    assert not Escalation.objects.filter(matter=hazard.uid, settled_at=None).exists()
    with at("2027-02-16"):
        assert climb_all() == 1
    assert Escalation.objects.get(matter=hazard.uid, settled_at=None).deadline == date(2027, 2, 15)


def test_the_record_of_recounted_deadlines_verifies(world: World, tmp_path: Path) -> None:
    with at("2027-02-04"):
        awaiting(world)
        announce(tmp_path)
        recount_provisional()
    seal()
    assert verify().ok
