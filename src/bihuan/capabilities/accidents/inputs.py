"""What each deed of an accident asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bihuan.capabilities.accidents.states import Addressee, Condition, Finding, Level, Offence, Told
from bihuan.kernel.loops.inputs import Kind, entry

_REPORT = "《生产安全事故报告和调查处理条例》第十二条"
_HOUR = "《生产安全事故报告和调查处理条例》第九条：单位负责人接到报告后 1 小时内报告"


@dataclass(frozen=True, kw_only=True)
class Receiving:
    """接报: what somebody on watch can take down from one telephone call; three answers are enough to begin."""

    object: UUID | None = entry(
        "事故发生单位", Kind.OBJECT, required=False, help="可按名称或统一社会信用代码查找；不在台账的填下一项"
    )
    unit: str = entry("单位名称（不在台账的）", required=False, max_length=120)
    occurred_at: datetime = entry("事故发生时间", Kind.MOMENT, basis=_REPORT)
    place: str = entry("事故地点", required=False, max_length=200, help="例如：二车间西侧，或某路某号")
    summary: str = entry("简要经过", Kind.LONG_TEXT, help="谁在做什么时发生了什么")
    deaths: int = entry("死亡", Kind.INTEGER, required=False, default=0, unit="人")
    missing: int = entry("失踪（下落不明）", Kind.INTEGER, required=False, default=0, unit="人")
    serious: int = entry("重伤", Kind.INTEGER, required=False, default=0, unit="人")
    poisoned: int = entry("急性工业中毒", Kind.INTEGER, required=False, default=0, unit="人")
    slight: int = entry("轻伤", Kind.INTEGER, required=False, default=0, unit="人")
    knew_at: datetime | None = entry(
        "单位负责人知悉时间", Kind.MOMENT, required=False, basis=_HOUR, help="还不清楚的先空着，查明后补"
    )
    knew_who: str = entry("知悉的单位负责人", required=False, max_length=60)
    reported_at: datetime = entry("接到报告时间", Kind.MOMENT, basis=_HOUR)
    time_evidence: str = entry(
        "时间依据", required=False, max_length=500, help="例如：值班电话记录、通话清单、微信截图"
    )
    region: int | None = entry("所在镇街", Kind.REGION, required=False, help="单位在台账的不必填")
    sector: int | None = entry(
        "事故行业领域",
        Kind.SECTOR,
        required=False,
        help="一起事故只归一个行业；不填则按单位的行业",
    )
    loss: int = entry(
        "初步估计直接经济损失", Kind.MONEY, required=False, default=0, unit="元", help="尚未估计的填 0"
    )
    measures: str = entry("已采取的措施", Kind.LONG_TEXT, required=False, max_length=1000)
    reporter: str = entry("报告人及电话", Kind.SEALED, required=False, max_length=200)
    photos: tuple[UUID, ...] = entry("现场照片", Kind.PHOTOS, required=False)


@dataclass(frozen=True, kw_only=True)
class FromLedger:
    """台账所载: an accident of earlier years as a ledger tells it; its hours are not known."""

    object: UUID | None = entry("事故发生单位", Kind.OBJECT, required=False)
    unit: str = entry("单位名称", required=False, max_length=120)
    occurred_on: date = entry("发生日期", Kind.DATE)
    place: str = entry("事故地点", required=False, max_length=200)
    summary: str = entry("简要经过", Kind.LONG_TEXT, required=False)
    deaths: int = entry("死亡", Kind.INTEGER, unit="人")
    serious: int = entry("重伤（含急性工业中毒）", Kind.INTEGER, unit="人")
    slight: int = entry("轻伤", Kind.INTEGER, required=False, default=0, unit="人")
    loss: int = entry("直接经济损失", Kind.MONEY, unit="元")
    region: int = entry("所在镇街", Kind.REGION)
    sector: int = entry("事故行业领域", Kind.SECTOR)
    type: str = entry("事故类型", required=False, max_length=10)
    closed_on: date | None = entry("结案日期", Kind.DATE, required=False)
    closed_by: str = entry("结案（批复）机关和文号", required=False, max_length=120)
    ledger: str = entry("所据台账", max_length=200)


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """The whole of the casualties and the loss as they are known now, and by what."""

    deaths: int = entry("死亡", Kind.INTEGER, unit="人")
    missing: int = entry(
        "失踪（下落不明）", Kind.INTEGER, unit="人", help="失踪不计为死亡；确认死亡后改填死亡"
    )
    serious: int = entry("重伤", Kind.INTEGER, unit="人")
    poisoned: int = entry("急性工业中毒", Kind.INTEGER, unit="人")
    slight: int = entry("轻伤", Kind.INTEGER, unit="人")
    loss: int = entry("直接经济损失", Kind.MONEY, unit="元")
    known_at: datetime = entry("确认时间", Kind.MOMENT, help="这些数字何时得到确认")
    evidence: str = entry(
        "依据", max_length=500, help="例如：医院死亡医学证明、伤情诊断、损失评估报告，写明文号"
    )
    papers: tuple[UUID, ...] = entry("依据材料", Kind.FILES, required=False)


@dataclass(frozen=True, kw_only=True)
class Verification(Numbers):
    """核实: the numbers, the kind and the field as somebody on the spot found them."""

    type: str = entry("事故类型", max_length=10, help="按事故发生之日有效的 GB 6441 选择")
    sector: int | None = entry("事故行业领域", Kind.SECTOR, required=False, help="与接报时一致的不必填")


@dataclass(frozen=True, kw_only=True)
class FurtherReport(Numbers):
    """续报、补报: a new version of the facts."""

    cause: str = entry(
        "由来",
        Kind.CHOICE,
        choices=tuple(
            (one.value, one.label) for one in (Told.FOLLOW_UP, Told.SUPPLEMENT, Told.INVESTIGATED, Told.LOSS)
        ),
        help="自事故发生之日起30日（道路交通、火灾7日）后伤情变化的补报存档，不改变等级和统计；"
        "失踪人员确认死亡、调查核实原报不符的选“调查认定”",
        basis="《生产安全事故报告和调查处理条例》第十三条",
    )


@dataclass(frozen=True, kw_only=True)
class Reclassification:
    """更正: place, field, kind or the hour of the accident, as they should have been written."""

    occurred_at: datetime | None = entry("事故发生时间", Kind.MOMENT, required=False)
    sector: int | None = entry("事故行业领域", Kind.SECTOR, required=False)
    type: str = entry("事故类型", required=False, max_length=10)
    place: str = entry("事故地点", required=False, max_length=200)
    reason: str = entry("更正理由", Kind.LONG_TEXT, max_length=500)


@dataclass(frozen=True, kw_only=True)
class Times:
    """核定时间: when the principal knew and when it was reported, each with its evidence."""

    knew_at: datetime = entry("单位负责人知悉时间", Kind.MOMENT, basis=_HOUR)
    knew_who: str = entry("知悉的单位负责人", max_length=60)
    reported_at: datetime = entry("接到报告时间", Kind.MOMENT)
    evidence: str = entry("时间依据", max_length=500, help="例如：通话清单、监控录像、询问笔录")
    papers: tuple[UUID, ...] = entry("依据材料", Kind.FILES, required=False)


@dataclass(frozen=True, kw_only=True)
class Sending:
    """上报、通报: to whom, when, and who received it."""

    to: str = entry("报告对象", Kind.CHOICE, choices=Addressee)
    sent_at: datetime = entry("报出时间", Kind.MOMENT)
    means: str = entry("方式", required=False, max_length=60, help="例如：电话、值班系统、传真")
    receiver: str = entry("接收人", required=False, max_length=60)
    received_at: datetime | None = entry("对方签收时间", Kind.MOMENT, required=False)


@dataclass(frozen=True, kw_only=True)
class LeaderCall:
    """领导靠前指挥: who of the shift was called, and when."""

    leader: str = entry("带班领导", max_length=60, help="姓名、职务")
    called_at: datetime = entry("通知时间", Kind.MOMENT)
    replied_at: datetime | None = entry("答复时间", Kind.MOMENT, required=False)
    arrived_at: datetime | None = entry(
        "到场时间", Kind.MOMENT, required=False, help="还没有到场的先空着，到场后补登"
    )


@dataclass(frozen=True, kw_only=True)
class LeaderCame:
    """带班领导答复、到场."""

    number: int = entry("通知", Kind.INTEGER)
    replied_at: datetime | None = entry("答复时间", Kind.MOMENT, required=False)
    arrived_at: datetime | None = entry("到场时间", Kind.MOMENT, required=False)


@dataclass(frozen=True, kw_only=True)
class Victims:
    """伤亡人员: sealed, read only for a stated reason."""

    victims: str = entry(
        "伤亡人员名单",
        Kind.SEALED,
        max_length=2000,
        help="姓名、身份证号、伤情、就医情况、家属联系方式；每次登记完整名单",
    )
    people: int = entry("名单人数", Kind.INTEGER, unit="人")


@dataclass(frozen=True, kw_only=True)
class Charge:
    """认定报告违法行为: which of the four, who knew when, and by what evidence."""

    kind: str = entry(
        "违法行为",
        Kind.CHOICE,
        choices=Offence,
        basis="《生产安全事故罚款处罚规定》（应急管理部令第14号）第五条",
    )
    who: str = entry("知情的责任人", max_length=120, help="谁知道，写明单位职务")
    knew_at: datetime = entry("知悉时间", Kind.MOMENT)
    evidence: str = entry("认定依据", Kind.LONG_TEXT, max_length=1000)
    papers: tuple[UUID, ...] = entry("证据材料", Kind.FILES, required=False)


@dataclass(frozen=True, kw_only=True)
class CaseFiled:
    case: str = entry("案件编号", max_length=24)


@dataclass(frozen=True, kw_only=True)
class Authorisation:
    """成立调查组: by whose authority, who leads, who belongs to it."""

    level: str = entry(
        "组织调查的政府",
        Kind.CHOICE,
        choices=Level,
        basis="《生产安全事故报告和调查处理条例》第十九条",
        help="不得低于事故等级对应的层级；上级可以提级调查",
    )
    document: str = entry("授权或批准文号", max_length=60)
    lead: int | None = entry("牵头部门", Kind.AGENCY, required=False)
    leader: str = entry("调查组组长", max_length=60)
    members: str = entry("调查组成员", Kind.LONG_TEXT, help="每行一人：姓名、单位、职务")
    experts: str = entry("聘请专家", Kind.LONG_TEXT, required=False, help="每行一人：姓名、专业")
    authorised_on: date = entry("成立日期", Kind.DATE)


@dataclass(frozen=True, kw_only=True)
class Extension:
    days: int = entry("延长天数", Kind.INTEGER, unit="日", help="累计不超过 60 日")
    document: str = entry("批准文号", max_length=60)
    reason: str = entry("延长理由", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class Appraisal:
    what: str = entry("鉴定事项", max_length=200)
    by: str = entry("鉴定机构", max_length=120)
    started_on: date = entry("委托日期", Kind.DATE)


@dataclass(frozen=True, kw_only=True)
class AppraisalDone:
    finished_on: date = entry("鉴定完成日期", Kind.DATE)
    conclusion: str = entry("鉴定结论", Kind.LONG_TEXT)
    papers: tuple[UUID, ...] = entry("鉴定报告", Kind.FILES, required=False)


@dataclass(frozen=True, kw_only=True)
class Requests:
    documents: str = entry(
        "调取资料",
        Kind.LONG_TEXT,
        max_length=6000,
        rows=("单位", "调取的资料:wide", "提供期限:date"),
        help="每行一项：单位；调取的资料；提供期限，例如：东湖纺织有限公司；安全培训档案；2026-12-01",
    )


@dataclass(frozen=True, kw_only=True)
class Answer:
    number: int = entry("资料项", Kind.INTEGER)
    answered_on: date = entry("提供日期", Kind.DATE)
    words: str = entry("提供情况", max_length=300)


@dataclass(frozen=True, kw_only=True)
class Report:
    """提交调查报告: course, causes, nature, who is liable, what is to be done."""

    nature: str = entry(
        "事故性质",
        Kind.CHOICE,
        choices=(("liable", "生产安全责任事故"), ("not_liable", "非责任事故")),
    )
    direct_cause: str = entry("直接原因", Kind.LONG_TEXT, max_length=1500)
    indirect_cause: str = entry("间接原因", Kind.LONG_TEXT, max_length=2000)
    liability: str = entry("责任认定", Kind.LONG_TEXT, max_length=2000)
    sanctions: str = entry(
        "处理建议",
        Kind.LONG_TEXT,
        required=False,
        max_length=6000,
        rows=("责任人或单位", "处理种类", "处理建议:wide", "执行期限:date"),
        help="每行一项：责任人或单位；处理种类；处理建议；执行期限。责任事故须有",
    )
    recommendations: str = entry(
        "整改和防范措施",
        Kind.LONG_TEXT,
        max_length=6000,
        rows=("单位", "措施:wide", "完成期限:date"),
        help="每行一项：单位；措施；完成期限。落实完毕前不能结案",
    )
    submitted_on: date = entry("提交日期", Kind.DATE)
    papers: tuple[UUID, ...] = entry("事故调查报告", Kind.FILES, required=False)


@dataclass(frozen=True, kw_only=True)
class Reply:
    replied_on: date = entry("批复日期", Kind.DATE)
    document: str = entry("批复文号", max_length=60)
    opinion: str = entry("批复意见", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class Reason:
    reason: str = entry("理由", Kind.LONG_TEXT, max_length=500)


@dataclass(frozen=True, kw_only=True)
class Execution:
    """落实: one recommendation or sanction was carried out."""

    number: int = entry("事项", Kind.INTEGER)
    executed_on: date = entry("落实日期", Kind.DATE)
    words: str = entry("落实情况", Kind.LONG_TEXT, max_length=500, help="写明做了什么、处分决定文号等")
    papers: tuple[UUID, ...] = entry("佐证材料", Kind.FILES, required=False)


@dataclass(frozen=True, kw_only=True)
class Proof:
    """四不放过: the evidence of one condition."""

    condition: str = entry("条件", Kind.CHOICE, choices=Condition, basis="四不放过")
    words: str = entry("落实情况", Kind.LONG_TEXT, max_length=1000)
    papers: tuple[UUID, ...] = entry(
        "证据材料", Kind.FILES, required=False, gated=True, help="每个条件各有各的证据"
    )


@dataclass(frozen=True, kw_only=True)
class Review:
    """倒查认定: what is held of an earlier inspection or hazard."""

    number: int = entry("倒查项", Kind.INTEGER)
    decision: str = entry("认定", Kind.CHOICE, choices=Finding)
    opinion: str = entry("认定理由", Kind.LONG_TEXT, max_length=500)


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    evaluated_on: date = entry("评估日期", Kind.DATE)
    conclusion: str = entry("评估结论", Kind.LONG_TEXT)
    published_on: date = entry("向社会公开日期", Kind.DATE, basis="《安全生产法》第八十六条第三款")
    papers: tuple[UUID, ...] = entry("评估报告", Kind.FILES, required=False)


@dataclass(frozen=True, kw_only=True)
class Closing:
    closed_on: date = entry("结案日期", Kind.DATE)
    opinion: str = entry("结案意见", Kind.LONG_TEXT)
