"""What hangs under 专项行动: campaigns themselves, key periods, milestone projects; one strip of tabs for all of them."""

from __future__ import annotations

from collections.abc import Sequence

from bihuan.capabilities.dispatch.hands import UNIT_ROLES
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.web import parts

_places: list[tuple[int, str, str, frozenset[Role]]] = []


def hang(order: int, label: str, href: str, roles: frozenset[Role] = UNIT_ROLES) -> None:
    """Put a page under 专项行动 for holders of one of ``roles``; called once, when its room is ready."""
    _places.append((order, label, href, roles))
    _places.sort(key=lambda place: place[0])


def tabs(actor: Actor, here: str) -> Sequence[parts.Tab]:
    """The strip of what the actor may open, with the page at ``here`` marked."""
    mine = [(label, href) for _, label, href, roles in _places if actor.roles & roles]
    return [parts.Tab(label, href, current=href == here) for label, href in mine]
