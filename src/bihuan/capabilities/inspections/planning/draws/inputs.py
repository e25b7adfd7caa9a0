"""What each deed of a draw asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bihuan.capabilities.inspections.modes import CHOICES
from bihuan.capabilities.inspections.states import Nature
from bihuan.kernel.loops.inputs import Kind, entry


@dataclass(frozen=True, kw_only=True)
class Freezing:
    """锁定名单."""

    title: str = entry("名称", max_length=120, help="例如：2026年第四季度工贸企业双随机抽查")
    basis: str = entry("抽查依据", Kind.LONG_TEXT, max_length=400, help="抽查计划或抽查事项清单")
    sectors: tuple[int, ...] = entry(
        "行业领域", Kind.SECTORS, required=False, help="不选的，为辖区内全部行业"
    )
    key_only: bool = entry("只抽重点企业", Kind.YES_NO, required=False, default=False)
    recent: int = entry("近几个月检查过的不再抽", Kind.INTEGER, default=6, help="0 为不排除")
    count: int = entry("抽取几家", Kind.INTEGER, default=5)
    team: int = entry(
        "每家几名检查人员",
        Kind.INTEGER,
        default=2,
        help="执法检查不得少于两人",
        basis="《行政处罚法》第四十二条",
    )
    units: tuple[int, ...] = entry(
        "联合抽查的其他单位", Kind.AGENCIES, required=False, help="其持证人员一并列入检查人员名单"
    )
    absent: str = entry(
        "不能参加的检查人员",
        Kind.LONG_TEXT,
        required=False,
        max_length=300,
        help="每行一人：姓名或证号，后面可写原因；原因入档",
    )
    follows: str = entry(
        "重抽自", required=False, max_length=24, help="重新抽取的，填写原抽查编号；原抽查须先作废"
    )
    again_because: str = entry("重抽理由", required=False, max_length=200)


@dataclass(frozen=True, kw_only=True)
class Casting:
    """抽取."""

    words: str = entry(
        "现场报数", required=False, max_length=60, help="可请现场人员随口报几个数字，参与产生种子；没有的不填"
    )
    witness: str = entry("见证人", required=False, max_length=60, help="谁报的数、谁在场")


@dataclass(frozen=True, kw_only=True)
class Sending:
    """派发检查: each target drawn becomes an inspection of its team."""

    planned_on: date = entry("检查日期", Kind.DATE)
    mode: str = entry("检查方式", Kind.CHOICE, choices=CHOICES, default="special_spot")
    nature: str = entry("检查性质", Kind.CHOICE, choices=Nature, default=Nature.ENFORCEMENT.value)
    content: str = entry("检查内容", Kind.LONG_TEXT, max_length=500)


@dataclass(frozen=True, kw_only=True)
class Voiding:
    reason: str = entry(
        "作废理由", Kind.LONG_TEXT, max_length=300, help="作废的抽查永久保留；重新抽取须注明重抽自哪一次"
    )
