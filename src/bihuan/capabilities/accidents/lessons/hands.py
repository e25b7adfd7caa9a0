"""The hands of a warning."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from bihuan.kernel.loops.declaration import Hand
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import ENTERPRISE_ROLES, Role

LOOKING = frozenset({Role.OFFICE, Role.REGULATOR, Role.OFFICER, Role.TOWN})


def issues(actor: Actor, lesson: Any) -> bool:
    """The committee office and leaders; a department its own warnings."""
    if actor.holds_over(lesson.region_path, Role.OFFICE, Role.LEADER):
        return True
    return any(
        scope.role == Role.REGULATOR and scope.agency_id is not None and scope.agency_id == lesson.agency_id
        for scope in actor.scopes
    )


def listed_objects(lesson: Any) -> frozenset[UUID]:
    """The entities of the list, read once for a warning at hand."""
    known: frozenset[UUID] | None = lesson.__dict__.get("_listed_objects")
    if known is None:
        known = frozenset(lesson.checks.values_list("object_id", flat=True))
        lesson.__dict__["_listed_objects"] = known
    return known


def own_objects(actor: Actor, lesson: Any) -> list[UUID]:
    """Those of the list that the actor answers for."""
    own = {
        scope.object for scope in actor.scopes if scope.role in ENTERPRISE_ROLES and scope.object is not None
    }
    return sorted(own & listed_objects(lesson)) if own else []


def looks(actor: Actor, lesson: Any) -> bool:
    """Whoever supervises one of the listed; which one, the deed's own gate asks."""
    from bihuan.capabilities.accidents.lessons.access import visible_checks

    return bool(actor.roles & LOOKING) and visible_checks(actor).filter(lesson=lesson.pk).exists()


ISSUER = Hand("issuer", "安委办、区领导或发布警示的部门", issues)
LISTED = Hand("listed", "列入排查的单位", lambda actor, lesson: bool(own_objects(actor, lesson)))
LOOKER = Hand("looker", "监管部门、镇街或安委办", looks)
SYSTEM = Hand("system", "系统", lambda actor, lesson: actor.is_system)
