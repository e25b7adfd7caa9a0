"""The two doors of tip-offs. A place opens neither to a unit, and nothing opens them to an enterprise."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from bihuan.capabilities.tipoffs.hands import UNITS, WHOLE
from bihuan.capabilities.tipoffs.models import Batch, Item
from bihuan.kernel.errors import Absent
from bihuan.kernel.people.actors import Actor, Scope
from bihuan.kernel.people.models import Role

NOTHING = Q(pk__in=[])


def visible_items(actor: Actor) -> QuerySet[Item]:
    """The items an actor may see: the office and leaders those of their place, a unit those referred to it.

    A unit does not see what is told of its place or field: a tip-off may be about the unit itself.
    """
    if actor.all_seeing:
        return Item.objects.all()
    reach = [_whole(scope) for scope in actor.scopes if scope.role in WHOLE]
    units = [scope.agency_id for scope in actor.scopes if scope.role in UNITS and scope.agency_id is not None]
    if units:
        reach.append(Q(agency__in=units))
    return Item.objects.filter(reduce(or_, reach, NOTHING))


def visible_batches(actor: Actor) -> QuerySet[Batch]:
    """The batches an actor may see: the office and leaders of the place. A unit sees items, never what came with them."""
    if actor.all_seeing:
        return Batch.objects.all()
    offices = [_place(scope) for scope in actor.scopes if scope.role in WHOLE and not scope.sector_paths]
    return Batch.objects.filter(reduce(or_, offices, NOTHING))


def _whole(scope: Scope) -> Q:
    """A leader with a portfolio reads what lies in it."""
    sectors = [Q(sector_path__startswith=path) for path in scope.sector_paths]
    return _place(scope) & reduce(or_, sectors) if sectors and scope.role == Role.LEADER else _place(scope)


def _place(scope: Scope) -> Q:
    return Q(region_path__startswith=scope.region_path) if scope.region_path else NOTHING


def access_item(actor: Actor, no: str) -> Item:
    """One item by its number.

    Raises:
        Absent: it does not exist or the actor may not see it; both answer alike.
    """
    found = visible_items(actor).select_related("agency", "batch", "subject").filter(no=no).first()
    if found is None:
        raise Absent(f"没有查到举报件 {no}")
    return found


def access_batch(actor: Actor, no: str) -> Batch:
    """One batch by its number.

    Raises:
        Absent: it does not exist or the actor may not see it; both answer alike.
    """
    found = visible_batches(actor).filter(no=no).first()
    if found is None:
        raise Absent(f"没有查到举报批次 {no}")
    return found
