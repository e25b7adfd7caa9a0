"""The one door to measures, and the one to failures."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import Q, QuerySet

from bihuan.capabilities.enforcement.measures.hands import UNIT_ROLES
from bihuan.capabilities.enforcement.measures.models import Measure, Supplier, SupplyFailure
from bihuan.kernel.errors import Absent
from bihuan.kernel.people.actors import Actor, jurisdiction
from bihuan.kernel.people.models import ENTERPRISE_ROLES


def visible_measures(actor: Actor) -> QuerySet[Measure]:
    """The measures of the actor's places, sectors and units; the unit itself sees its own once it was told.

    A supplier sees those it was asked to help with, from the moment the decision was sent to it.
    """
    if actor.all_seeing:
        return Measure.objects.all()
    official = tuple(scope for scope in actor.scopes if scope.role in UNIT_ROLES)
    inside = [
        scope.object for scope in actor.scopes if scope.role in ENTERPRISE_ROLES and scope.object is not None
    ]
    units = [scope.agency_id for scope in official if scope.agency_id is not None]
    reach = jurisdiction(replace(actor, scopes=official))
    asked = Q(sent_at__isnull=False)
    if inside:
        company = Supplier.objects.filter(object__in=inside).values("pk")
        reach |= Q(object__in=inside, told=True) | (asked & Q(supplier__in=company))
    if units:
        reach |= asked & Q(supplier__in=Supplier.objects.filter(agency__in=units).values("pk"))
    return Measure.objects.filter(reach)


def reads_reasons(actor: Actor, measure: Any) -> bool:
    """Whether an actor reads why a measure was taken: whose place, sector or unit it is, and the unit it is about.

    A supplier reads the order, the unit, the period and its own answer, and nothing of what officials found there.
    ``measure`` is anything with the four columns of jurisdiction; no statement is asked.
    """
    if actor.all_seeing:
        return True
    place = (measure.region_path, measure.sector_path, measure.agency_id, measure.object_id)
    return any(
        scope.covers(*place) if scope.role in UNIT_ROLES else scope.object == measure.object_id
        for scope in actor.scopes
        if scope.role in UNIT_ROLES | ENTERPRISE_ROLES
    )


def access_measure(actor: Actor, no: str) -> Measure:
    """One measure by its number.

    Raises:
        Absent: it does not exist or lies outside the actor's jurisdiction; both answer alike.
    """
    found = visible_measures(actor).select_related("object", "agency", "supplier").filter(no=no).first()
    if found is None:
        raise Absent(f"没有查到措施 {no}")
    return found


def visible_failures(actor: Actor) -> QuerySet[SupplyFailure]:
    """The failures of the actor's units and places; enterprises see none."""
    if actor.all_seeing:
        return SupplyFailure.objects.all()
    official = tuple(scope for scope in actor.scopes if scope.role in UNIT_ROLES)
    return SupplyFailure.objects.filter(jurisdiction(replace(actor, scopes=official)))
