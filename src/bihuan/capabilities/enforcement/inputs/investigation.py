"""Investigation: evidence, each piece with its document, the violations with their discretion, and time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bihuan.kernel.loops.inputs import Kind, entry
from bihuan.registers.law.discretion import factors

PAUSES = (("appraisal", "检测、检验、鉴定"), ("hearing", "听证"), ("other", "其他原因中止调查"))
_TABLE = "一行一项：名称｜规格｜数量｜单位"
_GOODS = ("名称", "规格", "数量:number", "单位")
_LIGHT = [(one.key, f"{one.label}（{one.source}）") for one in factors().values() if one.shift < 0]
_HEAVY = [(one.key, f"{one.label}（{one.source}）") for one in factors().values() if one.shift > 0]


@dataclass(frozen=True, kw_only=True)
class Interview:
    """询问：every question with its answer."""

    started_at: datetime = entry("询问开始时间", Kind.MOMENT)
    ended_at: datetime = entry("询问结束时间", Kind.MOMENT)
    place: str = entry("地点", max_length=120)
    person: str = entry("被询问人", max_length=60)
    id_number: str = entry("身份证件号码", required=False, max_length=30)
    post: str = entry("职务", required=False, max_length=60)
    recorder: str = entry("记录人", max_length=60)
    dialogue: str = entry(
        "问答内容", Kind.LONG_TEXT, help="问写成“问：……”，答写成“答：……”，各占一行", max_length=8000
    )


@dataclass(frozen=True, kw_only=True)
class Scene:
    """现场勘验."""

    started_at: datetime = entry("勘验开始时间", Kind.MOMENT)
    ended_at: datetime = entry("勘验结束时间", Kind.MOMENT)
    place: str = entry("勘验场所", max_length=120)
    subject: str = entry("勘验事由", max_length=200)
    invited: str = entry("见证人", required=False, max_length=60)
    scene: str = entry("勘验情况及结果", Kind.LONG_TEXT, max_length=4000)


@dataclass(frozen=True, kw_only=True)
class OtherEvidence:
    """A piece of evidence that is no document of ours: a contract, a training record, a video."""

    name: str = entry("证据名称", max_length=120)
    kind: str = entry(
        "证据种类",
        Kind.CHOICE,
        basis="《行政处罚法》第四十六条",
        choices=(
            ("documentary", "书证"),
            ("physical", "物证"),
            ("audiovisual", "视听资料"),
            ("electronic", "电子数据"),
            ("witness", "证人证言"),
            ("statement", "当事人陈述"),
            ("appraisal", "鉴定意见"),
            ("scene", "勘验笔录、现场笔录"),
        ),
    )
    obtained_on: date = entry("取得日期", Kind.DATE)
    proves: str = entry("证明内容", Kind.LONG_TEXT)
    pictures: tuple[UUID, ...] = entry("照片", Kind.PHOTOS, required=False)
    files: tuple[UUID, ...] = entry("附件", Kind.FILES, required=False, help="合同、记录、检测报告等的扫描件")


@dataclass(frozen=True, kw_only=True)
class Preservation:
    """先行登记保存: the agency's head approves, seven working days run."""

    goods: str = entry("证据清单", Kind.LONG_TEXT, rows=_GOODS, mark="｜", help=_TABLE)
    reasons: str = entry("理由", Kind.LONG_TEXT, help="证据可能灭失或者以后难以取得的情形")
    storage: str = entry("保存方式和地点", max_length=200)


@dataclass(frozen=True, kw_only=True)
class PreservationDisposal:
    disposal: str = entry("处理决定", Kind.LONG_TEXT, help="返还、送检、移送、查封扣押或者没收")


@dataclass(frozen=True, kw_only=True)
class Appraisal:
    institution: str = entry("受托单位", max_length=120)
    subject: str = entry("委托事项", max_length=200)
    goods: str = entry("物品", Kind.LONG_TEXT, rows=_GOODS, mark="｜", help=_TABLE)
    requirement: str = entry("鉴定要求", Kind.LONG_TEXT)
    due_on: date = entry("提交期限", Kind.DATE)


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """One violation with its clause and discretion; the same violation assessed again replaces the former."""

    clause: str = entry("处罚依据", max_length=40, help="按违法行为发生之日适用的规定列出")
    facts: str = entry("违法事实", Kind.LONG_TEXT)
    violated: str = entry("违反的规定", max_length=200, help="例如：《安全生产法》第四十四条第一款")
    evidence: str = entry("证据", Kind.LONG_TEXT, help="一行一项")
    lighter: str = entry("从轻情节", Kind.CHOICE, choices=_LIGHT, required=False)
    lighter_two: str = entry("另一从轻情节", Kind.CHOICE, choices=_LIGHT, required=False)
    heavier: str = entry("从重情节", Kind.CHOICE, choices=_HEAVY, required=False)
    heavier_two: str = entry("另一从重情节", Kind.CHOICE, choices=_HEAVY, required=False)
    amount: int | None = entry("拟罚款", Kind.MONEY, required=False, help="不填的按系统建议数额")
    mitigate: bool = entry("减轻处罚", Kind.YES_NO, default=False, basis="《行政处罚法》第三十二条")
    reason: str = entry(
        "与建议数额不同的理由", Kind.LONG_TEXT, required=False, help="数额不在建议档次内、低于上限的必须写明"
    )


@dataclass(frozen=True, kw_only=True)
class Dropping:
    number: int = entry("去掉第几项违法行为", Kind.INTEGER)
    reason: str = entry("理由", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class Extension:
    """办案期限延长."""

    days: int = entry("延长天数", Kind.INTEGER, unit="天")
    reason: str = entry("延期理由", Kind.LONG_TEXT)
    opinion: str = entry("审批意见", Kind.LONG_TEXT, default="同意延期。")


@dataclass(frozen=True, kw_only=True)
class Suspension:
    """中止调查."""

    kind: str = entry("中止原因", Kind.CHOICE, choices=PAUSES)
    reason: str = entry("理由", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class Closing:
    """调查终结: the report, and whether a crime is suspected."""

    course: str = entry("调查经过", Kind.LONG_TEXT)
    finding: str = entry("调查结论", Kind.LONG_TEXT)
    party_opinion: str = entry("当事人意见", Kind.LONG_TEXT, required=False)
    deaths: int | None = entry(
        "死亡人数", Kind.INTEGER, required=False, basis="行刑衔接", help="没有事故的不填"
    )
    serious: int | None = entry("重伤人数", Kind.INTEGER, required=False)
    loss: int | None = entry("直接经济损失", Kind.MONEY, required=False)
    dangerous: bool = entry(
        "涉嫌危险作业等犯罪情形", Kind.YES_NO, default=False, basis="《刑法》第一百三十四条之一"
    )
