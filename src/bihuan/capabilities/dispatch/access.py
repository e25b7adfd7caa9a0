"""The one door to tasks."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import Q, QuerySet

from bihuan.capabilities.dispatch.hands import UNIT_ROLES
from bihuan.capabilities.dispatch.models import Task
from bihuan.kernel.errors import Absent
from bihuan.kernel.people.actors import Actor, jurisdiction
from bihuan.kernel.people.models import Role


def visible_tasks(actor: Actor) -> QuerySet[Task]:
    """The tasks an actor may see: of the units and places of the posts held, those the unit supports, a leader's own.

    A task may speak of an enterprise before anybody has told it so: enterprises, experts and grid workers see none.
    """
    if actor.all_seeing:
        return Task.objects.all()
    posts = tuple(scope for scope in actor.scopes if scope.role in UNIT_ROLES)
    reach = jurisdiction(replace(actor, scopes=posts))
    units = sorted({scope.agency_id for scope in posts if scope.agency_id is not None})
    if units:
        reach |= Q(supporting__overlap=units)
    seats = [scope.post_id for scope in posts if scope.role == Role.LEADER]
    if seats:
        reach |= Q(leader_post__in=seats)
    return Task.objects.filter(reach)


def access_task(actor: Actor, no: str) -> Task:
    """One task by its number.

    Raises:
        Absent: it does not exist or lies outside the actor's jurisdiction; both answer alike.
    """
    found = visible_tasks(actor).select_related("agency").filter(no=no).first()
    if found is None:
        raise Absent(f"没有查到任务 {no}")
    return found
