"""What each deed of a task asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bihuan.capabilities.dispatch.states import TaskKind
from bihuan.kernel.loops.inputs import Kind, entry


@dataclass(frozen=True, kw_only=True)
class Dispatching:
    """交办: what is to be done, by whom, until when (有人管), and who sees to it (有人抓)."""

    title: str = entry("任务", max_length=120, help="一句话写明要做成什么，例如：完成有限空间企业全覆盖检查")
    requirement: str = entry("具体要求", Kind.LONG_TEXT, required=False, help="做法、范围、数量、质量要求")
    kind: str = entry("任务类型", Kind.CHOICE, choices=TaskKind, default="implement")
    lead: int = entry("牵头单位", Kind.AGENCY, help="只能有一个；其他单位列为配合单位")
    supporting: tuple[int, ...] = entry("配合单位", Kind.AGENCIES, required=False)
    due_on: date = entry("完成期限", Kind.DATE)
    leader_post: int | None = entry(
        "分管（督促）领导", Kind.POST, required=False, help="不选的，按分工由系统认定"
    )
    source_title: str = entry(
        "来源文件或会议", required=False, max_length=120, help="例如：全区安全生产工作会议讲话"
    )
    source_on: date | None = entry("来源日期", Kind.DATE, required=False)
    quote: str = entry("原文", Kind.LONG_TEXT, required=False, max_length=1000, help="讲话或文件中对应的原话")
    campaign: str = entry("专项行动", Kind.CAMPAIGN, required=False, max_length=60)


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """签收: the unit names who does it and how."""

    responsible_person: str = entry("责任人", max_length=60, basis="有人管")
    measures: str = entry("落实措施", Kind.LONG_TEXT, basis="有落实")


@dataclass(frozen=True, kw_only=True)
class Progress:
    """报进展: what has been done so far."""

    progress: str = entry("进展情况", Kind.LONG_TEXT)
    difficulties: str = entry("困难和需协调事项", Kind.LONG_TEXT, required=False)
    evidence: tuple[UUID, ...] = entry("佐证照片", Kind.PHOTOS, required=False)


@dataclass(frozen=True, kw_only=True)
class Completion:
    """上报完成: the result, with what proves it (有成效)."""

    finished_on: date = entry("完成日期", Kind.DATE)
    result: str = entry(
        "完成情况和成效", Kind.LONG_TEXT, basis="有成效", help="做了什么、数量多少、解决了什么问题"
    )
    evidence: tuple[UUID, ...] = entry("佐证照片", Kind.PHOTOS, required=False)


@dataclass(frozen=True, kw_only=True)
class Acceptance:
    accepted_on: date = entry("验收日期", Kind.DATE)
    opinion: str = entry("验收意见", Kind.LONG_TEXT, default="经核查，任务已按要求完成，同意办结。")


@dataclass(frozen=True, kw_only=True)
class SendingBack:
    reason: str = entry("退回理由", Kind.LONG_TEXT)
    due_on: date = entry("新的完成期限", Kind.DATE)


@dataclass(frozen=True, kw_only=True)
class Declining:
    """退回交办: the unit says why the task is not its own; the office decides."""

    reason: str = entry("不属本单位职责的理由", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class Reassigning:
    lead: int = entry("改由哪个单位牵头", Kind.AGENCY)
    supporting: tuple[int, ...] = entry("配合单位", Kind.AGENCIES, required=False)
    due_on: date = entry("完成期限", Kind.DATE)
    reason: str = entry("调整理由", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class Reason:
    reason: str = entry("理由", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class Extension:
    until: date = entry("申请延期至", Kind.DATE)
    reason: str = entry("延期理由", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class Opinion:
    opinion: str = entry("意见", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class Reminder:
    words: str = entry("催办内容", required=False, max_length=200)


@dataclass(frozen=True, kw_only=True)
class Supervision:
    """挂牌督办 of a task that does not move (M037, M090)."""

    due_on: date = entry("督办期限", Kind.DATE)
    demand: str = entry("督办要求", Kind.LONG_TEXT)
