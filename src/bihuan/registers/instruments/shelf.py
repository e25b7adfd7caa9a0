"""Finding documents: those of matters, by kind, and one by its identity through the door of its matter."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from bihuan.kernel.errors import Absent
from bihuan.kernel.loops.registry import all_running
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import ENTERPRISE_ROLES
from bihuan.registers.instruments import kinds
from bihuan.registers.instruments.models import Instrument, Standing
from bihuan.registers.instruments.offering import OFFICIALS

TO_SUPPLIERS = frozenset({"cutoff_decision", "supply_restoration"})
"""What is addressed to a supplier and is about another: its readers get no other paper of that matter."""


def instruments_of(matters: Iterable[UUID], *, voided: bool = False) -> QuerySet[Instrument]:
    """Documents of matters in the order they were issued; one statement. ``voided`` adds those that hold no more."""
    found = Instrument.objects.filter(matter__in=list(matters)).order_by("issued_at", "uid")
    return found if voided else found.exclude(state=Standing.VOIDED)


def has(matter: UUID, *kinds: str) -> bool:
    """Whether a matter has a document in force of one of ``kinds``."""
    return instruments_of([matter]).filter(kind__in=kinds).exists()


def latest(matter: UUID, *kinds: str) -> Instrument | None:
    """The newest document in force of one of ``kinds``, if there is one."""
    return instruments_of([matter]).filter(kind__in=kinds).last()


def reads_internal(actor: Actor) -> bool:
    """Whether approvals, reports and minutes are for the actor: the party and its supplier get what is served on them."""
    return actor.all_seeing or bool(actor.roles & OFFICIALS)


def for_reader(rows: QuerySet[Instrument], actor: Actor) -> QuerySet[Instrument]:
    """Without the papers that never leave the agencies (副卷) and those served on somebody else, for whoever is of none."""
    if reads_internal(actor):
        return rows
    if actor.roles & ENTERPRISE_ROLES:
        mine = [scope.object for scope in actor.scopes if scope.object is not None]
        rows = rows.filter(Q(object__in=mine) | Q(object=None) | Q(kind__in=TO_SUPPLIERS))
    return rows.exclude(kind__in=[each.slug for each in kinds.all_kinds() if each.internal])


def visible_instruments(actor: Actor) -> QuerySet[Instrument]:
    """A document is seen where its matter is seen, through the one door of each loop; internal ones by officials alone."""
    if actor.all_seeing:
        return Instrument.objects.all()
    reach = Q(pk__in=[])
    for service in all_running():
        own: QuerySet[Any] = service.visible(actor)
        reach |= Q(loop=service.loop.name, matter__in=own.order_by().values("uid"))
    return for_reader(Instrument.objects.filter(reach), actor)


def access_instrument(actor: Actor, uid: UUID | str) -> Instrument:
    """One document by its identity.

    Raises:
        Absent: it does not exist, or it or its matter is not the actor's to see; all answer alike.
    """
    rows = for_reader(Instrument.objects.select_related("organ", "replaces"), actor)
    found = rows.filter(pk=uid).first()
    if found is None or not matter_seen(actor, found.loop, found.matter):
        raise Absent("没有查到这份文书")
    return found


def matter_seen(actor: Actor, loop: str, matter: UUID) -> bool:
    """Whether a matter lies behind its loop's door for the actor."""
    service = next((each for each in all_running() if each.loop.name == loop), None)
    return service is not None and service.visible(actor).filter(uid=matter).exists()
