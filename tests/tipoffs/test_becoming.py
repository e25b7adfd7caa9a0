"""What tip-offs become, what comes back by itself, and what a reporter is paid for it."""

from __future__ import annotations

from typing import Any

import pytest

from bihuan.capabilities.enforcement.crackdown.models import Item as Site
from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.tipoffs import inputs, receipts, receiving, rewards
from bihuan.capabilities.tipoffs.hooks import Known
from bihuan.capabilities.tipoffs.models import Item
from bihuan.capabilities.tipoffs.states import RewardBasis
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.loops import engine
from tests.hazards import steps as hazards
from tests.tipoffs import steps
from tests.world import World

GROUND = {"grade": "major", "criterion": "GM-11-03"}


def hazard_given(world: World, **changes: Any) -> inputs.HazardGiven:
    values: dict[str, Any] = {
        "subject": world.factory.uid, "place": "二车间", "description": "安全出口被布料堵死，疏散宽度不足一米",
        "found_on": clock.today(),
    }  # fmt: skip
    return inputs.HazardGiven(**{**values, **changes})


def became_hazard(world: World, item: Item | None = None, **changes: Any) -> tuple[Item, Hazard]:
    item = steps.do(
        world, item or steps.handling(world), "make_hazard", hazard_given(world, **changes), "regulator"
    )
    return item, Hazard.objects.get(no=item.links[0]["no"])


def accepted(world: World, hazard: Hazard) -> None:
    def do(verb: str, given: Any, by: str) -> None:
        engine.perform("hazard", verb, hazard.no, given, actor=world.actor(by))

    do("assign", hazards.elements(), "clerk_east")
    do("submit_rectification", hazards.rectification(world, hazard), "safety")
    do("accept", hazards.inputs.Acceptance(accepted_on=clock.today()), "clerk_east")


def test_a_tip_off_becomes_a_hazard_and_hears_when_it_is_closed(world: World) -> None:
    item, hazard = became_hazard(world)
    assert (hazard.source, hazard.origin, hazard.state) == ("tip_off", item.no, "reported")
    accepted(world, hazard)
    item = steps.fresh(item)
    assert item.links[0]["done_on"] == clock.today().isoformat()
    assert item.links[0]["says"] == "已验收销号"
    owed = (item.duties or {})["open"]["feed_back"]
    assert hazard.no in owed["rule"]
    item = steps.do(world, item, "report_result", steps.result(), "regulator")
    assert "feed_back" not in ((item.duties or {}).get("open") or {})


def test_an_illegal_site_is_a_lead_of_the_crackdown_that_names_where_it_came_from(world: World) -> None:
    item = steps.handling(world)
    given = inputs.LeadGiven(
        code="den.storage", place_type="idle_house", place="东湖镇", address="桥头院落", description="院内存放气瓶三十只",
        found_on=clock.today(),
    )  # fmt: skip
    item = steps.do(world, item, "make_lead", given, "office")
    site = Site.objects.get(no=item.links[0]["no"])
    assert (site.origin, site.source) == (item.no, "tip_off")


def test_a_choice_the_other_room_does_not_know_is_refused_there_and_nothing_is_written(world: World) -> None:
    item = steps.handling(world)
    given = inputs.LeadGiven(
        code="weather", place_type="idle_house", place="东湖镇", address="桥头", description="院内存放气瓶",
        found_on=clock.today(),
    )  # fmt: skip
    with pytest.raises(Refused):
        steps.do(world, item, "make_lead", given)
    assert not Site.objects.exists()
    assert steps.fresh(item).links == []


def test_an_accident_nobody_took_down_cannot_be_linked(world: World) -> None:
    item = steps.handling(world)
    with pytest.raises(Refused, match="没有查到事故"):
        steps.do(world, item, "link_accident", inputs.AccidentLinked(accident="370403-A2026-000099"))


