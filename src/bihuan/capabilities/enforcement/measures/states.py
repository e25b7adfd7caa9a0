"""Where a measure stands, which one it is, and on what ground; and where a failure to hold a supply back stands."""

from __future__ import annotations

from bihuan.kernel.loops.declaration import State


class MeasureState(State):
    PROPOSED = "proposed", "待批准"
    APPROVED = "approved", "待实施"
    IN_FORCE = "in_force", "执行中"
    AWAITING_ACCEPTANCE = "awaiting_acceptance", "待验收"
    LIFTED = "lifted", "已解除"
    SETTLED = "settled", "已了结"
    TURNED_DOWN = "turned_down", "不予批准"
    WITHDRAWN = "withdrawn", "已撤回"
    REVOKED = "revoked", "已撤销"


STANDING = (MeasureState.IN_FORCE, MeasureState.AWAITING_ACCEPTANCE)
"""In force: somebody may not do something, or something is held."""
OPEN_STATES = (MeasureState.PROPOSED, MeasureState.APPROVED, *STANDING)


class Family(State):
    """How a measure comes about and ends."""

    STOP = "stop", "责令停产停业、停止施工、停止使用"
    SEIZURE = "seizure", "查封扣押"
    CLOSURE = "closure", "关闭取缔"
    CUTOFF = "cutoff", "停止供电、停止供应民用爆炸物品"


class MeasureKind(State):
    STOP_PRODUCTION = "stop_production", "责令暂时停产停业"
    STOP_WORK = "stop_work", "责令停止施工"
    STOP_USE = "stop_use", "责令停止使用"
    SUSPENSION = "suspension", "停产停业整顿"
    IMMEDIATE_CLOSURE = "immediate_closure", "立即停业整顿（人员密集场所）"
    SEALING = "sealing", "查封"
    SEIZING = "seizing", "扣押"
    CLOSURE = "closure", "关闭"
    BAN = "ban", "取缔"
    CUT_POWER = "cut_power", "停止供电"
    CUT_EXPLOSIVES = "cut_explosives", "停止供应民用爆炸物品"


class Ground(State):
    """Why. What each rests on in law stands in :mod:`kinds`."""

    MAJOR_HAZARD = "major_hazard", "重大事故隐患排除前或者排除过程中无法保证安全"
    OVERDUE = "overdue", "责令限期整改，逾期未整改"
    THREE_SIMULTANEOUS = "three_simultaneous", "“三同时”手续逾期未完善"
    WAGES = "wages", "拖欠工资满两个月以上"
    NO_LICENCE = "no_licence", "无证生产经营或者证照逾期未办"
    NO_CONDITIONS = "no_conditions", "不具备安全生产条件"
    REPEATED_PENALTIES = "repeated_penalties", "存在重大事故隐患且屡次受到行政处罚"
    STILL_UNFIT = "still_unfit", "经停产停业整顿仍不具备安全生产条件"
    DISOBEYED = "disobeyed", "拒不执行停产停业整顿决定"
    ILLEGAL = "illegal", "非法生产经营建设"
    SUBSTANDARD = (
        "substandard",
        "不符合保障安全生产的国家标准或者行业标准的设施、设备、器材，或者违法生产、储存、使用、经营、运输的危险物品",
    )
    WEATHER = "weather", "恶劣天气，不能保证作业安全"


class Disposal(State):
    """What becomes of what was sealed or seized, other than being given back."""

    CONFISCATED = "confiscated", "没收"
    DESTROYED = "destroyed", "销毁"
    TRANSFERRED = "transferred", "移送有关机关"


class Supply(State):
    POWER = "power", "供电"
    EXPLOSIVES = "explosives", "民用爆炸物品"


class FailureState(State):
    FOUND = "found", "待核查"
    EXPLAINED = "explained", "待处理"
    CLOSED = "closed", "已办结"
    DISMISSED = "dismissed", "不予认定"
