"""The one door to inspections. What is unannounced is nobody's to see outside the units that inspect, until they arrive (M108)."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from bihuan.capabilities.inspections.models import Inspection
from bihuan.kernel.errors import Absent
from bihuan.kernel.people.actors import Actor, jurisdiction
from bihuan.kernel.people.models import ENTERPRISE_ROLES, Role

_KEPT_OUT = ENTERPRISE_ROLES | {Role.GRID}
DISTRICT = frozenset({Role.OFFICE, Role.LEADER})


def inspecting(actor: Actor) -> Q:
    """Inspections of the actor's own units, and those the actor is a member of."""
    units = [
        scope.agency_id
        for scope in actor.scopes
        if scope.agency_id is not None and scope.role not in _KEPT_OUT
    ]
    reach = Q(pk__in=[])
    if units:
        reach |= Q(agency__in=units) | Q(units__overlap=units)
    if actor.person_id is not None:
        reach |= Q(officers__contains=[actor.person_id])
    return reach


def coordinating(actor: Actor) -> Q:
    """The committee office and leaders of the whole district, in their place and portfolio."""
    own = [scope for scope in actor.scopes if scope.role in DISTRICT and _whole_district(scope.region_path)]
    reach = Q(pk__in=[])
    for scope in own:
        sectors = Q()
        for path in scope.sector_paths:
            sectors |= Q(sector_path__startswith=path)
        reach |= Q(region_path__startswith=scope.region_path) & sectors
    return reach


def _whole_district(region_path: str) -> bool:
    """Leaders of a town belong to the town that must not know."""
    return region_path.count(".") == 1


def inspection_jurisdiction(actor: Actor) -> Q:
    """Arrived, or never secret: whoever has jurisdiction. Secret: the team, its units and the district's coordination."""
    if actor.all_seeing:
        return Q()
    return (jurisdiction(actor) & Q(secret=False)) | inspecting(actor) | coordinating(actor)


def visible_inspections(actor: Actor) -> QuerySet[Inspection]:
    """The inspections an actor may see."""
    return Inspection.objects.filter(inspection_jurisdiction(actor))


def access_inspection(actor: Actor, no: str) -> Inspection:
    """One inspection by its number.

    Raises:
        Absent: it does not exist, or is not the actor's to see; both answer alike.
    """
    found = (
        visible_inspections(actor)
        .select_related("object", "object__region", "object__sector", "agency")
        .filter(no=no)
        .first()
    )
    if found is None:
        raise Absent(f"没有查到检查 {no}")
    return found
