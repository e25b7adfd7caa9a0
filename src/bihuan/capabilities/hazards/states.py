"""Where a hazard stands."""

from __future__ import annotations

from bihuan.kernel.loops.declaration import State


class HazardState(State):
    REPORTED = "reported", "已上报"
    RECTIFYING = "rectifying", "整改中"
    AWAITING_ACCEPTANCE = "awaiting_acceptance", "待验收"
    CLOSED = "closed", "已销号"
    REFERRED = "referred", "已移送"
    MERGED = "merged", "已并入"
    VOIDED = "voided", "已作废"


class Grade(State):
    """一般隐患、重大事故隐患 (安全生产法 第一百一十八条授权的判定标准)."""

    GENERAL = "general", "一般"
    MAJOR = "major", "重大"


class Source(State):
    """Where a hazard was found from (M102); mandatory, so that totals by source sum to the total."""

    SELF_CHECK = "self_check", "自查"
    ROUTINE = "routine", "日常"
    SPECIAL = "special", "专项"
    JOINT = "joint", "联合"
    SUPERVISION_VISIT = "supervision_visit", "督查"
    UNDERCOVER = "undercover", "暗访"
    LEADER_LED = "leader_led", "领导带队"
    TIP_OFF = "tip_off", "举报"
    EXPERT = "expert", "专家"
    GRID = "grid", "网格"
    TRANSFER = "transfer", "移交"
    CONGRESS = "congress", "人大"
