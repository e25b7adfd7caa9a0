"""The one door to campaigns, and the one to the objects they reach."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from bihuan.capabilities.dispatch.campaigns.models import UNDATED, Campaign, Target
from bihuan.capabilities.dispatch.hands import DISTRICT, UNIT_ROLES
from bihuan.kernel.errors import Absent
from bihuan.kernel.people.actors import Actor, jurisdiction


def visible_campaigns(actor: Actor) -> QuerySet[Campaign]:
    """What is set going is for every unit of the government to read; a draft for its lead, its members and the district."""
    if actor.all_seeing:
        return Campaign.objects.all()
    posts = [scope for scope in actor.scopes if scope.role in UNIT_ROLES]
    if not posts:
        return Campaign.objects.none()
    reach = ~Q(state__in=UNDATED)
    for scope in posts:
        if scope.role in DISTRICT and scope.region_path:
            reach |= Q(region_path__startswith=scope.region_path)
        if scope.agency_id is not None:
            reach |= Q(agency=scope.agency_id) | Q(members__contains=[scope.agency_id])
    return Campaign.objects.filter(reach)


def access_campaign(actor: Actor, no: str) -> Campaign:
    """One campaign by its number.

    Raises:
        Absent: it does not exist or is not for the actor to see; both answer alike.
    """
    found = visible_campaigns(actor).select_related("agency", "parent").filter(no=no).first()
    if found is None:
        raise Absent(f"没有查到专项行动 {no}")
    return found


def visible_targets(actor: Actor) -> QuerySet[Any]:
    """The objects of campaigns that lie in the actor's own jurisdiction."""
    return Target.objects.filter(jurisdiction(actor))
