"""Projects with dated milestones: lateness asks the lead once, and whoever reports does not accept (M049)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import pytest

from bihuan.capabilities.dispatch.models import Task
from bihuan.capabilities.dispatch.windows.milestones import inputs
from bihuan.capabilities.dispatch.windows.milestones.access import visible_projects
from bihuan.capabilities.dispatch.windows.milestones.lateness import raise_tasks
from bihuan.capabilities.dispatch.windows.milestones.states import stop_of
from bihuan.capabilities.dispatch.windows.models import Project
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from tests.dispatch import window_steps as steps
from tests.dispatch.test_tasks import codes
from tests.world import World


@contextmanager
def at(day: date) -> Iterator[None]:
    with clock.frozen(datetime(day.year, day.month, day.day, 9, tzinfo=clock.SHANGHAI)):
        yield


BEGUN, DUE, LATE = date(2026, 9, 1), date(2026, 10, 15), date(2026, 10, 16)


def planned(world: World, **changes: Any) -> Project:
    with at(BEGUN):
        return steps.project(world, **changes)


def done(number: int = 1, on: date = DUE) -> inputs.Reporting:
    return inputs.Reporting(number=number, reported_on=on, result="按图施工完成")


def test_a_late_milestone_raises_one_task_on_the_named_lead_once(world: World) -> None:
    project = planned(world)
    with at(DUE):
        assert raise_tasks() == 0
    with at(LATE):
        assert raise_tasks() == 1
        assert raise_tasks() == 0
    with at(date(2026, 11, 20)):
        assert raise_tasks() == 0
    task = Task.objects.get()
    project = Project.objects.get(pk=project.pk)
    assert (task.agency_id, task.supporting, task.origin) == (
        world.builders.pk,
        [world.bureau.pk],
        project.no,
    )
    assert "主体封顶" in task.title
    assert project.milestones[0]["task"] == task.no
    with at(date(2026, 12, 16)):
        assert raise_tasks() == 1
    assert Task.objects.count() == 2


def test_a_milestone_reported_in_time_asks_nobody(world: World) -> None:
    project = planned(world)
    with at(DUE):
        steps.moved(world, project, "report", done(), "builder")
    with at(LATE):
        assert raise_tasks() == 0


def test_a_milestone_that_was_late_and_moved_is_not_asked_for_again(world: World) -> None:
    project = planned(world)
    with at(LATE):
        raise_tasks()
        given = inputs.Moving(number=1, due=date(2026, 11, 1), reason="汛期停工")
        project = steps.moved(world, Project.objects.get(pk=project.pk), "move", given, "office")
    assert project.deadline == date(2026, 11, 1)
    with at(date(2026, 11, 5)):
        assert raise_tasks() == 0


def test_the_deadline_is_the_nearest_open_milestone(world: World) -> None:
    project = planned(world)
    assert project.deadline == DUE
    with at(DUE):
        project = steps.moved(world, project, "report", done(), "builder")
    assert project.deadline == date(2026, 12, 15)


def test_a_project_ends_when_every_milestone_was_accepted_by_another(world: World) -> None:
    project = planned(world)
    with at(DUE):
        project = steps.moved(world, project, "report", done(), "builder")
        project = steps.moved(world, project, "report", done(2), "builder")
        with pytest.raises(Refused) as refused:
            steps.moved(world, project, "complete", inputs.Completion(result="建成"), "builder")
        assert codes(refused) == {"project.milestones_open"}
        project = steps.moved(world, project, "accept", inputs.Acceptance(number=1), "office")
        project = steps.moved(world, project, "accept", inputs.Acceptance(number=2), "leader")
        project = steps.moved(world, project, "complete", inputs.Completion(result="建成"), "builder")
        closing = inputs.Closing(accepted_on=DUE, opinion="验收合格")
        project = steps.moved(world, project, "close", closing, "office")
    assert (project.state, project.accepted_on, project.deadline) == ("closed", DUE, None)
    assert [stop_of(one, LATE).value for one in project.milestones] == ["accepted", "accepted"]


def test_who_reported_a_milestone_does_not_accept_it(world: World) -> None:
    project = planned(world, lead=world.office.pk, urged_by=None)
    with at(DUE):
        project = steps.moved(world, project, "report", done(), "office")
        with pytest.raises(Refused) as refused:
            steps.moved(world, project, "accept", inputs.Acceptance(number=1), "office")
        assert codes(refused) == {"project.same_person"}
        steps.moved(world, project, "accept", inputs.Acceptance(number=1), "office_two")


def test_what_was_sent_back_waits_again(world: World) -> None:
    project = planned(world)
    with at(DUE):
        project = steps.moved(world, project, "report", done(), "builder")
        given = inputs.Rejection(number=1, reason="缺验收报告")
        project = steps.moved(world, project, "reject", given, "office")
    assert (project.milestones[0]["reported_on"], project.deadline) == (None, DUE)
    with at(LATE):
        assert raise_tasks() == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"milestones": "主体封顶"}, "project.milestone_undated"),
        ({"milestones": "2026-13-45 主体封顶"}, "project.milestone_undated"),
        ({"lead": 999_999}, "project.lead_unknown"),
    ],
)
def test_what_cannot_be_a_project_is_refused(world: World, changes: dict[str, Any], code: str) -> None:
    with at(BEGUN), pytest.raises(Refused) as refused:
        steps.project(world, **changes)
    assert code in codes(refused)


@pytest.mark.parametrize(
    ("step", "given", "who", "code"),
    [
        ("report", done(9), "builder", "project.no_such_milestone"),
        ("accept", inputs.Acceptance(number=1), "office", "project.not_reported"),
        ("report", done(1, date(2027, 1, 1)), "builder", "project.reported_in_future"),
        ("move", inputs.Moving(number=1, due=date(2026, 1, 1), reason="无"), "office", "project.due_in_past"),
        ("report", done(), "regulator", "loop.not_your_step"),
    ],
)
def test_what_is_out_of_order_is_refused(world: World, step: str, given: Any, who: str, code: str) -> None:
    project = planned(world)
    with at(DUE), pytest.raises(Refused) as refused:
        steps.moved(world, project, step, given, who)
    assert codes(refused) == {code}


def test_days_are_read_in_the_ways_people_write_them(world: World) -> None:
    text = "2026年12月15日 竣工验收\n2026.10.15：主体封顶\n2026/11/1，水电进场"
    project = planned(world, milestones=text)
    assert [(one["due"], one["title"]) for one in project.milestones] == [
        ("2026-10-15", "主体封顶"), ("2026-11-01", "水电进场"), ("2026-12-15", "竣工验收"),
    ]  # fmt: skip


def test_a_project_is_seen_by_its_lead_its_urger_and_the_district(world: World, sign_in: Any) -> None:
    project = planned(world)
    seen = {name for name in world.users if visible_projects(world.actor(name)).exists()}
    assert seen == {"leader", "office", "office_two", "builder", "regulator", "regulator_two", "officer"}
    with at(LATE):
        raise_tasks()
        page = sign_in("builder").get(f"/milestones/{project.no}/").content.decode()
    assert "主体封顶" in page
    assert Task.objects.get().no in page
    assert sign_in("clerk_east").get(f"/milestones/{project.no}/").status_code == 404
