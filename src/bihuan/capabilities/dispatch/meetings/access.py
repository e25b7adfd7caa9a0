"""The doors to meetings, to visits, and to what an enterprise may know of a meeting."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from bihuan.capabilities.dispatch.meetings.hands import units_of
from bihuan.capabilities.dispatch.meetings.models import Deployment, Meeting, Visit
from bihuan.kernel.errors import Absent
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import ENTERPRISE_ROLES, Role

__all__ = [
    "access_meeting",
    "access_visit",
    "visible_deployments",
    "visible_meetings",
    "visible_summonses",
    "visible_visits",
]


def _over(actor: Actor) -> Q:
    """What the committee office and a leader without a portfolio coordinate: all of their place."""
    reach = Q(pk__in=[])
    for scope in actor.scopes:
        whole = scope.role == Role.OFFICE or (scope.role == Role.LEADER and not scope.sector_paths)
        if whole and scope.region_path:
            reach |= Q(region_path__startswith=scope.region_path)
    return reach


def _seats(actor: Actor) -> list[int]:
    return [scope.post_id for scope in actor.scopes if scope.role == Role.LEADER]


def visible_meetings(actor: Actor) -> QuerySet[Meeting]:
    """The office's all; a leader's those chaired; a unit's those it was asked to come to. An enterprise sees none."""
    if actor.all_seeing:
        return Meeting.objects.all()
    reach = _over(actor)
    if seats := _seats(actor):
        reach |= Q(chair_post__in=seats)
    if units := units_of(actor):
        reach |= Q(invited__overlap=sorted(units))
    return Meeting.objects.filter(reach)


def access_meeting(actor: Actor, no: str) -> Meeting:
    """One meeting by its number.

    Raises:
        Absent: it does not exist, or the actor was not asked to come; both answer alike.
    """
    found = visible_meetings(actor).select_related("agency").filter(no=no).first()
    if found is None:
        raise Absent(f"没有查到会议 {no}")
    return found


def visible_deployments(actor: Actor, meeting: Meeting) -> QuerySet[Deployment]:
    """What units filed after a meeting the actor may see: all to the office and the leaders of its place, to a unit its own.

    The meeting's timeline tells its entries by :func:`told_of`.
    """
    rows = meeting.deployments.select_related("agency").order_by("agency__order", "agency_id")
    if _coordinates(actor, meeting.region_path):
        return rows
    return rows.filter(agency__in=units_of(actor))


def told_of(actor: Actor, entry: Any) -> bool:
    """Whether the actor is told what an entry of a meeting says: of deployments filed, a unit reads only its own."""
    if entry.verb != "file_deployment" or _coordinates(actor, _place_of(entry.matter)):
        return True
    return entry.payload.get("unit_id") in units_of(actor)


def _coordinates(actor: Actor, place: str) -> bool:
    """Whether the actor is of the committee office or leads where the meeting was held: a town that was asked to come does not."""
    return actor.all_seeing or actor.holds_over(place, Role.OFFICE, Role.LEADER)


@lru_cache(maxsize=4096)
def _place_of(meeting: UUID) -> str:
    """Where a meeting lies, which never changes, so a long record asks once."""
    return Meeting.objects.values_list("region_path", flat=True).get(pk=meeting)


def visible_summonses(actor: Actor) -> QuerySet[Meeting]:
    """Meetings the actor's own enterprise was called to; the page of these shows no more than that."""
    own = [
        str(scope.object)
        for scope in actor.scopes
        if scope.role in ENTERPRISE_ROLES and scope.object is not None
    ]
    return Meeting.objects.filter(summoned__overlap=own) if own else Meeting.objects.none()


def visible_visits(actor: Actor) -> QuerySet[Visit]:
    """The office's all; a leader's own; a unit's those it received; a town's those in its place.

    Who went to which enterprise is told there and then, not on this ledger: enterprises, experts and grid workers see none.
    """
    if actor.all_seeing:
        return Visit.objects.all()
    reach = _over(actor)
    if seats := _seats(actor):
        reach |= Q(leader_post__in=seats)
    if units := units_of(actor):
        reach |= Q(unit__in=sorted(units))
    for scope in actor.scopes:
        if scope.role == Role.TOWN and scope.region_path:
            reach |= Q(region_path__startswith=scope.region_path)
    return Visit.objects.filter(reach)


def access_visit(actor: Actor, no: str) -> Visit:
    """One visit by its number.

    Raises:
        Absent: it does not exist or is not the actor's to see; both answer alike.
    """
    found = visible_visits(actor).select_related("agency", "unit").filter(no=no).first()
    if found is None:
        raise Absent(f"没有查到督导检查 {no}")
    return found
