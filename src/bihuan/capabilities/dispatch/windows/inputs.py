"""What each deed of a key period asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bihuan.capabilities.dispatch.states import TaskKind
from bihuan.capabilities.dispatch.windows.states import Reporting, To, WindowKind
from bihuan.kernel.loops.inputs import Kind, entry


@dataclass(frozen=True, kw_only=True)
class Planning:
    """列入重点时段."""

    kind: str = entry("时段", Kind.CHOICE, choices=WindowKind)
    name: str = entry("名称", max_length=60, help="例如：2027年春节")
    first_day: date = entry("开始日期", Kind.DATE)
    last_day: date = entry("结束日期", Kind.DATE)
    ahead: int = entry("提前布置", Kind.INTEGER, default=3, unit="天", help="开始前几天把任务发下去")
    reporting: str = entry("日报单位", Kind.CHOICE, choices=Reporting, default="towns")
    forms: str = entry("日报内容", required=False, max_length=500, default="值班带班、检查隐患、突发情况")


@dataclass(frozen=True, kw_only=True)
class TaskTemplate:
    """增加任务: what is opened on entering."""

    title: str = entry("任务", max_length=100, help="例如：报送值班安排")
    requirement: str = entry("具体要求", Kind.LONG_TEXT, required=False, max_length=1000)
    kind: str = entry("任务类型", Kind.CHOICE, choices=TaskKind, default="inspect")
    to: str = entry("交给", Kind.CHOICE, choices=To, default="each_town")
    unit: int | None = entry(
        "指定单位", Kind.AGENCY, required=False, help="选“指定单位”时填写；只能有一个牵头单位"
    )
    days: int | None = entry(
        "完成期限", Kind.INTEGER, required=False, unit="天", help="自时段开始起算第几天；留空为时段结束日"
    )


@dataclass(frozen=True, kw_only=True)
class Dropping:
    number: int = entry("去掉第几项任务", Kind.INTEGER)


@dataclass(frozen=True, kw_only=True)
class Opinion:
    opinion: str = entry("说明", Kind.LONG_TEXT, required=False)


@dataclass(frozen=True, kw_only=True)
class Comment:
    opinion: str = entry(
        "总结意见", Kind.LONG_TEXT, max_length=4000, help="做法、问题、下一步；印在总结的数据之后"
    )


@dataclass(frozen=True, kw_only=True)
class DailyReport:
    day: date | None = entry("日期", Kind.DATE, required=False, help="留空为最早一天未报的")
    situation: str = entry("当日情况", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class Reason:
    reason: str = entry("理由", Kind.LONG_TEXT)
