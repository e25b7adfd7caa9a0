"""The hands of meetings and visits, as seen from one of them."""

from __future__ import annotations

from typing import Any

from bihuan.capabilities.dispatch.hands import UNIT_ROLES
from bihuan.kernel.loops.declaration import Hand
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role


def keeps(actor: Actor, matter: Any) -> bool:
    """The committee office of the place."""
    return actor.holds_over(matter.region_path, Role.OFFICE)


def units_of(actor: Actor) -> frozenset[int]:
    """The units the actor belongs to."""
    return frozenset(
        scope.agency_id for scope in actor.scopes if scope.agency_id is not None and scope.role in UNIT_ROLES
    )


def is_invited(actor: Actor, meeting: Any) -> bool:
    """One of the units asked to come."""
    return bool(units_of(actor) & set(getattr(meeting, "invited", ())))


def led(actor: Actor, visit: Any) -> bool:
    """The leader whose visit it is: by the post, so that a successor may confirm what the predecessor did not."""
    post = getattr(visit, "leader_post", None)
    return any(scope.role == Role.LEADER and post in (None, scope.post_id) for scope in actor.scopes)


KEEPER = Hand("keeper", "安委办", keeps)
INVITED = Hand("invited", "参会单位", is_invited)
LED = Hand("led", "督导检查的领导本人", led)
