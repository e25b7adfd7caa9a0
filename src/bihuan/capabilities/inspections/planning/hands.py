"""The hands of plans, draws and rounds, as seen from one of them."""

from __future__ import annotations

from typing import Any

from bihuan.capabilities.inspections.hands import APPROVING, INSPECTING
from bihuan.kernel.loops.declaration import Hand
from bihuan.kernel.people.actors import Actor, Scope
from bihuan.kernel.people.models import ENTERPRISE_ROLES, Role

WALKING = frozenset({*INSPECTING, Role.GRID})


def planning_scope(actor: Actor) -> Scope | None:
    """The post in whose unit's name the actor plans: the regulator's first, the committee office's last."""
    fitting = [scope for scope in actor.scopes if scope.role in INSPECTING and scope.agency_id is not None]
    return min(fitting, key=lambda scope: INSPECTING.index(scope.role), default=None)


def plans(actor: Actor, matter: Any) -> bool:
    """Somebody of a unit that inspects; of the unit itself once there is one."""
    return any(
        scope.role in INSPECTING
        and scope.agency_id is not None
        and matter.agency_id in (None, scope.agency_id)
        for scope in actor.scopes
    )


def approves(actor: Actor, matter: Any) -> bool:
    """A responsible post of the unit, the committee office or a leader over the place."""
    own = any(scope.role in APPROVING and scope.agency_id == matter.agency_id for scope in actor.scopes)
    return own or actor.holds_over(matter.region_path, Role.OFFICE, Role.LEADER)


def walks(actor: Actor, matter: Any) -> bool:
    """Whoever goes round there: units and grid workers, or the enterprise on its own ground (企业日常巡查).

    A round under way stays with the side that set out.
    """
    roles = WALKING | ENTERPRISE_ROLES
    if getattr(matter, "entry_count", 0):
        roles = ENTERPRISE_ROLES if matter.own else WALKING
    return actor.covers(roles, matter.region_path, matter.sector_path, matter.agency_id, matter.object_id)


PLANNER = Hand("planner", "编制计划的单位", plans)
APPROVER = Hand("approver", "本单位负责人、安委办或分管领导", approves)
DRAWER = Hand("drawer", "组织抽查的单位", plans)
WALKER = Hand("walker", "巡查人员", walks)
