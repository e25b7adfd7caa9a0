"""Where a case stands, where it came from, who its party is and how it ended."""

from __future__ import annotations

from bihuan.kernel.loops.declaration import State


class CaseState(State):
    PROPOSED = "proposed", "待立案审批"
    INVESTIGATING = "investigating", "调查取证"
    REVIEWING = "reviewing", "审查"
    NOTIFIED = "notified", "已告知"
    HEARING = "hearing", "听证"
    HEARD = "heard", "听证结束"
    DECIDED = "decided", "已决定待送达"
    EXECUTING = "executing", "执行中"
    CONCLUDED = "concluded", "已结案"
    ARCHIVED = "archived", "已归档"
    TRANSFERRED = "transferred", "已移送"
    WITHDRAWN = "withdrawn", "已撤销"
    NOT_OPENED = "not_opened", "不予立案"


class CaseSource(State):
    INSPECTION = "inspection", "监督检查"
    HAZARD = "hazard", "隐患"
    TIP_OFF = "tip_off", "举报"
    CRACKDOWN = "crackdown", "打非治违"
    ACCIDENT = "accident", "生产安全事故"
    TRANSFER_IN = "transfer_in", "其他机关移送"
    ASSIGNED = "assigned", "上级交办"
    OTHER = "other", "其他"


class PartyKind(State):
    ENTITY = "entity", "单位"
    PERSON = "person", "个人"


class Template(State):
    """Templates of the five acts of enforcement (M142); what each demands lies in ``registers/law/procedures``."""

    PENALTY = "penalty", "行政处罚"
    INSPECTION = "inspection", "监督检查发现的处罚"
    PERMIT = "permit", "许可监管（暂扣、吊销）"
    ACCIDENT = "accident", "生产安全事故处罚"
    ACCOUNTABILITY = "accountability", "责任追究"


class Outcome(State):
    NONE = "none", "未决定"
    PENALTY = "penalty", "行政处罚"
    NO_PENALTY = "no_penalty", "不予行政处罚"
    TRANSFERRED = "transferred", "移送"
    WITHDRAWN = "withdrawn", "撤销案件"
    REVOKED = "revoked", "处罚决定被撤销"


class MeasureKind(State):
    """What a decision may carry beside the fine, each with its own execution (M139)."""

    WARNING = "warning", "警告"
    CONFISCATION = "confiscation", "没收违法所得、非法财物"
    SUSPENSION = "suspension", "责令停产停业整顿"
    CLOSURE = "closure", "提请关闭"
    REVOCATION = "revocation", "暂扣、吊销许可证件"
    RESTRICTION = "restriction", "限制从业"
    CREDIT = "credit", "纳入信用记录"
    EXPOSURE = "exposure", "公开曝光"
    SUMMONS = "summons", "约谈主要负责人"


GRAVE = frozenset(
    {MeasureKind.SUSPENSION, MeasureKind.CLOSURE, MeasureKind.REVOCATION, MeasureKind.RESTRICTION}
)
"""Penalties of which the party may ask for a hearing whatever the fine (行政处罚法第六十三条)."""
STARTED = (
    CaseState.INVESTIGATING,
    CaseState.REVIEWING,
    CaseState.NOTIFIED,
    CaseState.HEARING,
    CaseState.HEARD,
)
OPEN_STATES = (
    CaseState.PROPOSED,
    *STARTED,
    CaseState.DECIDED,
    CaseState.EXECUTING,
    CaseState.CONCLUDED,
    CaseState.TRANSFERRED,
)
