"""A lead from outside — a tip-off, an inspection, another agency — as an item of the crackdown that names where it came from."""

from __future__ import annotations

from bihuan.capabilities.enforcement.crackdown.inputs import SiteFound
from bihuan.kernel.loops import engine
from bihuan.kernel.people.actors import Actor


def open_lead(origin: str, given: SiteFound, actor: Actor) -> str:
    """Open an item that carries the number of the matter it came out of; returns its own. For ``wiring`` to call.

    Raises:
        Refused: as the opening itself would, with every reason at once.
    """
    return engine.open_matter("crackdown", "report", given, actor=actor, origin=origin).no
