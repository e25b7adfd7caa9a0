"""What each deed of an early warning asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bihuan.capabilities.accidents.warnings.states import Colour, Source
from bihuan.kernel.loops.inputs import Kind, entry


@dataclass(frozen=True, kw_only=True)
class Issuing:
    """发布预警."""

    title: str = entry("预警事项", max_length=120, help="例如：强降雪和低温冰冻")
    level: str = entry("级别", Kind.CHOICE, choices=Colour, help="红、橙、黄、蓝由重到轻")
    source: str = entry("来源", Kind.CHOICE, choices=Source)
    source_words: str = entry(
        "来源说明", required=False, max_length=200, help="例如：区气象台第 7 号预警信号，写明文号或编号"
    )
    risk: str = entry("风险和影响", Kind.LONG_TEXT, help="可能发生什么，影响哪些行业、场所")
    requirement: str = entry("防范要求", Kind.LONG_TEXT, help="要求单位做什么，逐条写")
    towns: tuple[int, ...] = entry("预警区域", Kind.TOWNS, required=False, help="不选即全区")
    first_day: date = entry("预警自", Kind.DATE)
    last_day: date = entry("至", Kind.DATE)
    units: tuple[int, ...] = entry("签收单位", Kind.AGENCIES, help="这些单位须签收；到期未签收的逐级提醒")
    acknowledge_by: date = entry("签收期限", Kind.DATE)
    channel: str = entry("发布渠道", max_length=120, help="例如：区电视台、应急广播、工作群、书面通知")
    audience: str = entry("发布对象", max_length=200, help="例如：全区群众；危险化学品企业；在建工地")


@dataclass(frozen=True, kw_only=True)
class Adjusting:
    """调整预警: another level or period."""

    level: str = entry("级别", Kind.CHOICE, choices=Colour)
    last_day: date = entry("至", Kind.DATE)
    acknowledge_by: date = entry("签收期限", Kind.DATE, help="升级或延长的，各单位须重新签收")
    reason: str = entry("调整理由", Kind.LONG_TEXT, max_length=500)


@dataclass(frozen=True, kw_only=True)
class Acting:
    words: str = entry(
        "防范措施落实情况", Kind.LONG_TEXT, max_length=500, help="做了什么、检查了几处、发现什么"
    )


@dataclass(frozen=True, kw_only=True)
class Lifting:
    lifted_on: date = entry("解除日期", Kind.DATE)
    opinion: str = entry("解除说明", Kind.LONG_TEXT, max_length=500, help="风险如何消除，期间有无险情、事故")


@dataclass(frozen=True, kw_only=True)
class Reason:
    reason: str = entry("理由", Kind.LONG_TEXT, max_length=500)
