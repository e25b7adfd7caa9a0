"""What each deed of a project asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bihuan.capabilities.dispatch.windows.milestones.states import ProjectKind
from bihuan.kernel.loops.inputs import Kind, entry


@dataclass(frozen=True, kw_only=True)
class Planning:
    """列入: the project, its lead, and its milestones."""

    name: str = entry("工程", max_length=80, help="例如：城东消防站建设")
    kind: str = entry("类别", Kind.CHOICE, choices=ProjectKind, default="construction")
    lead: int = entry("牵头单位", Kind.AGENCY, help="只能有一个；逾期的任务交给它")
    urged_by: int | None = entry("督促单位", Kind.AGENCY, required=False)
    basis: str = entry("依据", required=False, max_length=120)
    content: str = entry("内容", Kind.LONG_TEXT, required=False)
    milestones: str = entry(
        "节点",
        Kind.LONG_TEXT,
        max_length=4000,
        help="每行一个：日期、空格、要完成的事，例如：2026-12-15 主体工程验收",
    )


@dataclass(frozen=True, kw_only=True)
class Reporting:
    number: int = entry("第几个节点", Kind.INTEGER)
    reported_on: date = entry("完成日期", Kind.DATE)
    result: str = entry("完成情况", Kind.LONG_TEXT, max_length=1000)
    evidence: tuple[UUID, ...] = entry("佐证照片", Kind.PHOTOS, required=False)


@dataclass(frozen=True, kw_only=True)
class Acceptance:
    number: int = entry("第几个节点", Kind.INTEGER)
    opinion: str = entry("验收意见", Kind.LONG_TEXT, default="经核查，节点任务已按要求完成。")


@dataclass(frozen=True, kw_only=True)
class Rejection:
    number: int = entry("第几个节点", Kind.INTEGER)
    reason: str = entry("退回理由", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class Moving:
    number: int = entry("第几个节点", Kind.INTEGER)
    due: date = entry("新的日期", Kind.DATE)
    reason: str = entry("调整理由", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class Completion:
    result: str = entry("完成情况", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class Closing:
    accepted_on: date = entry("竣工验收日期", Kind.DATE)
    opinion: str = entry("验收意见", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class Late:
    """What the timer says: which milestone is late, and the task raised for it."""

    number: int = entry("第几个节点", Kind.INTEGER)
    task: str = entry("督促任务", max_length=24)


@dataclass(frozen=True, kw_only=True)
class Reason:
    reason: str = entry("理由", Kind.LONG_TEXT)
