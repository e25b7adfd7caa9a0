"""The doors of this room: everybody in the government reads committees; who keeps them is told apart."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from bihuan.capabilities.responsibility.committees.models import Committee, LedgerLine
from bihuan.capabilities.responsibility.duties.access import in_force, serves
from bihuan.kernel.errors import Absent
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.territory.models import Region

KEEPERS = frozenset({Role.OFFICE, Role.TOWN})
REPORTERS = frozenset({Role.OFFICE, Role.REGULATOR, Role.TOWN})


def visible_committees(actor: Actor) -> QuerySet[Committee]:
    """All of them for whoever serves in the government, none for others."""
    rows = Committee.objects.select_related("region", "lead")
    return rows if serves(actor) else rows.none()


def access_committee(actor: Actor, pk: int) -> Committee:
    """One committee.

    Raises:
        Absent: there is none, or it is not the actor's to see.
    """
    found = visible_committees(actor).filter(pk=pk).first()
    if found is None:
        raise Absent("没有这个委员会")
    return found


def may_keep_place(actor: Actor, region: Region) -> bool:
    """Whether the actor keeps the committee of a place: the office all, a town its own."""
    if actor.is_system or actor.holds(Role.OFFICE):
        return True
    return any(scope.role == Role.TOWN and scope.region_path == region.path for scope in actor.scopes)


def may_keep(actor: Actor, committee: Committee) -> bool:
    """Whether the actor keeps this committee; a specialist one is kept by the unit that leads it as well."""
    if committee.lead_id is not None:
        return actor.is_system or actor.holds(Role.OFFICE) or of_unit(actor, committee.lead_id)
    return may_keep_place(actor, committee.region)


def of_unit(actor: Actor, agency: int) -> bool:
    """Whether one of the actor's posts is in the unit."""
    return any(scope.agency_id == agency and scope.role in REPORTERS for scope in actor.scopes)


def may_report(actor: Actor, line: LedgerLine) -> bool:
    """Whose line it is tells how far it is; the committee's keepers as well."""
    return of_unit(actor, line.agency_id) or may_keep(actor, line.committee)


def today(on: date) -> Q:
    """Rows that hold on a day."""
    return in_force(on)
