"""The one door to cases."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import Q, QuerySet

from bihuan.capabilities.enforcement.models import Case
from bihuan.kernel.errors import Absent
from bihuan.kernel.people.actors import Actor, jurisdiction
from bihuan.kernel.people.models import Role

READERS = frozenset({Role.OFFICE, Role.LEADER, Role.REGULATOR, Role.OFFICER})
NEIGHBOURS = frozenset({Role.TOWN})
"""Staff of towns: they read that there is a case and what of it concerns the place, not the file (:mod:`.nearby`)."""


def visible_cases(actor: Actor) -> QuerySet[Case]:
    """The cases an actor may see: in the jurisdiction of the supervising posts held, and joint ones the unit takes part in.

    A file holds internal papers and names of witnesses: enterprises, experts, grid workers and towns see none; what concerns
    the party is served on paper, what concerns the place is told by :func:`nearby_cases`.
    """
    if actor.all_seeing:
        return Case.objects.all()
    posts = tuple(scope for scope in actor.scopes if scope.role in READERS)
    reach = jurisdiction(replace(actor, scopes=posts))
    units = sorted(
        {
            scope.agency_id
            for scope in actor.scopes
            if scope.role in READERS | NEIGHBOURS and scope.agency_id is not None
        }
    )
    if units:
        reach |= Q(partners__overlap=units)
    return Case.objects.filter(reach)


def nearby_cases(actor: Actor) -> QuerySet[Case]:
    """Cases that were opened in the places of an actor's posts in towns; read with the columns of :mod:`.nearby` alone."""
    posts = tuple(scope for scope in actor.scopes if scope.role in NEIGHBOURS)
    opened = Case.objects.filter(filed_on__isnull=False, voided=False)
    return opened.filter(jurisdiction(replace(actor, scopes=posts, all_seeing=False)))


def access_case(actor: Actor, no: str) -> Case:
    """One case by its number.

    Raises:
        Absent: it does not exist or lies outside the actor's jurisdiction; both answer alike.
    """
    found = visible_cases(actor).select_related("agency", "object").filter(no=no).first()
    if found is None:
        raise Absent(f"没有查到案件 {no}")
    return found
