"""Where a round stands, and what a section came to."""

from __future__ import annotations

from bihuan.kernel.loops.declaration import State


class RoundState(State):
    UNDER_WAY = "under_way", "巡查中"
    FINISHED = "finished", "已完成"
    CANCELLED = "cancelled", "已取消"


class SectionOutcome(State):
    CLEAR = "clear", "正常"
    HAZARD = "hazard", "发现隐患"
    ABSENT = "absent", "本处没有"
