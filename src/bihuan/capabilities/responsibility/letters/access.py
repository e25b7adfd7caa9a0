"""The one door to letters: both sides of a letter see it, and the district's office and leaders all of the district."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q, QuerySet

from bihuan.capabilities.responsibility.letters.models import Letter
from bihuan.capabilities.responsibility.letters.states import LetterState
from bihuan.kernel import clock
from bihuan.kernel.errors import Absent
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import ADMIN_ROLES, ENTERPRISE_ROLES, Role

WHOLE = frozenset({Role.OFFICE, Role.LEADER})
UNITS = frozenset({Role.REGULATOR, Role.OFFICER, Role.TOWN})


def visible_letters(actor: Actor) -> QuerySet[Letter]:
    """The letters an actor may see: those the unit received or gave, and those the very post signs."""
    if actor.all_seeing:
        return Letter.objects.all()
    reach = Q(pk__in=[])
    for scope in actor.scopes:
        if scope.role in ADMIN_ROLES:
            continue
        if scope.role in ENTERPRISE_ROLES:
            reach |= Q(object=scope.object, object__isnull=False)
            continue
        reach |= Q(receiver_post=scope.post_id) | Q(issuer_post=scope.post_id)
        if scope.role in UNITS and scope.agency_id is not None:
            reach |= Q(agency=scope.agency_id) | Q(issuer=scope.agency_id)
        if scope.role in WHOLE and scope.region_path:
            reach |= Q(region_path__startswith=scope.region_path)
    return Letter.objects.filter(reach)


def access_letter(actor: Actor, no: str) -> Letter:
    """One letter by its number.

    Raises:
        Absent: it does not exist or lies outside the actor's jurisdiction; both answer alike.
    """
    found = visible_letters(actor).select_related("agency", "issuer", "object").filter(no=no).first()
    if found is None:
        raise Absent(f"没有查到责任书 {no}")
    return found


APPRAISED_AHEAD = timedelta(days=30)


def waits_for(actor: Actor) -> Q:
    """What waits for one of the actor's posts though it lies with another unit: the giving side's signature, and for the
    office the appraisals that come due."""
    posts = [scope.post_id for scope in actor.scopes]
    mine = Q(issuer_post__in=posts, state=LetterState.DRAFTED.value) | Q(
        receiver_post__in=posts, state=LetterState.AWAITING.value
    )
    if actor.holds(Role.OFFICE):
        mine |= Q(state=LetterState.IN_FORCE.value, deadline__lte=clock.today() + APPRAISED_AHEAD)
    return mine


def waiting(actor: Actor) -> int:
    """How many letters wait for one of the actor's own posts."""
    return visible_letters(actor).filter(waits_for(actor)).count()