@pytest.mark.parametrize(
    ("fine_yuan", "reward_yuan"),
    [
        (1_000, 3_000),
        (20_000, 3_000),
        (20_001, "3000.15"),
        (265_800, 39_870),
        (2_000_000, 300_000),
        (9_000_000, 300_000),
    ],
)
def test_fifteen_percent_of_the_fine_within_its_limits(fine_yuan: int, reward_yuan: int | str) -> None:
    known = Known("370403-C2026-000001", "违法", fine_fen=fine_yuan * 100)
    found = rewards.reckon(RewardBasis.FINE, known, clock.today())
    assert found.fen == round(float(reward_yuan) * 100)
    assert "待核对" in found.rule


@pytest.mark.parametrize(
    ("grade", "deaths", "yuan"),
    [("general", 1, 30_000), ("general", 2, 60_000), ("significant", 3, 120_000), ("significant", 9, 300_000),
     ("major", 10, 300_000), ("exceptional", 4, 240_000)],
)  # fmt: skip
def test_so_much_for_each_death_concealed(grade: str, deaths: int, yuan: int) -> None:
    known = Known("370403-A2026-000001", "事故", grade=grade, deaths=deaths)
    assert rewards.reckon(RewardBasis.CONCEALED, known, clock.today()).fen == yuan * 100


@pytest.mark.parametrize(
    ("basis", "known"),
    [
        (RewardBasis.FINE, Known("C", "未决定")), (RewardBasis.FINE, None),
        (RewardBasis.MAJOR_HAZARD, Known("H", "一般隐患", grade="general")),
        (RewardBasis.MAJOR_HAZARD, Known("H", "已罚款", grade="major", fine_fen=100_000)),
        (RewardBasis.CONCEALED, Known("A", "没有瞒报", grade="general")),
    ],
)  # fmt: skip
def test_what_carries_no_reward_is_refused_with_the_reason(basis: RewardBasis, known: Known | None) -> None:
    with pytest.raises(Refused):
        rewards.reckon(basis, known, clock.today())


def test_a_reward_is_proposed_approved_by_another_and_collected_without_a_name(world: World) -> None:
    number = steps.told()
    item, hazard = became_hazard(world, steps.handling(world, Item.objects.get()), **GROUND)
    item = steps.do(world, item, "report_result", steps.result(), "regulator")
    item = steps.do(
        world,
        item,
        "propose_reward",
        inputs.RewardProposal(basis="major_hazard", no=hazard.no, reason="属实"),
    )
    assert item.reward is not None
    assert item.reward["amount_fen"] == 300_000
    yes = inputs.Opinion(opinion="同意")
    with pytest.raises(Refused, match="同一人"):
        steps.do(world, item, "approve_reward", yes)
    item = steps.do(world, item, "approve_reward", yes, "office_two")
    seen = receiving.progress_of(number)
    assert seen is not None
    told = seen.items[0].reward
    assert told is not None
    paid = {"paid_on": clock.today(), "means": "counter", "voucher": "2026-0019"}
    for wrong in ("", "00000000", number[:8]):
        with pytest.raises(Refused, match="领奖码不对"):
            steps.do(world, item, "pay_reward", inputs.RewardPaid(code=wrong, **paid))
    item = steps.do(world, item, "pay_reward", inputs.RewardPaid(code=told.code, **paid))
    assert item.reward is not None
    assert item.reward["paid_on"] == clock.today().isoformat()
    assert receipts.digest(number).hex() not in repr(item.reward)


def test_one_hazard_is_rewarded_once(world: World) -> None:
    item, hazard = became_hazard(world, **GROUND)
    item = steps.do(world, item, "report_result", steps.result(), "regulator")
    given = inputs.RewardProposal(basis="major_hazard", no=hazard.no, reason="属实")
    steps.do(world, item, "propose_reward", given)
    other = steps.reported(world, steps.received(world))
    with pytest.raises(Refused, match="不是本件转成或关联"):
        steps.do(
            world,
            other,
            "propose_reward",
            inputs.RewardProposal(basis="fine", no="370403-C2026-000001", reason="属实"),
        )
    with pytest.raises(Refused, match="不重复奖励"):
        steps.do(world, other, "propose_reward", given)
