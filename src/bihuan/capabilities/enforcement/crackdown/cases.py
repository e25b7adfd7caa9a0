"""The case an item became: asked for through the door of cases, wherever that loop runs."""

from __future__ import annotations

from bihuan.kernel.loops.registry import by_plural
from bihuan.kernel.people.actors import Actor


def lookup(no: str, actor: Actor) -> bool:
    """Whether there is such a case that the actor may see."""
    service = by_plural("cases")
    return service is not None and service.visible(actor).filter(no=no).exists()
