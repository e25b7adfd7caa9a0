"""The hands of the paper loop: the committee office splits and dispatches; leaders read."""

from __future__ import annotations

from typing import Any

from bihuan.kernel.loops.declaration import Hand
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role

READERS = frozenset({Role.OFFICE, Role.LEADER})


def of_office(actor: Actor, paper: Any) -> bool:
    """Whether one of the actor's posts is in the committee office over the paper's place."""
    return any(
        scope.role == Role.OFFICE
        and bool(scope.region_path)
        and paper.region_path.startswith(scope.region_path)
        for scope in actor.scopes
    )


OFFICE = Hand("office", "安委办", of_office)
SYSTEM = Hand("system", "系统", lambda actor, paper: actor.is_system)
