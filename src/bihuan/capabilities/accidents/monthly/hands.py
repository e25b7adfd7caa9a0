"""The hands of a monthly form, as seen from one form."""

from __future__ import annotations

from typing import Any

from bihuan.kernel.loops.declaration import Hand
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role

FILING = frozenset({Role.REGULATOR, Role.OFFICER, Role.TOWN})
WHOLE = frozenset({Role.OFFICE, Role.LEADER})
SEEING = FILING | WHOLE


def files(actor: Actor, form: Any) -> bool:
    """Somebody of the unit itself; a form belongs to a unit, not to a jurisdiction."""
    return any(scope.agency_id == form.agency_id and scope.role in FILING for scope in actor.scopes)


def _office(actor: Actor, form: Any) -> bool:
    return actor.holds_over(form.region_path, Role.OFFICE)


FILER = Hand("filer", "填报单位", files)
ACCEPTOR = Hand("acceptor", "安委办（不能是填报的同一人）", _office)
OFFICE = Hand("office", "安委办", _office)
CLOCK = Hand("clock", "系统", lambda actor, form: actor.is_system)
