"""Two at once: of two clerks who dispatch one paper, one does; of two tasks accepted at once, the later closes it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from bihuan.capabilities.dispatch.models import Task
from bihuan.capabilities.dispatch.papers import inputs
from bihuan.capabilities.dispatch.papers.models import Paper
from bihuan.kernel.errors import Refused, Stale
from bihuan.kernel.loops import engine
from bihuan.kernel.people.actors import Actor
from tests.dispatch import paper_steps as steps
from tests.dispatch import steps as task_steps
from tests.world import World, build_world

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Each deed on a connection of its own, begun together; what it raised stands for its answer."""
    gate = Barrier(len(deeds))

    def run(deed: Callable[[], Any]) -> Any:
        try:
            gate.wait(30)
            return deed()
        except (Refused, Stale) as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def test_one_of_two_clerks_dispatches() -> None:
    world = build_world()
    paper = steps.settled(world)

    def dispatching(actor: Actor) -> Callable[[], Any]:
        return lambda: engine.perform(
            "paper", "decompose", paper.no, inputs.Decomposing(), actor=actor, version=paper.version
        )

    answers = at_once(dispatching(world.actor("office")), dispatching(world.actor("office_two")))
    assert sum(isinstance(answer, Stale) for answer in answers) == 1
    assert Task.objects.filter(origin=paper.no).count() == 5


def test_the_last_two_tasks_accepted_at_once_close_the_paper() -> None:
    world = build_world()
    paper = steps.taken_in(world)
    for item in list(
        paper.proposals.exclude(anchor__contains="电气线路").exclude(anchor__contains="有限空间")
    ):
        paper = steps.done(world, paper, "drop_item", inputs.Dropping(item=item.number, reason="另行部署"))
    paper = steps.done(world, paper, "decompose", inputs.Decomposing())
    done = [_completed(world, task) for task in Task.objects.filter(origin=paper.no)]
    assert len(done) == 2

    def accepting(task: Task, actor: Actor) -> Callable[[], Any]:
        given = task_steps.acceptance()
        return lambda: engine.perform("task", "accept", task.no, given, actor=actor, version=task.version)

    answers = at_once(
        accepting(done[0], world.actor("office")), accepting(done[1], world.actor("office_two"))
    )
    assert not any(isinstance(answer, Exception) for answer in answers)
    assert Paper.objects.get(pk=paper.pk).state == "closed"


def _completed(world: World, task: Task) -> Task:
    who = "regulator" if task.agency_id == world.bureau.pk else "clerk_east"
    receipt = task_steps.inputs.Receipt(responsible_person="甲", measures="乙")
    task = task_steps.taken(world, task, "receive", receipt, who)
    return task_steps.taken(world, task, "complete", task_steps.completion(), who)
