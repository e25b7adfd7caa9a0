"""The strip of tabs above the pages of the crackdown."""

from __future__ import annotations

from collections.abc import Sequence

from bihuan.capabilities.enforcement.access import READERS
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.web import parts

HERE = "/crackdown/"
_places: list[tuple[int, str, str, frozenset[Role]]] = []


def hang(order: int, label: str, href: str, roles: frozenset[Role]) -> None:
    """Put a page under 打非治违 for holders of one of ``roles``; called once, when its room is ready."""
    _places.append((order, label, href, roles))
    _places.sort(key=lambda place: place[0])


def tabs_of(actor: Actor, here: str) -> Sequence[parts.Tab]:
    """What the actor may open, with the page at ``here`` marked."""
    back = [parts.Tab("执法案件", "/cases/")] if actor.roles & READERS else []
    return back + [
        parts.Tab(label, href, current=href == here)
        for _, label, href, roles in _places
        if actor.roles & roles
    ]
