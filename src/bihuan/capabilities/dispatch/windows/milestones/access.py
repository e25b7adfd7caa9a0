"""The one door to milestone projects."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from bihuan.capabilities.dispatch.hands import DISTRICT, UNIT_ROLES
from bihuan.capabilities.dispatch.windows.milestones.models import Project
from bihuan.kernel.people.actors import Actor


def visible_projects(actor: Actor) -> QuerySet[Project]:
    """The district's for the office and the leaders; for a unit those it leads or urges."""
    if actor.all_seeing:
        return Project.objects.all()
    reach = Q(pk__in=[])
    for scope in actor.scopes:
        if scope.role in DISTRICT and scope.region_path:
            reach |= Q(region_path__startswith=scope.region_path)
        if scope.role in UNIT_ROLES and scope.agency_id is not None:
            reach |= Q(agency=scope.agency_id) | Q(urged_by=scope.agency_id)
    return Project.objects.filter(reach)
