"""The hands of inspections, as seen from one of them."""

from __future__ import annotations

from typing import Any

from bihuan.kernel.loops.declaration import Hand
from bihuan.kernel.people.actors import Actor, Scope
from bihuan.kernel.people.models import ENTERPRISE_ROLES, Role

INSPECTING = (Role.REGULATOR, Role.OFFICER, Role.TOWN, Role.OFFICE)
APPROVING = frozenset({Role.REGULATOR, Role.OFFICE, Role.TOWN})


def leading_scope(actor: Actor, object: Any) -> Scope | None:
    """The post in whose unit's name the actor may inspect an object: the regulator's first, the committee office's last."""
    fitting = [
        scope
        for scope in actor.scopes
        if scope.role in INSPECTING
        and scope.agency_id is not None
        and scope.covers(object.region_path, object.sector_path, object.agency_id, object.uid)
    ]
    return min(fitting, key=lambda scope: INSPECTING.index(scope.role), default=None)


def arranges(actor: Actor, matter: Any) -> bool:
    """Whoever inspects what lies in the own jurisdiction, in the name of the own unit."""
    return any(
        scope.role in INSPECTING
        and scope.agency_id is not None
        and scope.covers(matter.region_path, matter.sector_path, matter.agency_id, matter.object_id)
        for scope in actor.scopes
    )


def in_unit(actor: Actor, inspection: Any) -> bool:
    """Somebody of the leading unit."""
    return any(
        scope.role in INSPECTING and scope.agency_id is not None and scope.agency_id == inspection.agency_id
        for scope in actor.scopes
    )


def in_team(actor: Actor, inspection: Any) -> bool:
    """One of those who inspect."""
    return actor.person_id is not None and actor.person_id in getattr(inspection, "officers", ())


def approves(actor: Actor, inspection: Any) -> bool:
    """A responsible post of the leading unit, or the committee office over the place."""
    own = any(scope.role in APPROVING and scope.agency_id == inspection.agency_id for scope in actor.scopes)
    return own or actor.holds_over(inspection.region_path, Role.OFFICE)


def inspected(actor: Actor, inspection: Any) -> bool:
    """The enterprise inspected."""
    return actor.covers(
        ENTERPRISE_ROLES, inspection.region_path, inspection.sector_path, None, inspection.object_id
    )


def told(actor: Actor, inspection: Any) -> bool:
    """The enterprise inspected, once it may know (M108)."""
    return not getattr(inspection, "secret", True) and inspected(actor, inspection)


ARRANGER = Hand("arranger", "对该单位有监管职责的部门、镇街或安委办", arranges)
UNIT = Hand("unit", "牵头检查的单位", in_unit)
TEAM = Hand("team", "检查人员", in_team)
APPROVER = Hand("approver", "牵头单位负责审批的人员", approves)
TARGET = Hand("target", "被检查单位", inspected)
TOLD = Hand("told", "被检查单位（可以知道之后）", told)
