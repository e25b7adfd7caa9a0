"""What each deed of a plan asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bihuan.capabilities.inspections.modes import CHOICES
from bihuan.capabilities.inspections.planning.plans.states import PlanKind
from bihuan.capabilities.inspections.states import Nature
from bihuan.kernel.loops.inputs import Kind, entry


@dataclass(frozen=True, kw_only=True)
class Drafting:
    """编制计划."""

    kind: str = entry("计划类型", Kind.CHOICE, choices=PlanKind, default=PlanKind.YEAR.value)
    period: str = entry("计划期间", max_length=10, help="年度写 2027，季度写 2027Q1，月度写 2027-03")
    title: str = entry("名称", max_length=120, help="例如：区应急管理局2027年安全生产监督检查计划")
    basis: str = entry(
        "编制依据", Kind.LONG_TEXT, max_length=400, default="《安全生产法》第六十二条", help="上级部署、本区重点、上年情况"
    )  # fmt: skip
    sectors: tuple[int, ...] = entry(
        "行业领域", Kind.SECTORS, required=False, help="不选的，为本单位监管的全部行业"
    )
    months: int = entry("超过几个月没有检查的列入", Kind.INTEGER, default=12)
    most: int = entry("最多列入多少家", Kind.INTEGER, default=60, help="按风险从高到低列入；列入后可以增减")


@dataclass(frozen=True, kw_only=True)
class Reproposing:
    """重新提出对象: what was added by hand stays."""

    months: int = entry("超过几个月没有检查的列入", Kind.INTEGER, default=12)
    most: int = entry("最多列入多少家", Kind.INTEGER, default=60)


@dataclass(frozen=True, kw_only=True)
class Adding:
    """增加对象."""

    object: UUID = entry("检查对象", Kind.OBJECT)
    due_on: date = entry("应于", Kind.DATE, help="计划期间内的一天")
    reason: str = entry("列入理由", max_length=100)


@dataclass(frozen=True, kw_only=True)
class Dropping:
    """去掉对象 of a draft."""

    place: int = entry("第几家", Kind.INTEGER)
    reason: str = entry("理由", max_length=100)


@dataclass(frozen=True, kw_only=True)
class Sending:
    words: str = entry("说明", Kind.LONG_TEXT, required=False, max_length=300)


@dataclass(frozen=True, kw_only=True)
class Approving:
    opinion: str = entry("审批意见", Kind.LONG_TEXT, default="同意按计划实施。", max_length=300)


@dataclass(frozen=True, kw_only=True)
class Returning:
    reason: str = entry("退回理由", Kind.LONG_TEXT, max_length=300)


@dataclass(frozen=True, kw_only=True)
class Arranging:
    """安排检查: some lines become inspections of one team on one day."""

    places: str = entry("安排第几家", max_length=100, help="例如：1-5、8；一次最多 20 家")
    planned_on: date = entry("检查日期", Kind.DATE)
    mode: str = entry(
        "检查方式", Kind.CHOICE, choices=CHOICES, help="事先保密的，到场登记之前被检查单位和属地看不到"
    )
    nature: str = entry("检查性质", Kind.CHOICE, choices=Nature, default=Nature.ENFORCEMENT.value)
    content: str = entry("检查内容", Kind.LONG_TEXT, max_length=500)
    officers: str = entry(
        "检查人员", Kind.LONG_TEXT, max_length=600, help="每行一人：姓名，或者执法证号（有重名时）"
    )


@dataclass(frozen=True, kw_only=True)
class Excusing:
    """不再检查: it counts as planned no more, and says why."""

    place: int = entry("第几家", Kind.INTEGER)
    reason: str = entry("理由", max_length=200, help="例如：企业已停产注销")


@dataclass(frozen=True, kw_only=True)
class Closing:
    words: str = entry("完成情况", Kind.LONG_TEXT, max_length=1000, help="没有完成的，写明原因和后续安排")


@dataclass(frozen=True, kw_only=True)
class Reason:
    reason: str = entry("理由", Kind.LONG_TEXT, max_length=300)
