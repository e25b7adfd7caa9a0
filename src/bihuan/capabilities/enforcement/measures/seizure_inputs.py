"""What sealing and seizing ask for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bihuan.capabilities.enforcement.measures.inputs import OFFICERS
from bihuan.capabilities.enforcement.measures.kinds import grounds_of, kinds_of
from bihuan.capabilities.enforcement.measures.states import Disposal, Family
from bihuan.kernel.loops.inputs import Kind, entry

CELLS = ("名称", "规格型号", "数量:number", "单位", "状况", "存放地点:wide")
LIST = "每行一项：名称｜规格型号｜数量｜单位｜状况｜存放地点"


@dataclass(frozen=True, kw_only=True)
class SeizureProposal:
    """报请查封扣押: approved before it is carried out (行政强制法第十八条)."""

    object: UUID = entry("当事人", Kind.OBJECT)
    kind: str = entry("种类", Kind.CHOICE, choices=kinds_of(Family.SEIZURE))
    ground: str = entry("情形", Kind.CHOICE, choices=grounds_of(Family.SEIZURE), default="substandard")
    reason: str = entry("违法事实和证据", Kind.LONG_TEXT)
    scope: str = entry("拟查封扣押的场所、设施、财物", max_length=300)
    officers: str = entry("执法人员", max_length=200, help=OFFICERS, basis="《行政强制法》第十八条")
    hazard: str = entry("隐患编号", Kind.MATTER, required=False, default="", max_length=24)
    origin: str = entry("检查或案件编号", Kind.MATTER, required=False, default="", max_length=24)


@dataclass(frozen=True, kw_only=True)
class UrgentSeizure(SeizureProposal):
    """当场查封扣押: danger did not wait; told within 24 hours and approved afterwards."""

    urgent: str = entry("情况紧急的理由", Kind.LONG_TEXT, max_length=500, basis="《行政强制法》第十九条")
    carried_out_at: datetime = entry("实施时间", Kind.MOMENT)
    inventory: str = entry(
        "清单", Kind.LONG_TEXT, rows=CELLS, mark="｜", help=LIST, basis="《行政强制法》第二十四条"
    )
    present: str = entry("到场的当事人或见证人", max_length=120)
    photos: tuple[UUID, ...] = entry("现场照片", Kind.PHOTOS, required=False)


@dataclass(frozen=True, kw_only=True)
class Seizing:
    """实施查封扣押, with its list."""

    carried_out_at: datetime = entry("实施时间", Kind.MOMENT)
    inventory: str = entry(
        "清单", Kind.LONG_TEXT, rows=CELLS, mark="｜", help=LIST, basis="《行政强制法》第二十四条"
    )
    present: str = entry("到场的当事人或见证人", max_length=120)
    urgent: str = entry(
        "夜间或节假日实施的紧急情况",
        Kind.LONG_TEXT,
        required=False,
        max_length=500,
        basis="《行政强制法》第四十三条",
    )
    photos: tuple[UUID, ...] = entry("现场照片", Kind.PHOTOS, required=False)


@dataclass(frozen=True, kw_only=True)
class UrgentReport:
    reported_at: datetime = entry("报告时间", Kind.MOMENT)
    reported_to: str = entry("向谁报告", max_length=60, help="行政机关负责人")


@dataclass(frozen=True, kw_only=True)
class LaterDecision:
    """补办批准: approved, or held to be wrong and given back at once."""

    agreed: str = entry(
        "决定", Kind.CHOICE, choices=(("yes", "同意，补办批准"), ("no", "不应采取，立即解除"))
    )
    opinion: str = entry("意见", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class Prolonging:
    days: int = entry(
        "延长", Kind.INTEGER, unit="日", help="不超过 30 日，只能延长一次", basis="《行政强制法》第二十五条"
    )
    reason: str = entry("延长理由", Kind.LONG_TEXT)
    told_on: date = entry("书面告知当事人日期", Kind.DATE)


@dataclass(frozen=True, kw_only=True)
class TestBeginning:
    """送检: the time of the test is said and told, and does not count."""

    begun_on: date = entry("送检日期", Kind.DATE)
    expected_on: date = entry("预计完成日期", Kind.DATE, basis="《行政强制法》第二十五条第三款")
    body: str = entry("检测检验鉴定机构", max_length=120)
    told_on: date = entry("书面告知当事人日期", Kind.DATE)


@dataclass(frozen=True, kw_only=True)
class TestEnding:
    ended_on: date = entry("结果送达日期", Kind.DATE)
    result: str = entry("检测检验鉴定结果", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class Release:
    """解除: everything goes back."""

    released_on: date = entry("解除日期", Kind.DATE)
    reason: str = entry("解除理由", Kind.LONG_TEXT, basis="《行政强制法》第二十八条")
    received_by: str = entry("领取人", max_length=60)


@dataclass(frozen=True, kw_only=True)
class Disposing:
    way: str = entry("处理方式", Kind.CHOICE, choices=Disposal)
    disposed_on: date = entry("处理日期", Kind.DATE)
    document_no: str = entry(
        "依据的决定文号", max_length=60, help="处罚决定书、移送书等的文号", basis="《行政强制法》第二十七条"
    )
    reason: str = entry("处理说明", Kind.LONG_TEXT)
