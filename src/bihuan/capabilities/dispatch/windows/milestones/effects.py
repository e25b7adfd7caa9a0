"""What each deed means for the project and its milestones."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from bihuan.capabilities.dispatch.windows.milestones.gates import lines_of
from bihuan.capabilities.dispatch.windows.milestones.models import Project
from bihuan.capabilities.dispatch.windows.milestones.states import waiting
from bihuan.kernel.errors import Refused
from bihuan.kernel.loops.deadlines import Deadline
from bihuan.kernel.territory.models import Agency


def place(project: Project, given: Any, actor: Any) -> None:
    """A project lies where its lead does."""
    lead = Agency.objects.select_related("region").filter(pk=given.lead).first()
    if lead is None:
        raise Refused.because("project.lead_unknown", "牵头单位不存在或已撤并，请重新选择", "lead")
    project.agency = lead
    project.region_path = lead.region.path


def plan(project: Project, given: Any, context: Any) -> None:
    """列入."""
    for name in ("name", "kind", "urged_by", "basis", "content"):
        setattr(project, name, getattr(given, name))
    project.planned_on = context.day
    project.milestones = [
        {
            "title": title, "due": day.isoformat() if day else "", "reported_on": None, "result": "", "reporter": None,
            "accepted_on": None, "accepted_by": "", "task": "",
        }
        for day, title in lines_of(given.milestones)
    ]  # fmt: skip
    look_again(project)


def look_again(project: Project) -> None:
    """When the timer next has something to do: the day after the nearest milestone that nobody was asked about yet."""
    open_ones = [one for one in waiting(project.milestones) if not one["task"]]
    project.late_from = date.fromisoformat(open_ones[0]["due"]) + timedelta(days=1) if open_ones else None


def next_milestone(project: Project, given: Any, context: Any) -> Deadline | None:
    """The day of the nearest milestone not yet reported binds the lead."""
    ahead = waiting(project.milestones)
    if not ahead:
        return None
    return Deadline(date.fromisoformat(ahead[0]["due"]), f"节点：{ahead[0]['title']}"[:200], context.day)


def _change(project: Project, number: int, **changes: Any) -> dict[str, Any]:
    """One milestone anew; the list is assigned, never changed in place."""
    former: dict[str, Any] = project.milestones[number - 1]
    project.milestones = [
        {**one, **changes} if place == number else one for place, one in enumerate(project.milestones, 1)
    ]
    look_again(project)
    return former


def report(project: Project, given: Any, context: Any) -> None:
    """上报节点完成."""
    day = given.reported_on.isoformat()
    changes = {"reported_on": day, "result": given.result, "reporter": context.actor.person_id}
    context.facts["milestone"] = _change(project, given.number, **changes)["title"]


def accept(project: Project, given: Any, context: Any) -> None:
    """验收节点."""
    changes = {"accepted_on": context.day.isoformat(), "accepted_by": context.actor.name}
    context.facts["milestone"] = _change(project, given.number, **changes)["title"]


def reject(project: Project, given: Any, context: Any) -> None:
    """退回: what was reported stays in the record; the milestone waits again."""
    former = _change(project, given.number, reported_on=None, result="", reporter=None)
    context.facts |= {"milestone": former["title"], "former_result": former["result"]}


def move(project: Project, given: Any, context: Any) -> None:
    """调整节点日期: the former day stays in the record; a task that was raised is not raised again."""
    former = _change(project, given.number, due=given.due.isoformat())
    context.facts |= {"milestone": former["title"], "former_due": former["due"]}


def note_late(project: Project, given: Any, context: Any) -> None:
    """逾期: the task that asks for it."""
    former = _change(project, given.number, task=given.task)
    context.facts |= {"milestone": former["title"], "due": former["due"]}


def complete(project: Project, given: Any, context: Any) -> None:
    project.result = given.result


def close(project: Project, given: Any, context: Any) -> None:
    """竣工验收."""
    project.accepted_on = given.accepted_on
    project.late_from = None


def cancel(project: Project, given: Any, context: Any) -> None:
    project.late_from = None
