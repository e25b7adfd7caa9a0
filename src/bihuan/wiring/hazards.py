"""What hazards follow, and what they tell of campaigns."""

from __future__ import annotations

from bihuan.capabilities.dispatch.campaigns.reach import found_at, look_at
from bihuan.capabilities.hazards.following import follow_object, follow_town
from bihuan.capabilities.hazards.tagged import looked_at
from bihuan.kernel.loops.registry import after
from bihuan.registers.enterprises.standing import follow_mergers
from bihuan.registers.towns import follow_town_mergers


def connect() -> None:
    """Hazards go along when their object or town is merged; what carries a campaign's tag shows where it has been."""
    follow_mergers("hazards", follow_object)
    follow_town_mergers("hazards", follow_town)
    after("hazard", "report", found_at)
    look_at(looked_at)
