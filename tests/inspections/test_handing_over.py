"""What an order says hands its hazards over: nobody types it twice, every deed is somebody's, and one recheck is said once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from bihuan.capabilities.hazards import inputs as hazard_inputs
from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.inspections import inputs
from bihuan.capabilities.inspections.models import Inspection
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.loops import engine
from bihuan.kernel.record.reading import entries_of
from bihuan.registers.instruments import shelf
from tests.hazards.steps import rectification
from tests.inspections.steps import (
    certify,
    do,
    ending,
    found,
    on_site,
    ordered,
    recheck,
    tick_all,
    town_on_site,
)
from tests.world import World


def hazard_of(one: Inspection, order: int = 1) -> Hazard:
    return Hazard.objects.get(no=one.findings.get(order=order).hazard_no)


def ended(world: World, *handlings: dict[str, Any], **said: Any) -> Inspection:
    one = tick_all(world, on_site(world))
    for handling in handlings:
        one = found(world, one, **handling)
    return do(world, one, "finish", ending(**said))


def verbs(hazard: Hazard) -> list[str]:
    return [entry.verb for entry in entries_of(hazard.uid)]


def submitted(world: World, hazard: Hazard, by: str = "safety") -> None:
    given = rectification(world, hazard, by)
    engine.perform("hazard", "submit_rectification", hazard.no, given, actor=world.actor(by))


def test_the_order_hands_the_hazard_over_with_what_it_says(world: World) -> None:
    due = clock.today() + timedelta(days=9)
    one = ended(world, {"due_on": due}, funds=500_000, interim="停用该通道并专人看守")
    hazard, order = hazard_of(one), shelf.latest(one.uid, "rectification_order")
    assert order is not None
    assert (hazard.state, hazard.responsible_person, hazard.rectify_by, hazard.deadline) == (
        "rectifying", "钱厂长", due, due,
    )  # fmt: skip
    assert (hazard.funds_planned_fen, hazard.contingency_plan) == (500_000, "停用该通道并专人看守")
    assert "逐条整改" in hazard.measures
    entry = list(entries_of(hazard.uid))[-1]
    assert (entry.verb, entry.actor_name) == ("assign_by_order", world.users["officer"].person.name)
    assert entry.payload["paper"] == order.number
    assert entry.signature, "the officer's own signature stands on it"
    submitted(world, hazard)


def test_what_the_order_does_not_know_the_unit_tells_before_it_reports(world: World) -> None:
    hazard = hazard_of(ordered(world))
    with pytest.raises(Refused) as refused:
        submitted(world, hazard)
    assert {one.code for one in refused.value.failures} == {"hazard.elements_incomplete"}
    assert len(refused.value.failures) == 2
    with pytest.raises(Refused) as refused:
        said = hazard_inputs.Means(funds_planned=0)
        engine.perform("hazard", "tell_means", hazard.no, said, actor=world.actor("safety"))
    assert [one.field for one in refused.value.failures] == ["contingency_plan"]
    said = hazard_inputs.Means(funds_planned=0, contingency_plan="现场看守")
    engine.perform("hazard", "tell_means", hazard.no, said, actor=world.actor("safety"))
    submitted(world, hazard)
    with pytest.raises(Refused):
        engine.perform("hazard", "tell_means", hazard.no, said, actor=world.actor("safety"))


def test_each_way_of_dealing_with_it_rests_on_its_own_paper(world: World) -> None:
    one = ended(
        world, {"handling": "at_once"}, {"handling": "measure", "measure": "责令暂时停止使用 3 号行车"}, {}
    )
    papers = [list(entries_of(hazard_of(one, place).uid))[-1].payload["paper"] for place in (1, 2, 3)]
    kinds = ["inspection_record", "onsite_measure_decision", "rectification_order"]
    assert papers == [str(shelf.latest(one.uid, kind)) for kind in kinds]
    at_once, measure, _ = (hazard_of(one, place) for place in (1, 2, 3))
    assert at_once.rectify_by == clock.today() < at_once.deadline, (
        "it has only to be reported with its picture"
    )
    assert measure.measures.startswith("责令暂时停止使用 3 号行车")
    assert measure.rectify_by > clock.today()


def test_an_order_without_the_one_who_rectifies_is_refused(world: World) -> None:
    one = found(world, tick_all(world, on_site(world)))
    with pytest.raises(Refused) as refused:
        do(world, one, "finish", ending(responsible_person=" ", measures=""))
    assert {each.code for each in refused.value.failures} == {
        "inspection.responsible_unsaid",
        "inspection.measures_unsaid",
    }
    assert not Hazard.objects.filter(origin=one.no).exists(), "all of it or nothing"


def test_what_a_town_found_is_handed_over_by_hand(world: World) -> None:
    one = town_on_site(world)
    one = tick_all(world, one, by="clerk_east")
    one = found(world, one, by="clerk_east")
    one = do(world, one, "finish", ending(), "clerk_east")
    assert hazard_of(one).state == "reported"


def test_nobody_hands_over_by_a_paper_that_does_not_stand(world: World) -> None:
    one = ordered(world)
    other = engine.open_matter(
        "hazard", "report",
        hazard_inputs.Finding(
            object=world.factory.uid, description="配电箱未接地", source="routine", found_on=clock.today()
        ),
        actor=world.actor("officer"),
    )  # fmt: skip
    said = hazard_inputs.OrderTerms(
        paper=str(shelf.latest(one.uid, "rectification_order")), responsible_person="钱厂长", measures="接地",
        rectify_by=clock.today() + timedelta(days=5),
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        engine.perform("hazard", "assign_by_order", other.no, said, actor=world.actor("officer"))
    assert {each.code for each in refused.value.failures} == {"hazard.no_order"}


def test_more_time_on_the_order_is_more_time_for_the_hazard(world: World) -> None:
    one = ordered(world)
    until = clock.today() + timedelta(days=20)
    asked = inputs.ExtensionAsked(until=until, reasons="配件未到", safeguards="停用")
    one = do(world, one, "ask_extension", asked, "safety")
    one = do(world, one, "grant_extension", inputs.ExtensionReply(opinion="同意"), "regulator_two")
    hazard = hazard_of(one)
    assert (hazard.rectify_by, hazard.deadline, verbs(hazard)[-1]) == (until, until, "follow_order")


def test_one_recheck_accepts_what_was_reported_in_time(world: World) -> None:
    one = ended(world, {}, funds=0, interim="专人看守")
    submitted(world, hazard_of(one))
    one = do(world, one, "recheck", recheck(one))
    hazard = hazard_of(one)
    assert (one.state, hazard.state, verbs(hazard)[-1]) == ("closed", "closed", "accept")
    assert "现场查看" in list(entries_of(hazard.uid))[-1].payload["opinion"]


def test_one_recheck_sends_back_and_counts_what_was_not_put_right(world: World) -> None:
    one = ended(world, {"due_on": clock.today() + timedelta(days=3)}, funds=0, interim="专人看守")
    hazard = hazard_of(one)
    later = clock.now() + timedelta(days=5)
    with clock.frozen(later):
        again = clock.today() + timedelta(days=6)
        one = do(world, one, "recheck", recheck(one, "未整改", next_due=again))
        hazard = hazard_of(one)
        assert (hazard.state, hazard.failed_acceptances, hazard.deadline) == ("rectifying", 1, again)
        assert verbs(hazard)[-1] == "recheck"


def codes(deed: Callable[[], Any]) -> set[str]:
    with pytest.raises(Refused) as refused:
        deed()
    return {one.code for one in refused.value.failures}


def test_the_day_of_an_order_moves_by_the_order_alone(world: World) -> None:
    one = ordered(world)
    hazard, later = hazard_of(one), clock.today() + timedelta(days=20)
    asked = hazard_inputs.ExtensionRequest(until=later, reason="配件未到", interim_measures="停用")
    for by in ("safety", "officer"):
        move = partial(engine.perform, "hazard", "request_extension", hazard.no, asked, actor=world.actor(by))
        assert codes(move) == {"hazard.order_moves_it"}
    said = hazard_inputs.LackingElements(
        funds_planned=0, contingency_plan="看守", rectify_by=later, responsible_person="他人"
    )
    add = partial(
        engine.perform, "hazard", "complete_elements", hazard.no, said, actor=world.actor("officer")
    )
    assert codes(add) == {"hazard.order_says_otherwise"}
    said = hazard_inputs.LackingElements(funds_planned=0, contingency_plan="看守")
    engine.perform("hazard", "complete_elements", hazard.no, said, actor=world.actor("officer"))
    assert (hazard_of(one).rectify_by, hazard_of(one).responsible_person) == (hazard.rectify_by, "钱厂长")


def test_more_time_on_the_order_keeps_to_the_policy_of_hazards(world: World) -> None:
    one = ordered(world)
    reply = inputs.ExtensionReply(opinion="同意")

    def ask(days: int) -> Inspection:
        until = clock.today() + timedelta(days=days)
        asked = inputs.ExtensionAsked(until=until, reasons="配件未到", safeguards="停用")
        return do(world, one, "ask_extension", asked, "safety")

    ask(10 + 31)
    grant = partial(do, world, one, "grant_extension", reply, "regulator_two")
    assert codes(grant) == {"hazard.extension_too_long"}
    assert (hazard_of(one).rectify_by, one.findings.get().due_on) == (one.deadline, one.deadline), (
        "neither moved"
    )
    do(world, one, "refuse_extension", inputs.ExtensionReply(opinion="太长"), "regulator_two")
    ask(10 + 30)
    grant()
    ask(10 + 31)
    assert codes(grant) == {"hazard.extension_too_often"}


def test_a_new_day_the_hazard_cannot_have_is_refused_at_the_recheck(world: World) -> None:
    one = ended(world, {"due_on": clock.today() + timedelta(days=3)}, funds=0, interim="专人看守")
    with clock.frozen(clock.now() + timedelta(days=5)):
        far = clock.today() + timedelta(days=91)
        again = partial(do, world, one, "recheck", recheck(one, "未整改", next_due=far))
        assert codes(again) == {"hazard.rectify_by_too_far"}
        assert hazard_of(one).failed_acceptances == 0


def test_a_recheck_entered_later_tells_the_day_it_was_made(world: World) -> None:
    one = ended(world, {"due_on": clock.today() + timedelta(days=3)}, funds=0, interim="专人看守")
    there = clock.today() + timedelta(days=5)
    with clock.frozen(clock.now() + timedelta(days=7)):
        again = clock.today() + timedelta(days=6)
        do(world, one, "recheck", recheck(one, "未整改", next_due=again, rechecked_on=there))
        assert list(entries_of(hazard_of(one).uid))[-1].payload["checked_on"] == there.isoformat()


def test_who_was_not_there_accepts_nothing_by_entering_it(world: World) -> None:
    one = ended(world, {}, funds=0, interim="专人看守")
    submitted(world, hazard_of(one))
    certify(world, "regulator_two")
    there = "\n".join(world.users[name].person.name for name in ("officer", "regulator"))
    one = do(world, one, "recheck", recheck(one, officers=there), "regulator_two")
    assert (one.state, hazard_of(one).state) == ("closed", "awaiting_acceptance")


def test_who_reported_it_for_the_unit_does_not_accept_it_by_the_recheck(world: World) -> None:
    one = ended(world, {}, funds=0, interim="专人看守")
    submitted(world, hazard_of(one), "officer")
    one = do(world, one, "recheck", recheck(one))
    assert (one.state, hazard_of(one).state) == ("closed", "awaiting_acceptance")
