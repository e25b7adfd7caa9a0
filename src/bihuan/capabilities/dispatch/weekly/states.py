"""Where a weekly form stands."""

from __future__ import annotations

from bihuan.kernel.loops.declaration import State


class FormState(State):
    OPEN = "open", "待填报"
    FILED = "filed", "待审定"
    APPROVED = "approved", "已审定"
    WAIVED = "waived", "已免报"
