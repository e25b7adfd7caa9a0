"""Each number a district chooses does what its name says: one day before, on the day, one day after."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bihuan.capabilities.hazards import inputs, reminding, terms
from bihuan.capabilities.hazards.asking import prefill
from bihuan.capabilities.hazards.lists import TABS, row
from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel import calendar, clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.exchange.models import Notice
from bihuan.kernel.loops import engine
from bihuan.kernel.policies.values import forget_recent, set_policy
from tests.hazards.steps import (
    acceptance,
    awaiting,
    closed,
    elements,
    failed,
    finding,
    fresh,
    rectification,
    rectifying,
    reported,
)  # fmt: skip
from tests.world import World

CRITERION = "GM-03-01"
MONDAY = date(2026, 11, 2)


def on(day: date, hour: int = 10) -> Any:
    return clock.frozen(datetime(day.year, day.month, day.day, hour, tzinfo=clock.SHANGHAI))


@pytest.fixture(autouse=True)
def _on_a_monday() -> Any:
    forget_recent()
    with on(MONDAY):
        yield
    forget_recent()


def choose(world: World, key: str, chosen: int) -> None:
    set_policy(
        f"hazard.{key}", chosen, effective_from=clock.today(), actor=world.actor("office"), basis="会议"
    )


def refused(deed: str, hazard: Hazard, given: Any, actor: Any) -> list[str]:
    try:
        engine.perform("hazard", deed, hazard.no, given, actor=actor)
    except Refused as refusal:
        return [failure.code for failure in refusal.failures]
    return []


def owed(hazard: Hazard) -> dict[str, date]:
    opened = (fresh(hazard).duties or {}).get("open") or {}
    return {name: date.fromisoformat(note["due"]) for name, note in opened.items()}


def days(count: int) -> date:
    return clock.today() + timedelta(days=count)


def working(count: int, start: date = MONDAY) -> date:
    return calendar.due(start, count, "working").due


def test_the_form_proposes_the_day_of_rectification(world: World) -> None:
    choose(world, "rectify_days", 9)
    actor = world.actor("clerk_east")
    assert prefill("assign", reported(world), actor)["rectify_by"] == days(9 + 0)
    assert prefill("assign", reported(world, grade="major", criterion=CRITERION), actor)["rectify_by"] is None


def test_a_hazard_keeps_the_policy_it_began_under(world: World) -> None:
    hazard = reported(world)
    with on(MONDAY + timedelta(days=1)):
        choose(world, "rectify_days", 9)
        assert terms.chosen(hazard, "rectify_days") == 15
        assert terms.chosen(reported(world), "rectify_days") == 9


@pytest.mark.parametrize(("ahead", "codes"), [(29, []), (30, []), (31, ["hazard.rectify_by_too_far"])])
def test_the_longest_term_of_a_general_hazard(world: World, ahead: int, codes: list[str]) -> None:
    choose(world, "rectify_max_days", 30)
    clerk = world.actor("clerk_east")
    assert refused("assign", reported(world), elements(rectify_by=days(ahead)), clerk) == codes
    again = inputs.SendingBack(reason="仍有杂物", rectify_by=days(ahead))
    assert refused("send_back", awaiting(world), again, world.actor("regulator")) == codes
    reopening = inputs.Reopening(reason="反弹", rectify_by=days(ahead))
    assert refused("reopen", closed(world), reopening, clerk) == codes


@pytest.mark.parametrize(("ahead", "codes"), [(39, []), (40, []), (41, ["hazard.rectify_by_too_far"])])
def test_the_longest_term_of_a_major_hazard(world: World, ahead: int, codes: list[str]) -> None:
    choose(world, "rectify_max_days", 15)
    choose(world, "major_rectify_max_days", 40)
    hazard = reported(world, grade="major", criterion=CRITERION)
    assert refused("assign", hazard, elements(rectify_by=days(ahead)), world.actor("clerk_east")) == codes


def test_the_refusal_names_the_range(world: World) -> None:
    hazard = reported(world)
    with pytest.raises(Refused) as refusal:
        engine.perform(
            "hazard", "assign", hazard.no, elements(rectify_by=days(91)), actor=world.actor("clerk_east")
        )
    (failure,) = refusal.value.failures
    assert failure.field == "rectify_by"
    assert "至多 90 日" in failure.message
    assert f"{days(0)} 至 {days(90)}" in failure.message


def test_a_major_hazard_is_reported_twice_in_time(world: World) -> None:
    choose(world, "major_report_days", 3)
    choose(world, "listing_proposal_days", 4)
    hazard = reported(world, grade="major", criterion=CRITERION)
    assert owed(hazard) == {
        "report_to_regulator": working(3), "report_to_workers": working(3), "propose_listing": working(4),
    }  # fmt: skip
    said = inputs.DoubleReport(reported_on=clock.today(), content="方案")
    engine.perform("hazard", "report_to_regulator", hazard.no, said, actor=world.actor("principal"))
    assert "report_to_regulator" not in owed(hazard)
    engine.perform("hazard", "assign", hazard.no, elements(), actor=world.actor("clerk_east"))
    assert owed(hazard) == {"report_to_workers": working(3), "listing": fresh(hazard).rectify_by}


def test_a_general_hazard_owes_nothing_of_the_kind_and_a_regrade_does(world: World) -> None:
    hazard = reported(world)
    assert owed(hazard) == {}
    grade = inputs.Regrading(grade="major", criterion=CRITERION, reason="符合")
    engine.perform("hazard", "regrade", hazard.no, grade, actor=world.actor("regulator"))
    assert set(owed(hazard)) == {"report_to_regulator", "report_to_workers", "propose_listing"}
    back = inputs.Regrading(grade="general", reason="复核不符合")
    engine.perform("hazard", "regrade", hazard.no, back, actor=world.actor("regulator"))
    assert (owed(hazard), fresh(hazard).duty_on) == ({}, None)


def test_what_is_listed_is_taken_off_in_time(world: World) -> None:
    choose(world, "delisting_days", 2)
    hazard = awaiting(world, grade="major", criterion=CRITERION)
    assert owed(hazard)["delist"] == working(2)
    engine.perform(
        "hazard", "delist", hazard.no, inputs.Delisting(opinion="已消除"), actor=world.actor("office")
    )
    assert {"delist", "listing"} & set(owed(hazard)) == set()


def test_a_new_day_is_proposed_after_a_failed_acceptance(world: World) -> None:
    choose(world, "reissue_days", 4)
    assert prefill("send_back", awaiting(world), world.actor("regulator"))["rectify_by"] == days(4)


@pytest.mark.parametrize(("times", "limit", "open_now"), [(1, 2, False), (2, 2, True), (1, 1, True)])
def test_failures_at_the_limit_call_for_a_decision(
    world: World, times: int, limit: int, open_now: bool
) -> None:
    choose(world, "failed_acceptance_limit", limit)
    choose(world, "failed_decision_days", 3)
    hazard = failed(world, times)
    assert owed(hazard).get("decide_failures") == (working(3) if open_now else None)
    assert terms.failed_too_often(hazard) == open_now
    assert ("屡次不合格" in row(Hazard.objects.get(pk=hazard.pk)).sub) == open_now
    decision = inputs.FailureDecision(decision="enforcement", opinion="立案")
    codes = refused("decide_failures", hazard, decision, world.actor("regulator"))
    assert codes == ([] if open_now else ["hazard.no_decision_due"])
    assert "decide_failures" not in owed(hazard)


def asked_for(hazard: Hazard) -> inputs.ExtensionRequest:
    assert hazard.rectify_by is not None
    return inputs.ExtensionRequest(
        until=hazard.rectify_by + timedelta(days=5), reason="缺件", interim_measures="看守"
    )


@pytest.mark.parametrize(("passed", "codes"), [(7, []), (8, []), (9, ["hazard.extension_too_late"])])
def test_an_extension_is_asked_for_so_many_working_days_ahead(
    world: World, passed: int, codes: list[str]
) -> None:
    choose(world, "extension_request_days", 2)
    hazard = rectifying(world)
    assert hazard.rectify_by == MONDAY + timedelta(days=10)
    with on(MONDAY + timedelta(days=passed)):
        found = refused("request_extension", hazard, asked_for(hazard), world.actor("safety"))
    assert found == codes


def test_a_request_is_decided_in_time_and_then_owed_no_more(world: World) -> None:
    choose(world, "extension_decision_days", 3)
    hazard = rectifying(world)
    engine.perform("hazard", "request_extension", hazard.no, asked_for(hazard), actor=world.actor("safety"))
    assert owed(hazard) == {"decide_extension": working(3)}
    opinion = inputs.Opinion(opinion="同意")
    engine.perform("hazard", "grant_extension", hazard.no, opinion, actor=world.actor("regulator"))
    assert owed(hazard) == {}


def test_no_extension_at_all_where_none_is_allowed(world: World) -> None:
    choose(world, "extension_max_times", 0)
    hazard = rectifying(world)
    codes = refused("request_extension", hazard, asked_for(hazard), world.actor("safety"))
    assert codes == ["hazard.extension_too_often"]


def test_what_was_grave_or_failed_is_visited_again(world: World) -> None:
    choose(world, "follow_up_days", 9)
    assert owed(closed(world)) == {}
    hazard = failed(world, 1)
    engine.perform(
        "hazard", "submit_rectification", hazard.no, rectification(world, hazard), actor=world.actor("safety")
    )
    engine.perform("hazard", "accept", hazard.no, acceptance(), actor=world.actor("regulator"))
    assert owed(hazard) == {"follow_up": days(9)}
    visit = inputs.FollowUp(visited_on=clock.today(), stays=True, finding="未反弹")
    engine.perform("hazard", "follow_up", hazard.no, visit, actor=world.actor("regulator"))
    assert owed(hazard) == {}


@pytest.mark.parametrize(("left", "soon"), [(-1, False), (0, True), (2, True), (3, False)])
def test_due_soon_is_a_tab_and_a_reminder(world: World, left: int, soon: bool) -> None:
    choose(world, "due_soon_days", 2)
    hazard = rectifying(world)
    assert hazard.deadline is not None
    Notice.objects.all().delete()
    tab = next(tab for tab in TABS if tab.name == "soon")
    with on(hazard.deadline - timedelta(days=left)):
        assert Hazard.objects.filter(tab.condition()).exists() == soon
        sent = reminding.remind()
        assert (sent > 0) == soon
        assert reminding.remind() == 0
    if soon:
        told = set(Notice.objects.values_list("post__role", flat=True))
        assert told == {"principal", "safety"}


def lenient(world: World, **changes: Any) -> Hazard:
    hazard = awaiting(world, source="self_check", voluntary=True, **changes)
    engine.perform("hazard", "accept", hazard.no, acceptance(), actor=world.actor("regulator"))
    return fresh(hazard)


def test_a_disclosure_mended_in_time_takes_the_lenient_branch(world: World) -> None:
    assert lenient(world).leniency == "lenient"
    assert closed(world).leniency == ""


def test_what_an_inspection_had_found_before_is_no_disclosure(world: World) -> None:
    with on(MONDAY - timedelta(days=1)):
        reported(world)
    assert lenient(world).leniency == "ordinary"
    assert lenient(world, place="三车间").leniency == "lenient"


def test_the_order_of_days_decides(world: World) -> None:
    hazard = awaiting(world, source="self_check", voluntary=True)
    with on(MONDAY + timedelta(days=1)):
        reported(world)
        engine.perform("hazard", "accept", hazard.no, acceptance(), actor=world.actor("regulator"))
    assert fresh(hazard).leniency == "lenient"


def test_a_disclosure_not_mended_in_time_takes_the_ordinary_branch(world: World) -> None:
    given = finding(world, source="self_check", voluntary=True)
    no = engine.open_matter("hazard", "report", given, actor=world.actor("safety")).no
    engine.perform("hazard", "assign", no, elements(), actor=world.actor("clerk_east"))
    hazard = Hazard.objects.get(no=no)
    with on(MONDAY + timedelta(days=11)):
        engine.perform(
            "hazard", "submit_rectification", no, rectification(world, hazard), actor=world.actor("safety")
        )
        engine.perform("hazard", "accept", no, acceptance(), actor=world.actor("regulator"))
    assert fresh(hazard).leniency == "ordinary"
