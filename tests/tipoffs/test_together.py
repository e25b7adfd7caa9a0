"""Two at once: one transfer is taken in once, the later of two closed items closes the batch, none takes another's place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bihuan.capabilities.tipoffs import inputs, receipts, receiving
from bihuan.capabilities.tipoffs.models import Batch, Item
from bihuan.capabilities.tipoffs.reconciling import verify_levels
from bihuan.kernel.errors import Refused
from bihuan.kernel.loops import engine
from bihuan.kernel.record.verification import verify
from tests.dispatch.test_papers_together import at_once
from tests.tipoffs import steps
from tests.world import World, build_world

pytestmark = pytest.mark.django_db(transaction=True)


def rejecting(world: World, item: Item, by: str) -> Callable[[], Any]:
    given = inputs.Refusal(rejection="no_clue", reason="没有说明是哪一家")
    actor = world.actor(by)
    return lambda: engine.perform("tipoff", "reject", item.no, given, actor=actor)


def test_two_who_enter_one_transfer_make_one_batch() -> None:
    world = build_world()
    given = steps.batch_given(channel="city", origin="市住建局", origin_no="17号")
    actors = [world.actor("office"), world.actor("office_two")]

    def entering(actor: Any) -> Callable[[], Any]:
        return lambda: engine.open_matter("tipoff_batch", "register", given, actor=actor)

    answers = at_once(*(entering(actor) for actor in actors))
    refused = [answer for answer in answers if isinstance(answer, Refused)]
    assert [failure.code for one in refused for failure in one.failures] == ["tipoff.origin_again"]
    assert Batch.objects.count() == 1


def test_the_last_two_items_closed_at_once_close_the_batch() -> None:
    world = build_world()
    first = steps.received(world)
    second = steps.another(world, first.batch)
    answers = at_once(rejecting(world, first, "office"), rejecting(world, second, "office_two"))
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    assert Batch.objects.get().state == "closed"
    assert not list(verify_levels())
    assert verify().ok


def test_an_item_added_while_the_last_one_closes_leaves_no_batch_closed_with_an_open_item() -> None:
    world = build_world()
    item = steps.received(world)
    given = inputs.AnotherItem(batch=item.batch.no, topic="gas", words="气瓶放在厨房里")
    actor = world.actor("office_two")
    at_once(rejecting(world, item, "office"), lambda: engine.open_matter("tipoff", "add", given, actor=actor))
    assert not list(verify_levels())


def test_one_form_sent_twice_at_once_is_one_batch() -> None:
    build_world()
    number = receipts.new()
    given = receiving.TipoffGiven(items=(steps.piece(),))

    def sending() -> Any:
        return receiving.receive(given, receipt=number)

    answers = at_once(sending, sending)
    assert set(answers) == {number}
    assert Batch.objects.count() == 1


def test_an_item_merged_while_its_lead_closes_ends_with_it_or_stays_by_itself() -> None:
    world = build_world()
    lead, other = steps.received(world), steps.received(world)
    merging = inputs.Merging(lead=lead.no, reason="同一处")
    actor = world.actor("office_two")
    at_once(
        rejecting(world, lead, "office"),
        lambda: engine.perform("tipoff", "merge", other.no, merging, actor=actor),
    )
    other = steps.fresh(other)
    assert (other.state, other.closed_on is not None) in {("rejected", True), ("received", False)}
    assert not list(verify_levels())


def test_two_leads_that_took_items_of_each_others_batch_close_at_once() -> None:
    world = build_world()
    one, two = steps.received(world), steps.received(world)
    steps.merged(world, steps.another(world, one.batch), two)
    steps.merged(world, steps.another(world, two.batch), one)
    answers = at_once(rejecting(world, one, "office"), rejecting(world, two, "office_two"))
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    assert set(Batch.objects.values_list("state", flat=True)) == {"closed"}
    assert not list(verify_levels())


def test_two_items_merged_into_each_other_at_once_leave_one_that_leads() -> None:
    world = build_world()
    one, two = steps.received(world), steps.received(world)

    def merging(item: Item, lead: Item, by: str) -> Callable[[], Any]:
        given = inputs.Merging(lead=lead.no, reason="同一处")
        actor = world.actor(by)
        return lambda: engine.perform("tipoff", "merge", item.no, given, actor=actor)

    answers = at_once(merging(one, two, "office"), merging(two, one, "office_two"))
    assert all(isinstance(answer, Refused) or not isinstance(answer, Exception) for answer in answers)
    merged = Item.objects.filter(state="merged")
    assert len(merged) < 2
    assert all(item.merged_into.state == "received" for item in merged if item.merged_into)
