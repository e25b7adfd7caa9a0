"""Who leads the safety committee of a place: the last rung above the committee office (安全生产法 第九条).

The kernel knows posts and tenures, not committees; the room that keeps them tells who leads one.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bihuan.kernel.responsibility.rungs import Holder, Level
from bihuan.kernel.territory.trees import the_district

Chair = Callable[[str, date], Holder]
"""``chair(region_path, on)``: who leads the nearest committee at or above a place on a day; vacant where there is none."""

UNKNOWN = "本区没有登记安委会"
_chairs: list[Chair] = []


def ask(chair: Chair) -> None:
    """Let a room answer for committees from now on. Called once, when its app is ready."""
    _chairs[:] = [chair]


def chair_of_the_office(on: date) -> Holder:
    """The chair of the committee whose office coordinates the district: whom the office turns to.

    A town's own committee answers to the town's own head, who may be the very one that stays silent; so the place is
    the district, wherever the matter lies.
    """
    district = the_district()
    if not _chairs or district is None:
        return Holder(Level.CHAIR, UNKNOWN)
    return _chairs[0](district.region.path, on)
