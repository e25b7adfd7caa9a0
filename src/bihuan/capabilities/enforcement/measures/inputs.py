"""What ordering a stop, lifting it and watching it ask for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bihuan.capabilities.enforcement.measures.kinds import grounds_of, kinds_of
from bihuan.capabilities.enforcement.measures.states import Family
from bihuan.kernel.loops.inputs import Kind, entry

OFFICERS = "写两人以上，姓名和执法证号，用顿号隔开，例如：张某（鲁D0001）、李某（鲁D0002）"


@dataclass(frozen=True, kw_only=True)
class Ordering:
    """责令停产停业、停止施工、停止使用、停产整顿、立即停业整顿."""

    object: UUID = entry("被责令单位", Kind.OBJECT)
    kind: str = entry("种类", Kind.CHOICE, choices=kinds_of(Family.STOP))
    ground: str = entry("情形", Kind.CHOICE, choices=grounds_of(Family.STOP))
    reason: str = entry("事实和理由", Kind.LONG_TEXT, help="存在什么隐患或违法行为，为什么必须停")
    scope: str = entry("停止的范围", max_length=300, help="整个单位，或者哪个车间、工段、设备、工程部位")
    inspected_on: date = entry("检查日期", Kind.DATE)
    ordered_on: date = entry("决定日期", Kind.DATE)
    delay_reason: str = entry(
        "未在检查当日决定的理由",
        Kind.LONG_TEXT,
        required=False,
        gated=False,
        max_length=500,
        help="人员密集场所存在重大事故隐患的必须当日责令停业；不是当日的，写明理由",
    )
    months_unpaid: int | None = entry(
        "拖欠工资月数", Kind.INTEGER, required=False, unit="个月", help="情形为拖欠工资的填写"
    )
    demands: str = entry("恢复的条件", Kind.LONG_TEXT, help="做到哪些、经谁验收合格后才能恢复")
    until: date | None = entry("整改期限", Kind.DATE, required=False, help="到期未申请验收的，逐级催办")
    officers: str = entry("执法人员", max_length=200, help=OFFICERS, basis="《行政处罚法》第四十二条")
    hazard: str = entry("隐患编号", Kind.MATTER, required=False, default="", max_length=24)
    origin: str = entry("检查或案件编号", Kind.MATTER, required=False, default="", max_length=24)
    photos: tuple[UUID, ...] = entry("现场照片", Kind.PHOTOS, required=False)


@dataclass(frozen=True, kw_only=True)
class Application:
    """申请恢复: what was done, so that somebody else may look."""

    done: str = entry("整改情况", Kind.LONG_TEXT, help="对照恢复的条件，逐项写明")
    applied_on: date = entry("申请日期", Kind.DATE)
    after_photos: tuple[UUID, ...] = entry("整改后照片", Kind.PHOTOS, required=False, gated=True)


@dataclass(frozen=True, kw_only=True)
class Acceptance:
    accepted_on: date = entry("验收日期", Kind.DATE)
    opinion: str = entry("验收意见", Kind.LONG_TEXT, help="恢复的条件是否逐项达到")
    eliminated: str = entry(
        "隐患消除情况", Kind.LONG_TEXT, required=False, help="解除停止供应的，写入恢复供应通知书"
    )


@dataclass(frozen=True, kw_only=True)
class SendingBack:
    reason: str = entry("验收不合格的理由", Kind.LONG_TEXT)
    until: date | None = entry("新的整改期限", Kind.DATE, required=False)


@dataclass(frozen=True, kw_only=True)
class Breach:
    """发现仍在生产: seen inside the period, with a picture."""

    seen_on: date = entry("发现日期", Kind.DATE)
    seen: str = entry("发现情况", Kind.LONG_TEXT, help="谁、在哪里、正在生产经营施工什么")
    photos: tuple[UUID, ...] = entry("现场照片", Kind.PHOTOS, required=False, gated=True)


@dataclass(frozen=True, kw_only=True)
class Approval:
    opinion: str = entry("审批意见", Kind.LONG_TEXT, default="同意。")
    document_no: str = entry("批准文号", required=False, max_length=60, help="关闭取缔的填写政府决定文号")


@dataclass(frozen=True, kw_only=True)
class Reason:
    reason: str = entry("理由", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class Revocation:
    """撤销: the order itself was wrong, as somebody with the power to say so decided."""

    document_no: str = entry("撤销依据文号", max_length=60, help="复议决定、判决或者本机关撤销决定的文号")
    reason: str = entry("撤销理由", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class Reminder:
    words: str = entry("催办内容", required=False, max_length=200)
