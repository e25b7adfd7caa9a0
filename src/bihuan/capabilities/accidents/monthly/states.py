"""Where a monthly form stands."""

from __future__ import annotations

from bihuan.kernel.loops.declaration import State


class FormState(State):
    OPEN = "open", "待填报"
    FILED = "filed", "待审核"
    ACCEPTED = "accepted", "已备案"
    WAIVED = "waived", "已免报"


class Risk(State):
    """How grave a forecast risk is; the order is from light to grave."""

    LOW = "low", "低"
    GENERAL = "general", "一般"
    SIGNIFICANT = "significant", "较大"
    MAJOR = "major", "重大"
