"""What each deed means for the visit's own columns, and what it opens in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from bihuan.capabilities.dispatch.meetings import hooks, lines, tasks, telling
from bihuan.capabilities.dispatch.meetings.effects import leader_told
from bihuan.capabilities.dispatch.meetings.models import Visit, VisitFinding
from bihuan.capabilities.dispatch.meetings.states import VisitKind, VisitState
from bihuan.capabilities.dispatch.states import TaskKind
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.loops.deadlines import Deadline, working_days
from bihuan.kernel.objects.access import access_object
from bihuan.kernel.people.models import Post
from bihuan.kernel.search import pairs_literal
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.territory.trees import the_district

_confirm_days = working_days("visit.confirm_days", "代为登记后，领导应在规定的工作日内确认")


def place(visit: Visit, given: Any, actor: Any) -> None:
    """Before a visit is recorded: it lies where the leader went, in a town or in the district."""
    post = Post.objects.filter(pk=given.leader_post).first()
    visit.agency_id = post.agency_id if post is not None else None
    district = the_district()
    visit.region_path = district.region.path if district is not None else ""
    unit = Agency.objects.select_related("region").filter(pk=given.unit).first() if given.unit else None
    objects = lines.read_objects(given.objects, actor, "objects").found
    if unit is not None:
        visit.region_path = unit.region.path
    elif len({each.region_path for each in objects}) == 1:
        visit.region_path = objects[0].region_path


def record(visit: Visit, given: Any, context: Any) -> None:
    """登记: it counts from now on; in the leader's own hand it needs no confirming."""
    visit.leader_post = given.leader_post
    visit.leader_name = leader_told(given.leader_post, given.visited_on)[1]
    visit.kind = given.kind
    visit.visited_on = given.visited_on
    visit.unit_id = given.unit
    visit.visited = [
        str(each.uid) for each in lines.read_objects(given.objects, context.actor, "objects").found
    ]
    visit.place = given.place
    visit.companions = given.companions
    visit.situation = given.situation
    index(visit)
    if any(scope.post_id == given.leader_post for scope in context.actor.scopes):
        visit.confirmed_on = context.day
        context.state = VisitState.CONFIRMED
    else:
        context.afterwards.append(partial(_ask_to_confirm, visit))
    found = lines.read_findings(given.findings, context.actor).found
    context.afterwards.append(partial(_found, visit, found, context.actor))
    context.afterwards.append(partial(hooks.tell_recorded, visit, context.actor))


def index(visit: Visit) -> None:
    """The words by which the visit is found again."""
    visit.search = pairs_literal(visit.leader_name, visit.place, visit.situation)


def due_for_confirming(visit: Visit, given: Any, context: Any) -> Deadline | None:
    """Only what was recorded on behalf waits for the leader."""
    due: Deadline | None = None if visit.confirmed_on else _confirm_days(visit, given, context)
    return due


def _ask_to_confirm(visit: Visit) -> None:
    says = f"{VisitKind(visit.kind).label}"
    telling.to_confirm(visit.uid, visit.no, visit.leader_post, visit.visited_on, says)


def _found(visit: Visit, found: Sequence[lines.Found], actor: Any) -> None:
    """Every finding a hazard, all or none; each keeps the visit's number."""
    if not found:
        return
    first = tasks.numbered(visit.findings)
    with tasks.naming("发现的隐患"):
        numbers = hooks.report(visit, found, actor)
    VisitFinding.objects.bulk_create(
        [
            VisitFinding(
                visit=visit, order=order, words=f"{each.name}：{each.description}"[:200], hazard_no=no
            )
            for order, (each, no) in enumerate(zip(found, numbers, strict=True), first)
        ]
    )


def confirm(visit: Visit, given: Any, context: Any) -> None:
    """领导确认."""
    visit.confirmed_on = context.day


def find_hazard(visit: Visit, given: Any, context: Any) -> None:
    """登记发现的隐患."""
    try:
        owner = access_object(context.actor, given.object)
    except Absent as absent:
        says = "没有查到该单位，或不在您的辖区，请重新选择"
        raise Refused.because("visit.object_unknown", says, "object") from absent
    found = lines.Found(owner.uid, owner.name, given.place, given.description, given.grade, given.criterion)
    context.afterwards.append(partial(_found, visit, [found], context.actor))


def assign_task(visit: Visit, given: Any, context: Any) -> None:
    """交办问题: a task of the unit that is to mend it."""
    asked = tasks.Asked(
        given.words, given.lead, given.due_on, given.supporting, given.requirement, TaskKind.RECTIFY.value
    )
    context.afterwards.append(partial(_asked, visit, asked, context.actor))


def _asked(visit: Visit, asked: tasks.Asked, actor: Any) -> None:
    source = tasks.Source(visit.no, f"{visit.leader_name}{VisitKind(visit.kind).label}", visit.visited_on)
    VisitFinding.objects.create(
        visit=visit,
        order=tasks.numbered(visit.findings),
        words=asked.words,
        task_id=tasks.open_task(asked, source, actor),
    )


def void(visit: Visit, given: Any, context: Any) -> None:
    """作废: counted nowhere, forgotten nowhere."""
    visit.voided = True
