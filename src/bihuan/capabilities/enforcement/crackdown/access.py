"""The one door to items of the crackdown."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import Q, QuerySet

from bihuan.capabilities.enforcement.crackdown.hands import REPORTING
from bihuan.capabilities.enforcement.crackdown.models import Item
from bihuan.kernel.people.actors import Actor, jurisdiction


def item_jurisdiction(actor: Actor) -> Q:
    """What items an actor may see: of the places, sectors and units of the posts in government, and those one reported.

    Enterprises and experts see none: a strike is not told beforehand.
    """
    posts = tuple(scope for scope in actor.scopes if scope.role in REPORTING)
    reach = jurisdiction(replace(actor, scopes=posts))
    if actor.person_id is not None and posts:
        reach |= Q(finder=actor.person_id)
    return reach


def visible_items(actor: Actor) -> QuerySet[Item]:
    """The items an actor may see."""
    if actor.all_seeing:
        return Item.objects.all()
    return Item.objects.filter(item_jurisdiction(actor))
