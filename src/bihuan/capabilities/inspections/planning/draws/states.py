"""Where a draw stands."""

from __future__ import annotations

from bihuan.kernel.loops.declaration import State


class DrawState(State):
    FROZEN = "frozen", "名单已锁定，待抽取"
    DRAWN = "drawn", "已抽取，待派发"
    ARRANGED = "arranged", "已派发检查"
    VOIDED = "voided", "已作废"
