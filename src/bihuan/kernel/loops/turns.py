"""On which rung of the chain the unit stands whose turn it is: what is late is asked of that unit first.

A hazard that nobody has assigned yet is not the enterprise's fault; a request that waits for a decision is its decider's.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bihuan.kernel.loops.declaration import Hand, Loop
from bihuan.kernel.people.actors import Actor, Scope
from bihuan.kernel.people.models import Role
from bihuan.kernel.responsibility.chain import Holder, Level, chain, chain_of
from bihuan.kernel.territory.models import AgencyKind


def hand_of(loop: Loop, matter: Any) -> Hand | None:
    """The hand whose turn it is by the step that leads on from where the matter stands."""
    step = loop.next_step(loop.state(matter.state))
    return step.by[0] if step else None


def turn(hand: Hand | None, matter: Any) -> Level:
    """The rung of whoever holds ``hand`` nearest to the matter."""
    if matter.object_id is None:
        unit = _standing(Role.REGULATOR, agency_id=matter.agency_id)
        return Level.LEAD if hand is None or hand.holds(unit, matter) else Level.OFFICE
    if hand is None or hand.holds(_standing(Role.PRINCIPAL, object=matter.object_id), matter):
        return Level.ENTERPRISE
    level, nearest = _supervisor(matter)
    return level if hand.holds(nearest, matter) else Level.OFFICE


def _supervisor(matter: Any) -> tuple[Level, Actor]:
    """The unit that supervises the matter: its agency, or the town it lies in."""
    kind = matter.agency.kind if matter.agency_id is not None else AgencyKind.TOWN_GOVERNMENT
    if kind == AgencyKind.TOWN_GOVERNMENT:
        return Level.TERRITORIAL, _standing(Role.TOWN, region_path=matter.region_path)
    if kind == AgencyKind.DEPARTMENT:
        return Level.SECTOR, _standing(Role.REGULATOR, agency_id=matter.agency_id)
    return Level.OFFICE, _standing(Role.OFFICE, agency_id=matter.agency_id)


def _standing(role: Role, **reach: Any) -> Actor:
    return Actor(id=None, person_id=None, name="", scopes=(Scope(role, 0, "", **reach),))


def holders_of(matter: Any, on: date) -> Mapping[Level, Holder]:
    """The chain of a matter's object, with the regulator the matter now lies with; of its unit when it has no object."""
    if matter.object_id is None:
        return {holder.level: holder for holder in chain_of(matter, on)}
    regulator = matter.agency_id is not None and matter.agency.kind == AgencyKind.DEPARTMENT
    found = chain(matter.object, on, agency=matter.agency_id if regulator else None)
    return {holder.level: holder for holder in found}
