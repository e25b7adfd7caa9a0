"""The one door to key periods."""

from __future__ import annotations

from django.db.models import QuerySet

from bihuan.capabilities.dispatch.hands import UNIT_ROLES
from bihuan.capabilities.dispatch.windows.models import KeyWindow
from bihuan.kernel.errors import Absent
from bihuan.kernel.people.actors import Actor


def visible_windows(actor: Actor) -> QuerySet[KeyWindow]:
    """Every unit of the government sees the district's calendar; enterprises, experts and administrators do not."""
    if actor.all_seeing or any(scope.role in UNIT_ROLES for scope in actor.scopes):
        return KeyWindow.objects.all()
    return KeyWindow.objects.none()


def access_window(actor: Actor, no: str) -> KeyWindow:
    """One window by its number.

    Raises:
        Absent: it does not exist or is not for the actor to see; both answer alike.
    """
    found = visible_windows(actor).filter(no=no).first()
    if found is None:
        raise Absent(f"没有查到重点时段 {no}")
    return found
