"""安全生产法 article 70 to the letter, and who answers when supply goes on (M132, M227)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from bihuan.capabilities.enforcement.measures import closure_inputs, cutoff_inputs, inputs
from bihuan.capabilities.enforcement.measures.models import Measure, SupplyFailure
from bihuan.capabilities.enforcement.measures.pages import PAGES
from bihuan.capabilities.enforcement.measures.showing.withholding import withheld
from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel import clock
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.escalation import climb_all
from bihuan.kernel.loops.models import Escalation
from bihuan.registers.instruments import shelf
from tests.enforcement import measure_steps as steps
from tests.web.conftest import SignIn
from tests.world import World


@pytest.fixture(autouse=True)
def morning(world: World) -> Iterator[None]:
    with clock.frozen(steps.MORNING):
        steps.ready(world)
        yield


def codes(refusal: Any) -> list[str]:
    return [failure.code for failure in refusal.value.failures]


@pytest.mark.parametrize(
    ("lacking", "code"),
    [
        ({"hazard": ""}, "measure.no_major_hazard"),
        ({"stop": ""}, "measure.no_stop_decision"),
        ({"disobeyed": ""}, "measure.not_disobeyed"),
        ({"danger": " "}, "measure.no_real_danger"),
        ({"safety": ""}, "measure.safety_not_assured"),
    ],
)
def test_each_condition_of_article_70_is_refused_by_its_own_name(
    world: World, lacking: dict[str, str], code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        steps.proposed_cutoff(world, **lacking)
    assert codes(refusal) == [code]
    assert not Measure.objects.filter(family="cutoff").exists()


def test_all_conditions_lacking_are_told_at_once(world: World) -> None:
    bare = {"hazard": "", "stop": "", "disobeyed": "", "danger": "", "safety": ""}
    with pytest.raises(Refused) as refusal:
        steps.proposed_cutoff(world, **bare)
    assert len(codes(refusal)) == 5


def test_a_general_or_closed_hazard_carries_no_cutoff(world: World) -> None:
    from tests.hazards.steps import rectifying

    for hazard in (rectifying(world), _of_another(world)):
        with pytest.raises(Refused) as refusal:
            steps.opened(
                world,
                "propose_cutoff",
                steps.cutoff(world, steps.ordered(world, scope=hazard.no), hazard, _supplier(world)),
                "officer",
            )
        assert codes(refusal) == ["measure.no_major_hazard"]


def _of_another(world: World) -> Any:
    from tests.hazards.steps import reported

    return reported(world, by="clerk_west", object=world.site.uid, grade="major", criterion=steps.CRITERION)


def _supplier(world: World) -> Any:
    from bihuan.capabilities.enforcement.measures.models import Supplier

    return Supplier.objects.first() or steps.supplier(world)


def test_a_lifted_stop_carries_no_cutoff(world: World) -> None:
    stop = steps.lifted(world)
    with pytest.raises(Refused) as refusal:
        steps.opened(
            world,
            "propose_cutoff",
            steps.cutoff(world, stop, steps.major_hazard(world), steps.supplier(world)),
            "officer",
        )
    assert codes(refusal) == ["measure.no_stop_decision"]


def test_only_the_principal_of_the_department_approves_and_never_who_proposed(world: World) -> None:
    measure = steps.proposed_cutoff(world)
    for name in ("officer", "regulator_two", "builder", "leader", "office"):
        with pytest.raises((Refused, Absent)) as refusal:
            steps.approved(world, measure, by=name)
        if isinstance(refusal.value, Refused):
            assert "loop.not_your_step" in codes(refusal)
    assert steps.approved(world, measure, by="regulator").approved_by
    assert shelf.has(measure.uid, "coercion_approval")


def test_nothing_is_cut_off_unapproved_untold_or_unwritten(world: World) -> None:
    given = cutoff_inputs.CuttingOff(stopped_at=clock.now(), result="停电")
    with pytest.raises(Refused) as refusal:
        steps.taken(world, steps.proposed_cutoff(world), "cut_off", given, "officer")
    assert codes(refusal) == ["loop.wrong_state"]
    approved = steps.approved(world, Measure.objects.get(family="cutoff"))
    with pytest.raises(Refused) as refusal:
        steps.taken(world, approved, "cut_off", given, "officer")
    assert codes(refusal) == ["measure.party_not_notified", "measure.not_in_writing"]
    told = steps.notified(world, approved)
    with pytest.raises(Refused) as refusal:
        steps.taken(world, told, "cut_off", given, "officer")
    assert codes(refusal) == ["measure.not_in_writing"]
    assert steps.cut(world, steps.sent(world, told)).state == "in_force"


@pytest.mark.parametrize(
    ("minutes", "emergency", "kind", "refused"),
    [
        (24 * 60 - 1, "", "cut_power", True),
        (24 * 60, "", "cut_power", False),
        (24 * 60 + 1, "", "cut_power", False),
        (24 * 60 - 1, "粉尘浓度持续上升，随时可能爆炸", "cut_power", False),
        (1, "", "cut_explosives", False),
    ],
)
def test_power_is_told_a_day_before_to_the_minute(
    world: World, minutes: int, emergency: str, kind: str, refused: bool
) -> None:
    measure = steps.approved(world, steps.proposed_cutoff(world, kind=kind))
    given = steps.notice(timedelta(minutes=minutes), emergency=emergency)
    if not refused:
        assert steps.taken(world, measure, "notify_party", given, "officer").starts_at == given.starts_at
        return
    with pytest.raises(Refused) as refusal:
        steps.taken(world, measure, "notify_party", given, "officer")
    assert codes(refusal) == ["measure.notice_too_short"]


def test_the_supply_goes_off_not_before_it_was_told(world: World) -> None:
    measure = steps.sent(world)
    assert measure.starts_at is not None
    early = measure.starts_at - timedelta(minutes=1)
    with clock.frozen(measure.starts_at), pytest.raises(Refused) as refusal:
        steps.taken(
            world, measure, "cut_off", cutoff_inputs.CuttingOff(stopped_at=early, result="停电"), "officer"
        )
    assert codes(refusal) == ["measure.stopped_too_early"]


def test_its_papers_are_the_notice_the_decision_and_the_restoration(world: World) -> None:
    measure = steps.cut(world)
    assert shelf.has(measure.uid, "cutoff_notice")
    decision = shelf.latest(measure.uid, "cutoff_decision")
    stop = shelf.latest(measure.stop_uid, "onsite_measure_decision")  # type: ignore[arg-type]
    assert decision is not None
    assert stop is not None
    assert decision.addressee == measure.supplier.name  # type: ignore[union-attr]
    assert decision.facts["decision_number"] == stop.number
    lifted = _lifted(world, measure)
    restored = shelf.latest(measure.uid, "supply_restoration")
    assert restored is not None
    assert restored.facts["decision_number"] == decision.number
    assert lifted.state == "lifted"
    assert "restore" in lifted.duties["open"]


def _lifted(world: World, measure: Measure) -> Measure:
    """The hazard closed, the obedience asked for by the unit, accepted by another."""
    Hazard.objects.filter(no=measure.hazard).update(grade="general")
    hazard = Hazard.objects.get(no=measure.hazard)
    with clock.frozen(steps.MORNING + timedelta(days=3)):
        given = inputs.Application(done="已停产并清理", applied_on=clock.today())
        measure = steps.taken(world, measure, "apply_lifting", given, "safety")
        with pytest.raises(Refused) as refusal:
            steps.taken(world, measure, "accept", steps.acceptance(), "regulator")
        assert codes(refusal) == ["measure.hazard_still_open"]
        steps.close_hazard(world, hazard)
        return steps.taken(world, measure, "accept", steps.acceptance(), "regulator")


def test_the_stop_is_not_lifted_while_its_supply_is_off(world: World) -> None:
    measure = steps.cut(world)
    stop = steps.fresh(Measure.objects.get(uid=measure.stop_uid))
    with clock.frozen(steps.MORNING + timedelta(days=2)):
        stop = steps.applied(world, stop)
        with pytest.raises(Refused) as refusal:
            steps.lifted(world, stop)
    assert codes(refusal) == ["measure.supply_still_cut"]


def test_the_supplier_acknowledges_by_page_and_others_by_evidence(world: World) -> None:
    measure = steps.sent(
        world, steps.notified(world, steps.approved(world, steps.proposed_cutoff(world, account=True)))
    )
    bare = cutoff_inputs.Reply(agreed="yes", handlers="电某", words="照办", replied_at=clock.now())
    with pytest.raises(Refused) as refusal:
        steps.taken(world, measure, "acknowledge", bare, "officer")
    assert codes(refusal) == ["measure.reply_without_evidence"]
    assert steps.taken(world, measure, "acknowledge", bare, "supplier").handlers == "电某"


def test_a_supplier_sees_a_measure_from_the_decision_on(world: World) -> None:
    from bihuan.capabilities.enforcement.measures.access import visible_measures

    measure = steps.notified(world, steps.approved(world, steps.proposed_cutoff(world, account=True)))
    assert not visible_measures(world.actor("supplier")).exists()
    steps.sent(world, measure)
    assert [one.no for one in visible_measures(world.actor("supplier"))] == [measure.no]


def test_a_supplier_reads_the_order_and_nothing_of_what_was_found_there(
    world: World, sign_in: SignIn
) -> None:
    measure = steps.sent(
        world, steps.notified(world, steps.approved(world, steps.proposed_cutoff(world, account=True)))
    )
    reasons = [text for text in (measure.disobeyed, measure.danger, measure.safety, measure.stop_no) if text]
    assert len(reasons) == 4
    page = sign_in("supplier").get(f"/measures/{measure.no}/").content.decode()
    assert measure.object.name in page
    assert "尚未答复" in page
    assert not [text for text in reasons if text in page]
    assert "第七十条各项条件" not in page
    mine = set(shelf.visible_instruments(world.actor("supplier")).values_list("kind", flat=True))
    assert mine == {"cutoff_decision"}, "the notice is the unit's, the approval nobody's outside"
    told = PAGES.resource(measure)
    kept_back = set(withheld(world.actor("supplier"), measure))
    assert not [told[key] for key in ("hazard", "origin", "stop_no") if key not in kept_back]
    for name in ("officer", "safety"):
        page = sign_in(name).get(f"/measures/{measure.no}/").content.decode()
        assert measure.danger in page
        assert withheld(world.actor(name), measure) == ()


def test_a_missing_reply_climbs_and_is_listed(world: World) -> None:
    from bihuan.capabilities.enforcement.measures.showing.listing import unanswered

    measure = steps.sent(world)
    assert measure.duties["open"]["acknowledge"]["due"] == "2026-03-11"  # type: ignore[index]
    assert Measure.objects.filter(unanswered()).get() == measure
    with clock.frozen(steps.MORNING + timedelta(days=1)):
        climb_all()
        assert not Escalation.objects.filter(matter=measure.uid, duty="acknowledge").exists()
    with clock.frozen(steps.MORNING + timedelta(days=4)):
        climb_all()
    rungs = Escalation.objects.filter(matter=measure.uid, duty="acknowledge").order_by("level")
    assert [rung.holder for rung in rungs] == ["sector", "office"]
    steps.replied(world, steps.fresh(measure))
    assert not Measure.objects.filter(unanswered()).exists()
    assert not Escalation.objects.filter(matter=measure.uid, duty="acknowledge", settled_at=None).exists()


def _supplied(world: World, **changes: Any) -> SupplyFailure:
    measure = steps.cut(world, steps.replied(world, steps.sent(world)))
    assert measure.stopped_at is not None
    with clock.frozen(measure.stopped_at + timedelta(hours=5)):
        given = steps.supply_found(world, measure, measure.stopped_at + timedelta(minutes=1), **changes)
        steps.taken(world, measure, "record_supply", given, "clerk_east")
    return SupplyFailure.objects.get()


def test_supply_inside_the_period_is_a_failure_of_the_department_and_names_persons(world: World) -> None:
    failure = _supplied(world, handlers="合闸员张三")
    assert failure.agency == world.builders
    assert failure.handlers == "合闸员张三、电某（调度员）"
    assert failure.measure.supplied == 1
    assert failure.state == "found"


def test_supply_before_the_stop_is_none(world: World) -> None:
    measure = steps.cut(world)
    assert measure.stopped_at is not None
    with clock.frozen(measure.stopped_at + timedelta(hours=1)):
        given = steps.supply_found(world, measure, measure.stopped_at - timedelta(minutes=1))
        with pytest.raises(Refused) as refusal:
            steps.taken(world, measure, "record_supply", given, "clerk_east")
    assert codes(refusal) == ["measure.supplied_before_stop"]
    assert not SupplyFailure.objects.exists()


def test_a_failure_closes_with_a_decision_about_those_named(world: World) -> None:
    failure = _supplied(world)
    with clock.frozen(steps.MORNING + timedelta(days=3)):
        told = closure_inputs.Explanation(
            finding="值班员误合闸", causes="停供名单未交接", handlers="班长李四"
        )
        engine.perform("supply_failure", "explain", failure.no, told, actor=world.actor("builder"))
        decided = closure_inputs.Outcome(decision="李四记过，电某诫勉", document_no="薛供〔2026〕8号")
        engine.perform("supply_failure", "decide", failure.no, decided, actor=world.actor("office"))
    failure.refresh_from_db()
    assert (failure.state, failure.handlers) == ("closed", "电某（调度员）、班长李四")


def test_a_failure_without_any_person_is_not_explained(world: World) -> None:
    measure = steps.cut(world)
    assert measure.stopped_at is not None
    with clock.frozen(measure.stopped_at + timedelta(hours=1)):
        steps.taken(
            world,
            measure,
            "record_supply",
            steps.supply_found(world, measure, measure.stopped_at),
            "clerk_east",
        )
        failure = SupplyFailure.objects.get()
        nobody = closure_inputs.Explanation(finding="不清楚", causes="不清楚")
        with pytest.raises(Refused) as refusal:
            engine.perform("supply_failure", "explain", failure.no, nobody, actor=world.actor("builder"))
    assert codes(refusal) == ["supply_failure.nobody_named"]


def test_nothing_is_cut_off_when_its_stop_or_hazard_is_gone(world: World) -> None:
    proposed = steps.proposed_cutoff(world)
    stop = Measure.objects.get(pk=proposed.stop_uid)
    steps.lifted(world, steps.applied(world, stop))
    with pytest.raises(Refused) as refusal:
        steps.approved(world, proposed)
    assert codes(refusal) == ["measure.no_stop_decision"]


def test_a_hazard_that_is_no_longer_major_before_the_supply_is_off_ends_it(world: World) -> None:
    ready = steps.sent(world)
    assert ready.starts_at is not None
    Hazard.objects.filter(no=ready.hazard).update(grade="general")
    with clock.frozen(ready.starts_at), pytest.raises(Refused) as refusal:
        steps.cut(world, ready)
    assert "measure.no_major_hazard" in codes(refusal)


def test_no_notice_was_given_before_it_was_written(world: World) -> None:
    approved = steps.approved(world, steps.proposed_cutoff(world))
    with pytest.raises(Refused) as refusal:
        steps.notified(
            world, approved, notified_at=clock.now() - timedelta(hours=25), starts_at=clock.now() + timedelta(minutes=1)
        )  # fmt: skip
    assert codes(refusal) == ["measure.notified_before_paper"]
