"""Enterprises are seen through the one door of supervised objects."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from bihuan.kernel.errors import Absent
from bihuan.kernel.objects.access import access_object, visible_objects
from bihuan.kernel.objects.models import ObjectKind, SupervisedObject
from bihuan.kernel.people.actors import Actor, jurisdiction


def visible_enterprises(actor: Actor) -> QuerySet[SupervisedObject]:
    """The enterprises in the actor's jurisdiction, 待核实 ones included, with their details if any."""
    enterprises = visible_objects(actor).filter(kind=ObjectKind.ENTERPRISE)
    return enterprises.select_related("region", "sector", "enterprise")


def access_decided(actor: Actor, ref: UUID | str) -> SupervisedObject:
    """One object by uid, were it merged or rejected: for whoever may take that decision back.

    Raises:
        Absent: it does not exist or lies outside the actor's jurisdiction.
    """
    try:
        uid = UUID(str(ref))
    except ValueError:
        raise Absent(f"没有查到监管对象 {ref}") from None
    found = SupervisedObject.objects.filter(jurisdiction(actor, object_column="uid"), uid=uid).first()
    if found is None:
        raise Absent(f"没有查到监管对象 {ref}")
    return found


def access_enterprise(actor: Actor, ref: UUID | str) -> SupervisedObject:
    """One enterprise by uid or credit code.

    Raises:
        Absent: it does not exist, is no enterprise or lies outside the actor's jurisdiction.
    """
    found = access_object(actor, ref)
    if found.kind != ObjectKind.ENTERPRISE:
        raise Absent(f"没有查到企业 {ref}")
    return found
