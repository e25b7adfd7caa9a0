"""Where a gap stands."""

from __future__ import annotations

from bihuan.kernel.loops.declaration import State


class GapState(State):
    FOUND = "found", "待交办"
    UNDER_WAY = "under_way", "落实中"
    SETTLED = "settled", "待核销"
    CLOSED = "closed", "已核销"
    VOIDED = "voided", "不成立"


OPEN_STATES = (GapState.FOUND, GapState.UNDER_WAY, GapState.SETTLED)
