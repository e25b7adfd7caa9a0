"""The hands of the tip-off loops. Whoever may be the subject of a tip-off — an enterprise above all — has none."""

from __future__ import annotations

from typing import Any

from bihuan.kernel.loops.declaration import Hand
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role

UNITS = frozenset({Role.OFFICE, Role.REGULATOR, Role.OFFICER, Role.TOWN})
"""Who may handle what is referred to their unit."""
READERS = UNITS | {Role.LEADER}
WHOLE = frozenset({Role.OFFICE, Role.LEADER})
"""Who sees every tip-off of a place; a leader only reads."""


def receives(actor: Actor, matter: Any) -> bool:
    """The office that receives tip-offs for the place: it alone may look at who reported."""
    return actor.holds_over(matter.region_path, Role.OFFICE)


def handles(actor: Actor, item: Any) -> bool:
    """The unit an item is referred to; a place gives nobody a hand in it."""
    return item.agency_id is not None and any(
        scope.agency_id == item.agency_id and scope.role in UNITS for scope in actor.scopes
    )


OFFICE = Hand("office", "举报受理人（安委办）", receives)
HANDLER = Hand("handler", "承办单位", handles)
SYSTEM = Hand("system", "系统", lambda actor, matter: actor.is_system and not actor.operator)
