"""Where a campaign stands, and what kind of thing it is."""

from __future__ import annotations

from bihuan.kernel.loops.declaration import State


class CampaignState(State):
    DRAFTED = "drafted", "拟定"
    UNDER_WAY = "under_way", "实施"
    SUMMING_UP = "summing_up", "总结"
    ENDED = "ended", "结束"
    WITHDRAWN = "withdrawn", "已撤销"


class Nature(State):
    """One campaign, or something that holds several (M037, M043, M052)."""

    CAMPAIGN = "campaign", "专项行动"
    SET = "set", "系列（一月一项、十项等）"
    PROGRAMME = "programme", "突出疑难问题专项"
    PROBLEM = "problem", "疑难问题（属某一专项）"
    PLAN = "plan", "规划、监管实施方案"


class SetRule(State):
    """What makes a set complete."""

    MONTHLY = "monthly", "每月一项"
    LEADS = "leads", "每项各有一个牵头单位"
    DELIVERABLES = "deliverables", "每个单位完成若干项任务"


class Filing(State):
    """How often the units of a campaign report."""

    NEVER = "never", "不要求"
    WEEK = "week", "每周"
    MONTH = "month", "每月"


class Aspect(State):
    """四个到位."""

    DUTY = "duty", "责任"
    SUPERVISION = "supervision", "督查"
    ENFORCEMENT = "enforcement", "查处"
    PUBLICITY = "publicity", "宣传"


class InPlace(State):
    YES = "yes", "到位"
    PARTLY = "partly", "基本到位"
    NO = "no", "未到位"
