"""Review, notice, hearing and decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bihuan.kernel.loops.inputs import Kind, entry
from bihuan.registers.instruments.serving import HOWS

LEGAL = (
    ("public_interest", "涉及重大公共利益"),
    ("hearing", "直接关系当事人或者第三人重大权益，经过听证程序"),
    ("complex", "案件情况疑难复杂、涉及多个法律关系"),
    ("other", "法律、法规规定应当进行法制审核的其他情形"),
    ("own", "不属于法定情形，本机关要求审核"),
)
SITUATION = [(key, label) for key, label in LEGAL if key != "own"]


@dataclass(frozen=True, kw_only=True)
class Measures:
    """What goes beside the fine, one tick a measure."""

    warning: bool = entry("警告", Kind.YES_NO, default=False)
    confiscation: int | None = entry("没收违法所得", Kind.MONEY, required=False)
    suspension: bool = entry("责令停产停业整顿", Kind.YES_NO, default=False)
    closure: bool = entry("提请关闭", Kind.YES_NO, default=False, basis="《安全生产法》第一百一十三条")
    revocation: bool = entry("暂扣、吊销许可证件", Kind.YES_NO, default=False)
    restriction: bool = entry("限制从业", Kind.YES_NO, default=False)
    credit: bool = entry("纳入信用记录", Kind.YES_NO, default=False)
    exposure: bool = entry("公开曝光", Kind.YES_NO, default=False)
    summons: bool = entry("约谈主要负责人", Kind.YES_NO, default=False)


@dataclass(frozen=True, kw_only=True)
class Proposal(Measures):
    """拟处理意见: the fine is the sum of the violations assessed."""

    proposal: str = entry("处理建议", Kind.LONG_TEXT)
    situation: str = entry(
        "须法制审核的情形",
        Kind.CHOICE,
        choices=SITUATION,
        required=False,
        basis="《行政处罚法》第五十八条",
    )
    complex: bool = entry(
        "情节复杂或者重大违法行为", Kind.YES_NO, default=False, basis="《行政处罚法》第五十七条"
    )


@dataclass(frozen=True, kw_only=True)
class ProposalReview:
    """审核拟处理意见, by somebody who does not investigate; printed as 审核意见 in the form for approval."""

    agreed: bool = entry("同意拟处理意见", Kind.YES_NO, default=False)
    opinion: str = entry("审核意见", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class LegalReview:
    situation: str = entry("审核情形", Kind.CHOICE, choices=LEGAL, basis="《行政处罚法》第五十八条")
    checks: str = entry(
        "审核内容",
        Kind.LONG_TEXT,
        default="主体和管辖合法\n事实清楚、证据充分\n适用依据正确\n裁量适当\n程序合法\n文书规范",
        help="一行一项",
    )
    passed: bool = entry("审核通过", Kind.YES_NO, default=False)
    opinion: str = entry("审核意见", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class Discussion:
    """集体讨论."""

    started_at: datetime = entry("开始时间", Kind.MOMENT)
    ended_at: datetime = entry("结束时间", Kind.MOMENT)
    place: str = entry("地点", max_length=120)
    host: str = entry("主持人", max_length=60)
    reporter: str = entry("汇报人", max_length=60)
    recorder: str = entry("记录人", max_length=60)
    attendees: str = entry(
        "出席人员", Kind.LONG_TEXT, rows=("姓名", "职务"), mark="｜", help="不少于三人，一行一人：姓名｜职务"
    )
    discussion: str = entry("讨论记录", Kind.LONG_TEXT, max_length=4000)
    conclusion: str = entry("结论性意见", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class Service:
    """送达: how, when, by whom received."""

    how: str = entry("送达方式", Kind.CHOICE, choices=list(HOWS.items()), default="direct")
    served_on: date = entry("送达日期", Kind.DATE)
    place: str = entry("送达地点", required=False, max_length=120)
    receiver: str = entry("收件人", required=False, max_length=60)
    relation: str = entry("代收人与受送达人的关系", required=False, max_length=60)
    refusal: str = entry("拒收事由", required=False, max_length=200)
    witness: str = entry("见证人", required=False, max_length=60)
    reference: str = entry("邮件号码或公告载体", required=False, max_length=120)
    entrusted_to: str = entry("受委托送达单位", required=False, max_length=120)


@dataclass(frozen=True, kw_only=True)
class Statement:
    """陈述申辩: heard, checked, answered; it never raises the penalty."""

    started_at: datetime = entry("时间", Kind.MOMENT)
    place: str = entry("地点", max_length=120)
    person: str = entry("陈述申辩人", max_length=60)
    recorder: str = entry("记录人", max_length=60)
    statement: str = entry("陈述申辩内容", Kind.LONG_TEXT, max_length=4000)
    adopted: bool = entry("采纳", Kind.YES_NO, default=False)
    answer: str = entry(
        "复核意见", Kind.LONG_TEXT, basis="《行政处罚法》第四十五条", help="采纳或者不采纳的理由"
    )


@dataclass(frozen=True, kw_only=True)
class Waiver:
    """当事人书面放弃陈述申辩、听证."""

    told_on: date = entry("当事人表示的日期", Kind.DATE)
    words: str = entry("放弃的表示", Kind.LONG_TEXT, default="当事人书面表示放弃陈述、申辩和要求听证的权利。")


@dataclass(frozen=True, kw_only=True)
class HearingRequest:
    requested_on: date = entry("提出日期", Kind.DATE, basis="《行政处罚法》第六十四条")
    words: str = entry("听证申请内容", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class HearingCall:
    """听证会通知; how and when it was served is told by a deed of its own."""

    hearing_at: datetime = entry(
        "听证时间", Kind.MOMENT, help="通知书送达满7个工作日以后；邮寄、公告的留足送达的时间"
    )
    place: str = entry("听证地点", max_length=120)
    public: str = entry("听证方式", Kind.CHOICE, choices=(("公开", "公开"), ("不公开", "不公开")))
    presider: int = entry("主持人", Kind.INTEGER, basis="《行政处罚法》第六十四条", help="不得是本案调查人员")
    recorder: str = entry("记录人", max_length=60)


@dataclass(frozen=True, kw_only=True)
class HearingChange(HearingCall):
    """变更听证安排: another day, or another presider who left, stands in another place or must keep away."""

    reason: str = entry(
        "变更理由", Kind.LONG_TEXT, help="例如：主持人已离任；当事人申请回避，经审查成立；当事人申请延期"
    )


@dataclass(frozen=True, kw_only=True)
class HearingReport:
    started_at: datetime = entry("听证开始时间", Kind.MOMENT)
    ended_at: datetime = entry("听证结束时间", Kind.MOMENT)
    applicant: str = entry("听证申请人", max_length=120)
    agents: str = entry("委托代理人", required=False, max_length=120, help="一至二人，用顿号隔开")
    course: str = entry(
        "听证会基本情况", Kind.LONG_TEXT, help="到会人员、权利告知、回避申请、举证质证和辩论的经过"
    )
    investigators_said: str = entry("调查人员陈述", Kind.LONG_TEXT)
    defence: str = entry("申辩和质证", Kind.LONG_TEXT, max_length=4000)
    last_words: str = entry("最后陈述", Kind.LONG_TEXT, required=False)
    opinion: str = entry("主持人意见", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class HearingReview:
    """审核听证报告, by the head."""

    opinion: str = entry("审核意见", Kind.LONG_TEXT, basis="《行政处罚法》第六十五条")


@dataclass(frozen=True, kw_only=True)
class Decision(Measures):
    """行政处罚决定: within what was announced to the party."""

    fine: int | None = entry("罚款", Kind.MONEY, required=False)
    discretion: str = entry("裁量理由和依据", Kind.LONG_TEXT)
    opinion: str = entry("审批意见", Kind.LONG_TEXT, default="同意。")
    below_maximum: str = entry(
        "低于上限的理由", Kind.LONG_TEXT, required=False, help="属于上限处罚情形而低于上限的必须写明"
    )
    no_referral: str = entry(
        "未移送司法机关的理由", Kind.LONG_TEXT, required=False, help="达到移送标准而未移送的必须写明"
    )
    late: str = entry("超过办案期限的理由", Kind.LONG_TEXT, required=False)


@dataclass(frozen=True, kw_only=True)
class NoPenalty:
    """不予行政处罚."""

    ground: str = entry(
        "理由",
        Kind.CHOICE,
        basis="《行政处罚法》第三十三条、第五十七条",
        choices=(
            ("minor", "违法行为轻微并及时改正，没有造成危害后果"),
            ("first", "初次违法且危害后果轻微并及时改正"),
            ("no_fault", "当事人有证据足以证明没有主观过错"),
            ("not_proved", "违法事实不能成立"),
            ("lapsed", "超过追究时效"),
        ),
    )
    reasons: str = entry("不予处罚的理由", Kind.LONG_TEXT)
    education: str = entry("教育内容", Kind.LONG_TEXT, required=False)
    opinion: str = entry("审批意见", Kind.LONG_TEXT, default="同意。")
    no_referral: str = entry("未移送司法机关的理由", Kind.LONG_TEXT, required=False)


@dataclass(frozen=True, kw_only=True)
class Transfer:
    """移送: to the police or prosecutors (行刑衔接), or to the agency that has jurisdiction."""

    kind: str = entry(
        "移送种类",
        Kind.CHOICE,
        choices=(("crime", "涉嫌犯罪移送司法机关"), ("jurisdiction", "移送有管辖权的机关")),
    )
    receiver: str = entry("受移送机关", max_length=120)
    reasons: str = entry("移送理由", Kind.LONG_TEXT)
    basis: str = entry("移送依据", max_length=200, default="《行政处罚法》第二十七条")
    materials: str = entry("附件材料", Kind.LONG_TEXT, help="一行一项")
    opinion: str = entry("审批意见", Kind.LONG_TEXT, default="同意移送。")


@dataclass(frozen=True, kw_only=True)
class Receipt:
    received_on: date = entry("签收日期", Kind.DATE)
    receiver: str = entry("签收人", max_length=60)


@dataclass(frozen=True, kw_only=True)
class TransferOutcome:
    told_on: date = entry("答复日期", Kind.DATE)
    result: str = entry(
        "处理结果",
        Kind.CHOICE,
        choices=(
            ("accepted", "已立案"),
            ("refused", "不予立案"),
            ("convicted", "已判决"),
            ("returned", "退回"),
        ),
    )
    words: str = entry("结果说明", Kind.LONG_TEXT)
    detained: int | None = entry("拘留人数", Kind.INTEGER, required=False)
