"""The hands of the paper loop: the committee office splits and dispatches; leaders read."""

from __future__ import annotations

from typing import Any

from bihuan.kernel.loops.declaration import Hand
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role

READERS = frozenset({Role.OFFICE, Role.LEADER})


def of_office(actor: Actor, paper: Any) -> bool:
    """Whether one of the actor's posts is in the committee office over the paper's place."""
    return actor.holds_over(paper.region_path, Role.OFFICE)


OFFICE = Hand("office", "安委办", of_office)
SYSTEM = Hand("system", "系统", lambda actor, paper: actor.is_system)
