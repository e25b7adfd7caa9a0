"""What hangs under 会议与督导: meetings, visits, and which meetings are due; one strip of tabs for all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bihuan.capabilities.dispatch.hands import UNIT_ROLES
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.web import parts

MEETINGS, VISITS, DUE, SUMMONED = "/meetings/", "/visits/", "/meetings/due/", "/meetings/summoned/"
LABEL = "会议与督导"
_TABS = ((MEETINGS, "会议"), (VISITS, "督导检查"), (DUE, "应开会议和到会情况"))


def tabs(here: str) -> Callable[[Actor], Sequence[parts.Tab]]:
    """The strip, with the page at ``here`` marked."""
    return lambda actor: [parts.Tab(label, href, current=href == here) for href, label in _TABS]


def entry(actor: Actor) -> parts.Link | None:
    """The place in the navigation; whoever answers for an enterprise comes to the meetings it was called to."""
    if actor.roles & UNIT_ROLES:
        return parts.Link(LABEL, MEETINGS, "users", also=(VISITS,))
    return parts.Link("会议通知", SUMMONED, "users") if actor.holds(Role.PRINCIPAL) else None
