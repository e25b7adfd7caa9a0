"""Who is rewarded, for what, and who collects: ways to be paid that are closed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bihuan.capabilities.tipoffs import hooks, inputs, receiving
from bihuan.capabilities.tipoffs.hooks import Known
from bihuan.capabilities.tipoffs.models import Item
from bihuan.capabilities.tipoffs.states import Link
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.loops import engine
from tests.tipoffs import steps
from tests.tipoffs.test_becoming import GROUND, became_hazard
from tests.world import World

YES = inputs.Opinion(opinion="同意")


def refused(world: World, item: Item, verb: str, given: Any, by: str = "office") -> set[str]:
    with pytest.raises(Refused) as found:
        steps.do(world, item, verb, given, by)
    return {failure.code for failure in found.value.failures}


def proposal(no: str) -> inputs.RewardProposal:
    return inputs.RewardProposal(basis="major_hazard", no=no, reason="属实")


def proposed(world: World, item: Item | None = None) -> Item:
    item, hazard = became_hazard(
        world, steps.handling(world, item), grade="major", criterion=GROUND["criterion"]
    )
    item = steps.do(world, item, "report_result", steps.result(), "regulator")
    return steps.do(world, item, "propose_reward", proposal(hazard.no))


def paid(code: str = "") -> inputs.RewardPaid:
    return inputs.RewardPaid(paid_on=clock.today(), means="counter", voucher="2026-0019", code=code)


def test_what_was_not_so_is_not_rewarded(world: World) -> None:
    item, hazard = became_hazard(world, grade="major", criterion=GROUND["criterion"])
    item = steps.do(world, item, "report_result", steps.result(outcome="unverified"), "regulator")
    assert refused(world, item, "propose_reward", proposal(hazard.no)) == {"tipoff.reward_not_verified"}


def test_whoever_told_first_is_rewarded_also_by_a_merged_item(world: World) -> None:
    first = steps.received(world, received_on=clock.today() - timedelta(days=3))
    lead, hazard = became_hazard(world, grade="major", criterion=GROUND["criterion"])
    steps.merged(world, first, lead)
    lead = steps.do(world, lead, "report_result", steps.result(), "regulator")
    assert refused(world, lead, "propose_reward", proposal(hazard.no)) == {"tipoff.reward_told_before"}
    lead = steps.do(world, lead, "reply", inputs.Reply(reply="属实，已清空。", replied_on=clock.today()))
    steps.do(world, lead, "settle", inputs.Settling())
    first = steps.do(world, steps.fresh(first), "propose_reward", proposal(hazard.no))
    assert first.reward is not None
    assert first.reward["amount_fen"] == 300_000


def test_a_reward_whose_ground_changed_is_not_approved(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    item = proposed(world)
    assert item.reward is not None
    fined = Known(item.reward["no"], "已罚款", fine_fen=5_000_000, grade="major")
    monkeypatch.setitem(hooks._knows, Link.HAZARD, lambda no: fined)
    assert refused(world, item, "approve_reward", YES, "office_two") == {"tipoff.reward_changed"}
    monkeypatch.undo()
    assert steps.do(world, item, "approve_reward", YES, "office_two").reward is not None


def test_contact_noted_afterwards_collects_nothing(world: World) -> None:
    number = steps.told()
    item = steps.do(world, proposed(world, Item.objects.get()), "approve_reward", YES, "office_two")
    engine.perform(
        "tipoff_batch", "note_reporter", item.batch.no, inputs.Reporter(reporter_phone=steps.PHONE),
        actor=world.actor("office"), version=item.batch.version,
    )  # fmt: skip
    item = steps.fresh(item)
    assert not item.batch.anonymous
    assert refused(world, item, "pay_reward", paid()) == {"tipoff.code_wrong"}
    seen = receiving.progress_of(number)
    assert seen is not None
    told = seen.items[0].reward
    assert told is not None
    item = steps.do(world, item, "pay_reward", paid(told.code))
    assert refused(world, item, "pay_reward", paid(told.code)) == {"tipoff.no_reward_approved"}
