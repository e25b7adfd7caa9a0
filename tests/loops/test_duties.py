"""What is owed beside the next step: it opens, is asked of whose turn it is, climbs, and ends with its deed."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bihuan.capabilities.hazards import inputs
from bihuan.kernel import calendar, clock
from bihuan.kernel.calendar import years
from bihuan.kernel.calendar.announcement import read_announcements
from bihuan.kernel.errors import Refused
from bihuan.kernel.exchange.models import Notice
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.escalation import climb_all
from bihuan.kernel.loops.models import Escalation
from bihuan.kernel.loops.recounting import recount_provisional
from bihuan.kernel.people.models import Post
from bihuan.kernel.policies.values import set_policy
from bihuan.kernel.record.reading import entries_of
from bihuan.kernel.web.workbench.held import wanted_of
from tests.hazards.steps import awaiting, failed, fresh, overdue, rectification, rectifying, reported
from tests.loops.test_deadlines import NEXT_YEAR
from tests.world import World

MONDAY = date(2026, 11, 2)
CRITERION = "GM-03-01"


def on(day: date, hour: int = 10) -> Any:
    return clock.frozen(datetime(day.year, day.month, day.day, hour, tzinfo=clock.SHANGHAI))


@pytest.fixture(autouse=True)
def _on_a_monday() -> Any:
    with on(MONDAY):
        yield


def opened(hazard: Any) -> set[str]:
    return set((fresh(hazard).duties or {}).get("open") or {})


def rungs(hazard: Any, duty: str = "") -> list[tuple[int, str, str]]:
    found = Escalation.objects.filter(matter=hazard.uid, duty=duty, settled_at=None).order_by("level")
    return [(rung.level, rung.holder, rung.name.split()[-1]) for rung in found]


def name_of(world: World, who: str) -> str:
    return world.user(who).person.name


def recheck(world: World, hazard: Any, *, removed: bool, **changes: Any) -> inputs.Recheck:
    return inputs.Recheck(
        **{
            "checked_on": clock.today(),
            "removed": removed,
            "finding": "到场查看",
            "rectify_by": None if removed else clock.today() + timedelta(days=7),
            **changes,
        }
    )


@pytest.mark.parametrize(("late", "due"), [(0, False), (1, True)])
def test_a_passed_deadline_opens_a_recheck_by_itself_once(world: World, late: int, due: bool) -> None:
    hazard = rectifying(world)
    Notice.objects.all().delete()
    assert hazard.deadline is not None
    with on(hazard.deadline + timedelta(days=late)):
        climb_all()
        climb_all()
    assert ("recheck" in opened(hazard)) == due
    entries = [entry for entry in entries_of(hazard.uid) if entry.verb == "open_duty"]
    assert len(entries) == int(due)
    if due:
        assert entries[0].payload["due"] == "2026-11-23"
        told = set(Notice.objects.filter(text__contains="复查").values_list("post__role", flat=True))
        assert told == {"regulator", "officer", "town"}


def test_it_waits_on_the_supervisors_desk_and_climbs_from_there(world: World) -> None:
    hazard = overdue(world, 3)
    climb_all()
    wanted = [(one.label, one.due) for one in wanted_of(world.actor("regulator"))]
    (note,) = fresh(hazard).duties["open"].values()
    assert ("复查", date.fromisoformat(note["due"])) in wanted
    assert "复查" not in [one.label for one in wanted_of(world.actor("safety"))]
    due = date.fromisoformat(note["due"])
    with on(due):
        climb_all()
        assert rungs(hazard, "recheck") == []
    with on(due + timedelta(days=1)):
        climb_all()
        assert rungs(hazard, "recheck") == [(1, "sector", name_of(world, "regulator"))]


def test_a_failed_recheck_counts_sets_a_new_day_and_ends_the_climb(world: World) -> None:
    hazard = overdue(world, 3)
    climb_all()
    outcome = engine.perform(
        "hazard", "recheck", hazard.no, recheck(world, hazard, removed=False), actor=world.actor("regulator")
    )[0]
    now = fresh(hazard)
    assert (now.failed_acceptances, now.rectify_by, outcome.deadline) == (1, now.deadline, now.deadline)
    assert (now.escalated, opened(hazard), now.duty_on) == (0, set(), None)
    entry = entries_of(hazard.uid)[-1]
    assert (entry.verb, entry.payload["met"], entry.payload["failed_acceptances"]) == (
        "recheck",
        ["recheck"],
        1,
    )
    assert now.deadline is not None
    with on(now.deadline + timedelta(days=1)):
        climb_all()
    assert "recheck" in opened(hazard)


def test_what_is_gone_on_the_spot_still_has_to_be_reported(world: World) -> None:
    hazard = overdue(world, 3)
    climb_all()
    engine.perform(
        "hazard", "recheck", hazard.no, recheck(world, hazard, removed=True), actor=world.actor("clerk_east")
    )
    now = fresh(hazard)
    assert (now.failed_acceptances, now.state, opened(hazard)) == (0, "rectifying", set())
    assert now.deadline == calendar.due(MONDAY, 7, "calendar").due
    assert now.rectify_by == MONDAY - timedelta(days=3)


def test_what_a_recheck_needs(world: World) -> None:
    def codes(hazard: Any, given: inputs.Recheck, who: str = "regulator") -> list[str]:
        with pytest.raises(Refused) as refusal:
            engine.perform("hazard", "recheck", hazard.no, given, actor=world.actor(who))
        return [failure.code for failure in refusal.value.failures]

    early, late = rectifying(world), overdue(world, 3)
    assert codes(early, recheck(world, early, removed=True)) == ["hazard.not_late"]
    assert codes(late, recheck(world, late, removed=False, rectify_by=None)) == ["hazard.no_new_day"]
    tomorrow = recheck(world, late, removed=True, checked_on=MONDAY + timedelta(days=1))
    assert codes(late, tomorrow) == ["hazard.checked_in_future"]
    before = recheck(world, late, removed=True, checked_on=MONDAY - timedelta(days=4))
    assert codes(late, before) == ["hazard.checked_before_due"]
    assert codes(late, recheck(world, late, removed=True), "safety") == ["loop.not_your_step"]


def test_reporting_the_rectification_ends_the_recheck(world: World) -> None:
    hazard = overdue(world, 3)
    climb_all()
    engine.perform(
        "hazard", "submit_rectification", hazard.no, rectification(world, hazard), actor=world.actor("safety")
    )
    assert opened(hazard) == set()


def test_what_nobody_assigned_is_asked_of_whose_duty_it_is_not_of_the_enterprise(world: World) -> None:
    hazard = reported(world)
    assert hazard.deadline is not None
    with on(hazard.deadline + timedelta(days=1)):
        climb_all()
    assert rungs(hazard) == [(1, "sector", name_of(world, "regulator"))]


def test_what_waits_for_acceptance_is_asked_of_its_accepter(world: World) -> None:
    inspected, own = awaiting(world), awaiting(world, source="self_check")
    with on(MONDAY + timedelta(days=8)):
        climb_all()
    assert rungs(inspected)[0][1] == "sector"
    assert rungs(own)[0][1] == "enterprise"


def ladder(world: World, *steps: tuple[int, str, str]) -> None:
    chosen = [{"after_days": days, "level": level, "action": action} for days, level, action in steps]
    set_policy(
        "hazard.escalation", chosen, effective_from=clock.today(), actor=world.actor("office"), basis="会议"
    )


def test_reassigning_moves_the_matter_and_tells_both_units(world: World) -> None:
    ladder(world, (1, "enterprise", "notify"), (2, "office", "reassign"))
    hazard = rectifying(world)
    assert hazard.agency == world.bureau
    assert hazard.deadline is not None
    Notice.objects.all().delete()
    with on(hazard.deadline + timedelta(days=2)):
        climb_all()
        climb_all()
    now = fresh(hazard)
    assert now.agency == world.office
    entry = next(entry for entry in entries_of(hazard.uid) if entry.verb == "escalate")
    assert entry.payload["moved"] == ["区应急管理局 → 区安委办"]
    assert entry.actor_id == ""
    told = Notice.objects.filter(text__contains="已移交：区应急管理局 → 区安委办")
    assert sorted(told.values_list("post__title", flat=True)) == ["安委办主任", "工贸科科长"]
    with on(now.deadline + timedelta(days=3)):
        assert "上报整改完成" not in [one.label for one in wanted_of(world.actor("office"))]
        assert world.actor("office").covers(
            frozenset(scope.role for scope in world.actor("office").scopes),
            now.region_path, now.sector_path, now.agency_id, now.object_id,
        )  # fmt: skip


def test_a_listing_past_its_day_climbs_to_the_leader_bound_to_it(world: World) -> None:
    hazard = rectifying(world, grade="major", criterion=CRITERION)
    bound = Post.objects.get(pk=world.actor("office").scopes[0].post_id)
    terms = inputs.ListingTerms(
        level="district", lead=world.bureau.pk, leader_post=bound.pk, due_on=MONDAY + timedelta(days=4)
    )
    engine.perform("hazard", "list_supervision", hazard.no, terms, actor=world.actor("office"))
    with on(MONDAY + timedelta(days=4)):
        climb_all()
        assert rungs(hazard, "listing") == []
    with on(MONDAY + timedelta(days=9)):
        climb_all()
    found = rungs(hazard, "listing")
    assert [holder for _, holder, _ in found] == ["enterprise", "territorial", "sector", "office", "leader"]
    assert found[-1][2] == name_of(world, "office")
    engine.perform(
        "hazard", "delist", hazard.no, inputs.Delisting(opinion="已消除"), actor=world.actor("office")
    )
    assert rungs(hazard, "listing") == []


def test_repeated_failure_is_told_to_the_regulators_leader_at_once(world: World) -> None:
    hazard = failed(world, 2)
    climb_all()
    climb_all()
    assert rungs(hazard, "decide_failures") == [(1, "sector", name_of(world, "regulator"))]
    notice = Notice.objects.get(matter=hazard.uid, text__contains="屡次不合格研究处理")
    assert "请于" in notice.text
    assert "屡次不合格研究处理" in [one.label for one in wanted_of(world.actor("regulator"))]
    due = date.fromisoformat(fresh(hazard).duties["open"]["decide_failures"]["due"])
    with on(due + timedelta(days=1)):
        climb_all()
    assert [holder for _, holder, _ in rungs(hazard, "decide_failures")] == ["sector", "sector"]


def test_what_the_district_decides_is_on_its_own_desk(world: World) -> None:
    reported(world, grade="major", criterion=CRITERION)
    assert "挂牌督办" in [one.label for one in wanted_of(world.actor("office"))]
    assert "挂牌督办" not in [one.label for one in wanted_of(world.actor("regulator"))]


def test_nothing_is_told_at_night_nor_on_a_rest_day(world: World) -> None:
    hazard = overdue(world, 1)
    Notice.objects.all().delete()
    with on(date(2026, 11, 7), 23):
        climb_all()
    assert hazard.deadline is not None
    assert set(Notice.objects.values_list("not_before", flat=True)) == {
        datetime(2026, 11, 9, 8, 30, tzinfo=clock.SHANGHAI)
    }


def test_a_duty_counted_over_an_unannounced_year_is_counted_again(world: World, tmp_path: Path) -> None:
    with on(date(2026, 12, 30)):
        hazard = reported(world, grade="major", criterion=CRITERION)
        guessed = fresh(hazard).duties["open"]["propose_listing"]
        assert guessed["provisional"]
        assert recount_provisional() == 0
        file = tmp_path / "2027.json"
        long_feast = {
            **NEXT_YEAR,
            "off_ranges": [["2027-01-01", "2027-01-06", "元旦"]],
            "makeup_workdays": [],
        }
        file.write_text(json.dumps(long_feast), encoding="utf-8")
        years.load(read_announcements(file))
        assert recount_provisional() > 0
        assert recount_provisional() == 0
        now = fresh(hazard)
    counted = now.duties["open"]["propose_listing"]
    assert (counted["due"] > guessed["due"], "provisional" in counted) == (True, False)
    assert now.duty_on == min(date.fromisoformat(note["due"]) for note in now.duties["open"].values())
    entries = [entry for entry in entries_of(hazard.uid) if entry.verb == "recount_deadline"]
    assert {entry.payload.get("duty") for entry in entries} >= {"挂牌督办"}
