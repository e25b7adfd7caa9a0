"""What each deed of a weekly form asks for."""

from __future__ import annotations

from dataclasses import dataclass

from bihuan.kernel.loops.inputs import Kind, entry


@dataclass(frozen=True, kw_only=True)
class Opening:
    """填报单位和周; only the system opens forms."""

    unit: int = entry("填报单位", Kind.AGENCY)
    week: str = entry("周", max_length=10, help="例如 2023W23")


@dataclass(frozen=True, kw_only=True)
class Filing:
    """签名上报: the figures come from the system, the words from the unit."""

    content: str = entry(
        "研判和自报内容", Kind.LONG_TEXT, required=False, gated=True, max_length=8000,
        help="每栏一段，以栏名开头，例如：【存在的主要问题】……【下周工作措施】……",
    )  # fmt: skip
    zeros: str = entry(
        "确认为零的部分", required=False, help="列出部分名称，用顿号隔开；零必须确认，不能空着"
    )


@dataclass(frozen=True, kw_only=True)
class NilFiling:
    reason: str = entry(
        "零报告说明", Kind.LONG_TEXT, max_length=500, help="例如：本周检查 12 家，未发现隐患，无交办任务"
    )


@dataclass(frozen=True, kw_only=True)
class Correction:
    """更正: a new edition; the one before stays."""

    reason: str = entry("更正理由", Kind.LONG_TEXT, max_length=500)
    content: str = entry("研判和自报内容", Kind.LONG_TEXT, required=False, gated=True, max_length=8000)
    zeros: str = entry("确认为零的部分", required=False)


@dataclass(frozen=True, kw_only=True)
class Approval:
    opinion: str = entry("审定意见", Kind.LONG_TEXT, max_length=500, default="数据与系统记录一致，同意。")


@dataclass(frozen=True, kw_only=True)
class SendingBack:
    reason: str = entry("退回理由", Kind.LONG_TEXT, max_length=500)


@dataclass(frozen=True, kw_only=True)
class Waiver:
    reason: str = entry("免报理由", Kind.LONG_TEXT, max_length=500)
