"""Execution: money, measures, remedies, enforcement by the court, conclusion and archive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bihuan.capabilities.enforcement.again import GROUNDS
from bihuan.capabilities.enforcement.states import MeasureKind
from bihuan.kernel.loops.inputs import Kind, entry

FOR = (
    ("fine", "罚款"), ("additional", "加处罚款"), ("daily", "按日连续处罚"), ("daily_additional", "按日连续处罚的加处罚款"),
)  # fmt: skip
ADDED_TO = (("fine", "罚款"), ("daily", "按日连续处罚的罚款"))


@dataclass(frozen=True, kw_only=True)
class Payment:
    paid_on: date = entry("缴款日期", Kind.DATE)
    amount: int = entry("金额", Kind.MONEY)
    what: str = entry("款项", Kind.CHOICE, choices=FOR, default="fine")
    receipt: str = entry("票据号", max_length=60)


@dataclass(frozen=True, kw_only=True)
class Deferral:
    """延期、分期缴纳."""

    instalments: str = entry(
        "缴款安排",
        Kind.LONG_TEXT,
        basis="《行政处罚法》第六十六条",
        rows=("日期:date", "金额（元）:number"),
        mark="｜",
        help="一行一期：日期｜金额（元），例如 2026-12-31｜20000；只延期的写一行",
    )
    reasons: str = entry("当事人申请理由", Kind.LONG_TEXT)
    opinion: str = entry("审批意见", Kind.LONG_TEXT, default="同意。")


@dataclass(frozen=True, kw_only=True)
class Press:
    words: str = entry("催缴说明", required=False, max_length=200)


@dataclass(frozen=True, kw_only=True)
class AdditionalFine:
    of: str = entry("逾期未缴的", Kind.CHOICE, choices=ADDED_TO, default="fine")
    until: date = entry("加处罚款计算至", Kind.DATE, basis="《行政处罚法》第七十二条、第七十三条")


@dataclass(frozen=True, kw_only=True)
class DailyPenalty:
    """告知按日连续处罚: what the party is told before it is decided."""

    order_number: str = entry("责令改正文书编号", max_length=80)
    ordered_on: date = entry("责令改正日期", Kind.DATE, basis="《安全生产法》第一百一十二条")
    rechecked_on: date = entry("复查发现拒不改正的日期", Kind.DATE)
    refusal: str = entry("拒不改正的事实", Kind.LONG_TEXT)
    evidence: str = entry("证据", Kind.LONG_TEXT, default="责令改正文书\n整改复查意见书", help="一行一项")


@dataclass(frozen=True, kw_only=True)
class DailyDecision:
    """按日连续处罚决定, as it was announced."""

    opinion: str = entry("审批意见", Kind.LONG_TEXT, default="同意。")


@dataclass(frozen=True, kw_only=True)
class Execution:
    """One measure beside the fine is carried out."""

    kind: str = entry("措施", Kind.CHOICE, choices=MeasureKind)
    done_on: date = entry("执行日期", Kind.DATE)
    words: str = entry("执行情况", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class CourtApplication:
    court: str = entry("受理法院", max_length=80)
    applied_on: date = entry("申请日期", Kind.DATE, basis="《行政强制法》第五十三条")


@dataclass(frozen=True, kw_only=True)
class CourtResult:
    told_on: date = entry("日期", Kind.DATE)
    result: str = entry(
        "结果",
        Kind.CHOICE,
        choices=(
            ("accepted", "裁定准予执行"),
            ("refused", "裁定不准予执行"),
            ("done", "执行完毕"),
            ("ended", "终结执行"),
        ),
    )
    words: str = entry("说明", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class Remedy:
    kind: str = entry(
        "种类", Kind.CHOICE, choices=(("reconsideration", "行政复议"), ("litigation", "行政诉讼"))
    )
    begun_on: date = entry("受理日期", Kind.DATE)
    organ: str = entry("复议机关或法院", max_length=80)


@dataclass(frozen=True, kw_only=True)
class RemedyResult:
    ended_on: date = entry("终结日期", Kind.DATE)
    result: str = entry(
        "结果",
        Kind.CHOICE,
        choices=(
            ("upheld", "维持、驳回"),
            ("changed", "变更"),
            ("revoked", "撤销、确认违法或无效"),
            ("withdrawn", "申请人撤回"),
        ),
    )
    fine: int | None = entry("变更后的罚款", Kind.MONEY, required=False)
    ground: str = entry(
        "撤销的理由", Kind.CHOICE, choices=tuple(GROUNDS.items()), required=False, help="撤销的填写"
    )
    again: bool = entry(
        "责令重新作出处理决定", Kind.YES_NO, required=False, default=False, basis="《行政复议法》第六十四条、《行政诉讼法》第七十条"
    )  # fmt: skip
    again_by: date | None = entry(
        "重新作出的期限", Kind.DATE, required=False, help="复议决定书、判决书写明的；没有写明的按办案期限"
    )
    number: str = entry("复议决定书、裁判文书编号", required=False, max_length=80)
    words: str = entry("说明", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class OwnRevocation:
    """主动撤销处理决定 (行政处罚法第七十五条): what was wrong, and whether another decision follows."""

    ground: str = entry("撤销的理由", Kind.CHOICE, choices=tuple(GROUNDS.items()))
    reason: str = entry("错误之处", Kind.LONG_TEXT, max_length=500)
    again: bool = entry("重新作出处理决定", Kind.YES_NO, required=False, default=True)
    opinion: str = entry("机关负责人意见", Kind.LONG_TEXT, default="同意撤销原决定。", max_length=300)


@dataclass(frozen=True, kw_only=True)
class RefundApproval:
    opinion: str = entry("审批意见", Kind.LONG_TEXT, default="同意退还。")


@dataclass(frozen=True, kw_only=True)
class Refund:
    """退还款项."""

    paid_on: date = entry("退还日期", Kind.DATE, basis="《国家赔偿法》第三十六条")
    amount: int = entry("退还金额", Kind.MONEY)
    interest: int | None = entry(
        "银行同期存款利息", Kind.MONEY, required=False, help="《国家赔偿法》第三十六条，待核对"
    )
    receipt: str = entry("退库（付款）凭证号", max_length=60)


@dataclass(frozen=True, kw_only=True)
class Publication:
    """公示."""

    published_on: date = entry("公示日期", Kind.DATE, basis="《安全生产法》第七十八条")
    where: str = entry("公示平台", max_length=120)


@dataclass(frozen=True, kw_only=True)
class Withdrawal:
    withdrawn_on: date = entry("撤回日期", Kind.DATE, basis="《行政处罚法》第四十八条")
    reason: str = entry("公开说明的理由", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class Conclusion:
    """结案."""

    execution: str = entry("执行情况", Kind.LONG_TEXT)
    opinion: str = entry("审批意见", Kind.LONG_TEXT, default="同意结案。")


@dataclass(frozen=True, kw_only=True)
class Archiving:
    retention: str = entry(
        "保存期限",
        Kind.CHOICE,
        choices=(("永久", "永久"), ("30年", "30年"), ("10年", "10年")),
        default="30年",
    )


@dataclass(frozen=True, kw_only=True)
class Part:
    """联合办案: one unit's part."""

    agency: int = entry("单位", Kind.AGENCY)
    work: str = entry("承担的工作", Kind.LONG_TEXT)
    due_on: date = entry("完成期限", Kind.DATE)


@dataclass(frozen=True, kw_only=True)
class Overdue:
    """来源事项两次逾期: what the room of the matter says of it."""

    words: str = entry("逾期情况", max_length=200)


@dataclass(frozen=True, kw_only=True)
class NoLinkage:
    """不需联合办理."""

    reason: str = entry(
        "理由", Kind.LONG_TEXT, help="例如：违法行为只涉及本机关职责，其他单位没有需要配合的工作"
    )


@dataclass(frozen=True, kw_only=True)
class PartResult:
    result: str = entry("完成情况", Kind.LONG_TEXT)
