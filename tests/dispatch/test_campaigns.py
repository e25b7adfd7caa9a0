"""A campaign from its draft to its end: what its plan needs, who may, what its name means."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext

from bihuan.capabilities.dispatch.campaigns import inputs
from bihuan.capabilities.dispatch.campaigns.access import access_campaign, visible_campaigns
from bihuan.capabilities.dispatch.campaigns.loop import CAMPAIGN
from bihuan.capabilities.dispatch.campaigns.models import Campaign, CampaignName
from bihuan.capabilities.dispatch.campaigns.reporting import kind_of
from bihuan.capabilities.dispatch.campaigns.states import CampaignState
from bihuan.kernel import campaigns, clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.expectations.models import Expectation, Standing
from bihuan.kernel.loops.grid import grid
from bihuan.kernel.loops.permits import standing_failures
from bihuan.kernel.record.reading import entries_of
from tests.dispatch import campaign_steps as steps
from tests.dispatch.test_tasks import codes
from tests.world import World

PEOPLE = {"coordinator": "office", "lead": "regulator", "member": "clerk_east"}
MAKERS: dict[CampaignState, Any] = {
    CampaignState.DRAFTED: steps.drafted,
    CampaignState.UNDER_WAY: steps.under_way,
    CampaignState.SUMMING_UP: steps.summing_up,
    CampaignState.ENDED: steps.ended,
}


def test_a_campaign_goes_from_its_draft_to_its_end(world: World) -> None:
    campaign = steps.ended(world)
    assert (campaign.state, campaign.ended_on) == ("ended", clock.today())
    assert [entry.verb for entry in entries_of(campaign.uid)] == ["draft", "approve", "sum_up", "end"]


@pytest.mark.parametrize("state", list(CampaignState), ids=lambda state: state.value)
def test_each_hand_may_do_what_is_declared_and_nothing_else(world: World, state: CampaignState) -> None:
    campaign = MAKERS.get(state, steps.drafted)(world)
    campaign.state = state.value
    for cell in (cell for cell in grid(CAMPAIGN) if cell.state is state):
        actor, deed = world.actor(PEOPLE[cell.hand]), CAMPAIGN.deed(cell.deed)
        found = {failure.code for failure in standing_failures(CAMPAIGN, deed, campaign, actor)}
        held = any(hand.holds(actor, campaign) for hand in deed.by)
        assert bool(found & {"loop.wrong_state", "loop.not_your_step"}) != (deed.leaves(state) and held), cell


@pytest.mark.parametrize(
    ("lacking", "code"),
    [
        ({"superior": ""}, "campaign.no_superior"),
        ({"duties_served": ""}, "campaign.no_duties"),
        ({"development": ""}, "campaign.no_development"),
        ({"lead": None}, "campaign.no_lead"),
        ({"first_day": None}, "campaign.no_days"),
        ({"last_day": None}, "campaign.no_days"),
    ],
)
def test_a_plan_that_lacks_one_of_five_fails_its_review(
    world: World, lacking: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        steps.under_way(world, **lacking)
    assert codes(refused) == {code}
    whole = steps.plan(world)
    mended = steps.taken(world, Campaign.objects.get(), "revise", whole, "office_two")
    assert steps.taken(world, mended, "approve", inputs.Approval(), "office").state == "under_way"


def test_all_that_a_plan_lacks_is_told_at_once(world: World) -> None:
    bare = {"superior": "", "duties_served": "", "development": "", "lead": None, "first_day": None}
    with pytest.raises(Refused) as refused:
        steps.under_way(world, **bare)
    assert len(codes(refused)) == 5


def test_nobody_reviews_the_own_plan(world: World) -> None:
    campaign = steps.drafted(world, by="office")
    with pytest.raises(Refused) as refused:
        steps.taken(world, campaign, "approve", inputs.Approval(), "office")
    assert codes(refused) == {"loop.same_person"}


def test_the_database_refuses_a_campaign_that_begins_without_its_three_links(world: World) -> None:
    campaign = steps.under_way(world)
    for column in ("superior", "duties_served", "development"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE campaigns_campaign SET {column} = '' WHERE uid = %s", [campaign.uid])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"lead": 999_999}, "campaign.lead_unknown"),
        ({"members": (999_999,)}, "campaign.member_unknown"),
        ({"last_day": clock.today() - timedelta(days=99)}, "campaign.days_backward"),
        ({"parent": "370403-X2026-999999"}, "campaign.parent_unknown"),
        ({"nature": "problem"}, "campaign.problem_without_programme"),
        ({"nature": "set"}, "campaign.set_without_rule"),
        ({"filing": "week"}, "campaign.filing_without_form"),
    ],
)
def test_what_cannot_be_a_plan_is_refused_with_its_reason(
    world: World, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        steps.drafted(world, **changes)
    assert code in codes(refused)


def test_a_name_means_one_campaign_for_ever(world: World) -> None:
    steps.drafted(world)
    with pytest.raises(Refused) as refused:
        steps.drafted(world, by="regulator")
    assert codes(refused) == {"campaign.name_taken"}


def test_a_withdrawn_draft_gives_its_name_back(world: World) -> None:
    steps.taken(world, steps.drafted(world), "withdraw", inputs.Reason(reason="并入百日攻坚"), "office")
    assert steps.drafted(world).name == steps.NAME


def test_units_read_what_is_set_going_and_drafts_only_where_they_take_part(world: World) -> None:
    campaign = steps.drafted(world, members=(world.east_government.pk,))

    def seen() -> set[str]:
        return {name for name in world.users if visible_campaigns(world.actor(name)).exists()}

    near = {"leader", "office", "office_two", "regulator", "regulator_two", "officer", "clerk_east"}
    assert seen() == near
    with pytest.raises(Absent):
        access_campaign(world.actor("clerk_west"), campaign.no)
    steps.taken(world, campaign, "approve", inputs.Approval(), "office")
    assert seen() == {*near, "clerk_west", "builder"}


def test_only_what_was_approved_is_offered_and_only_for_its_days(world: World) -> None:
    campaign, today = steps.drafted(world), clock.today()
    assert campaigns.offered() == []
    assert campaigns.objection(steps.NAME, today) is not None
    campaign = steps.taken(world, campaign, "approve", inputs.Approval(), "office")
    assert campaigns.offered() == [steps.NAME]
    told = {
        day: found.code if (found := campaigns.objection(steps.NAME, today + timedelta(days=day))) else ""
        for day in (-11, -10, 0, 80, 81)
    }
    assert told == {-11: "campaign.not_begun", -10: "", 0: "", 80: "", 81: "campaign.finished"}
    unknown = campaigns.objection("没听说过", today)
    assert unknown is not None
    assert unknown.code == "campaign.unknown"
    assert steps.NAME in unknown.message
    assert campaigns.objection("", today) is None


def test_the_tag_goes_on_until_it_is_ended_and_its_latecomers_are_of_its_days(world: World) -> None:
    steps.ended(world)
    assert campaigns.offered() == []
    assert campaigns.objection(steps.NAME, clock.today()) is None
    tomorrow = campaigns.objection(steps.NAME, clock.today() + timedelta(days=1))
    assert tomorrow is not None
    assert tomorrow.code == "campaign.finished"


def test_a_renamed_campaign_is_known_by_both_names(world: World) -> None:
    campaign = steps.under_way(world)
    given = inputs.Renaming(name="有限空间作业百日攻坚", reason="市安委会更名")
    campaign = steps.taken(world, campaign, "rename", given, "office")
    assert campaigns.names_of(steps.NAME) == ("有限空间作业百日攻坚", steps.NAME)
    assert campaigns.objection(steps.NAME, clock.today()) is None
    assert CampaignName.objects.filter(campaign=campaign).count() == 2
    assert [*entries_of(campaign.uid)][-1].payload["former_name"] == steps.NAME
    back = inputs.Renaming(name=steps.NAME, reason="恢复原名")
    assert steps.taken(world, campaign, "rename", back, "office").name == steps.NAME
    assert campaigns.present_name("有限空间作业百日攻坚") == steps.NAME


def test_every_unit_owes_its_report_until_the_campaign_is_summed_up(world: World) -> None:
    campaign = steps.under_way(world, filing="week", forms="检查企业数、发现隐患数")
    rows = Expectation.objects.filter(kind=kind_of(campaign))
    this_week = Period.week_of(clock.today())
    assert rows.filter(period=this_week.label).count() == 3
    given = inputs.Report(period=this_week.label, work="检查 12 家，发现隐患 5 项")
    campaign = steps.taken(world, campaign, "report", given, "clerk_east")
    met = rows.get(period=this_week.label, holder=world.east_government)
    assert met.standing(clock.today()) == Standing.FILED
    assert met.met_by == campaign.uid
    before = rows.count()
    steps.taken(world, campaign, "sum_up", inputs.Opinion(opinion="结束"), "office")
    assert rows.count() == before
    from bihuan.kernel.expectations.cadences import ensure_around

    assert ensure_around(clock.today() + timedelta(days=21), kind_of(campaign)) == 0


def test_a_report_that_nobody_asked_for_is_refused(world: World) -> None:
    campaign = steps.under_way(world)
    with pytest.raises(Refused) as refused:
        steps.taken(world, campaign, "report", inputs.Report(work="无"), "clerk_east")
    assert codes(refused) == {"campaign.no_filing"}
    asked = steps.under_way(world, name="另一行动", filing="week", forms="情况")
    with pytest.raises(Refused) as refused:
        steps.taken(world, asked, "report", inputs.Report(period="2019W01", work="补报"), "clerk_east")
    assert codes(refused) == {"campaign.nothing_due"}


def test_the_four_in_place_stand_with_their_evidence(world: World) -> None:
    campaign = steps.under_way(world)
    given = inputs.InPlaceNote(aspect="publicity", state="yes", evidence="进企业宣讲 6 场")
    campaign = steps.taken(world, campaign, "note_in_place", given, "regulator")
    assert campaign.in_place["publicity"]["state"] == "yes"
    assert set(campaign.in_place) == {"publicity"}


def test_a_list_costs_the_same_however_long_it_is(world: World, sign_in: Any) -> None:
    client = sign_in("office")
    steps.under_way(world)
    client.get("/campaigns/")
    with CaptureQueriesContext(connection) as one:
        assert client.get("/campaigns/").status_code == 200
    for index in range(8):
        steps.under_way(world, name=f"专项行动{index}")
    with CaptureQueriesContext(connection) as nine:
        assert client.get("/campaigns/").status_code == 200
    assert len(nine) == len(one)
