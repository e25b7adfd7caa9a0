"""The hands of a key period."""

from __future__ import annotations

from typing import Any

from bihuan.capabilities.dispatch.campaigns.hands import coordinates
from bihuan.capabilities.dispatch.hands import SYSTEM, of_unit
from bihuan.kernel.loops.declaration import Hand
from bihuan.kernel.people.actors import Actor

__all__ = ["COORDINATOR", "REPORTER", "SYSTEM"]


def reports(actor: Actor, window: Any) -> bool:
    """A unit that owes the daily report of this window."""
    return any(of_unit(actor, unit) for unit in getattr(window, "units", ()))


COORDINATOR = Hand("coordinator", "安委办或区领导", coordinates)
REPORTER = Hand("reporter", "报送日报的单位", reports)
