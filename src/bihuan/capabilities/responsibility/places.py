"""Where the rooms of responsibility hang their pages: one strip of tabs under 责任, and one line each on its first page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import ADMIN_ROLES, ENTERPRISE_ROLES, Role
from bihuan.kernel.web import parts

HUB = "/responsibility/"
UNITS = frozenset(Role) - ADMIN_ROLES - ENTERPRISE_ROLES - {Role.EXPERT}
"""Who works inside the government: what is kept here is theirs to read."""

Count = Callable[[Actor], int]


@dataclass(frozen=True, slots=True)
class Place:
    """One room's page: ``says`` tells on the first page what is found there, ``count`` what waits there for the actor."""

    order: int
    label: str
    href: str
    roles: frozenset[Role]
    says: str = ""
    count: Count | None = None


_places: list[Place] = []


def offer(
    order: int,
    label: str,
    href: str,
    roles: frozenset[Role] = UNITS,
    *,
    says: str = "",
    count: Count | None = None,
) -> None:
    """Hang a page under 责任; called once, when the room's app is ready. It shows to holders of one of ``roles``."""
    _places.append(Place(order, label, href, roles, says, count))
    _places.sort(key=lambda place: place.order)


def places(actor: Actor) -> Sequence[Place]:
    """The pages this actor may open, in their order."""
    return [place for place in _places if actor.roles & place.roles]


def tabs(actor: Actor, here: str) -> Sequence[parts.Tab]:
    """The strip of tabs; the one whose address ``here`` begins with is marked, the longest of several."""
    mine = places(actor)
    best = max((place.href for place in mine if here.startswith(place.href)), key=len, default="")
    return [parts.Tab(place.label, place.href, current=place.href == best) for place in mine]


def around(actor: Actor, here: str, label: str = "") -> dict[str, Any]:
    """The crumbs and the strip of tabs of a page of any room, for its template's context."""
    mine = next((place for place in places(actor) if place.href == here), None)
    above = [parts.Link("责任", HUB)]
    return {
        "crumbs": [*above, parts.Link(label or (mine.label if mine else ""), "")],
        "tabs": tabs(actor, here),
    }


def beside(actor: Actor, here: str, label: str = "") -> dict[str, Any]:
    """The same for pages made from the list template, which shows them above its filters."""
    found = around(actor, here, label)
    return {"crumbs": found["crumbs"], "beside": found["tabs"]}
