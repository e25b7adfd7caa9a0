"""What each deed of a leader's visit asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bihuan.capabilities.dispatch.meetings.states import VisitKind
from bihuan.kernel.loops.inputs import Kind, entry

LINES = 8000


class Graded:
    """The two grades of a hazard, as the law has them; a visit knows no more of hazards than this."""

    CHOICES = (("general", "一般"), ("major", "重大"))


@dataclass(frozen=True, kw_only=True)
class Visiting:
    """登记督导检查: which leader, what kind, where, with whom, and what was found."""

    leader_post: int = entry("领导", Kind.POST)
    kind: str = entry("类型", Kind.CHOICE, choices=VisitKind, help="督导检查和带队排查分别计数，不相加")
    visited_on: date = entry("日期", Kind.DATE)
    unit: int | None = entry("受督导单位", Kind.AGENCY, required=False, help="督导部门或镇街的选择单位")
    objects: str = entry(
        "到的企业、场所", Kind.LONG_TEXT, required=False, help="每行一家：名称或统一社会信用代码"
    )
    place: str = entry("地点", required=False, max_length=120)
    companions: str = entry("陪同人员", Kind.LONG_TEXT, required=False, max_length=300)
    situation: str = entry("检查情况", Kind.LONG_TEXT, help="看了什么、提了什么要求")
    findings: str = entry(
        "发现的隐患", Kind.LONG_TEXT, required=False, max_length=LINES,
        help="每行一条：单位名称｜具体部位｜隐患描述｜一般或重大（不写为一般）｜重大隐患判定依据编号。登记后立即作为隐患上报，待交办整改",
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Confirmation:
    opinion: str = entry("意见", Kind.LONG_TEXT, default="情况属实。")


@dataclass(frozen=True, kw_only=True)
class FoundHazard:
    """登记发现的隐患, one with everything a hazard asks for."""

    object: UUID = entry("隐患所在单位", Kind.OBJECT, help="可按名称或统一社会信用代码查找")
    place: str = entry("具体部位", required=False, max_length=120)
    description: str = entry("隐患描述", Kind.LONG_TEXT, help="写清什么设备、设施或行为，怎样不符合要求")
    grade: str = entry("隐患等级", Kind.CHOICE, choices=Graded.CHOICES, default="general")
    criterion: str = entry(
        "重大隐患判定依据", Kind.CRITERION, required=False, max_length=20,
        help="定为重大隐患时必填，从本行业现行判定标准中选择",
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class FoundTask:
    """交办问题: what was found wrong with a unit's work becomes a task of that unit."""

    words: str = entry("问题和要求", max_length=110)
    lead: int = entry("责任单位", Kind.AGENCY, help="只能有一个")
    supporting: tuple[int, ...] = entry("配合单位", Kind.AGENCIES, required=False)
    due_on: date = entry("完成期限", Kind.DATE)
    requirement: str = entry("具体要求", Kind.LONG_TEXT, required=False)


@dataclass(frozen=True, kw_only=True)
class Reason:
    reason: str = entry("理由", Kind.LONG_TEXT)
