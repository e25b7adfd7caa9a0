"""The one door to reports: only of one's own jurisdiction, and only for posts that supervise."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from bihuan.kernel.errors import Absent
from bihuan.kernel.people.actors import Actor, jurisdiction
from bihuan.kernel.people.models import Role
from bihuan.reporting.models import Report

READERS = frozenset({Role.OFFICE, Role.LEADER, Role.REGULATOR, Role.OFFICER, Role.TOWN})
ISSUERS = frozenset({Role.OFFICE})


def visible_reports(actor: Actor) -> QuerySet[Report]:
    """The reports an actor may read."""
    if not (actor.all_seeing or actor.roles & READERS):
        return Report.objects.none()
    return Report.objects.filter(jurisdiction(actor))


def access_report(actor: Actor, no: str) -> Report:
    """One report by its number.

    Raises:
        Absent: it does not exist or lies outside the actor's jurisdiction; both answer alike.
    """
    found = visible_reports(actor).filter(Q(no=no)).select_related("region", "agency", "template").first()
    if found is None:
        raise Absent(f"没有查到报告 {no}")
    return found


def may_issue(actor: Actor, region_path: str, agency: int | None = None) -> bool:
    """Whether the actor may draft and issue a report of this place: the committee office that covers it."""
    return actor.covers(ISSUERS, region_path, "", agency, None)
