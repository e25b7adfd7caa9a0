"""The one door to hazards."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from bihuan.capabilities.hazards.models import Hazard
from bihuan.kernel.errors import Absent
from bihuan.kernel.people.actors import Actor, jurisdiction
from bihuan.kernel.people.models import Role


def hazard_jurisdiction(actor: Actor) -> Q:
    """What hazards an actor may see: those in jurisdiction; grid workers and experts also what they found themselves."""
    reach = jurisdiction(actor)
    if actor.person_id is not None and actor.holds(Role.GRID, Role.EXPERT):
        reach |= Q(finder=actor.person_id)
    return reach


def visible_hazards(actor: Actor) -> QuerySet[Hazard]:
    """The hazards an actor may see."""
    return Hazard.objects.filter(hazard_jurisdiction(actor))


def access_hazard(actor: Actor, no: str) -> Hazard:
    """One hazard by its number.

    Raises:
        Absent: it does not exist or lies outside the actor's jurisdiction; both answer alike.
    """
    found = (
        visible_hazards(actor)
        .select_related("object", "object__region", "object__sector", "agency")
        .filter(no=no)
        .first()
    )
    if found is None:
        raise Absent(f"没有查到隐患 {no}")
    return found
