"""Where a tip-off stands, by what way it came, what it is about, and how it ended."""

from __future__ import annotations

from bihuan.kernel.loops.declaration import State


class BatchState(State):
    OPEN = "open", "在办"
    CLOSED = "closed", "已办结"
    REVOKED = "revoked", "已撤销登记"


class ItemState(State):
    RECEIVED = "received", "待受理"
    ADMITTED = "admitted", "待转办"
    HANDLING = "handling", "办理中"
    REPORTED = "reported", "待回复"
    REPLIED = "replied", "待办结"
    SETTLED = "settled", "已办结"
    MERGED = "merged", "已并件"
    REJECTED = "rejected", "不予受理"
    TRANSFERRED = "transferred", "已移送"
    REVOKED = "revoked", "已撤销登记"


CLOSED_STATES = (ItemState.SETTLED, ItemState.REJECTED, ItemState.TRANSFERRED)
"""What counts as closed (办结); a merged item stays open until its leading one is closed (N04)."""
OPEN_STATES = tuple(state for state in ItemState if state not in (*CLOSED_STATES, ItemState.REVOKED))
"""What was entered by mistake (撤销登记) is neither open nor closed: it counts nowhere and stays listed."""


class Channel(State):
    """By what way a batch came (M242)."""

    WEB = "web", "网上举报"
    HOTLINE = "hotline", "12350热线"
    LETTER = "letter", "来信"
    VISIT = "visit", "来访"
    AGENCY = "agency", "其他部门移送"
    CITY = "city", "上级交办"


FROM_OUTSIDE = (Channel.AGENCY, Channel.CITY)
"""Channels of which another organ is the origin, with a number of its own (M244)."""


class Topic(State):
    """What an item is about (M242); always one of these, so that the parts are the total."""

    HAZARD = "hazard", "事故隐患"
    ILLEGAL = "illegal", "非法违法生产经营建设"
    CONCEALED = "concealed", "瞒报谎报事故"
    VIOLATION = "violation", "违章指挥、违规操作"
    GAS = "gas", "燃气安全"
    FIRE = "fire", "消防安全"
    OTHER = "other", "其他"


class Outcome(State):
    """What the handler found."""

    VERIFIED = "verified", "属实"
    PARTLY = "partly", "部分属实"
    UNVERIFIED = "unverified", "不属实"


class Rejection(State):
    """Why an item is not admitted; the reporter is told this and the words beside it."""

    NOT_SAFETY = "not_safety", "不属于安全生产举报事项"
    NO_CLUE = "no_clue", "没有具体对象和线索，无法核查"
    DONE_BEFORE = "done_before", "已经办结，没有新的事实"
    IN_COURT = "in_court", "已进入诉讼、复议、仲裁程序"
    OTHER_PLACE = "other_place", "不在本行政区域"


class Mistake(State):
    """Why something was registered that is no tip-off of its own."""

    TWICE = "twice", "重复登记（同一次来电、来信、来访登记了两次）"
    NO_TIPOFF = "no_tipoff", "不是举报（咨询、测试等误登）"
    WRONG_ENTRY = "wrong_entry", "录入错误，已另行登记"


class Verdict(State):
    """What the reporter thinks of the answer."""

    SATISFIED = "satisfied", "满意"
    UNSATISFIED = "unsatisfied", "不满意"


class Link(State):
    """What an item became (M245)."""

    HAZARD = "hazard", "事故隐患"
    LEAD = "lead", "打非线索"
    ACCIDENT = "accident", "生产安全事故"
    CASE = "case", "执法案件"


class RewardBasis(State):
    """By which part of the rule a reward is reckoned."""

    FINE = "fine", "按行政处罚金额"
    MAJOR_HAZARD = "major_hazard", "重大事故隐患（未处罚的，按最低额）"
    CONCEALED = "concealed", "按查实的瞒报谎报死亡人数"
