"""What each deed of a batch or an item asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bihuan.capabilities.tipoffs.states import Channel, Mistake, Outcome, Rejection, RewardBasis, Topic
from bihuan.kernel.loops.inputs import Kind, entry

_PLAIN = "只写事，不写举报人是谁；姓名、电话写在密封的一栏"


@dataclass(frozen=True, kw_only=True)
class ItemGiven:
    """One item as it was told: what, where, about whom."""

    topic: str = entry("主题", Kind.CHOICE, choices=Topic)
    words: str = entry(
        "反映内容", Kind.LONG_TEXT, help=f"什么地方、什么危险或违法行为、什么时候发现的；{_PLAIN}"
    )
    region: int | None = entry("所在镇街", Kind.REGION, required=False, help="说不清的可以不选")
    place: str = entry("地点", required=False, max_length=200, help="门牌号，或以附近标志物说明")
    position: str = entry(
        "地图位置", required=False, max_length=40, help="经度,纬度，例如 117.264300,34.796100；没有可以不填"
    )
    subject: UUID | None = entry(
        "被反映的单位", Kind.OBJECT, required=False, help="已登记的企业、项目从列表中选择"
    )
    sector: int | None = entry("行业领域", Kind.SECTOR, required=False, help="选了单位的按单位，可以不填")
    photos: tuple[UUID, ...] = entry("照片", Kind.PHOTOS, required=False)


@dataclass(frozen=True, kw_only=True)
class AnotherItem(ItemGiven):
    """同批再登记一件."""

    batch: str = entry("批次编号", max_length=24, help="同一批次里的又一件事，例如一次来电反映的另一处")


@dataclass(frozen=True, kw_only=True)
class Reporter:
    """Who reported: sealed, and only if they want to be known to the office."""

    reporter_name: str = entry(
        "举报人姓名",
        Kind.SEALED,
        required=False,
        max_length=60,
        help="加密保存，查看须说明理由并留痕；匿名的不填",
    )
    reporter_phone: str = entry("举报人电话", Kind.SEALED, required=False, max_length=40, help="加密保存")
    reporter_address: str = entry(
        "举报人地址和其他联系方式", Kind.SEALED, required=False, max_length=200, help="加密保存"
    )


@dataclass(frozen=True, kw_only=True)
class BatchGiven(Reporter):
    """A batch and its first item; further ones come with it or are added while it is open."""

    channel: str = entry("来源", Kind.CHOICE, choices=Channel)
    received_on: date = entry("收到日期", Kind.DATE)
    origin: str = entry(
        "来文单位", required=False, max_length=60, help="上级交办、部门移送的填写，例如：市住房和城乡建设局"
    )
    origin_no: str = entry(
        "来文编号", required=False, max_length=40, help="来文单位自己的编号；同一编号只登记一次"
    )
    reply_by: date | None = entry("要求答复日期", Kind.DATE, required=False, help="来文规定的，作为办结期限")
    topic: str = entry("主题", Kind.CHOICE, choices=Topic)
    words: str = entry("反映内容", Kind.LONG_TEXT, help=f"一件事写一件，其余的随后“同批再登记一件”；{_PLAIN}")
    region: int | None = entry("所在镇街", Kind.REGION, required=False, help="说不清的可以不选")
    place: str = entry("地点", required=False, max_length=200, help="门牌号，或以附近标志物说明")
    position: str = entry("地图位置", required=False, max_length=40, help="经度,纬度；没有可以不填")
    subject: UUID | None = entry(
        "被反映的单位", Kind.OBJECT, required=False, help="已登记的企业、项目从列表中选择"
    )
    sector: int | None = entry("行业领域", Kind.SECTOR, required=False, help="选了单位的按单位，可以不填")


@dataclass(frozen=True, kw_only=True)
class ReportedBack:
    """回报来文单位."""

    reported_back_on: date = entry("回报日期", Kind.DATE)
    document: str = entry("回报文号或方式", max_length=60)


@dataclass(frozen=True, kw_only=True)
class Admission:
    """受理: what was told is put in order before it goes on; a blank keeps what stands."""

    topic: str = entry("主题", Kind.CHOICE, choices=Topic, required=False, help="不选即保留原主题")
    region: int | None = entry("所在镇街", Kind.REGION, required=False, help="不选即保留")
    subject: UUID | None = entry("被反映的单位", Kind.OBJECT, required=False, help="能对上已登记单位的选上")
    sector: int | None = entry("行业领域", Kind.SECTOR, required=False)
    opinion: str = entry("受理意见", Kind.LONG_TEXT, required=False, max_length=500)


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """不予受理."""

    rejection: str = entry("不予受理原因", Kind.CHOICE, choices=Rejection)
    reason: str = entry("说明", Kind.LONG_TEXT, max_length=1000, help="举报人凭查询码能看到这段话")


@dataclass(frozen=True, kw_only=True)
class Transfer:
    """移送有权处理的机关."""

    to: str = entry("移送单位", max_length=60, help="有权处理这件事的机关")
    document: str = entry("移送文号", required=False, max_length=60)
    reason: str = entry("说明", Kind.LONG_TEXT, max_length=1000, help="举报人凭查询码能看到这段话")


@dataclass(frozen=True, kw_only=True)
class Referral:
    """转办."""

    agency: int = entry("承办单位", Kind.AGENCY)
    company: str = entry(
        "办理企业",
        required=False,
        max_length=60,
        help="由燃气、供热等企业具体办理的填写；监督仍由承办单位负责",
    )
    handle_by: date | None = entry(
        "办理期限", Kind.DATE, required=False, help="不填的按规定天数；不能晚于办结期限"
    )
    demand: str = entry("办理要求", Kind.LONG_TEXT, required=False, max_length=1000)


@dataclass(frozen=True, kw_only=True)
class Reassignment(Referral):
    reason: str = entry("改派理由", Kind.LONG_TEXT, max_length=500)


@dataclass(frozen=True, kw_only=True)
class Result:
    """承办单位反馈办理结果."""

    outcome: str = entry("核查结论", Kind.CHOICE, choices=Outcome)
    result: str = entry("办理情况", Kind.LONG_TEXT, help="怎样核查、查明什么、怎样处理")
    reported_on: date = entry("反馈日期", Kind.DATE)
    result_photos: tuple[UUID, ...] = entry("现场照片", Kind.PHOTOS, required=False)


@dataclass(frozen=True, kw_only=True)
class Reply:
    """回复举报人."""

    reply: str = entry("回复内容", Kind.LONG_TEXT, help="举报人凭查询码能看到；留了联系方式的另行告知")
    replied_on: date = entry("回复日期", Kind.DATE)


@dataclass(frozen=True, kw_only=True)
class Settling:
    """办结."""

    opinion: str = entry(
        "办结意见", Kind.LONG_TEXT, default="经核对，办理情况属实，已回复举报人，同意办结。", max_length=500
    )


@dataclass(frozen=True, kw_only=True)
class Reason:
    reason: str = entry("理由", Kind.LONG_TEXT, max_length=1000)


@dataclass(frozen=True, kw_only=True)
class Correction:
    """A decision that was wrong, taken back."""

    reason: str = entry("理由", Kind.LONG_TEXT, max_length=1000, help="举报人凭查询码能看到这段话")


@dataclass(frozen=True, kw_only=True)
class Revocation:
    """撤销登记."""

    mistake: str = entry("误登原因", Kind.CHOICE, choices=Mistake)
    reason: str = entry(
        "说明",
        Kind.LONG_TEXT,
        max_length=1000,
        help="另行登记的，写明登记在哪一批次；领过查询码的举报人能看到",
    )


@dataclass(frozen=True, kw_only=True)
class RevokedWithBatch:
    """随批次撤销; said by the system."""

    reason: str = entry("原因", max_length=1100)


@dataclass(frozen=True, kw_only=True)
class SendingBack:
    reason: str = entry("退回理由", Kind.LONG_TEXT, max_length=1000)
    handle_by: date = entry("新的办理期限", Kind.DATE)


@dataclass(frozen=True, kw_only=True)
class ExtensionRequest:
    until: date = entry("申请延期至", Kind.DATE)
    reason: str = entry("延期理由", Kind.LONG_TEXT, max_length=500)


@dataclass(frozen=True, kw_only=True)
class DayMoved:
    """The day for closing an item follows another one; said by the system."""

    due_on: date = entry("办结期限", Kind.DATE)
    reason: str = entry("原因", max_length=200)


@dataclass(frozen=True, kw_only=True)
class ReplyDayMoved:
    """变更答复日期."""

    reply_by: date = entry("变更后的答复日期", Kind.DATE)
    document: str = entry(
        "来文单位同意的文号或方式", max_length=60, help="例如：市建投〔2026〕18号、电话记录"
    )
    reason: str = entry("变更原因", Kind.LONG_TEXT, max_length=500)


@dataclass(frozen=True, kw_only=True)
class Opinion:
    opinion: str = entry("意见", Kind.LONG_TEXT, max_length=500)


@dataclass(frozen=True, kw_only=True)
class Merging:
    """并件."""

    lead: str = entry(
        "并入的举报件编号", max_length=24, help="同一件事由一件牵头办理；每位举报人仍能查到进展和回复"
    )
    reason: str = entry("并件理由", Kind.LONG_TEXT, max_length=500)


@dataclass(frozen=True, kw_only=True)
class Withdrawal:
    """举报人撤回: noted, and the item goes on (a danger does not end because somebody takes back their word)."""

    withdrawn_on: date = entry("撤回日期", Kind.DATE)
    reason: str = entry("说明", Kind.LONG_TEXT, required=False, max_length=500, help=_PLAIN)


@dataclass(frozen=True, kw_only=True)
class Material:
    """补充材料."""

    note: str = entry("说明", Kind.LONG_TEXT, max_length=1000, help=_PLAIN)
    more_photos: tuple[UUID, ...] = entry("照片", Kind.PHOTOS, required=False)


@dataclass(frozen=True, kw_only=True)
class HazardGiven:
    """转为隐患."""

    subject: UUID = entry("隐患所在单位", Kind.OBJECT)
    place: str = entry("具体部位", required=False, max_length=120)
    description: str = entry("隐患描述", Kind.LONG_TEXT, help=f"按现场核查的写；{_PLAIN}")
    grade: str = entry(
        "隐患等级", Kind.CHOICE, choices=(("general", "一般"), ("major", "重大")), default="general"
    )
    criterion: str = entry(
        "重大隐患判定依据", Kind.CRITERION, required=False, max_length=20, help="定为重大隐患时必填"
    )
    found_on: date = entry("核查日期", Kind.DATE)


@dataclass(frozen=True, kw_only=True)
class LeadGiven:
    """转为打非线索."""

    code: str = entry("违法情形", max_length=40)
    place_type: str = entry("场所类型", max_length=40)
    place: str = entry(
        "所在镇街（村）", max_length=60, help="写镇街或村社区的名称；同名的村写成“东湖镇张庄村”"
    )
    address: str = entry("具体位置", max_length=200)
    description: str = entry("情况", Kind.LONG_TEXT, help=f"按现场核查的写；{_PLAIN}")
    found_on: date = entry("核查日期", Kind.DATE)
    party: str = entry("当事人", required=False, max_length=120)


@dataclass(frozen=True, kw_only=True)
class AccidentLinked:
    """关联事故."""

    accident: str = entry("事故编号", max_length=24, help="先在“事故”里接报，再把编号写在这里")


@dataclass(frozen=True, kw_only=True)
class Became:
    """What became of a linked matter; said by the system when it is done there."""

    kind: str = entry("类别")
    no: str = entry("编号", max_length=24)
    says: str = entry("情况", max_length=300)
    done: bool = entry("已办结", Kind.YES_NO, default=True)


@dataclass(frozen=True, kw_only=True)
class RewardProposal:
    """拟奖励: reckoned from what was decided elsewhere; nobody types an amount."""

    basis: str = entry("奖励依据", Kind.CHOICE, choices=RewardBasis)
    no: str = entry("案件、隐患或事故编号", max_length=24, help="罚款金额、隐患等级、死亡人数从该事项读取")
    reason: str = entry("理由", Kind.LONG_TEXT, max_length=500)


@dataclass(frozen=True, kw_only=True)
class RewardPaid:
    """领取登记."""

    paid_on: date = entry("领取日期", Kind.DATE)
    means: str = entry("领取方式", Kind.CHOICE, choices=(("counter", "当面领取"), ("bank", "银行转账")))
    voucher: str = entry("支付凭证号", max_length=60)
    code: str = entry(
        "领奖码", required=False, max_length=12, help="匿名举报凭领奖码领取；举报人在进展页用查询码查到"
    )


@dataclass(frozen=True, kw_only=True)
class Reminder:
    note: str = entry("催办内容", Kind.LONG_TEXT, max_length=500)


@dataclass(frozen=True, kw_only=True)
class ItemFromLedger:
    """An item as a ledger tells of it: its handling and its closing are the ledger's word."""

    topic: str = entry("主题", Kind.CHOICE, choices=Topic)
    words: str = entry("反映内容", Kind.LONG_TEXT)
    place: str = entry("地点", required=False, max_length=200)
    region: int | None = entry("所在镇街", Kind.REGION, required=False)
    agency: int | None = entry("承办单位", Kind.AGENCY, required=False)
    company: str = entry("办理企业", required=False, max_length=60)
    result: str = entry("办理结果", Kind.LONG_TEXT, required=False)
    closed_on: date | None = entry("办结日期", Kind.DATE, required=False)


@dataclass(frozen=True, kw_only=True)
class BatchFromLedger:
    """A batch as a ledger tells of it."""

    channel: str = entry("来源", Kind.CHOICE, choices=Channel)
    received_on: date = entry("收到日期", Kind.DATE)
    origin: str = entry("来文单位", max_length=60)
    origin_no: str = entry("批次编号", max_length=40)
    reply_by: date | None = entry("要求答复日期", Kind.DATE, required=False)
    file: str = entry("台账文件", required=False, max_length=200)
