"""The one door to early warnings: who issued one, who must acknowledge it, and the office and leaders of the place."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from bihuan.capabilities.accidents.warnings.hands import WARNED
from bihuan.capabilities.accidents.warnings.models import EarlyWarning
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role


def visible_warnings(actor: Actor) -> QuerySet[EarlyWarning]:
    """The warnings an actor may see."""
    if actor.all_seeing:
        return EarlyWarning.objects.all()
    reach = Q(pk__in=[])
    for scope in actor.scopes:
        if scope.role in WARNED and scope.agency_id is not None:
            reach |= Q(agency=scope.agency_id) | Q(units__contains=[scope.agency_id])
        if scope.role in (Role.OFFICE, Role.LEADER) and scope.region_path:
            reach |= Q(region_path__startswith=scope.region_path)
    return EarlyWarning.objects.filter(reach)
