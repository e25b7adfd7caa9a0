"""The hands of an early warning."""

from __future__ import annotations

from typing import Any

from bihuan.kernel.loops.declaration import Hand
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role

WARNED = frozenset({Role.OFFICE, Role.REGULATOR, Role.OFFICER, Role.TOWN, Role.LEADER})


def issues(actor: Actor, warning: Any) -> bool:
    """The committee office and leaders of the place; a department its own warnings."""
    if actor.holds_over(warning.region_path, Role.OFFICE, Role.LEADER):
        return True
    return any(
        scope.role == Role.REGULATOR and scope.agency_id is not None and scope.agency_id == warning.agency_id
        for scope in actor.scopes
    )


def own_units(actor: Actor, warning: Any) -> list[int]:
    """Those of the warned units whose people the actor belongs to."""
    own = {scope.agency_id for scope in actor.scopes if scope.role in WARNED and scope.agency_id is not None}
    return sorted(own & set(warning.units))


ISSUER = Hand("issuer", "安委办、区领导或发布预警的部门", issues)
TARGET = Hand("target", "应签收的单位", lambda actor, warning: bool(own_units(actor, warning)))
