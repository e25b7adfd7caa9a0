"""What each deed of a warning asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bihuan.kernel.loops.inputs import Kind, entry


@dataclass(frozen=True, kw_only=True)
class Drafting:
    """What an accident of this district brings by itself."""

    accident: str = entry("事故编号", max_length=24)
    title: str = entry("警示标题", max_length=120)
    occurred_on: date = entry("事故日期", Kind.DATE)
    place: str = entry("事故地点", max_length=120)
    kind: str = entry("事故类型", required=False, max_length=40)
    deaths: int = entry("死亡", Kind.INTEGER, unit="人")
    missing: int = entry("失踪", Kind.INTEGER, unit="人")
    lesson: str = entry("事故教训", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class Terms:
    """To whom the warning goes and until when they look."""

    lesson: str = entry("事故教训", Kind.LONG_TEXT, help="原因和教训，企业看得懂、对得上")
    requirement: str = entry("排查要求", Kind.LONG_TEXT, help="查什么、怎么查，逐条写")
    sectors: tuple[int, ...] = entry("排查的行业领域", Kind.SECTORS, help="这些行业的企业、项目列入定向排查")
    towns: tuple[int, ...] = entry("限于镇街", Kind.TOWNS, required=False, help="不选即全区")
    channel: str = entry("通报渠道", max_length=120, help="例如：政府网站、企业微信群、书面通报")
    check_by: date = entry("排查期限", Kind.DATE)


@dataclass(frozen=True, kw_only=True)
class Issuing(Terms):
    """发布外地事故警示."""

    title: str = entry("警示标题", max_length=120, help="例如：某地非法窝点爆炸 13 人死亡")
    occurred_on: date = entry("事故日期", Kind.DATE)
    place: str = entry("事故地点", max_length=120)
    kind: str = entry("事故类型", required=False, max_length=40)
    deaths: int = entry("死亡", Kind.INTEGER, required=False, default=0, unit="人")
    missing: int = entry("失踪", Kind.INTEGER, required=False, default=0, unit="人")


@dataclass(frozen=True, kw_only=True)
class Check:
    """登记排查结果."""

    object: UUID = entry("排查对象", Kind.OBJECT)
    checked_on: date = entry("排查日期", Kind.DATE)
    problem: bool = entry("发现问题", Kind.YES_NO, required=False, default=False)
    finding: str = entry(
        "排查情况", Kind.LONG_TEXT, max_length=500, help="发现隐患的，另行上报隐患，由监管部门交办"
    )


@dataclass(frozen=True, kw_only=True)
class Closing:
    opinion: str = entry("办结意见", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class Reason:
    reason: str = entry("理由", Kind.LONG_TEXT, max_length=500)
