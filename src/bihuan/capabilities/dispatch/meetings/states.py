"""Where a meeting or a visit stands, and of which organ and kind it is; reports count by these codes."""

from __future__ import annotations

from bihuan.kernel.loops.declaration import State


class MeetingState(State):
    PLANNED = "planned", "拟召开"
    HELD = "held", "已召开"
    MINUTED = "minuted", "纪要已印发"
    CANCELLED = "cancelled", "已取消"


class Body(State):
    """Whose meeting it is (M039)."""

    PARTY_STANDING = "party_standing", "区委常委会"
    GOVERNMENT_STANDING = "government_standing", "区政府常务会"
    HEAD_OFFICE = "head_office", "区长办公会"
    COMMITTEE = "committee", "区安委会"
    COMMITTEE_OFFICE = "committee_office", "区安委办"
    SPECIALIST = "specialist", "专业委员会"
    GOVERNMENT = "government", "区委、区政府"
    OTHER_BODY = "other_body", "其他机构"


class MeetingKind(State):
    """What kind of meeting it is; the plenary of the safety committee and special meetings are never one counter (N08)."""

    ANNUAL = "annual", "年初安全生产工作会议"
    PLENARY = "plenary", "全体会议"
    SPECIAL = "special_meeting", "专题会"
    SESSION = "session", "常委会（常务会、办公会）"
    JOINT = "joint_meeting", "联席会议"
    REGULAR = "regular", "成员单位例会"
    DISPATCH = "dispatch_meeting", "调度会"
    VIDEO = "video", "电视电话会"
    SITE = "site", "现场会"
    OTHER_MEETING = "other_meeting", "其他会议"


class VisitState(State):
    RECORDED = "recorded", "待领导确认"
    CONFIRMED = "confirmed", "已确认"
    VOIDED = "voided", "已作废"


class VisitKind(State):
    """督导 and 带队排查 are two counters that are never added (N08)."""

    SUPERVISION = "supervision", "督导检查"
    LED_INSPECTION = "led_inspection", "带队排查"
