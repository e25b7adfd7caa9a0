"""What closing and banning ask for, and what is asked of those who let a supply go on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bihuan.capabilities.enforcement.measures.kinds import grounds_of, kinds_of
from bihuan.capabilities.enforcement.measures.states import Family
from bihuan.kernel.loops.inputs import Kind, entry


@dataclass(frozen=True, kw_only=True)
class ClosureProposal:
    """提请关闭取缔."""

    object: UUID = entry("单位或场所", Kind.OBJECT)
    kind: str = entry("种类", Kind.CHOICE, choices=kinds_of(Family.CLOSURE))
    ground: str = entry("情形", Kind.CHOICE, choices=grounds_of(Family.CLOSURE))
    reason: str = entry("事实和理由", Kind.LONG_TEXT)
    scope: str = entry("关闭取缔的范围", max_length=300, default="整个单位")
    hazard: str = entry("隐患编号", Kind.MATTER, required=False, default="", max_length=24)
    origin: str = entry("检查或案件编号", Kind.MATTER, required=False, default="", max_length=24)


@dataclass(frozen=True, kw_only=True)
class Closing:
    """实施关闭取缔."""

    closed_at: datetime = entry("实施时间", Kind.MOMENT)
    measures: str = entry("采取的措施", Kind.LONG_TEXT, help="断电断水、拆除设备、清空原料产品、遣散人员等")
    urgent: str = entry(
        "夜间或节假日实施的紧急情况",
        Kind.LONG_TEXT,
        required=False,
        max_length=500,
        basis="《行政强制法》第四十三条",
    )
    photos: tuple[UUID, ...] = entry("现场照片", Kind.PHOTOS, required=False, gated=True)


@dataclass(frozen=True, kw_only=True)
class Verification:
    """现场核实: somebody else than who closed it."""

    verified_on: date = entry("核实日期", Kind.DATE)
    finding: str = entry("核实情况", Kind.LONG_TEXT)
    photos: tuple[UUID, ...] = entry("核实照片", Kind.PHOTOS, required=False, gated=True)


@dataclass(frozen=True, kw_only=True)
class Recheck:
    checked_on: date = entry("复查日期", Kind.DATE)
    finding: str = entry("复查情况", Kind.LONG_TEXT, help="仍处于关闭状态；死灰复燃的请用“登记死灰复燃”")
    photos: tuple[UUID, ...] = entry("复查照片", Kind.PHOTOS, required=False)


@dataclass(frozen=True, kw_only=True)
class Reopened:
    """死灰复燃: the same item is open again, and counts."""

    seen_on: date = entry("发现日期", Kind.DATE)
    seen: str = entry("发现情况", Kind.LONG_TEXT)
    photos: tuple[UUID, ...] = entry("现场照片", Kind.PHOTOS, required=False, gated=True)


@dataclass(frozen=True, kw_only=True)
class CaseFiled:
    """转入立案: the case that came out of the measure."""

    case: str = entry("案件编号", Kind.MATTER, max_length=24)


@dataclass(frozen=True, kw_only=True)
class Conclusion:
    opinion: str = entry("了结意见", Kind.LONG_TEXT, default="规定的复查均已完成，未死灰复燃。")


@dataclass(frozen=True, kw_only=True)
class FailureFound:
    """停供把关不严: raised by the record of the supply itself."""

    measure: str = entry("停供措施编号", Kind.MATTER, max_length=24)
    supplied_at: datetime = entry("供应时间", Kind.MOMENT)
    seen: str = entry("发现情况", Kind.LONG_TEXT)
    handlers: str = entry("经办人", required=False, max_length=400)


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """供应单位主管部门核查."""

    finding: str = entry("核查情况", Kind.LONG_TEXT)
    causes: str = entry("把关不严的原因", Kind.LONG_TEXT)
    handlers: str = entry(
        "责任人员", required=False, gated=True, max_length=400, help="每人姓名和岗位，用顿号隔开"
    )


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """处理决定: what becomes of each person named."""

    decision: str = entry("处理决定", Kind.LONG_TEXT, help="对每名责任人员如何处理")
    document_no: str = entry("处理文号", required=False, max_length=60)


@dataclass(frozen=True, kw_only=True)
class Return:
    reason: str = entry("退回理由", Kind.LONG_TEXT)
