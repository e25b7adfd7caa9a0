"""Where a task stands, and what kind of task it is."""

from __future__ import annotations

from bihuan.kernel.loops.declaration import State


class TaskState(State):
    DISPATCHED = "dispatched", "待签收"
    UNDER_WAY = "under_way", "办理中"
    AWAITING_ACCEPTANCE = "awaiting_acceptance", "待验收"
    CLOSED = "closed", "已办结"
    WITHDRAWN = "withdrawn", "已撤回"


class TaskKind(State):
    """What the task asks for; a report counts by it, so it is always one of these."""

    IMPLEMENT = "implement", "部署落实"
    INSPECT = "inspect", "检查排查"
    RECTIFY = "rectify", "整治整改"
    ENFORCE = "enforce", "执法打击"
    TRAIN = "train", "宣传培训"
    DRILL = "drill", "应急演练"
    REPORT = "report", "报送材料"
    MEETING = "meeting", "会议调度"
    PREVENT = "prevent", "禁止防范"
    OTHER = "other", "其他"
