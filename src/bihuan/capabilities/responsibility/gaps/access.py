"""The one door to gaps."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import QuerySet

from bihuan.capabilities.responsibility.gaps.hands import UNIT_ROLES
from bihuan.capabilities.responsibility.gaps.models import Gap
from bihuan.kernel.people.actors import Actor, jurisdiction


def visible_gaps(actor: Actor) -> QuerySet[Gap]:
    """The gaps of the places, sectors and units of the actor's posts in government; enterprises and experts see none."""
    if actor.all_seeing:
        return Gap.objects.all()
    posts = tuple(scope for scope in actor.scopes if scope.role in UNIT_ROLES)
    return Gap.objects.filter(jurisdiction(replace(actor, scopes=posts)))
