"""The hands of the task loop, as seen from one task."""

from __future__ import annotations

from typing import Any

from bihuan.kernel.loops.declaration import Hand
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role

UNIT_ROLES = frozenset({Role.OFFICE, Role.REGULATOR, Role.OFFICER, Role.TOWN, Role.LEADER})
DISTRICT = frozenset({Role.OFFICE, Role.LEADER})


def of_unit(actor: Actor, agency: int | None) -> bool:
    """Whether one of the actor's posts is in the unit; tasks go to units, not to jurisdictions."""
    return agency is not None and any(
        scope.agency_id == agency and scope.role in UNIT_ROLES for scope in actor.scopes
    )


def coordinates(actor: Actor, task: Any) -> bool:
    """The committee office or a leader of the district: who dispatches, urges and accepts.

    A leader with a portfolio does so for the tasks bound to that post; one without a portfolio, for all.
    """
    bound = getattr(task, "leader_post", None)  # a place alone is asked about before there is a task
    return any(
        scope.role in DISTRICT
        and bool(scope.region_path)
        and task.region_path.startswith(scope.region_path)
        and (not scope.sector_paths or bound in (None, scope.post_id))
        for scope in actor.scopes
    )


def leads(actor: Actor, task: Any) -> bool:
    return of_unit(actor, task.agency_id)


def takes_part(actor: Actor, task: Any) -> bool:
    """The lead unit, or one that supports it."""
    return leads(actor, task) or any(of_unit(actor, agency) for agency in task.supporting)


DISPATCHER = Hand("dispatcher", "安委办或区领导", coordinates)
LEAD = Hand("lead", "牵头单位", leads)
PARTNER = Hand("partner", "牵头单位或配合单位", takes_part)
ACCEPTOR = Hand("acceptor", "安委办或区领导（不能是上报完成的同一人）", coordinates)
SYSTEM = Hand(
    "system", "系统（按安委办设定的规则）", lambda actor, matter: actor.is_system and not actor.operator
)
"""A timer that carries out what the office planned and signed; nobody at a terminal stands for it."""
