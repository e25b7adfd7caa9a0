"""What each deed of the crackdown asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bihuan.capabilities.enforcement.crackdown import catalogue
from bihuan.capabilities.enforcement.crackdown.states import PlaceType, Source, Way
from bihuan.kernel.loops.inputs import Kind, entry

_RULES = catalogue.numbered([catalogue.RULES])
_TARGETS = catalogue.numbered([catalogue.CRACK, catalogue.FIX])
_PLACE = "写镇街或村社区的名称；同名的村写成“东湖镇张庄村”"


@dataclass(frozen=True, kw_only=True)
class SiteFound:
    """发现非法窝点、场所或行为 (M145): where, what kind of place, what is done there, who saw it."""

    code: str = entry("违法情形", Kind.CHOICE, choices=catalogue.choices(catalogue.SITES))
    place_type: str = entry("场所类型", Kind.CHOICE, choices=PlaceType)
    place: str = entry("所在镇街（村）", max_length=60, help=_PLACE)
    address: str = entry("具体位置", help="门牌号，或以附近标志物说明，例如：村东 300 米废弃砖厂院内")
    description: str = entry("情况", Kind.LONG_TEXT, help="在做什么、有多少人和设备、危险在哪里")
    found_on: date = entry("发现日期", Kind.DATE)
    source: str = entry("发现途径", Kind.CHOICE, choices=Source, default="patrol")
    object: UUID | None = entry(
        "已登记的企业", Kind.OBJECT, required=False, help="在册企业才填；不在册的留空"
    )
    party: str = entry("当事人", required=False, max_length=120)
    transport_kind: str = entry(
        "非法运输情形",
        Kind.CHOICE,
        required=False,
        choices=catalogue.TransportKind,
        help="危化品运输环节必填",
    )
    rule: str = entry(
        "违反“七个一律”", Kind.CHOICE, required=False, choices=_RULES, help="烟花爆竹事项打击前须注明"
    )
    target: str = entry("打治目标", Kind.CHOICE, required=False, choices=_TARGETS)
    campaign: str = entry("专项行动", Kind.CAMPAIGN, required=False, max_length=60)
    lead: int | None = entry(
        "牵头打击单位", Kind.AGENCY, required=False, help="不选的，按行业主管部门由系统认定"
    )
    photos: tuple[UUID, ...] = entry("现场照片", Kind.PHOTOS, required=False)


@dataclass(frozen=True, kw_only=True)
class PersonFound:
    """三违和岗位失责 (M152): who, in which enterprise, which code."""

    code: str = entry("违规情形", Kind.CHOICE, choices=catalogue.choices(catalogue.PERSONS))
    object: UUID = entry("企业", Kind.OBJECT)
    party: str = entry("人员", max_length=120, help="姓名和岗位")
    description: str = entry("情况", Kind.LONG_TEXT)
    found_on: date = entry("发现日期", Kind.DATE)
    source: str = entry("发现途径", Kind.CHOICE, choices=Source, default="inspection")
    campaign: str = entry("专项行动", Kind.CAMPAIGN, required=False, max_length=60)
    photos: tuple[UUID, ...] = entry("现场照片", Kind.PHOTOS, required=False)


@dataclass(frozen=True, kw_only=True)
class VehicleFound:
    """非法运营车辆、道路违法 (M153): plate and code."""

    code: str = entry("违法情形", Kind.CHOICE, choices=catalogue.choices(catalogue.VEHICLES))
    plate: str = entry("车牌号", max_length=12, help="例如：鲁D12345；无牌的写“无牌”")
    place: str = entry("查获地点所在镇街（村）", max_length=60, help=_PLACE)
    address: str = entry("路段", required=False)
    party: str = entry("驾驶人或车主", required=False, max_length=120)
    detained: bool = entry("已扣留车辆", Kind.YES_NO, default=False)
    description: str = entry("情况", Kind.LONG_TEXT)
    found_on: date = entry("查获日期", Kind.DATE)
    source: str = entry("发现途径", Kind.CHOICE, choices=Source, default="inspection")
    lead: int | None = entry("查处单位", Kind.AGENCY, required=False, help="不选的，按行业主管部门由系统认定")
    target: str = entry("打治目标", Kind.CHOICE, required=False, choices=_TARGETS)
    campaign: str = entry("专项行动", Kind.CAMPAIGN, required=False, max_length=60)


@dataclass(frozen=True, kw_only=True)
class ExplosivesFound:
    """民爆“四超”“三非” (M150); over-limit records open one by themselves."""

    code: str = entry("违法情形", Kind.CHOICE, choices=catalogue.choices(catalogue.EXPLOSIVES))
    object: UUID = entry("民爆企业", Kind.OBJECT)
    description: str = entry("情况", Kind.LONG_TEXT)
    found_on: date = entry("发现日期", Kind.DATE)
    source: str = entry("发现途径", Kind.CHOICE, choices=Source, default="inspection")


@dataclass(frozen=True, kw_only=True)
class Strike:
    """打击: what was done on the spot, by whom, with what result."""

    struck_on: date = entry("打击日期", Kind.DATE)
    measures: str = entry(
        "打击措施", Kind.LONG_TEXT, help="查封扣押了什么、遣散了多少人、和哪些部门一起；文书号一并写上"
    )
    together: tuple[int, ...] = entry("联合打击单位", Kind.AGENCIES, required=False)
    detained_persons: int = entry("拘留人数", Kind.INTEGER, default=0, help="公安机关拘留的人数，没有的填 0")
    detained_vehicles: int = entry("扣留车辆", Kind.INTEGER, default=0)
    rule: str = entry("违反“七个一律”", Kind.CHOICE, required=False, choices=_RULES, help="烟花爆竹必填")
    photos: tuple[UUID, ...] = entry("现场照片", Kind.PHOTOS, required=False)


@dataclass(frozen=True, kw_only=True)
class BanRequest:
    """申请取缔: what was taken away so that it cannot begin again."""

    how: str = entry(
        "取缔措施", Kind.LONG_TEXT, help="断电、拆除设备、清理原料、查封场所、遣散人员，逐项写明"
    )
    photos: tuple[UUID, ...] = entry("取缔后照片", Kind.PHOTOS, required=False)


@dataclass(frozen=True, kw_only=True)
class BanApproval:
    banned_on: date = entry("取缔日期", Kind.DATE)
    opinion: str = entry("批准意见", Kind.LONG_TEXT, default="情况属实，同意取缔，按期回查。")


@dataclass(frozen=True, kw_only=True)
class Reason:
    reason: str = entry("理由", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class Recheck:
    """回查: looked again, nothing there."""

    checked_on: date = entry("回查日期", Kind.DATE)
    result: str = entry("回查情况", Kind.LONG_TEXT, default="现场无人员、设备和原料，没有恢复生产经营迹象。")
    photos: tuple[UUID, ...] = entry("回查照片", Kind.PHOTOS, required=False)


@dataclass(frozen=True, kw_only=True)
class Reemergence:
    """反弹: it is there again; the same item is struck anew."""

    found_on: date = entry("发现日期", Kind.DATE)
    description: str = entry("反弹情况", Kind.LONG_TEXT)
    photos: tuple[UUID, ...] = entry("现场照片", Kind.PHOTOS, required=False)


@dataclass(frozen=True, kw_only=True)
class Conclusion:
    opinion: str = entry("巩固意见", Kind.LONG_TEXT, default="连续回查未反弹，同意转入常态巡查。")


@dataclass(frozen=True, kw_only=True)
class Settling:
    """查处办结 of an act that leaves nothing to ban."""

    settled_on: date = entry("办结日期", Kind.DATE)
    way: str = entry("处理方式", Kind.CHOICE, choices=Way)
    result: str = entry("处理情况", Kind.LONG_TEXT)
    detained_persons: int = entry("拘留人数", Kind.INTEGER, default=0)
    detained_vehicles: int = entry("扣留车辆", Kind.INTEGER, default=0)


@dataclass(frozen=True, kw_only=True)
class Passing:
    """移交公安 (M148, T34): a lead that may be a crime."""

    act: str = entry(
        "涉嫌环节", Kind.CHOICE,
        choices=[("making", "生产"), ("trading", "买卖"), ("storing", "储存"), ("moving", "运输"), ("mailing", "邮寄"),
                 ("other", "其他")],
    )  # fmt: skip
    passed_on: date = entry("移交日期", Kind.DATE)
    lead: str = entry("线索内容", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class Receipt:
    received_on: date = entry("公安签收日期", Kind.DATE)
    receipt: str = entry("回执编号或签收人", max_length=60)


@dataclass(frozen=True, kw_only=True)
class Feedback:
    feedback_on: date = entry("反馈日期", Kind.DATE)
    feedback: str = entry("公安机关处理情况", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class CaseLink:
    """关联案件: the enforcement case that punishes it; fines are counted from there."""

    case_no: str = entry("案件编号", max_length=24, help="执法案件的编号，例如：370403-C2026-000012")


@dataclass(frozen=True, kw_only=True)
class Reminder:
    words: str = entry("催办内容", required=False, max_length=200)
