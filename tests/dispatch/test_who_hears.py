"""Whoever's hand comes next hears of it, though the matter lies with another unit: the office above all (near)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from bihuan.capabilities.dispatch.windows import inputs as window_inputs
from bihuan.capabilities.dispatch.windows.milestones import inputs as project_inputs
from bihuan.capabilities.responsibility.gaps.causes import Cause
from bihuan.capabilities.responsibility.gaps.detecting import open_all
from bihuan.capabilities.responsibility.gaps.inputs import Detected
from bihuan.capabilities.responsibility.gaps.models import Gap
from bihuan.kernel import clock
from bihuan.kernel.exchange.models import Notice
from bihuan.kernel.loops.notices import posts_near, tell
from bihuan.kernel.loops.registry import all_running
from bihuan.kernel.record.reading import entries_of
from tests.dispatch import campaign_steps, meeting_steps, paper_steps, weekly_steps, window_steps
from tests.world import World

OFFICE = {"office", "office_two"}
NOON = datetime(2026, 10, 14, 12, tzinfo=clock.SHANGHAI)


def frozen(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment)


def hears(world: World, loop: str, matter: Any, verb: str) -> set[str]:
    """Whose posts are told of the last deed called ``verb``."""
    entry = [entry for entry in entries_of(matter.uid) if entry.verb == verb][-1]
    tell(loop, matter.uid, verb, entry.seq)
    told = set(Notice.objects.filter(matter=matter.uid).values_list("post_id", flat=True))
    return {name for name in world.users if {scope.post_id for scope in world.actor(name).scopes} & told}


def test_the_office_hears_of_a_weekly_form_that_waits_for_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    frozen(monkeypatch, weekly_steps.FRIDAY)
    weekly_steps.adopted(world)
    assert hears(world, "weekly", weekly_steps.filed(world), "file") == OFFICE


def test_the_members_of_a_campaign_hear_that_it_begins(world: World) -> None:
    told = hears(world, "campaign", campaign_steps.under_way(world), "approve")
    assert {"clerk_east", "clerk_west", "regulator"} <= told
    assert "builder" not in told


def test_the_office_hears_that_a_campaign_is_to_be_ended(world: World) -> None:
    assert hears(world, "campaign", campaign_steps.summing_up(world), "sum_up") >= OFFICE


def test_the_office_hears_that_a_milestone_is_reached(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    frozen(monkeypatch, NOON)
    project = window_steps.project(world)
    done = project_inputs.Reporting(number=1, reported_on=date(2026, 10, 14), result="主体已封顶")
    project = window_steps.moved(world, project, "report", done, "builder")
    assert hears(world, "project", project, "report") >= OFFICE


def test_the_units_that_report_hear_that_a_key_period_is_entered(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    frozen(monkeypatch, NOON.replace(month=9, day=29))
    window = window_steps.planned(world)
    window = window_steps.taken(world, window, "enter", window_inputs.Opinion(opinion="按方案布置"))
    assert {"clerk_east", "clerk_west"} <= hears(world, "window", window, "enter")


def test_reminders_of_what_another_unit_has_reach_the_office(world: World) -> None:
    paper, meeting = paper_steps.taken_in(world), meeting_steps.recorded(world)
    visit = meeting_steps.visited(world)
    open_all([Detected(cause=Cause.NO_LEAD.value, subject=world.factory.sector_path, count=1)])
    loops = {service.loop.name: service.loop for service in all_running()}
    for name, matter in (
        ("paper", paper),
        ("meeting", meeting),
        ("visit", visit),
        ("gap", Gap.objects.get()),
    ):
        matter.agency_id = world.builders.pk
        hands = [deed.by[0] for deed in loops[name].steps]
        told = set(posts_near(matter, *hands))
        people = {one for one in world.users if {scope.post_id for scope in world.actor(one).scopes} & told}
        expected = {"leader"} if name == "visit" else OFFICE
        assert expected <= people, name


def test_nobody_hears_twice(world: World) -> None:
    campaign = campaign_steps.under_way(world)
    seq = entries_of(campaign.uid)[-1].seq
    first = tell("campaign", campaign.uid, "approve", seq)
    assert first > 0
    assert tell("campaign", campaign.uid, "approve", seq) == 0
    assert Notice.objects.filter(matter=campaign.uid).count() == first
