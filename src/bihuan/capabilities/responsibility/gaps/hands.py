"""The hands of a gap."""

from __future__ import annotations

from typing import Any

from bihuan.kernel.loops.declaration import Hand
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role

UNIT_ROLES = frozenset({Role.OFFICE, Role.REGULATOR, Role.TOWN, Role.LEADER})


def coordinates(actor: Actor, gap: Any) -> bool:
    """The committee office of the district."""
    return actor.holds_over(gap.region_path, Role.OFFICE)


def settles(actor: Actor, gap: Any) -> bool:
    """The unit it was given to."""
    return any(scope.agency_id == gap.agency_id and scope.role in UNIT_ROLES for scope in actor.scopes)


def raises(actor: Actor, gap: Any) -> bool:
    """Whoever supervises: a gap is seen first by the unit that is asked for what is not its own."""
    return bool(actor.roles & UNIT_ROLES)


COMPARISON = Hand("comparison", "系统比对", lambda actor, gap: actor.is_system)
RAISER = Hand("raiser", "安委办、部门、镇街或区领导", raises)
OFFICE = Hand("office", "安委办", coordinates)
OWNER = Hand("owner", "落实单位", settles)
ACCEPTOR = Hand("acceptor", "安委办（不能是报告解决的同一人）", coordinates)
