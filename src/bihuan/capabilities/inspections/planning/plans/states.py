"""Where a plan stands."""

from __future__ import annotations

from bihuan.kernel.loops.declaration import State


class PlanState(State):
    DRAFT = "draft", "编制中"
    SUBMITTED = "submitted", "待审批"
    RUNNING = "running", "执行中"
    ENDED = "ended", "已结束"
    CANCELLED = "cancelled", "已作废"


class PlanKind(State):
    YEAR = "year", "年度计划"
    QUARTER = "quarter", "季度计划"
    MONTH = "month", "月度计划"
