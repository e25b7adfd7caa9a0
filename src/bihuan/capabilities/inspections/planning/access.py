"""The one door to plans and draws: the unit's own, and the district's coordination. The enterprises drawn see neither."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from bihuan.capabilities.inspections.planning.models import Draw, KeyQuarter, Plan, PlanLine, Round
from bihuan.kernel.errors import Absent
from bihuan.kernel.objects.access import visible_objects
from bihuan.kernel.people.actors import Actor, jurisdiction
from bihuan.kernel.people.models import ADMIN_ROLES, ENTERPRISE_ROLES, Role

M = TypeVar("M", bound=Model)
_UNITS = frozenset(Role) - ADMIN_ROLES - ENTERPRISE_ROLES - {Role.GRID, Role.EXPERT}


def of_unit(actor: Actor, prefix: str = "") -> Q:
    """What belongs to the actor's units; the committee office and leaders see those of their place."""
    if actor.all_seeing:
        return Q()
    reach = Q(pk__in=[])
    for scope in actor.scopes:
        if scope.role not in _UNITS:
            continue
        if scope.agency_id is not None:
            reach |= Q(**{f"{prefix}agency": scope.agency_id})
        if scope.role in (Role.OFFICE, Role.LEADER) and scope.region_path:
            reach |= Q(**{f"{prefix}region_path__startswith": scope.region_path})
    return reach


def visible_plans(actor: Actor) -> QuerySet[Plan]:
    """The plans an actor may see: who is to be inspected is not told to who is inspected."""
    return Plan.objects.filter(of_unit(actor))


def visible_lines(actor: Actor) -> QuerySet[PlanLine]:
    """The lines of the plans an actor may see."""
    return PlanLine.objects.filter(of_unit(actor, "plan__"))


def visible_draws(actor: Actor) -> QuerySet[Draw]:
    """The draws an actor may see."""
    return Draw.objects.filter(of_unit(actor))


def visible_rounds(actor: Actor) -> QuerySet[Round]:
    """The rounds in the actor's jurisdiction; an enterprise sees those on its own ground."""
    return Round.objects.filter(jurisdiction(actor))


def visible_quarters(actor: Actor) -> QuerySet[KeyQuarter]:
    """Key objects by quarter, of the objects an actor of a unit may see."""
    if not (actor.all_seeing or actor.roles & _UNITS):
        return KeyQuarter.objects.none()
    return KeyQuarter.objects.filter(object__in=visible_objects(actor).values("pk"))


def one_of(rows: QuerySet[M], no: str, word: str) -> M:
    """The row with this number among those an actor may see.

    Raises:
        Absent: it does not exist or is not the actor's to see; both answer alike.
    """
    found = rows.filter(no=no).first()
    if found is None:
        raise Absent(f"没有查到{word} {no}")
    return found


def access_plan(actor: Actor, no: str) -> Plan:
    """One plan by its number.

    Raises:
        Absent: it does not exist or is not the actor's to see.
    """
    return one_of(visible_plans(actor).select_related("agency"), no, "检查计划")


def access_draw(actor: Actor, no: str) -> Draw:
    """One draw by its number.

    Raises:
        Absent: it does not exist or is not the actor's to see.
    """
    return one_of(visible_draws(actor).select_related("agency"), no, "抽查")
