"""What each step of a hazard asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bihuan.capabilities.hazards.categories import Category
from bihuan.capabilities.hazards.states import Grade, HazardState, Source
from bihuan.kernel.loops.inputs import Kind, entry, fields_of


@dataclass(frozen=True, kw_only=True)
class Finding:
    """上报: what was found, where, when and by whom."""

    before_photos: tuple[UUID, ...] = entry("整改前照片", Kind.PHOTOS, required=False)
    object: UUID = entry("隐患所在单位", Kind.OBJECT, help="可按名称或统一社会信用代码查找")
    place: str = entry("具体部位", required=False, max_length=120, help="例如：二车间北侧疏散通道")
    description: str = entry("隐患描述", Kind.LONG_TEXT, help="写清什么设备、设施或行为，怎样不符合要求")
    source: str = entry("排查来源", Kind.CHOICE, choices=Source)
    found_on: date = entry("发现日期", Kind.DATE)
    grade: str = entry("隐患等级", Kind.CHOICE, choices=Grade, default="general")
    criterion: str = entry(
        "重大隐患判定依据",
        Kind.CRITERION,
        required=False,
        max_length=20,
        help="定为重大隐患时必填，从本行业现行判定标准中选择",
    )
    category: str = entry("隐患类别", Kind.CHOICE, choices=Category, required=False, help="不选则按描述判断")
    campaign: str = entry("专项行动", Kind.CAMPAIGN, required=False, max_length=60)
    voluntary: bool = entry(
        "企业主动报告",
        Kind.YES_NO,
        required=False,
        default=False,
        help="主动报告的隐患，监管部门按规定从轻处理",
    )
    reporter: str = entry(
        "举报人及联系方式",
        Kind.SEALED,
        required=False,
        help="来源为举报时填写；加密保存，查看须说明理由并留痕",
    )


_KEEPS = "已有的可以不填，不填即保留原内容"


@dataclass(frozen=True, kw_only=True)
class FiveElements:
    """交办: 责任、措施、资金、时限、预案 (M087). Each may be blank here so that the gate can name all that lack."""

    responsible_person: str = entry(
        "整改责任人", required=False, gated=True, max_length=60, basis="五落实：责任"
    )
    measures: str = entry("整改措施", Kind.LONG_TEXT, required=False, gated=True, basis="五落实：措施")
    funds_planned: int | None = entry(
        "整改资金",
        Kind.MONEY,
        required=False,
        gated=True,
        unit="元",
        basis="五落实：资金",
        help="不需要资金的填 0",
    )
    rectify_by: date | None = entry("整改期限", Kind.DATE, required=False, gated=True, basis="五落实：时限")
    contingency_plan: str = entry(
        "应急预案",
        required=False,
        gated=True,
        max_length=500,
        basis="五落实：预案",
        help="整改期间的防范措施或预案名称",
    )


@dataclass(frozen=True, kw_only=True)
class LackingElements:
    """补充五落实: what a ledger left out of the five. A blank field keeps what is there."""

    responsible_person: str = entry(
        "整改责任人", required=False, max_length=60, basis="五落实：责任", help=_KEEPS
    )
    measures: str = entry("整改措施", Kind.LONG_TEXT, required=False, basis="五落实：措施", help=_KEEPS)
    funds_planned: int | None = entry(
        "整改资金", Kind.MONEY, required=False, unit="元", basis="五落实：资金", help="不需要资金的填 0"
    )
    rectify_by: date | None = entry("整改期限", Kind.DATE, required=False, basis="五落实：时限", help=_KEEPS)
    contingency_plan: str = entry(
        "应急预案", required=False, max_length=500, basis="五落实：预案", help=_KEEPS
    )


@dataclass(frozen=True, kw_only=True)
class OrderTerms:
    """责令整改: what the paper of an inspection says of the five elements; the rest is told by the unit itself."""

    paper: str = entry("依据的文书", max_length=80)
    responsible_person: str = entry("整改责任人", max_length=60, basis="五落实：责任")
    measures: str = entry("整改措施", Kind.LONG_TEXT, basis="五落实：措施")
    rectify_by: date = entry("整改期限", Kind.DATE, basis="五落实：时限")
    funds_planned: int | None = entry("整改资金", Kind.MONEY, required=False, unit="元", basis="五落实：资金")
    contingency_plan: str = entry("应急预案", required=False, max_length=500, basis="五落实：预案")
    at_once: bool = entry("当场改正", Kind.YES_NO, required=False, default=False)


@dataclass(frozen=True, kw_only=True)
class OrderMoved:
    """随指令书延期."""

    paper: str = entry("延期答复文书", max_length=80)
    rectify_by: date = entry("延期至", Kind.DATE)


@dataclass(frozen=True, kw_only=True)
class Means:
    """填报整改资金和预案: what only the unit knows of the five (安全生产法 第四十一条, 责任在生产经营单位)."""

    funds_planned: int | None = entry(
        "整改资金", Kind.MONEY, required=False, unit="元", basis="五落实：资金", help="不需要资金的填 0"
    )  # fmt: skip
    contingency_plan: str = entry(
        "应急预案", required=False, max_length=500, basis="五落实：预案", help="整改期间的防范措施或预案名称"
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Rectification:
    """整改: what was done, when, for how much, with pictures."""

    rectified_on: date = entry("整改完成日期", Kind.DATE)
    result: str = entry("整改情况", Kind.LONG_TEXT, help="做了什么，达到什么要求")
    funds_spent: int = entry("实际投入", Kind.MONEY, unit="元", help="没有花费的填 0")
    after_photos: tuple[UUID, ...] = entry(
        "整改后照片", Kind.PHOTOS, required=False, gated=True, help="至少一张"
    )


@dataclass(frozen=True, kw_only=True)
class Acceptance:
    """验收: seen on the spot, by somebody other than the rectifier."""

    accepted_on: date = entry("验收日期", Kind.DATE)
    opinion: str = entry("验收意见", Kind.LONG_TEXT, default="经现场核查，隐患已消除，同意销号。")
    acceptance_photos: tuple[UUID, ...] = entry("验收照片", Kind.PHOTOS, required=False)


@dataclass(frozen=True, kw_only=True)
class SendingBack:
    """退回整改: why it was not accepted, and until when it must be done."""

    reason: str = entry("退回理由", Kind.LONG_TEXT)
    rectify_by: date = entry("新的整改期限", Kind.DATE)


@dataclass(frozen=True, kw_only=True)
class ExtensionRequest:
    until: date = entry("申请延期至", Kind.DATE)
    reason: str = entry("延期理由", Kind.LONG_TEXT)
    interim_measures: str = entry("延期期间的防范措施", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class Opinion:
    opinion: str = entry("意见", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class Regrading:
    grade: str = entry("新的等级", Kind.CHOICE, choices=Grade)
    criterion: str = entry("重大隐患判定依据", Kind.CRITERION, required=False, max_length=20)
    reason: str = entry("理由", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class ListingTerms:
    level: str = entry(
        "督办层级",
        Kind.CHOICE,
        choices=(("district", "区级"), ("city", "市级"), ("province", "省级")),
    )
    lead: int = entry("督办牵头单位", Kind.AGENCY)
    leader_post: int = entry("包保领导", Kind.POST)
    due_on: date = entry("督办期限", Kind.DATE)
    reason: str = entry("督办要求", Kind.LONG_TEXT, required=False)


@dataclass(frozen=True, kw_only=True)
class Delisting:
    opinion: str = entry("摘牌意见", Kind.LONG_TEXT)
    document_no: str = entry("摘牌文号", required=False, help="市级、省级挂牌的，填写上级摘牌文件文号")


@dataclass(frozen=True, kw_only=True)
class DoubleReport:
    reported_on: date = entry("报告日期", Kind.DATE)
    content: str = entry(
        "报告内容", Kind.LONG_TEXT, help="现状及产生原因、危害程度和整改难易程度分析、治理方案"
    )


@dataclass(frozen=True, kw_only=True)
class Correction:
    """更正: the facts as they should have been written; the former ones stay in the record."""

    description: str = entry("隐患描述", Kind.LONG_TEXT, required=False)
    place: str = entry("具体部位", required=False, max_length=120)
    source: str = entry("排查来源", Kind.CHOICE, choices=Source, required=False)
    category: str = entry("隐患类别", Kind.CHOICE, choices=Category, required=False)
    found_on: date | None = entry("发现日期", Kind.DATE, required=False)
    campaign: str = entry("专项行动", Kind.CAMPAIGN, required=False, max_length=60)
    reported_to_regulator_on: date | None = entry(
        "向监管部门报告日期", Kind.DATE, required=False, help="重大隐患已登记报告、日期写错的才填"
    )
    reported_to_workers_on: date | None = entry(
        "向职工大会报告日期", Kind.DATE, required=False, help="重大隐患已登记报告、日期写错的才填"
    )
    reason: str = entry("更正理由", Kind.LONG_TEXT)


CORRECTED = tuple(item.name for item in fields_of(Correction) if item.name != "reason")


@dataclass(frozen=True, kw_only=True)
class Reminder:
    message: str = entry("催办内容", Kind.LONG_TEXT, default="请按期完成整改并上报。")


@dataclass(frozen=True, kw_only=True)
class SpotCheckResult:
    checked_on: date = entry("抽查日期", Kind.DATE)
    passed: bool = entry("隐患确已消除", Kind.YES_NO, required=False, default=False)
    finding: str = entry("抽查情况", Kind.LONG_TEXT)
    check_photos: tuple[UUID, ...] = entry("抽查照片", Kind.PHOTOS, required=False)


@dataclass(frozen=True, kw_only=True)
class Recheck:
    """复查: on the spot, after the day has passed without a report of rectification."""

    checked_on: date = entry("复查日期", Kind.DATE)
    removed: bool = entry("隐患已消除", Kind.YES_NO, required=False, default=False)
    finding: str = entry("复查情况", Kind.LONG_TEXT, help="到现场看到什么，整改到什么程度")
    check_photos: tuple[UUID, ...] = entry("复查照片", Kind.PHOTOS, required=False)
    rectify_by: date | None = entry(
        "重新确定的整改期限", Kind.DATE, required=False, gated=True, help="隐患仍未消除的必填"
    )


@dataclass(frozen=True, kw_only=True)
class FailureDecision:
    """屡次不合格研究处理: what the regulator's leader decides after repeated failures."""

    decision: str = entry(
        "处理决定",
        Kind.CHOICE,
        choices=(
            ("enforcement", "移送执法查处"),
            ("listing", "提请挂牌督办"),
            ("interview", "约谈主要负责人并限期整改"),
            ("stop", "责令局部停产停业整改"),
        ),
    )
    opinion: str = entry("理由和要求", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class FollowUp:
    """回访: whether what was closed has stayed mended."""

    visited_on: date = entry("回访日期", Kind.DATE)
    stays: bool = entry("隐患没有反弹", Kind.YES_NO, required=False, default=False)
    finding: str = entry("回访情况", Kind.LONG_TEXT, help="隐患反弹的，回访后请办理“重新整改”")
    visit_photos: tuple[UUID, ...] = entry("回访照片", Kind.PHOTOS, required=False)


@dataclass(frozen=True, kw_only=True)
class Reopening:
    reason: str = entry("重新整改的理由", Kind.LONG_TEXT)
    rectify_by: date = entry("整改期限", Kind.DATE)


@dataclass(frozen=True, kw_only=True)
class Reason:
    reason: str = entry("理由", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class MergeInto:
    into: str = entry("并入的隐患编号", Kind.MATTER, max_length=24)
    reason: str = entry("理由", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class Referral:
    to: int = entry("移送单位", Kind.AGENCY)
    reason: str = entry("移送理由", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What a ledger says of a hazard: facts, and how far it claims to be. Nothing in it was signed here."""

    state: HazardState
    description: str = entry("隐患描述", Kind.LONG_TEXT)
    place: str = entry("部位", required=False)
    source: str = entry("排查来源", Kind.CHOICE, choices=Source)
    grade: str = entry("隐患等级", Kind.CHOICE, choices=Grade)
    found_on: date = entry("发现日期", Kind.DATE)
    found_by: str = entry("检查人", required=False)
    responsible_person: str = entry("整改责任人", required=False)
    measures: str = entry("整改措施", Kind.LONG_TEXT, required=False)
    funds: int | None = entry("整改资金", Kind.MONEY, required=False, unit="元")
    rectify_by: date | None = entry("整改期限", Kind.DATE, required=False)
    contingency_plan: str = entry("应急预案", required=False)
    rectified_on: date | None = entry("整改完成日期", Kind.DATE, required=False)
    accepted_by: str = entry("验收人", required=False)
    accepted_on: date | None = entry("验收日期", Kind.DATE, required=False)
    campaign: str = entry("专项行动", required=False)
    note: str = entry("备注", required=False)
    row_key: bytes = b""
    row_facts: dict[str, str] | None = None
    batch: UUID | None = None
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class ClaimedProgress:
    """A later ledger claims more progress than an earlier one."""

    rectified_on: date | None = entry("整改完成日期", Kind.DATE, required=False)
    accepted_by: str = entry("验收人", required=False)
    accepted_on: date | None = entry("验收日期", Kind.DATE, required=False)
    funds: int | None = entry("整改资金", Kind.MONEY, required=False)
    ledger: str = entry("台账", required=False)
    line: int = entry("行", Kind.INTEGER, required=False, default=0)
    batch: UUID | None = None
    row_facts: dict[str, str] | None = None
