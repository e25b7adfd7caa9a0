"""What each deed of a meeting asks for.

Decisions come many at a time, as minutes have them: one a line, its parts told apart by a bar.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bihuan.capabilities.dispatch.meetings.states import Body, MeetingKind
from bihuan.kernel.loops.inputs import Kind, entry

LINES = 8000
DECISIONS = (
    "每行一条：决定事项｜牵头单位｜完成期限｜配合单位｜具体要求（后两项可不写）。"
    "例如：完成燃气用户入户安检｜住建局｜12月15日前｜市场监管局、各镇街。单位可写全称或简称，牵头单位只能有一个"
)
NAMES = "写单位全称或简称，用顿号隔开"


@dataclass(frozen=True, kw_only=True)
class Planning:
    """拟召开: what is to be held, by whom, when, with whom."""

    title: str = entry("会议名称", max_length=120, help="例如：区安委会第三次全体会议")
    body: str = entry("会议层级", Kind.CHOICE, choices=Body)
    kind: str = entry("会议类型", Kind.CHOICE, choices=MeetingKind)
    held_on: date = entry("召开日期", Kind.DATE)
    place: str = entry("地点", required=False, max_length=120)
    chair_post: int | None = entry("主持领导", Kind.POST, required=False)
    chair: str = entry("其他主持人", required=False, max_length=60, help="不是区领导主持的，写姓名和职务")
    agenda: str = entry("议程", Kind.LONG_TEXT, required=False, help="每行一项")
    invited: tuple[int, ...] = entry("参会单位", Kind.AGENCIES, required=False)
    summoned: str = entry(
        "通知到会的企业",
        Kind.LONG_TEXT,
        required=False,
        help="通知法定代表人到会的，每行一家：企业名称或统一社会信用代码",
    )
    task_no: str = entry(
        "关联任务",
        required=False,
        max_length=24,
        help="现场会对应的试点任务，写任务编号，例如 370403-T2026-000012",
    )


@dataclass(frozen=True, kw_only=True)
class Recording(Planning):
    """事后补录: the same, with who came and what was decided."""

    absent: str = entry("缺席单位", required=False, max_length=1000, help=NAMES)
    substitutes: str = entry("派人代会单位", required=False, max_length=1000, help=NAMES)
    summoned_absent: str = entry(
        "未到会的企业", Kind.LONG_TEXT, required=False, help="法定代表人没有到会的，每行一家"
    )
    decisions: str = entry("会议决定", Kind.LONG_TEXT, required=False, max_length=LINES, help=DECISIONS)


@dataclass(frozen=True, kw_only=True)
class Holding:
    """已召开: who came and what was decided."""

    held_on: date = entry("召开日期", Kind.DATE)
    absent: str = entry("缺席单位", required=False, max_length=1000, help=NAMES)
    substitutes: str = entry("派人代会单位", required=False, max_length=1000, help=NAMES)
    summoned_absent: str = entry(
        "未到会的企业", Kind.LONG_TEXT, required=False, help="法定代表人没有到会的，每行一家"
    )
    decisions: str = entry("会议决定", Kind.LONG_TEXT, required=False, max_length=LINES, help=DECISIONS)


@dataclass(frozen=True, kw_only=True)
class Minutes:
    """印发纪要: the text or the paper, and what of it was not yet recorded as decided."""

    minuted_on: date = entry("印发日期", Kind.DATE)
    document_no: str = entry("文号", required=False, max_length=60, help="例如：区安委会会议纪要〔2026〕3号")
    minutes: str = entry("纪要正文", Kind.LONG_TEXT, required=False, max_length=LINES)
    files: tuple[UUID, ...] = entry("纪要文件", Kind.FILES, required=False)
    decisions: str = entry(
        "补充登记的决定",
        Kind.LONG_TEXT,
        required=False,
        max_length=LINES,
        help="此前没有登记的才写。" + DECISIONS,
    )


@dataclass(frozen=True, kw_only=True)
class Decisions:
    decisions: str = entry("会议决定", Kind.LONG_TEXT, max_length=LINES, help=DECISIONS)


@dataclass(frozen=True, kw_only=True)
class Difficulty:
    """困难问题: what a unit raised and who is to settle it until when (M035)."""

    words: str = entry("困难和问题", max_length=110)
    raised_by: int | None = entry("提出单位", Kind.AGENCY, required=False)
    lead: int = entry("协调解决单位", Kind.AGENCY, help="只能有一个")
    due_on: date = entry("答复期限", Kind.DATE)
    requirement: str = entry("会议意见", Kind.LONG_TEXT, required=False)


@dataclass(frozen=True, kw_only=True)
class Invitation:
    invited: tuple[int, ...] = entry("增加的参会单位", Kind.AGENCIES)


@dataclass(frozen=True, kw_only=True)
class Postponing:
    held_on: date = entry("改期到", Kind.DATE)
    reason: str = entry("改期理由", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class DeploymentCall:
    """要求会后部署 (M046): each unit that was asked to come passes the meeting on in its own field, by a day."""

    due_on: date = entry("报送期限", Kind.DATE)
    demand: str = entry(
        "要求", Kind.LONG_TEXT, default="各参会单位传达学习会议精神，结合本单位实际作出部署，并报送部署情况。"
    )


@dataclass(frozen=True, kw_only=True)
class DeploymentFiling:
    """报送会后部署."""

    deployed_on: date = entry("部署日期", Kind.DATE)
    words: str = entry("部署情况", Kind.LONG_TEXT, help="什么形式、范围多大、部署了哪些事、谁负责")
    files: tuple[UUID, ...] = entry("附件", Kind.FILES, required=False)


@dataclass(frozen=True, kw_only=True)
class Reason:
    reason: str = entry("理由", Kind.LONG_TEXT)
