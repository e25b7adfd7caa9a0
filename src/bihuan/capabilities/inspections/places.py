"""What hangs under 监督检查; rooms that plan and patrol add their tabs here."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import ENTERPRISE_ROLES, Role
from bihuan.kernel.web import parts

BASE, STATISTICS = "/inspections/", "/inspections/statistics/"
LABEL = "监督检查"
OFFICIALS = frozenset({Role.OFFICE, Role.LEADER, Role.REGULATOR, Role.OFFICER, Role.TOWN})
_OFFICERS = OFFICIALS - {Role.TOWN}

_tabs: list[tuple[int, str, str, frozenset[Role]]] = [
    (0, BASE, "检查", OFFICIALS | ENTERPRISE_ROLES),
    (80, STATISTICS, "统计", OFFICIALS),
    (90, "/officers/", "执法人员与专家", _OFFICERS),
]


def add_tab(order: int, href: str, label: str, roles: frozenset[Role] = OFFICIALS) -> None:
    """Hang a page under 监督检查. Called once, when a room is ready."""
    if all(known[1] != href for known in _tabs):
        _tabs.append((order, href, label, roles))
        _tabs.sort()


def tabs(here: str) -> Callable[[Actor], Sequence[parts.Tab]]:
    """The strip, with the page at ``here`` marked."""

    def strip(actor: Actor) -> Sequence[parts.Tab]:
        found = [
            parts.Tab(label, href, current=href == here)
            for _, href, label, roles in _tabs
            if actor.roles & roles
        ]
        return found if len(found) > 1 else ()

    return strip


def entry(actor: Actor) -> parts.Link | None:
    """The place in the navigation."""
    if not actor.roles & (OFFICIALS | ENTERPRISE_ROLES):
        return None
    also = tuple(href for _, href, _, _ in _tabs if not href.startswith(BASE))
    return parts.Link(LABEL, BASE, "clipboard-check", also=also)
