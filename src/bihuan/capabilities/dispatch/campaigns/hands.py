"""The hands of a campaign, as seen from one campaign."""

from __future__ import annotations

from typing import Any

from bihuan.capabilities.dispatch.hands import DISTRICT, UNIT_ROLES, of_unit
from bihuan.kernel.loops.declaration import Hand
from bihuan.kernel.people.actors import Actor

__all__ = ["COORDINATOR", "LEAD", "MEMBER", "UNIT_ROLES"]


def coordinates(actor: Actor, campaign: Any) -> bool:
    """The committee office or a leader of the district."""
    return actor.holds_over(campaign.region_path, *DISTRICT)


def leads(actor: Actor, campaign: Any) -> bool:
    return of_unit(actor, campaign.agency_id)


def takes_part(actor: Actor, campaign: Any) -> bool:
    """The lead unit or a member."""
    return leads(actor, campaign) or any(of_unit(actor, unit) for unit in getattr(campaign, "members", ()))


COORDINATOR = Hand("coordinator", "安委办或区领导", coordinates)
LEAD = Hand("lead", "牵头单位", leads)
MEMBER = Hand("member", "牵头单位或成员单位", takes_part)
