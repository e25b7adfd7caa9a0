"""What each deed of a monthly form asks for."""

from __future__ import annotations

from dataclasses import dataclass

from bihuan.kernel.loops.inputs import WAN_YUAN, Kind, entry

LINE = "2026-11-10；东湖纺织有限公司；工贸；1；0；85.5"
ITEM = "低温冰雪道路湿滑；较大；气象部门预报有三次降雪过程；全区县乡道路；桥梁、坡道提前撒布融雪剂"

ACCIDENT_ROWS = (
    "日期:date", "事故单位或地点:wide", "行业领域", "死亡人数:number", "重伤人数（含急性工业中毒）:number", "直接经济损失（万元）:number",
)  # fmt: skip
RISK_ROWS = ("风险:wide", "等级:重大/较大/一般/低", "预测依据:wide", "涉及区域", "防范措施:wide")


@dataclass(frozen=True, kw_only=True)
class Opening:
    """填报单位和月份; only the system opens forms."""

    unit: int = entry("填报单位", Kind.AGENCY)
    month: str = entry("月份", max_length=10, help="例如 2026-11")


@dataclass(frozen=True, kw_only=True)
class Return:
    """事故统计报表: the unit's own numbers; the system holds them against its records afterwards."""

    accidents: str = entry(
        "逐起填报", Kind.LONG_TEXT, max_length=12000, rows=ACCIDENT_ROWS,
        help=f"每行一起：日期；事故单位或地点；行业领域；死亡人数；重伤人数（含急性工业中毒）；直接经济损失（万元）。例如：{LINE}",
    )  # fmt: skip
    count: int = entry("事故合计", Kind.INTEGER, unit="起")
    deaths: int = entry("死亡合计", Kind.INTEGER, unit="人", help="失踪人员不计入死亡")
    serious: int = entry("重伤合计", Kind.INTEGER, unit="人")
    loss: int = entry("直接经济损失合计", Kind.MONEY, unit=WAN_YUAN)
    explanation: str = entry(
        "差异说明", Kind.LONG_TEXT, required=False, max_length=1000,
        help="与系统记录不一致、又不属于漏登的，在此说明；说明不代替更正，两者一致后才能备案",
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class ReturnCorrection(Return):
    reason: str = entry("更正理由", Kind.LONG_TEXT, max_length=500)


@dataclass(frozen=True, kw_only=True)
class NilReturn:
    reason: str = entry(
        "零报告说明", Kind.LONG_TEXT, max_length=500,
        help="声明本单位本月没有发生生产安全事故，例如：经向各科室、各村居核实，本月未发生生产安全事故",
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """预警预测月报表: each risk with the basis of its forecast."""

    items: str = entry(
        "预测事项", Kind.LONG_TEXT, max_length=12000, rows=RISK_ROWS,
        help=f"每行一项：风险；等级（重大、较大、一般、低）；预测依据；涉及区域；防范措施。例如：{ITEM}",
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class ForecastCorrection(Forecast):
    reason: str = entry("更正理由", Kind.LONG_TEXT, max_length=500)


@dataclass(frozen=True, kw_only=True)
class NilForecast:
    reason: str = entry(
        "零报告说明", Kind.LONG_TEXT, max_length=500,
        help="声明下月没有突出风险，并写明研判依据，例如：下月无重大活动和极端天气预报，企业均处正常生产状态",
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Acceptance:
    opinion: str = entry("备案意见", Kind.LONG_TEXT, max_length=500, default="同意备案。")


@dataclass(frozen=True, kw_only=True)
class Reason:
    reason: str = entry("理由", Kind.LONG_TEXT, max_length=500)
