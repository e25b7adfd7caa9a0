"""Where an inspection stands, what it may lead to, and how each thing found is dealt with."""

from __future__ import annotations

from bihuan.kernel.loops.declaration import State


class InspectionState(State):
    PREPARED = "prepared", "待检查"
    ON_SITE = "on_site", "检查中"
    RECTIFYING = "rectifying", "责令整改中"
    CLOSED = "closed", "已办结"
    CANCELLED = "cancelled", "已取消"


class Nature(State):
    """Whether documents may come of it: 执法检查 needs two officers with certificates (行政处罚法 第四十二条)."""

    ENFORCEMENT = "enforcement", "执法检查"
    SUPERVISION = "supervision", "监督检查（不执法）"


class Handling(State):
    """What is done about a thing found (安全生产法 第六十五条、第六十九条)."""

    RECTIFY = "rectify", "限期整改"
    AT_ONCE = "at_once", "当场改正"
    MEASURE = "measure", "现场处理措施（暂时停产停业、停止使用、撤出人员）"


class Met(State):
    """What the recheck said of a thing found."""

    OPEN = "open", "未复查"
    MET = "met", "已整改"
    UNMET = "unmet", "未整改到位"


class Grade(State):
    GENERAL = "general", "一般"
    MAJOR = "major", "重大"


class Reply(State):
    ASKED = "asked", "待答复"
    GRANTED = "granted", "同意"
    REFUSED = "refused", "不同意"
