"""Seizures to the day, urgency to the hour, closures that are looked at again (M133, M134)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bihuan.capabilities.enforcement.measures import closure_inputs, inputs, seizing, seizure_inputs, terms
from bihuan.capabilities.enforcement.measures.models import Measure
from bihuan.capabilities.enforcement.measures.showing.listing import expired
from bihuan.capabilities.enforcement.measures.terms import Pause
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.loops.escalation import climb_all
from bihuan.kernel.loops.models import Escalation
from bihuan.registers.instruments import shelf
from tests.enforcement import measure_steps as steps
from tests.world import World


@pytest.fixture(autouse=True)
def morning(world: World) -> Iterator[None]:
    with clock.frozen(steps.MORNING):
        steps.ready(world)
        yield


def codes(refusal: Any) -> list[str]:
    return [failure.code for failure in refusal.value.failures]


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T10:00:00+08:00")


@pytest.mark.parametrize(
    ("begun", "extended", "pauses", "last"),
    [
        ("2026-03-10", 0, [], "2026-04-09"),
        ("2026-01-16", 0, [], "2026-02-15"),
        ("2026-09-01", 0, [], "2026-10-01"),
        ("2026-03-10", 30, [], "2026-05-09"),
        ("2026-03-10", 0, [("2026-03-12", "2026-03-22")], "2026-04-19"),
        ("2026-03-10", 30, [("2026-03-12", "2026-03-22"), ("2026-04-01", "2026-04-03")], "2026-05-21"),
        ("2026-03-10", 0, [("2026-03-12", "2026-03-12")], "2026-04-09"),
    ],
)
def test_the_last_day_is_counted_in_natural_days(
    begun: str, extended: int, pauses: list[tuple[str, str]], last: str
) -> None:
    """15 February 2026 and 1 October lie in holidays: a longest term is not prolonged by them."""
    told = [Pause(date.fromisoformat(a), date.fromisoformat(b)) for a, b in pauses]
    assert terms.last_day(date.fromisoformat(begun), extended, told) == date.fromisoformat(last)


def test_a_running_test_stops_the_clock() -> None:
    assert terms.last_day(date(2026, 3, 10), 0, [Pause(date(2026, 3, 12))]) is None


@pytest.mark.parametrize(
    ("day", "is_expired"), [("2026-04-08", False), ("2026-04-09", False), ("2026-04-10", True)]
)
def test_a_seizure_expires_after_its_last_day(world: World, day: str, is_expired: bool) -> None:
    measure = steps.seized(world)
    assert measure.until == date(2026, 4, 9) == measure.deadline
    with clock.frozen(at(day)):
        assert seizing.expired(measure) is is_expired
        assert Measure.objects.filter(expired()).exists() is is_expired


def test_an_expired_seizure_is_listed_climbs_and_only_goes_back(world: World) -> None:
    measure = steps.seized(world)
    with clock.frozen(at("2026-04-14")):
        climb_all()
        rungs = Escalation.objects.filter(matter=measure.uid).order_by("level")
        assert [rung.holder for rung in rungs] == ["sector", "office"]
        given = seizure_inputs.Disposing(
            way="confiscated", disposed_on=clock.today(), document_no="应急罚〔2026〕1号", reason="没收"
        )
        with pytest.raises(Refused) as refusal:
            steps.taken(world, measure, "dispose", given, "officer")
        assert codes(refusal) == ["measure.seizure_expired"]
        release = seizure_inputs.Release(released_on=clock.today(), reason="期限届满", received_by="钱厂长")
        measure = steps.taken(world, measure, "release", release, "officer")
        assert not Measure.objects.filter(expired()).exists()
    assert (measure.state, measure.lifted_on) == ("lifted", date(2026, 4, 14))
    assert shelf.has(measure.uid, "seizure_disposal")


def test_it_is_prolonged_once_by_thirty_days_at_most_and_in_time(world: World) -> None:
    measure = steps.seized(world)
    for days in (0, 31):
        with pytest.raises(Refused) as refusal:
            steps.taken(world, measure, "extend", _extension(days), "regulator")
        assert codes(refusal) == ["measure.extension_too_long"]
    with clock.frozen(at("2026-04-10")), pytest.raises(Refused) as refusal:
        steps.taken(world, measure, "extend", _extension(10), "regulator")
    assert codes(refusal) == ["measure.seizure_expired"]
    with clock.frozen(at("2026-04-09")):
        measure = steps.taken(world, measure, "extend", _extension(30), "regulator")
        assert measure.until == date(2026, 5, 9)
        with pytest.raises(Refused) as refusal:
            steps.taken(world, measure, "extend", _extension(1), "regulator")
    assert codes(refusal) == ["measure.extended_already"]
    paper = shelf.latest(measure.uid, "seizure_extension")
    assert paper is not None
    assert (paper.facts["from_on"], paper.facts["until_on"]) == ("2026-04-09", "2026-05-09")


def _extension(days: int) -> seizure_inputs.Prolonging:
    return seizure_inputs.Prolonging(days=days, reason="案情复杂", told_on=clock.today())


def test_days_of_a_test_do_not_count(world: World) -> None:
    measure = steps.seized(world)
    with clock.frozen(at("2026-03-12")):
        begun = seizure_inputs.TestBeginning(
            begun_on=clock.today(), expected_on=date(2026, 3, 25), body="省质检院", told_on=clock.today()
        )
        measure = steps.taken(world, measure, "begin_test", begun, "officer")
        assert (measure.until, measure.deadline) == (None, None)
    with clock.frozen(at("2026-04-20")):
        assert not Measure.objects.filter(expired()).exists()
        ended = seizure_inputs.TestEnding(ended_on=date(2026, 3, 22), result="不合格")
        measure = steps.taken(world, measure, "end_test", ended, "officer")
        assert measure.until == date(2026, 4, 19)
        assert Measure.objects.filter(expired()).exists()


def test_what_is_taken_is_listed_and_approved_first(world: World) -> None:
    measure = steps.proposed_seizure(world)
    with pytest.raises(Refused) as refusal:
        steps.taken(world, measure, "seize", steps.seizing(), "officer")
    assert codes(refusal) == ["loop.wrong_state"]
    measure = steps.approved(world, measure)
    with pytest.raises(Refused) as refusal:
        steps.taken(world, measure, "seize", steps.seizing(inventory="皮带机｜DTII｜｜台"), "officer")
    assert codes(refusal) == ["measure.list_incomplete"]
    measure = steps.taken(world, measure, "seize", steps.seizing(), "officer")
    listed = shelf.latest(measure.uid, "seizure_list")
    decision = shelf.latest(measure.uid, "seizure_decision")
    assert listed is not None
    assert decision is not None
    assert listed.facts["decision_number"] == decision.number
    assert len(listed.facts["goods"]) == 2


@pytest.mark.parametrize(
    ("moment", "code"),
    [
        ("2026-03-10T21:59:00+08:00", None),
        ("2026-03-10T22:00:00+08:00", "measure.at_night"),
        ("2026-03-11T05:59:00+08:00", "measure.at_night"),
        ("2026-03-11T06:00:00+08:00", None),
        ("2026-04-05T10:00:00+08:00", "measure.on_a_holiday"),
        ("2026-03-14T10:00:00+08:00", None),
    ],
)
def test_nothing_is_enforced_at_night_or_on_holidays_unless_it_cannot_wait(
    world: World, moment: str, code: str | None
) -> None:
    """14 March 2026 is an ordinary Saturday, 5 April the festival 清明."""
    measure = steps.approved(world, steps.proposed_seizure(world))
    with clock.frozen(datetime.fromisoformat(moment)):
        if code is None:
            assert steps.taken(world, measure, "seize", steps.seizing(), "officer").state == "in_force"
            return
        with pytest.raises(Refused) as refusal:
            steps.taken(world, measure, "seize", steps.seizing(), "officer")
        assert codes(refusal) == [code]
        assert (
            steps.taken(world, measure, "seize", steps.seizing(urgent="正在转移"), "officer").state
            == "in_force"
        )


def test_an_urgent_seizure_is_told_within_a_day_and_approved_afterwards(world: World) -> None:
    measure = steps.urgent(world)
    assert measure.state == "in_force"
    owed = measure.duties["open"]  # type: ignore[index]
    assert {name: one["due"] for name, one in owed.items()} == {
        "report_urgent": "2026-03-11", "decide_later": "2026-03-11",
    }  # fmt: skip
    keep = seizure_inputs.Disposing(
        way="destroyed", disposed_on=clock.today(), document_no="1号", reason="销毁"
    )
    with pytest.raises(Refused) as refusal:
        steps.taken(world, measure, "dispose", keep, "officer")
    assert codes(refusal) == ["measure.not_approved_yet"]
    with clock.frozen(steps.MORNING + timedelta(hours=2)):
        told = seizure_inputs.UrgentReport(reported_at=clock.now(), reported_to="局长")
        measure = steps.taken(world, measure, "report_urgent", told, "officer")
        agreed = seizure_inputs.LaterDecision(agreed="yes", opinion="同意")
        measure = steps.taken(world, measure, "decide_later", agreed, "regulator")
    assert measure.approved_on == clock.today()
    assert not measure.duties["open"]
    assert shelf.has(measure.uid, "coercion_approval", "seizure_decision")


@pytest.mark.parametrize(("minutes", "late"), [(24 * 60, False), (24 * 60 + 1, True)])
def test_a_late_report_says_so(world: World, minutes: int, late: bool) -> None:
    from bihuan.kernel.record.reading import entries_of

    measure = steps.urgent(world)
    with clock.frozen(steps.MORNING + timedelta(minutes=minutes)):
        told = seizure_inputs.UrgentReport(reported_at=clock.now(), reported_to="局长")
        steps.taken(world, measure, "report_urgent", told, "officer")
    assert entries_of(measure.uid)[-1].payload["late_report"] is late


def test_what_should_not_have_been_taken_goes_back_the_same_day(world: World) -> None:
    measure = steps.urgent(world)
    wrong = seizure_inputs.LaterDecision(agreed="no", opinion="情况并不紧急")
    measure = steps.taken(world, measure, "decide_later", wrong, "regulator")
    assert measure.deadline == clock.today() == measure.until
    with clock.frozen(steps.MORNING + timedelta(days=1)):
        assert seizing.expired(measure)


def test_the_government_closes_with_a_number_and_no_department_does(world: World) -> None:
    measure = steps.proposed_closure(world)
    with pytest.raises(Refused) as refusal:
        steps.approved(world, measure, by="regulator", document_no="薛政字〔2026〕3号")
    assert codes(refusal) == ["loop.not_your_step"]
    with pytest.raises(Refused) as refusal:
        steps.approved(world, measure, by="leader")
    assert codes(refusal) == ["measure.closure_without_number"]


def test_a_closed_place_is_verified_by_another_and_rechecked_until_it_ends(world: World) -> None:
    measure = steps.closed(world)
    with pytest.raises(Refused) as refusal:
        steps.verified(world, measure, by="officer")
    assert codes(refusal) == ["loop.same_person"]
    measure = steps.verified(world, measure)
    assert measure.duties["open"]["recheck"]["due"] == "2026-04-09"  # type: ignore[index]
    for number in range(1, 4):
        with clock.frozen(steps.MORNING + timedelta(days=30 * number)):
            if number < 3:
                with pytest.raises(Refused) as refusal:
                    steps.taken(world, measure, "conclude", closure_inputs.Conclusion(), "regulator")
                assert codes(refusal) == ["measure.rechecks_left"]
            seen = closure_inputs.Recheck(checked_on=clock.today(), finding="无人")
            measure = steps.taken(world, measure, "recheck", seen, "clerk_east")
            assert measure.rechecked == number
            assert ("recheck" in measure.duties["open"]) is (number < 3)  # type: ignore[index]
    assert not measure.duties["open"]  # type: ignore[index]
    with clock.frozen(steps.MORNING + timedelta(days=91)):
        assert (
            steps.taken(world, measure, "conclude", closure_inputs.Conclusion(), "regulator").state
            == "settled"
        )


def test_a_reopened_place_opens_the_same_item_again_and_counts(world: World) -> None:
    measure = steps.verified(world)
    with clock.frozen(steps.MORNING + timedelta(days=10)):
        seen = closure_inputs.Reopened(
            seen_on=clock.today(), seen="夜间恢复生产", photos=(steps.picture(world, measure, "clerk_east"),)
        )
        again = steps.taken(world, measure, "find_reopened", seen, "clerk_east")
        assert (again.no, again.state, again.reopened, again.verified_on) == (measure.no, "approved", 1, None)
        again = steps.verified(world, steps.closed(world, again))
    assert (again.state, again.reopened, again.rechecked) == ("in_force", 1, 0)


def test_what_was_closed_is_not_just_given_up(world: World) -> None:
    measure = steps.verified(world)
    seen = closure_inputs.Reopened(
        seen_on=clock.today(), seen="恢复生产", photos=(steps.picture(world, measure, "clerk_east"),)
    )
    measure = steps.taken(world, measure, "find_reopened", seen, "clerk_east")
    with pytest.raises(Refused) as refusal:
        steps.taken(world, measure, "withdraw", inputs.Reason(reason="不办了"), "officer")
    assert codes(refusal) == ["measure.was_in_force"]
