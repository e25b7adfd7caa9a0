"""Where a letter stands, between whom it is, and how it was judged at the end of its year."""

from __future__ import annotations

from bihuan.kernel.loops.declaration import State


class LetterState(State):
    DRAFTED = "drafted", "起草"
    AWAITING = "awaiting", "待签订"
    IN_FORCE = "in_force", "履行中"
    APPRAISED = "appraised", "已考核"
    TERMINATED = "terminated", "已终止"
    WITHDRAWN = "withdrawn", "已撤回"


class LetterLevel(State):
    """Which side gives the letter to which; targets are added up among letters of one level."""

    SUPERIOR = "superior", "上级对本区"
    TOWN = "town", "区对镇街"
    DEPARTMENT = "department", "区对部门"
    ENTERPRISE = "enterprise", "镇街对企业"
    VILLAGE = "village", "镇街对村（社区）"


class Merit(State):
    """What the appraisal of the year came to."""

    EXCELLENT = "excellent", "优秀"
    GOOD = "good", "良好"
    PASSED = "passed", "合格"
    FAILED = "failed", "不合格"


class AlarmLevel(State):
    NEAR = "near", "接近控制数"
    BREACHED = "breached", "突破控制数"
