"""The hands of the case loop, as seen from one case; whoever investigates neither reviews, presides nor decides."""

from __future__ import annotations

from typing import Any

from bihuan.capabilities.enforcement import rounds
from bihuan.kernel.loops.declaration import Hand
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role

ENFORCING = frozenset({Role.OFFICER, Role.REGULATOR})


def of_agency(actor: Actor, case: Any) -> bool:
    """Whether one of the actor's posts enforces in the agency that runs the case."""
    return any(scope.role in ENFORCING and scope.agency_id == case.agency_id for scope in actor.scopes)


def investigates(actor: Actor, case: Any) -> bool:
    """Whether the actor is one of the two investigators named in the case."""
    return of_agency(actor, case) and any(person in case.investigators for person in actor.persons)


def heads(actor: Actor, case: Any) -> bool:
    """Whether the actor heads the agency (负责人), who approves and decides."""
    return any(
        scope.heads and scope.role in ENFORCING and scope.agency_id == case.agency_id
        for scope in actor.scopes
    )


def presides(actor: Actor, case: Any) -> bool:
    """Whether the actor is the presider named for the hearing."""
    return of_agency(actor, case) and rounds.hearing(case).get("presider") in actor.persons


def takes_part(actor: Actor, case: Any) -> bool:
    """A unit that has a part in a joint case."""
    return any(scope.agency_id in case.partners for scope in actor.scopes if scope.agency_id is not None)


ENFORCER = Hand("enforcer", "办案机关执法人员", of_agency)
INVESTIGATOR = Hand("investigator", "本案执法人员", investigates)
DECIDER = Hand("decider", "办案机关负责人", heads)
REVIEWER = Hand("reviewer", "法制审核人员（不能是本案执法人员）", of_agency)
PRESIDER = Hand("presider", "听证主持人（不能是本案执法人员）", presides)
PARTNER = Hand("partner", "联合办案单位", takes_part)
SYSTEM = Hand("system", "系统", lambda actor, matter: actor.is_system and not actor.operator)
