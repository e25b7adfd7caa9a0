"""Opening a case: what is suspected of whom, since when, and who investigates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bihuan.capabilities.enforcement.states import CaseSource, PartyKind, Template
from bihuan.kernel.loops.inputs import Kind, entry
from bihuan.registers.law.discretion import absolutes

ABSOLUTE = [(one.key, f"{one.label}（{one.demands}）") for one in absolutes().values()]
LAW_37 = "《行政处罚法》第三十七条"


@dataclass(frozen=True, kw_only=True)
class Party:
    """Who is suspected. An object of the register brings its own name, code and address along."""

    object: UUID | None = entry(
        "监管对象", Kind.OBJECT, required=False, help="已登记的企业、项目从列表中选择；未登记的填写下面各项"
    )
    party_kind: str = entry("当事人类别", Kind.CHOICE, choices=PartyKind, default="entity")
    party: str = entry(
        "当事人名称或姓名", required=False, max_length=120, help="选了监管对象的可以不填；处罚个人时填姓名"
    )
    party_code: str = entry("统一社会信用代码或身份证号", required=False, max_length=30)
    party_address: str = entry("地址", required=False, max_length=200)
    principal: str = entry("法定代表人（主要负责人）", required=False, max_length=60)
    phone: str = entry("联系电话", required=False, max_length=30)
    town: int | None = entry("所在镇街", Kind.INTEGER, required=False, help="未选监管对象的须选")


@dataclass(frozen=True, kw_only=True)
class Filing(Party):
    """提请立案."""

    source: str = entry("案件来源", Kind.CHOICE, choices=CaseSource)
    origin: str = entry(
        "来源编号", required=False, max_length=24, help="检查、隐患、举报等事项的编号，文书随之入卷"
    )
    template: str = entry("程序模板", Kind.CHOICE, choices=Template, default="penalty")
    cause: str = entry("案由", max_length=120, help="只写违法行为，例如：未如实记录安全生产教育和培训情况")
    brief: str = entry("案情简介", Kind.LONG_TEXT)
    acted_on: date = entry(
        "违法行为发生日期", Kind.DATE, basis=LAW_37, help="连续或者继续的，填行为终了之日；按这一天适用法律"
    )
    harmful: bool = entry(
        "涉及公民生命健康安全且有危害后果", Kind.YES_NO, default=False, basis="《行政处罚法》第三十六条"
    )
    absolute: str = entry("四个一律情形", Kind.CHOICE, choices=ABSOLUTE, required=False)
    second: int = entry(
        "协办执法人员", Kind.INTEGER, basis="《行政处罚法》第四十二条", help="与您共同办案，须持有效执法证"
    )
    opinion: str = entry(
        "承办人意见", Kind.LONG_TEXT, default="当事人的行为涉嫌违反安全生产法律法规，建议立案调查。"
    )


@dataclass(frozen=True, kw_only=True)
class OnTheSpot(Party):
    """当场处罚（简易程序）."""

    clause: str = entry("处罚依据", max_length=40)
    cause: str = entry("案由", max_length=120, help="只写违法行为")
    facts: str = entry("违法事实", Kind.LONG_TEXT)
    evidence: str = entry("证据", Kind.LONG_TEXT, help="一行一项，例如：现场照片3张")
    violated: str = entry("违反的规定", max_length=200, help="例如：《安全生产法》第三十五条")
    warned: bool = entry("警告", Kind.YES_NO, default=False)
    fine: int | None = entry(
        "罚款",
        Kind.MONEY,
        required=False,
        basis="《行政处罚法》第五十一条",
        help="公民200元以下，单位3000元以下",
    )
    collected: bool = entry(
        "当场收缴",
        Kind.YES_NO,
        default=False,
        basis="《行政处罚法》第六十八条",
        help="100元以下，或者不当场收缴事后难以执行的",
    )
    hard_to_collect: str = entry("事后难以执行的理由", required=False, max_length=200)
    place: str = entry("地点", max_length=120)
    second: int = entry("另一名执法人员", Kind.INTEGER, basis="《行政处罚法》第四十二条")
    heard: str = entry("当事人的陈述申辩", Kind.LONG_TEXT, default="当事人未作陈述申辩。")


@dataclass(frozen=True, kw_only=True)
class Approval:
    opinion: str = entry("审批意见", Kind.LONG_TEXT, default="同意。")


ASKED_FOR = (
    ("extend", "延长办案期限"), ("preserve", "先行登记保存"), ("transfer", "移送"), ("defer", "延期、分期缴纳"), ("conclude", "结案"),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Asking:
    """提请审批: what the investigator asks the head for, in the investigator's own words."""

    what: str = entry(
        "提请事项",
        Kind.CHOICE,
        choices=ASKED_FOR,
    )
    words: str = entry("承办人意见", Kind.LONG_TEXT, max_length=1000, help="印在审批表的“承办人意见”栏")


@dataclass(frozen=True, kw_only=True)
class Reason:
    reason: str = entry("理由", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class Officers:
    """更换执法人员，回避."""

    first: int = entry("主办执法人员", Kind.INTEGER)
    second: int = entry("协办执法人员", Kind.INTEGER)
    reason: str = entry(
        "理由", Kind.LONG_TEXT, basis="《行政处罚法》第四十三条", help="回避的写明利害关系和申请人"
    )
