"""What each deed of a round asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bihuan.capabilities.inspections.planning.rounds.states import SectionOutcome
from bihuan.kernel.loops.inputs import Kind, entry


@dataclass(frozen=True, kw_only=True)
class SettingOut:
    """开始巡查."""

    template: str = entry("巡查表", max_length=40, help="选一张巡查表，各环节都要有结果")
    object: UUID = entry("巡查对象", Kind.OBJECT, help="企业、场所、项目或设施；可按名称查找")
    walkers: str = entry("巡查人员", max_length=200)
    companions: str = entry("同行单位", required=False, max_length=200, help="例如：燃气公司、物业公司")


@dataclass(frozen=True, kw_only=True)
class Looking:
    """登记环节."""

    section: str = entry("环节", max_length=40)
    outcome: str = entry("结果", Kind.CHOICE, choices=SectionOutcome)
    note: str = entry(
        "情况",
        Kind.LONG_TEXT,
        required=False,
        max_length=500,
        help="发现隐患的，写清在哪里、是什么样；本处没有的，写明原因",
    )
    place: str = entry("具体部位", required=False, max_length=120)
    major: bool = entry("可能是重大隐患", Kind.YES_NO, required=False, default=False)
    criterion: str = entry("重大隐患判定依据", Kind.CRITERION, required=False, max_length=24)
    photos: tuple[UUID, ...] = entry("照片", Kind.PHOTOS, required=False)


@dataclass(frozen=True, kw_only=True)
class Finishing:
    finished_on: date = entry("完成日期", Kind.DATE)
    words: str = entry("小结", Kind.LONG_TEXT, required=False, max_length=500)


@dataclass(frozen=True, kw_only=True)
class Reason:
    reason: str = entry("理由", Kind.LONG_TEXT, max_length=300)
