"""Stops: ordered on the day, kept until somebody else accepts, and told of where the unit stands (M129–M131)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from bihuan.capabilities.enforcement.measures import inputs
from bihuan.capabilities.enforcement.measures.access import visible_measures
from bihuan.capabilities.enforcement.measures.loop import MEASURE
from bihuan.capabilities.enforcement.measures.seizure_inputs import Release
from bihuan.capabilities.enforcement.measures.states import MeasureState
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.registers.enterprises import operating
from bihuan.registers.instruments import shelf
from bihuan.registers.models import Place
from tests.enforcement import measure_steps as steps
from tests.enforcement.steps import certify
from tests.world import World


@pytest.fixture(autouse=True)
def morning(world: World) -> Iterator[None]:
    with clock.frozen(steps.MORNING):
        steps.ready(world)
        yield


def codes(refusal: Any) -> list[str]:
    return [failure.code for failure in refusal.value.failures]


def test_a_stop_is_in_force_from_its_day_and_leaves_its_paper(world: World) -> None:
    measure = steps.ordered(world)
    assert (measure.state, measure.since, measure.agency) == ("in_force", date(2026, 3, 10), world.bureau)
    assert measure.deadline == date(2026, 3, 25)
    paper = shelf.latest(measure.uid, "onsite_measure_decision")
    assert paper is not None
    assert paper.facts["officers"][1] == {"name": "韩青", "certificate": "鲁D0002"}


def test_one_official_alone_orders_nothing(world: World) -> None:
    with pytest.raises(Refused) as refusal:
        steps.ordered(world, officers="沈立文（鲁D0001）")
    assert codes(refusal) == ["measure.two_officers"]


def test_a_certificate_is_named_and_in_force_where_the_department_registers_them(world: World) -> None:
    with pytest.raises(Refused) as refusal:
        steps.ordered(world, officers="沈立文（鲁D0001）、韩青")
    assert codes(refusal) == ["measure.no_certificate"]
    certify(world, "officer", "鲁D0001")
    lapsed = certify(world, "regulator_two", "鲁D0002", until=clock.today() - timedelta(days=1))
    with pytest.raises(Refused) as refusal:
        steps.ordered(world)
    assert codes(refusal) == ["measure.certificate_lapsed"]
    type(lapsed).objects.filter(pk=lapsed.pk).update(until=clock.today())
    assert steps.ordered(world).state == "in_force"


@pytest.mark.parametrize(("months", "refused"), [(None, True), (1, True), (2, False), (3, False)])
def test_wages_stop_production_from_the_second_month(world: World, months: int | None, refused: bool) -> None:
    asked = {"kind": "suspension", "ground": "wages", "months_unpaid": months}
    if not refused:
        assert steps.ordered(world, **asked).months_unpaid == months
        return
    with pytest.raises(Refused) as refusal:
        steps.ordered(world, **asked)
    assert codes(refusal) == ["measure.wages_not_two_months"]


def test_a_ground_of_closing_does_not_carry_a_stop(world: World) -> None:
    with pytest.raises(Refused) as refusal:
        steps.ordered(world, ground="repeated_penalties")
    assert codes(refusal) == ["measure.ground_does_not_carry"]


@pytest.mark.parametrize(
    ("days", "reason", "refused"),
    [(0, "", False), (1, "", True), (1, "当晚疏散住客，次日送达", False), (1, "  ", True)],
)
def test_a_crowded_place_stops_on_the_day_or_the_reason_is_written(
    world: World, days: int, reason: str, refused: bool
) -> None:
    asked = {
        "kind": "immediate_closure", "inspected_on": clock.today() - timedelta(days=days), "delay_reason": reason,
    }  # fmt: skip
    if not refused:
        assert steps.ordered(world, **asked).delay_reason == reason
        return
    with pytest.raises(Refused) as refusal:
        steps.ordered(world, **asked)
    assert codes(refusal) == ["measure.not_on_the_day"]


def test_a_registered_crowded_place_is_held_to_the_day_whatever_the_kind(world: World) -> None:
    Place.objects.create(object=world.factory, sort="mall")
    with pytest.raises(Refused) as refusal:
        steps.ordered(world, inspected_on=clock.today() - timedelta(days=1))
    assert codes(refusal) == ["measure.not_on_the_day"]


def test_who_ordered_or_applied_does_not_accept(world: World) -> None:
    measure = steps.applied(world, by="regulator")
    for name in ("officer", "regulator"):
        with pytest.raises(Refused) as refusal:
            steps.lifted(world, measure, by=name)
        assert codes(refusal) == ["loop.same_person"]
    assert steps.lifted(world, measure, by="regulator_two").state == "lifted"


def test_only_an_acceptance_lifts_a_stop(world: World) -> None:
    """Neither the closing of the hazard nor any other deed of an official or of the unit itself."""
    leading = {step.name for step in MEASURE.steps if step.move.to is MeasureState.LIFTED}
    assert leading == {"accept", "release"}
    hazard = steps.major_hazard(world)
    measure = steps.ordered(world, hazard=hazard.no)
    type(hazard).objects.filter(pk=hazard.pk).update(grade="general")
    steps.close_hazard(world, hazard)
    assert steps.fresh(measure).state == "in_force"
    with pytest.raises(Refused) as refusal:
        steps.taken(world, measure, "accept", steps.acceptance(), "regulator")
    assert codes(refusal) == ["loop.wrong_state"]
    with pytest.raises(Refused) as refusal:
        given = Release(released_on=clock.today(), reason="解除", received_by="钱")
        steps.taken(world, measure, "release", given, "officer")
    assert "measure.other_kind" in codes(refusal)


def test_a_failed_acceptance_counts_and_keeps_the_stop(world: World) -> None:
    given = inputs.SendingBack(reason="除尘仍未恢复", until=clock.today() + timedelta(days=5))
    measure = steps.taken(world, steps.applied(world), "send_back", given, "regulator")
    assert (measure.state, measure.sent_back, measure.deadline) == ("in_force", 1, date(2026, 3, 15))


def test_a_suspension_stands_in_the_register_until_it_is_lifted(world: World) -> None:
    measure = steps.ordered(world, kind="suspension", ground="three_simultaneous")
    (told,) = operating.stopped_by(world.factory, clock.today())
    assert (told.number, told.since) == (measure.no, clock.today())
    steps.lifted(world, steps.applied(world, measure))
    assert not operating.stopped_by(world.factory, clock.today()).exists()


def test_two_suspensions_end_one_by_one(world: World) -> None:
    first = steps.ordered(world, kind="suspension", ground="wages", months_unpaid=2, scope="整个单位")
    second = steps.ordered(world, kind="suspension", ground="no_licence", scope="整个单位及分厂")
    steps.lifted(world, steps.applied(world, first))
    assert [row.number for row in operating.stopped_by(world.factory, clock.today())] == [second.no]


def test_production_inside_the_period_needs_a_picture_and_counts(world: World) -> None:
    measure = steps.ordered(world, kind="suspension", ground="overdue")
    bare = inputs.Breach(seen_on=clock.today(), seen="夜间开机")
    with pytest.raises(Refused) as refusal:
        steps.taken(world, measure, "record_breach", bare, "clerk_east")
    assert codes(refusal) == ["measure.breach_without_photo"]
    shown = inputs.Breach(
        seen_on=clock.today(), seen="夜间开机", photos=(steps.picture(world, measure, "clerk_east"),)
    )
    assert steps.taken(world, measure, "record_breach", shown, "clerk_east").broken == 1


def test_the_unit_sees_what_it_was_told_and_no_proposal(world: World) -> None:
    hidden, told = steps.proposed_seizure(world), steps.ordered(world)
    seen = set(visible_measures(world.actor("safety")).values_list("no", flat=True))
    assert seen == {told.no}
    assert hidden.no in visible_measures(world.actor("regulator")).values_list("no", flat=True)
    assert not visible_measures(world.actor("clerk_west")).exists()
    assert not visible_measures(world.actor("expert")).exists()
