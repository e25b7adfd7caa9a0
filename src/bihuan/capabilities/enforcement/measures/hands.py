"""The hands of a measure and of a failure to hold a supply back."""

from __future__ import annotations

from typing import Any

from bihuan.capabilities.enforcement.measures.kinds import family_of
from bihuan.capabilities.enforcement.measures.states import Family
from bihuan.kernel.loops.declaration import Hand
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import ENTERPRISE_ROLES, Role

ENFORCING = frozenset({Role.REGULATOR, Role.OFFICER})
UNIT_ROLES = frozenset({Role.OFFICE, Role.LEADER, Role.REGULATOR, Role.OFFICER, Role.TOWN, Role.GRID})
WATCHING = UNIT_ROLES - {Role.LEADER}
ANYBODY = 0
"""The post of a unit at large, as the kernel asks whose turn it is; no person ever holds it."""


def _covers(roles: frozenset[Role], actor: Actor, matter: Any) -> bool:
    return actor.covers(roles, matter.region_path, matter.sector_path, matter.agency_id, matter.object_id)


def enforces(actor: Actor, measure: Any) -> bool:
    """An official of the department whose measure it is, or who regulates the object."""
    return _covers(ENFORCING, actor, measure)


def heads_department(actor: Actor, measure: Any) -> bool:
    """The principal of the department itself (本部门主要负责人): a post that heads it, and nobody for that person."""
    own = [scope for scope in actor.scopes if scope.agency_id == measure.agency_id]
    return any(scope.heads or scope.post_id == ANYBODY for scope in own)


def governs(actor: Actor, measure: Any) -> bool:
    """A leader of the government of the place."""
    return actor.holds_over(measure.region_path, Role.LEADER)


def approves(actor: Actor, measure: Any) -> bool:
    """Closing is the government's to decide, everything else the department's principal's."""
    closing = bool(measure.kind) and family_of(measure.kind) is Family.CLOSURE
    return governs(actor, measure) if closing else heads_department(actor, measure)


def accepts(actor: Actor, measure: Any) -> bool:
    return _covers(ENFORCING | {Role.OFFICE}, actor, measure)


def answers(actor: Actor, measure: Any) -> bool:
    """The unit the measure is about."""
    return _covers(ENTERPRISE_ROLES, actor, measure)


def puts_right(actor: Actor, measure: Any) -> bool:
    """The unit that can do something about it: a stop or a supply cut off waits for it, what is held or closed does not."""
    waiting = bool(measure.kind) and family_of(measure.kind) in (Family.STOP, Family.CUTOFF)
    return waiting and answers(actor, measure)


def supplies(actor: Actor, measure: Any) -> bool:
    """Somebody of the supplier who has an account here."""
    supplier = measure.supplier if getattr(measure, "supplier_id", None) is not None else None
    if supplier is None:
        return False
    return any(
        (scope.role in ENTERPRISE_ROLES and scope.object is not None and scope.object == supplier.object_id)
        or (scope.agency_id is not None and scope.agency_id == supplier.agency_id)
        for scope in actor.scopes
    )


def watches(actor: Actor, measure: Any) -> bool:
    """Whoever may come by and see that an order is not kept."""
    return _covers(WATCHING, actor, measure)


def coordinates(actor: Actor, failure: Any) -> bool:
    """The committee office of the place."""
    return actor.holds_over(failure.region_path, Role.OFFICE)


def explains(actor: Actor, failure: Any) -> bool:
    """The department that answers for the supplier."""
    return any(scope.agency_id == failure.agency_id and scope.role in UNIT_ROLES for scope in actor.scopes)


ENFORCER = Hand("enforcer", "作出决定的部门执法人员", enforces)
APPROVER = Hand("approver", "部门主要负责人（关闭取缔为区领导）", approves)
ACCEPTOR = Hand("acceptor", "监管部门验收人员（不能是整改人、申请人和原检查人）", accepts)
RECTIFIER = Hand("rectifier", "被责令停止的单位", puts_right)
OBJECT = Hand("object", "被采取措施的单位", answers)
SUPPLIER = Hand("supplier", "供应单位", supplies)
WATCHER = Hand("watcher", "执法人员、镇街、网格员或安委办", watches)
SYSTEM = Hand("system", "系统（按规定）", lambda actor, matter: actor.is_system and not actor.operator)
RAISER = Hand(
    "raiser", "发现违反停供决定的单位", lambda actor, failure: actor.is_system or bool(actor.roles & WATCHING)
)
EXPLAINER = Hand("explainer", "供应单位的主管部门", explains)
OFFICE = Hand("office", "安委办", coordinates)
