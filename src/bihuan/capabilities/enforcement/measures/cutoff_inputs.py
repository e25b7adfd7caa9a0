"""What stopping a supply asks for: each condition of 安全生产法 article 70 is a question of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bihuan.capabilities.enforcement.measures.kinds import kinds_of
from bihuan.capabilities.enforcement.measures.states import Family
from bihuan.kernel.loops.inputs import Kind, entry

BASIS = "《安全生产法》第七十条"


@dataclass(frozen=True, kw_only=True)
class CutoffProposal:
    """报请停止供电、停止供应民用爆炸物品."""

    object: UUID = entry("生产经营单位", Kind.OBJECT)
    kind: str = entry("种类", Kind.CHOICE, choices=kinds_of(Family.CUTOFF))
    supplier: int = entry("供应单位", Kind.INTEGER)
    hazard: str = entry(
        "重大事故隐患编号", Kind.MATTER, required=False, default="", gated=True, max_length=24, basis=BASIS
    )
    stop: str = entry(
        "停产停业、停止施工、停止使用决定",
        Kind.MATTER,
        required=False,
        default="",
        gated=True,
        max_length=24,
        basis=BASIS,
        help="填写执行中的决定编号",
    )
    disobeyed: str = entry(
        "拒不执行的事实",
        Kind.LONG_TEXT,
        required=False,
        gated=True,
        basis=BASIS,
        help="何时、如何拒不执行，有什么证据",
    )
    danger: str = entry(
        "发生事故的现实危险",
        Kind.LONG_TEXT,
        required=False,
        gated=True,
        basis=BASIS,
        help="危险在哪里，为什么迫近",
    )
    safety: str = entry(
        "保证安全的安排",
        Kind.LONG_TEXT,
        required=False,
        gated=True,
        basis=BASIS,
        help="停供后通风、排水、消防、人员撤离、应急电源如何保证",
    )
    scope: str = entry("停止供应的范围", max_length=300, help="哪条线路、哪类物品")
    origin: str = entry("检查或案件编号", Kind.MATTER, required=False, default="", max_length=24)
    photos: tuple[UUID, ...] = entry("证据照片", Kind.PHOTOS, required=False)


@dataclass(frozen=True, kw_only=True)
class PartyNotice:
    """通知生产经营单位: 24 hours before the power goes, unless life is in danger."""

    notified_at: datetime = entry("通知送达时间", Kind.MOMENT)
    received_by: str = entry("签收人", max_length=60)
    starts_at: datetime = entry("停止供应时间", Kind.MOMENT, help="停止供电的，至少在通知送达 24 小时以后")
    emergency: str = entry(
        "不提前通知的紧急情形",
        Kind.LONG_TEXT,
        required=False,
        max_length=500,
        help="有危及生产安全的紧急情形，不提前二十四小时通知的写明",
        basis=BASIS,
    )


@dataclass(frozen=True, kw_only=True)
class Decision:
    """书面通知供应单位."""

    sent_at: datetime = entry("送达供应单位时间", Kind.MOMENT)
    assistance: str = entry("协助要求", Kind.LONG_TEXT)
    contact: str = entry("本部门联系人和电话", max_length=80)


@dataclass(frozen=True, kw_only=True)
class Reply:
    """供应单位答复: whether it will, and who there sees to it."""

    agreed: str = entry("答复", Kind.CHOICE, choices=(("yes", "按决定停止供应"), ("no", "不能执行")))
    handlers: str = entry(
        "经办人", max_length=200, help="每人姓名和岗位，用顿号隔开；今后在停供期内供应的，由其负责说明"
    )
    words: str = entry("答复内容", Kind.LONG_TEXT)
    replied_at: datetime = entry("答复时间", Kind.MOMENT)
    evidence: tuple[UUID, ...] = entry(
        "回执照片", Kind.PHOTOS, required=False, gated=True, help="由执法人员代为登记的，须附回执"
    )


@dataclass(frozen=True, kw_only=True)
class CuttingOff:
    stopped_at: datetime = entry("实际停止供应时间", Kind.MOMENT)
    result: str = entry("执行情况", Kind.LONG_TEXT)
    urgent: str = entry(
        "夜间或节假日实施的紧急情况",
        Kind.LONG_TEXT,
        required=False,
        max_length=500,
        basis="《行政强制法》第四十三条",
    )


@dataclass(frozen=True, kw_only=True)
class SupplyFound:
    """停供期内发现供应."""

    supplied_at: datetime = entry("供应时间", Kind.MOMENT)
    seen: str = entry("发现情况", Kind.LONG_TEXT, help="供了什么、多少、怎么发现的")
    handlers: str = entry(
        "经办人", required=False, max_length=200, help="已知道的写明；连同答复时写明的经办人一并列入"
    )
    photos: tuple[UUID, ...] = entry("证据照片", Kind.PHOTOS, required=False, gated=True)


@dataclass(frozen=True, kw_only=True)
class Restoration:
    restored_at: datetime = entry("恢复供应时间", Kind.MOMENT)
    told: str = entry("恢复情况", Kind.LONG_TEXT, required=False)
