"""The doors of this room."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from bihuan.capabilities.responsibility.duties import holders
from bihuan.capabilities.responsibility.duties.models import Duty, Spell
from bihuan.kernel.errors import Absent
from bihuan.kernel.people.actors import Actor, jurisdiction
from bihuan.kernel.people.models import ADMIN_ROLES, ENTERPRISE_ROLES, Role


def serves(actor: Actor) -> bool:
    """Whether the actor works inside the government."""
    return actor.all_seeing or bool(actor.roles - ADMIN_ROLES - ENTERPRISE_ROLES - {Role.EXPERT})


def in_force(on: date) -> Q:
    """Rows that hold on a day."""
    return Q(since__lte=on) & (Q(until=None) | Q(until__gt=on))


def visible_duties(actor: Actor) -> QuerySet[Duty]:
    """The government's duties for whoever serves in it, and those inside enterprises of the own jurisdiction."""
    return Duty.objects.filter(_reach(actor))


def visible_spells(actor: Actor) -> QuerySet[Spell]:
    """What checks found, by the same rule."""
    return Spell.objects.filter(_reach(actor))


def _reach(actor: Actor) -> Q:
    if actor.all_seeing:
        return Q()
    mine = Q(object__isnull=False) & jurisdiction(actor)
    return mine | Q(object=None) if serves(actor) else mine


def access_holder(actor: Actor, about: str) -> holders.Holder:
    """One holder.

    Raises:
        Absent: there is none, or it is not the actor's to see.
    """
    holder = holders.find(about)
    if not holders.may_see(actor, holder):
        raise Absent("没有这个岗位或单位")
    return holder
