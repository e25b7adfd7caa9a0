"""Campaigns, key periods and projects of the demo stand at every point of their way, through the engine."""

from __future__ import annotations

from bihuan.capabilities.dispatch.campaigns import sets
from bihuan.capabilities.dispatch.campaigns.models import Campaign
from bihuan.capabilities.dispatch.models import Task
from bihuan.capabilities.dispatch.windows.milestones.states import Stop, stop_of
from bihuan.capabilities.dispatch.windows.models import KeyWindow, Project
from bihuan.capabilities.hazards.models import Hazard
from bihuan.demo.building import Size
from bihuan.kernel import campaigns, clock


def test_every_tag_of_the_demo_is_a_campaign(district: Size) -> None:
    known = campaigns.present_names()
    tagged = Hazard.objects.exclude(campaign="").values_list("campaign", flat=True)
    assert set(tagged) <= set(known)
    assert tagged
    assert set(Task.objects.exclude(campaign="").values_list("campaign", flat=True)) <= set(known)
    assert {"under_way", "ended"} <= set(Campaign.objects.values_list("state", flat=True))
    assert all(one.targets.exists() for one in Campaign.objects.filter(nature="campaign", parent=None))


def test_a_set_says_what_it_lacks(district: Size) -> None:
    one = Campaign.objects.get(nature="set")
    assert sets.missing(one)


def test_one_period_left_its_summary_and_one_is_ahead(district: Size) -> None:
    closed = KeyWindow.objects.filter(state="closed").first()
    if closed is not None:  # a district built in a quarter without a short festival has none
        assert closed.found()["reports"]["came"]
        assert closed.found()["reports"]["missing"]
        assert closed.opened
    assert KeyWindow.objects.filter(state="planned", first_day__gt=clock.today()).exists()


def test_a_late_milestone_has_its_task(district: Size) -> None:
    one = Project.objects.get()
    late = [each for each in one.milestones if stop_of(each, clock.today()) is Stop.LATE]
    assert [Task.objects.get(no=each["task"]).agency_id for each in late] == [one.agency_id]
