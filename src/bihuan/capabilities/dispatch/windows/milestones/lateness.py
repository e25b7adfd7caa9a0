"""A milestone that passes unreported raises one task on the named lead, once, however often the clock looks."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

from django.db import transaction

from bihuan.capabilities.dispatch.inputs import Dispatching
from bihuan.capabilities.dispatch.windows.milestones import inputs
from bihuan.capabilities.dispatch.windows.milestones.models import Project
from bihuan.capabilities.dispatch.windows.milestones.states import ProjectState, Stop, stop_of
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused, Stale
from bihuan.kernel.loops import engine
from bihuan.kernel.people.actors import Actor

_log = logging.getLogger(__name__)
SYSTEM = Actor.system("工程节点")
DAYS = 10
"""So long the lead has for the task that its own lateness raised."""


def raise_tasks() -> int:
    """Raise a task for every late milestone that has raised none; how many. Safe to repeat and for two at once."""
    today = clock.today()
    late = Project.objects.filter(state=ProjectState.UNDER_WAY, late_from__lte=today).order_by("no")
    return sum(_raise(project) for project in late)


def _raise(project: Project) -> int:
    """Task and entry of the project commit together, or neither does."""
    raised = 0
    try:
        with transaction.atomic():
            locked = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
            for number, one in enumerate(locked.milestones, 1):
                if stop_of(one, clock.today()) is Stop.LATE and not one["task"]:
                    _dispatch(locked, number, one)
                    raised += 1
    except (Refused, Stale) as reason:
        _log.warning("%s: %s", project.no, reason)
        return 0
    return raised


def _dispatch(project: Project, number: int, one: dict[str, Any]) -> None:
    today = clock.today()
    given = Dispatching(
        title=f"抓紧完成“{project.name}”节点：{one['title']}"[:120],
        requirement=f"该节点应于 {one['due']} 完成，至今没有上报。请说明原因，明确完成时间并抓紧推进。",
        kind="implement",
        lead=project.agency_id,
        supporting=() if project.urged_by in (None, project.agency_id) else (project.urged_by,),
        due_on=today + timedelta(days=DAYS),
        source_title=f"重点工程：{project.name}"[:120],
        source_on=today,
    )
    raised = engine.open_matter("task", "raise_by_rule", given, actor=SYSTEM, origin=project.no)
    engine.perform(
        "project", "note_late", project.no, inputs.Late(number=number, task=raised.no), actor=SYSTEM
    )
