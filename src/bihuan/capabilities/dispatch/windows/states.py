"""Where a key period stands, which one it is, and who reports while it lasts."""

from __future__ import annotations

from bihuan.kernel.loops.declaration import State


class WindowState(State):
    PLANNED = "planned", "待进入"
    OPEN = "open", "进行中"
    CLOSED = "closed", "已总结"
    CANCELLED = "cancelled", "已取消"


class WindowKind(State):
    NEW_YEAR = "new_year", "元旦"
    SPRING_RUSH = "spring_rush", "春运"
    SPRING_FESTIVAL = "spring_festival", "春节"
    FIREWORKS = "fireworks", "烟花爆竹旺季"
    RESUMPTION = "resumption", "返城返岗、复工复产"
    TWO_SESSIONS = "two_sessions", "全国两会"
    TOMB_SWEEPING = "tomb_sweeping", "清明"
    LABOUR_DAY = "labour_day", "五一"
    FLOOD_SEASON = "flood_season", "汛期"
    NATIONAL_DAY = "national_day", "国庆"
    WINTER = "winter", "冬季"
    YEAR_END = "year_end", "岁末年初"
    EVENT = "event", "重大活动"
    OTHER = "other", "其他"


class Reporting(State):
    """Who files a daily report while the window is open."""

    NOBODY = "nobody", "不要求"
    TOWNS = "towns", "镇街"
    ALL = "all", "镇街和部门"


class To(State):
    """Whom a task of the window goes to: each one of a class gets a task of its own, with itself in the lead."""

    EACH_TOWN = "each_town", "每个镇街各一项"
    EACH_DEPARTMENT = "each_department", "每个部门各一项"
    ONE = "one", "指定单位"
