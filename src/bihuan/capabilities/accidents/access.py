"""The one door to accidents and to the versions of their facts."""

from __future__ import annotations

from django.db.models import QuerySet

from bihuan.capabilities.accidents.hands import INSIDE
from bihuan.capabilities.accidents.models import Accident, AccidentVersion
from bihuan.kernel.errors import Absent
from bihuan.kernel.people.actors import Actor, jurisdiction


def visible_accidents(actor: Actor) -> QuerySet[Accident]:
    """The accidents an actor may see: of the place, field or unit the posts reach over; an enterprise its own."""
    return Accident.objects.filter(jurisdiction(actor))


def visible_versions(actor: Actor) -> QuerySet[AccidentVersion]:
    """What was known of them, version by version; it goes where the accident goes."""
    return AccidentVersion.objects.filter(jurisdiction(actor))


def access_accident(actor: Actor, no: str) -> Accident:
    """One accident by its number.

    Raises:
        Absent: it does not exist or lies outside the actor's jurisdiction; both answer alike.
    """
    found = visible_accidents(actor).select_related("object", "agency").filter(no=no).first()
    if found is None:
        raise Absent(f"没有查到事故 {no}")
    return found


def sees_inside(actor: Actor) -> bool:
    """Whether the actor may read the investigation, not only the accident."""
    return actor.all_seeing or actor.holds(*INSIDE)
