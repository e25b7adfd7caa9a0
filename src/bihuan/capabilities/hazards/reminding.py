"""到期前提醒 of hazards; how it is done is the loops' own (:mod:`bihuan.kernel.loops.reminding`)."""

from __future__ import annotations

from datetime import date

from bihuan.capabilities.hazards.loop import HAZARD
from bihuan.kernel.loops import reminding


def last_day_soon(today: date) -> date:
    """Up to this day a hazard is due soon."""
    return reminding.last_day_soon(HAZARD.name, today)


def remind() -> int:
    """Tell those whose turn it is of what is due soon; returns how many notices were new."""
    return reminding.remind(HAZARD.name)
