"""Tasks left in each state, every one through the engine by a person who may."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bihuan.capabilities.dispatch import inputs
from bihuan.capabilities.dispatch.models import Task
from bihuan.kernel import clock
from bihuan.kernel.loops import engine
from tests.world import World


def asked(world: World, **changes: Any) -> inputs.Dispatching:
    values: dict[str, Any] = {
        "title": "完成有限空间企业全覆盖检查",
        "requirement": "逐家核对台账，发现的隐患当场交办",
        "kind": "inspect",
        "lead": world.bureau.pk,
        "supporting": (world.east_government.pk,),
        "due_on": clock.today() + timedelta(days=20),
        "source_title": "全区安全生产工作会议",
    }
    return inputs.Dispatching(**{**values, **changes})


def dispatched(world: World, by: str = "office", **changes: Any) -> Task:
    outcome = engine.open_matter("task", "dispatch", asked(world, **changes), actor=world.actor(by))
    return Task.objects.get(uid=outcome.uid)


def taken(world: World, task: Task, step: str, given: Any, by: str) -> Task:
    engine.perform("task", step, task.no, given, actor=world.actor(by), version=task.version)
    return Task.objects.get(uid=task.uid)


def received(world: World, by: str = "regulator", **changes: Any) -> Task:
    given = inputs.Receipt(responsible_person="工贸科 李科长", measures="分三组，每周八家")
    return taken(world, dispatched(world, **changes), "receive", given, by)


def completion(**changes: Any) -> inputs.Completion:
    values: dict[str, Any] = {"finished_on": clock.today(), "result": "检查 23 家，发现隐患 11 处，均已交办"}
    return inputs.Completion(**{**values, **changes})


def completed(world: World, by: str = "regulator", **changes: Any) -> Task:
    return taken(world, received(world, **changes), "complete", completion(), by)


def acceptance(**changes: Any) -> inputs.Acceptance:
    return inputs.Acceptance(**{"accepted_on": clock.today(), **changes})


def closed(world: World, by: str = "office", **changes: Any) -> Task:
    return taken(world, completed(world, **changes), "accept", acceptance(), by)
