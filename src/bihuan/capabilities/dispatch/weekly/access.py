"""The one door to weekly forms: a unit sees its own, the committee office and the leaders see all."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from bihuan.capabilities.dispatch.hands import DISTRICT, UNIT_ROLES
from bihuan.capabilities.dispatch.weekly.models import WeeklyForm
from bihuan.kernel.errors import Absent
from bihuan.kernel.people.actors import Actor


def visible_forms(actor: Actor) -> QuerySet[WeeklyForm]:
    """The forms an actor may see; an enterprise, an expert or a grid worker sees none."""
    if actor.all_seeing:
        return WeeklyForm.objects.all()
    reach = Q(pk__in=[])
    for scope in actor.scopes:
        if scope.role in DISTRICT and scope.region_path:
            reach |= Q(region_path__startswith=scope.region_path)
        elif scope.role in UNIT_ROLES and scope.agency_id is not None:
            reach |= Q(agency=scope.agency_id)
    return WeeklyForm.objects.filter(reach)


def access_form(actor: Actor, no: str) -> WeeklyForm:
    """One form by its number.

    Raises:
        Absent: it does not exist or is another unit's; both answer alike.
    """
    found = visible_forms(actor).select_related("agency", "agency__region", "template").filter(no=no).first()
    if found is None:
        raise Absent(f"没有查到周调度表 {no}")
    return found
