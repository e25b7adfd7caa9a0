"""The figures of a campaign come from tags alone, under whichever of its names, and open what they count."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bihuan.capabilities.dispatch.campaigns import inputs
from bihuan.capabilities.dispatch.campaigns.models import Target
from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Refused
from bihuan.kernel.figures import answers
from bihuan.kernel.figures.checking import check
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.loops import engine
from tests.dispatch import campaign_steps as steps
from tests.dispatch import steps as task_steps
from tests.dispatch.test_tasks import codes
from tests.hazards import steps as hazard_steps
from tests.world import World

NEW = "有限空间作业百日攻坚"


def since() -> tuple[Period, Any]:
    return Period.since(clock.today() - timedelta(days=10)), clock.today()


def renamed(world: World, campaign: Any) -> Any:
    return steps.taken(world, campaign, "rename", inputs.Renaming(name=NEW, reason="更名"), "office")


def test_hazards_and_tasks_carry_only_what_is_on(world: World) -> None:
    for make in (
        lambda: hazard_steps.reported(world, campaign="没有这项行动"),
        lambda: task_steps.dispatched(world, campaign="没有这项行动"),
    ):
        with pytest.raises(Refused) as refused:
            make()
        assert codes(refused) == {"campaign.unknown"}
    steps.under_way(world)
    assert hazard_steps.reported(world, campaign=steps.NAME).campaign == steps.NAME
    assert task_steps.dispatched(world, campaign=steps.NAME).campaign == steps.NAME


def test_a_hazard_of_before_the_campaign_is_not_counted_into_it(world: World) -> None:
    steps.under_way(world, first_day=clock.today())
    with pytest.raises(Refused) as refused:
        hazard_steps.reported(world, campaign=steps.NAME, found_on=clock.today() - timedelta(days=1))
    assert codes(refused) == {"campaign.not_begun"}


def test_figures_by_the_present_name_count_what_the_former_one_marked(world: World) -> None:
    campaign = steps.under_way(world)
    hazard_steps.reported(world, campaign=steps.NAME)
    task_steps.closed(world, campaign=steps.NAME)
    renamed(world, campaign)
    hazard_steps.reported(world, place="另一处", campaign=NEW)
    period, today = since()
    for name in (NEW, steps.NAME):
        found = answers.values(["hazards.found", "tasks.closed"], period, today, Scope(campaign=name))
        assert {key: value.amount for key, value in found.items()} == {"hazards.found": 2, "tasks.closed": 1}
        assert answers.records("hazards.found", period, today, Scope(campaign=name)).count() == 2
        assert found["hazards.found"].scope.campaign == NEW
    by = answers.value("hazards.found", period, today, by="campaign").by
    assert {name: value.amount for name, value in by.items()} == {NEW: 2}
    assert check(seed=1).ok


def test_what_ledgers_call_it_is_counted_where_it_was_taken_in(world: World) -> None:
    campaign = steps.under_way(world)
    hazard = hazard_steps.reported(world)
    Hazard.objects.filter(pk=hazard.pk).update(campaign="有限空间整治")  # as a ledger has it
    period, today = since()
    assert answers.value("hazards.found", period, today, Scope(campaign=steps.NAME)).amount == 0
    given = inputs.Adoption(name="有限空间整治", reason="镇街台账的叫法")
    steps.taken(world, campaign, "adopt", given, "office")
    assert answers.value("hazards.found", period, today, Scope(campaign=steps.NAME)).amount == 1


def test_a_correction_leaves_the_words_of_a_ledger_alone(world: World) -> None:
    hazard = hazard_steps.reported(world)
    Hazard.objects.filter(pk=hazard.pk).update(campaign="有限空间整治")
    given = hazard_steps.inputs.Correction(place="三车间", reason="写错", campaign="有限空间整治")
    engine.perform("hazard", "correct", hazard.no, given, actor=world.actor("office"))
    assert Hazard.objects.get(pk=hazard.pk).campaign == "有限空间整治"


def test_coverage_is_checked_by_registered(world: World) -> None:
    campaign = steps.under_way(world)
    campaign = steps.taken(world, campaign, "enlist", inputs.Enlisting(), "office")
    assert Target.objects.count() == 2
    period, today = since()

    def covered() -> tuple[int | None, int | None]:
        value = answers.value("campaigns.coverage", period, today, Scope(campaign=steps.NAME))
        return value.numerator, value.denominator

    assert covered() == (0, 2)
    hazard_steps.reported(world, campaign=steps.NAME)
    assert covered() == (1, 2)
    given = inputs.Checks(checked_on=today, objects=world.site.name)
    campaign = steps.taken(world, campaign, "log_checks", given, "clerk_west")
    assert covered() == (2, 2)
    assert check(seed=1).ok
    again = steps.taken(world, campaign, "enlist", inputs.Enlisting(), "office")
    assert (Target.objects.count(), again.version) == (2, campaign.version + 1)


def test_only_named_objects_of_the_own_reach_are_registered_and_checked(world: World) -> None:
    campaign = steps.under_way(world)
    with pytest.raises(Refused) as refused:
        steps.taken(world, campaign, "enlist", inputs.Enlisting(picked="查无此厂"), "office")
    assert codes(refused) == {"campaign.object_unknown"}
    named = inputs.Enlisting(picked=f"{world.factory.credit_code}\n{world.factory.name}")
    campaign = steps.taken(world, campaign, "enlist", named, "office")
    assert [target.object_id for target in Target.objects.all()] == [world.factory.uid]
    for who, name, code in (
        ("office", world.site.name, "campaign.not_a_target"),
        ("clerk_west", world.factory.name, "campaign.object_unknown"),
    ):
        with pytest.raises(Refused) as refused:
            given = inputs.Checks(checked_on=clock.today(), objects=name)
            steps.taken(world, campaign, "log_checks", given, who)
        assert codes(refused) == {code}


def test_the_page_shows_its_figures_and_they_open_their_records(world: World, sign_in: Any) -> None:
    campaign = steps.under_way(world)
    hazard = hazard_steps.reported(world, campaign=steps.NAME)
    hazard_steps.reported(world, place="别处")
    steps.taken(world, campaign, "enlist", inputs.Enlisting(), "office")
    client = sign_in("office")
    page = client.get(f"/campaigns/{campaign.no}/").content.decode()
    assert "发现隐患" in page
    assert "检查覆盖率" in page
    assert "50.0%" in page
    period, today = since()
    href = f"/figures/hazards.found/records/?period={period.label}&as_of={today}&campaign={steps.NAME}"
    records = client.get(href).content.decode()
    assert hazard.no in records
    assert "：1 条" in records
    targets = client.get(f"/figures/campaigns.targets/records/?period={period.label}&campaign={steps.NAME}")
    assert world.factory.name in targets.content.decode()
    east = sign_in("clerk_east").get(f"/figures/campaigns.targets/records/?period={period.label}")
    assert world.site.name not in east.content.decode()
