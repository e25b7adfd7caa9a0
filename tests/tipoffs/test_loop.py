"""The way of an item: admitted, referred, dealt with, answered and settled by others than who dealt with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bihuan.capabilities.tipoffs import inputs
from bihuan.capabilities.tipoffs.models import Batch
from bihuan.kernel import clock
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.escalation import climb_all
from bihuan.kernel.loops.models import Escalation
from bihuan.kernel.record.verification import verify
from tests.tipoffs import steps
from tests.world import World

SOON = clock.today() + timedelta(days=10)


def refused(world: World, item: object, verb: str, given: object, by: str = "office") -> set[str]:
    with pytest.raises(Refused) as found:
        steps.do(world, item, verb, given, by)  # type: ignore[arg-type]
    return {failure.code for failure in found.value.failures}


def test_an_item_goes_its_whole_way_and_its_batch_closes_with_it(world: World) -> None:
    item = steps.settled(world)
    assert (item.state, item.closed_on) == ("settled", clock.today())
    assert item.batch.state == "closed"
    assert item.batch.closed_on == clock.today()


def test_a_batch_stays_open_while_one_of_its_items_is_and_opens_again_with_one(world: World) -> None:
    first = steps.received(world)
    second = steps.another(world, first.batch)
    assert second.ordinal == 2
    first = steps.settled(world, first)
    assert first.batch.state == "open"
    steps.rejected(world, second)
    assert Batch.objects.get().state == "closed"
    again = inputs.SendingBack(reason="举报人反映又堵上了", handle_by=SOON)
    first = steps.do(world, first, "reopen", again)
    assert (first.state, first.replied_on, first.batch.state) == ("handling", None, "open")


def test_who_handles_it_never_settles_it(world: World) -> None:
    item = steps.handling(world, agency=world.office.pk)
    item = steps.do(world, item, "report_result", steps.result(), "office")
    item = steps.do(
        world, item, "reply", inputs.Reply(reply="已经清空。", replied_on=clock.today()), "office"
    )
    assert refused(world, item, "settle", inputs.Settling(), "office") == {"loop.same_person"}
    assert steps.do(world, item, "settle", inputs.Settling(), "office_two").state == "settled"


def test_a_unit_may_object_and_the_office_sends_it_on_or_upholds(world: World) -> None:
    item = steps.handling(world)
    item = steps.do(world, item, "decline", inputs.Reason(reason="属于建筑施工"), "regulator")
    given = inputs.Reassignment(agency=world.builders.pk, reason="承办单位异议成立")
    item = steps.do(world, item, "reassign", given)
    assert (item.agency_id, item.declined) == (world.builders.pk, "")


def test_no_extension_goes_beyond_the_day_another_organ_asked_for(world: World) -> None:
    given = {"channel": "city", "origin": "市住建局", "origin_no": "市建投〔2026〕17号", "reply_by": SOON}
    item = steps.handling(world, steps.received(world, **given), handle_by=SOON - steps.DAY)
    assert item.due_on == SOON
    asked = inputs.ExtensionRequest(until=SOON + steps.DAY, reason="等检测报告")
    assert refused(world, item, "request_extension", asked, "regulator") == {"tipoff.extension_beyond_origin"}
    item = steps.do(world, item, "request_extension", replace(asked, until=SOON), "regulator")
    item = steps.do(world, item, "grant_extension", inputs.Opinion(opinion="同意"))
    assert (item.handle_by, item.deadline) == (SOON, SOON)


def test_the_same_transfer_twice_finds_the_first(world: World) -> None:
    given = {"channel": "city", "origin": "市住建局", "origin_no": "市建投〔2026〕17号"}
    first = steps.registered(world, **given)
    with pytest.raises(Refused, match=first.no):
        steps.registered(world, by="office_two", **given)
    steps.registered(world, **{**given, "origin": "市应急局"})
    assert Batch.objects.count() == 2


def test_a_merged_item_is_counted_and_ends_with_its_leading_one(world: World) -> None:
    lead, other = steps.received(world), steps.received(world)
    merged = steps.merged(world, other, lead)
    assert (merged.state, merged.batch.state) == ("merged", "open")
    lead = steps.settled(world, lead)
    merged = steps.fresh(merged)
    assert (merged.state, merged.closed_on, merged.batch.state) == ("settled", lead.closed_on, "closed")
    steps.do(world, lead, "reopen", inputs.SendingBack(reason="又堵上了", handle_by=SOON))
    merged = steps.fresh(merged)
    assert (merged.state, merged.batch.state) == ("merged", "open")


@pytest.mark.parametrize("way", ["itself", "merged", "closed", "unknown"])
def test_nothing_is_merged_into_what_cannot_lead(world: World, way: str) -> None:
    item, lead, third = (steps.received(world) for _ in range(3))
    no = {"itself": item.no, "merged": third.no, "closed": lead.no, "unknown": "370403-Q2026-999999"}[way]
    if way == "merged":
        steps.merged(world, third, lead)
    if way == "closed":
        steps.rejected(world, lead)
    expected = {"tipoff.lead_" + way}
    assert refused(world, item, "merge", inputs.Merging(lead=no, reason="同一件事")) == expected


def test_a_withdrawal_keeps_the_item_open(world: World) -> None:
    item = steps.handling(world)
    item = steps.do(world, item, "note_withdrawal", inputs.Withdrawal(withdrawn_on=clock.today()))
    assert (item.state, item.withdrawn_on) == ("handling", clock.today())


def test_what_is_late_climbs_the_chain_and_never_to_an_enterprise(world: World) -> None:
    item = steps.handling(world, steps.received(world, subject=world.factory.uid))
    with clock.frozen(clock.now() + timedelta(days=90)):
        climb_all()
    rungs = Escalation.objects.filter(matter=item.uid).order_by("level").values_list("holder", flat=True)
    assert list(rungs) == ["lead", "office", "leader"]


def test_the_record_holds_through_the_whole_way(world: World) -> None:
    lead, other = steps.received(world), steps.received(world)
    steps.merged(world, other, lead)
    steps.settled(world, lead)
    steps.another(world, steps.registered(world))
    assert verify().ok


def test_a_gate_refuses_a_telephone_number_in_plain_words(world: World) -> None:
    with pytest.raises(Refused) as found:
        steps.registered(world, words=f"我的电话 {steps.PHONE}，厂里安全出口堵了", reporter_phone=steps.PHONE)
    assert {failure.code for failure in found.value.failures} == {"tipoff.names_somebody"}
    with pytest.raises(Refused) as found:
        steps.registered(world, words=f"我是{steps.NAME}，厂里安全出口堵了", reporter_name=steps.NAME)
    assert {failure.code for failure in found.value.failures} == {"tipoff.names_reporter"}


def test_a_hand_that_is_not_the_offices_admits_nothing(world: World) -> None:
    item = steps.received(world)
    for name in ("leader", "regulator", "clerk_east", "safety", "auditor", "grid"):
        with pytest.raises((Absent, Refused)):
            engine.perform("tipoff", "admit", item.no, inputs.Admission(), actor=world.actor(name))
