"""A task from dispatch to closing: who may, what must be said, who sees it, who is told."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from bihuan.capabilities.dispatch import inputs
from bihuan.capabilities.dispatch.access import access_task, visible_tasks
from bihuan.capabilities.dispatch.loop import TASK
from bihuan.capabilities.dispatch.models import Task
from bihuan.capabilities.dispatch.states import TaskState
from bihuan.kernel import clock
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.exchange.models import Notice
from bihuan.kernel.loops import escalation
from bihuan.kernel.loops.grid import grid
from bihuan.kernel.loops.models import Escalation
from bihuan.kernel.loops.notices import tell
from bihuan.kernel.loops.permits import standing_failures
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Post
from bihuan.kernel.record.reading import entries_of
from tests.dispatch import steps
from tests.world import World


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {failure.code for failure in refused.value.failures}


def test_a_task_goes_from_dispatch_to_closing(world: World) -> None:
    task = steps.closed(world)
    assert (task.state, task.accepted_by) == ("closed", world.actor("office").name)
    assert [entry.verb for entry in entries_of(task.uid)] == ["dispatch", "receive", "complete", "accept"]
    assert all(task.has().values())


def test_only_the_office_and_leaders_dispatch(world: World) -> None:
    for name in ("leader", "office", "office_two"):
        assert steps.dispatched(world, by=name).state == TaskState.DISPATCHED
    for name in ("regulator", "clerk_east", "principal", "expert", "auditor", "system_admin"):
        with pytest.raises(Refused) as refused:
            steps.dispatched(world, by=name)
        assert codes(refused) == {"loop.not_your_step"}, name


PEOPLE = {"dispatcher": "office", "lead": "regulator", "partner": "clerk_east", "acceptor": "leader"}
MAKERS: dict[TaskState, Any] = {
    TaskState.DISPATCHED: steps.dispatched,
    TaskState.UNDER_WAY: steps.received,
    TaskState.AWAITING_ACCEPTANCE: steps.completed,
    TaskState.CLOSED: steps.closed,
}


@pytest.mark.parametrize("state", list(TaskState), ids=lambda state: state.value)
def test_each_hand_may_do_what_is_declared_and_nothing_else(world: World, state: TaskState) -> None:
    task = MAKERS.get(state, steps.dispatched)(world)
    task.state = state.value
    for cell in (cell for cell in grid(TASK) if cell.state is state):
        actor = Actor.system("计时") if cell.hand == "system" else world.actor(PEOPLE[cell.hand])
        deed = TASK.deed(cell.deed)
        found = {failure.code for failure in standing_failures(TASK, deed, task, actor)}
        held = any(hand.holds(actor, task) for hand in deed.by)
        refused = bool(found & {"loop.wrong_state", "loop.not_your_step"})
        assert refused != (deed.leaves(state) and held), cell


def test_the_doer_does_not_accept_even_as_the_office(world: World) -> None:
    own = {"lead": world.office.pk}
    receipt = inputs.Receipt(responsible_person="主任", measures="自办")
    begun = steps.taken(world, steps.dispatched(world, **own), "receive", receipt, "office")
    task = steps.taken(world, begun, "complete", steps.completion(), "office")
    with pytest.raises(Refused) as refused:
        steps.taken(world, task, "accept", steps.acceptance(), "office")
    assert codes(refused) == {"loop.same_person"}
    assert steps.taken(world, task, "accept", steps.acceptance(), "office_two").state == "closed"


def test_the_database_refuses_closing_without_a_result(world: World) -> None:
    task = steps.closed(world)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE dispatch_task SET result = '' WHERE uid = %s", [task.uid])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"lead": 999_999}, "task.lead_unknown"),
        ({"supporting": (999_999,)}, "task.supporting_unknown"),
        ({"due_on": date(2020, 1, 1)}, "task.due_in_past"),
        ({"source_on": date(2090, 1, 1)}, "task.source_in_future"),
        ({"leader_post": 999_999}, "task.leader_unknown"),
    ],
)
def test_what_cannot_be_dispatched_is_refused_with_its_reason(
    world: World, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        steps.dispatched(world, **changes)
    assert code in codes(refused)
    assert not Task.objects.exists()


def test_a_lead_does_not_support_itself(world: World) -> None:
    with pytest.raises(Refused) as refused:
        steps.dispatched(world, supporting=(world.bureau.pk,))
    assert codes(refused) == {"task.lead_supports_itself"}


def test_times_stand_in_order(world: World) -> None:
    task = steps.received(world)
    for day, code in (
        (clock.today() - timedelta(days=1), "task.finished_before_dispatch"),
        (clock.today() + timedelta(days=1), "task.finished_in_future"),
    ):
        with pytest.raises(Refused) as refused:
            steps.taken(world, task, "complete", steps.completion(finished_on=day), "regulator")
        assert codes(refused) == {code}


def test_units_see_their_tasks_and_those_they_support(world: World) -> None:
    task = steps.dispatched(world)
    seen = {name for name in world.users if visible_tasks(world.actor(name)).filter(uid=task.uid).exists()}
    assert seen == {"leader", "office", "office_two", "regulator", "regulator_two", "officer", "clerk_east"}
    with pytest.raises(Absent):
        access_task(world.actor("clerk_west"), task.no)


def test_a_task_of_a_town_is_the_towns(world: World) -> None:
    task = steps.dispatched(world, lead=world.west_government.pk, supporting=())
    assert visible_tasks(world.actor("clerk_west")).filter(uid=task.uid).exists()
    assert not visible_tasks(world.actor("clerk_east")).filter(uid=task.uid).exists()
    assert not visible_tasks(world.actor("regulator")).filter(uid=task.uid).exists()


def test_a_supporting_unit_reports_progress_but_does_not_complete(world: World) -> None:
    task = steps.received(world)
    task = steps.taken(world, task, "report_progress", inputs.Progress(progress="已通知 9 家"), "clerk_east")
    assert task.progress == "已通知 9 家"
    with pytest.raises(Refused) as refused:
        steps.taken(world, task, "complete", steps.completion(), "clerk_east")
    assert codes(refused) == {"loop.not_your_step"}


def test_what_is_sent_back_has_a_new_day_and_counts(world: World) -> None:
    day = clock.today() + timedelta(days=7)
    task = steps.taken(
        world,
        steps.completed(world),
        "send_back",
        inputs.SendingBack(reason="缺企业名单", due_on=day),
        "office",
    )
    assert (task.state, task.sent_back, task.deadline, task.finished_on) == ("under_way", 1, day, None)
    again = steps.taken(world, task, "complete", steps.completion(), "regulator")
    assert steps.taken(world, again, "accept", steps.acceptance(), "leader").state == "closed"


def test_an_objection_is_answered_by_giving_the_task_to_another(world: World) -> None:
    task = steps.taken(
        world,
        steps.dispatched(world),
        "decline",
        inputs.Declining(reason="有限空间作业由行业部门监管"),
        "regulator",
    )
    assert task.state == "dispatched"
    task = steps.taken(
        world,
        task,
        "reassign",
        inputs.Reassigning(
            lead=world.builders.pk, due_on=clock.today() + timedelta(days=9), reason="按分工改派"
        ),
        "office",
    )
    assert (task.agency_id, task.declined, task.state) == (world.builders.pk, "", "dispatched")
    assert not visible_tasks(world.actor("regulator")).filter(uid=task.uid).exists()
    assert [*entries_of(task.uid)][-1].payload["former_lead"] == world.bureau.name


def test_an_extension_is_granted_by_somebody_else_and_moves_the_day(world: World) -> None:
    task, until = steps.received(world), clock.today() + timedelta(days=40)
    task = steps.taken(
        world, task, "request_extension", inputs.Extension(until=until, reason="企业停产检修"), "regulator"
    )
    task = steps.taken(world, task, "grant_extension", inputs.Opinion(opinion="同意"), "office")
    assert (task.due_on, task.deadline, task.extension) == (until, until, None)


def test_the_leader_in_charge_is_bound_by_portfolio_or_by_name(world: World) -> None:
    leader = world.actor("leader")
    task = steps.dispatched(world)
    assert task.leader_post == leader.scopes[0].post_id
    assert leader.name in task.leader_name
    named = steps.dispatched(world, leader_post=leader.scopes[0].post_id)
    assert named.leader_name == task.leader_name


def test_those_whose_hand_comes_next_are_told(world: World) -> None:
    task = steps.dispatched(world)
    assert tell("task", task.uid, "dispatch", 1) > 0
    told = {world.actor(name).scopes[0].post_id for name in ("regulator", "regulator_two", "officer")}
    told.add(world.actor("clerk_east").scopes[0].post_id)  # who supports the lead unit
    posts = set(Notice.objects.values_list("post_id", flat=True))
    assert told <= posts
    assert world.actor("office_two").scopes[0].post_id not in posts
    assert world.actor("clerk_west").scopes[0].post_id not in posts
    assert world.actor("principal").scopes[0].post_id not in posts
    assert task.title in Notice.objects.values_list("text", flat=True)[0]


def test_what_the_unit_reports_reaches_whoever_accepts(world: World) -> None:
    task = steps.completed(world)
    Notice.objects.all().delete()
    assert tell("task", task.uid, "complete", 3) > 0
    office = {world.actor(name).scopes[0].post_id for name in ("office", "office_two")}
    assert set(Notice.objects.values_list("post_id", flat=True)) == office


def test_what_is_late_climbs_to_the_unit_the_office_and_the_leader(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = steps.received(world)
    later = clock.now() + timedelta(days=20 + 8)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert escalation.climb_all() == 3
    rungs = Escalation.objects.filter(matter=task.uid).order_by("level")
    assert [rung.holder for rung in rungs] == ["lead", "office", "leader"]
    assert rungs[0].post_id == world.actor("regulator").scopes[0].post_id
    assert escalation.climb_all() == 0


def test_supervision_is_shown_and_binds_a_day(world: World) -> None:
    day = clock.today() + timedelta(days=3)
    task = steps.taken(
        world,
        steps.received(world),
        "supervise",
        inputs.Supervision(due_on=day, demand="三日内完成"),
        "leader",
    )
    assert (task.supervised_on, task.deadline) == (clock.today(), day)


def test_a_leader_with_a_portfolio_sees_and_moves_what_is_bound_to_that_post(world: World) -> None:
    post = Post.objects.get(pk=world.actor("leader").scopes[0].post_id)
    bound, other = steps.completed(world), steps.completed(world)
    Post.objects.filter(pk=post.pk).update(sector_paths=["9."])
    Task.objects.filter(pk=other.pk).update(leader_post=None)
    leader = world.actor("leader")
    assert set(visible_tasks(leader)) == {bound}
    assert steps.taken(world, bound, "accept", steps.acceptance(), "leader").state == "closed"
    with pytest.raises(Absent):
        steps.taken(world, other, "accept", steps.acceptance(), "leader")
