"""What each deed of a campaign asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bihuan.capabilities.dispatch.campaigns.states import Aspect, Filing, InPlace, Nature, SetRule
from bihuan.kernel import campaigns
from bihuan.kernel.loops.inputs import Kind, entry

COMBINED = "三个结合"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """拟定、修改方案. What may be blank here is asked for when the plan is reviewed."""

    name: str = entry(
        "名称",
        max_length=campaigns.LENGTH,
        help="隐患、任务用这个名称归入专项行动，例如：有限空间安全专项整治",
    )
    nature: str = entry("类别", Kind.CHOICE, choices=Nature, default="campaign")
    parent: str = entry(
        "所属系列或专项",
        Kind.MATTER,
        required=False,
        max_length=24,
        help="填所属系列、专项的编号；不属于的留空",
    )
    superior: str = entry(
        "上级部署文件", required=False, gated=True, max_length=120, basis=f"{COMBINED}：与上级部署结合"
    )
    superior_no: str = entry("文号", required=False, max_length=60)
    duties_served: str = entry(
        "落实的职责", Kind.LONG_TEXT, required=False, gated=True, max_length=1000,
        basis=f"{COMBINED}：与落实两个主体责任结合", help="写明督促落实企业主体责任、部门监管责任中的哪些",
    )  # fmt: skip
    development: str = entry(
        "服务的发展任务", Kind.LONG_TEXT, required=False, gated=True, max_length=1000,
        basis=f"{COMBINED}：与安全发展结合",
    )  # fmt: skip
    content: str = entry("主要内容", Kind.LONG_TEXT, required=False)
    lead: int | None = entry("牵头单位", Kind.AGENCY, required=False, gated=True, help="只能有一个")
    members: tuple[int, ...] = entry("成员单位", Kind.AGENCIES, required=False)
    first_day: date | None = entry("开始日期", Kind.DATE, required=False, gated=True)
    last_day: date | None = entry("结束日期", Kind.DATE, required=False, gated=True)
    sectors: tuple[int, ...] = entry("行业领域", Kind.SECTORS, required=False, help="不选为全部")
    towns: tuple[int, ...] = entry("镇街", Kind.TOWNS, required=False, help="不选为全部")
    filing: str = entry(
        "报送频次", Kind.CHOICE, choices=Filing, default="never", help="牵头单位和成员单位都要报"
    )
    forms: str = entry(
        "报送内容", required=False, max_length=500, help="例如：检查企业数、发现和整改隐患、典型案例"
    )
    filing_days: int = entry("报送期限", Kind.INTEGER, default=2, unit="个工作日", help="自每期结束起算")
    set_rule: str = entry("构成要求", Kind.CHOICE, choices=SetRule, required=False, help="只有系列需要填写")
    members_due: int = entry("应有项数", Kind.INTEGER, default=0, help="系列应有几项，或每个单位应完成几项")


@dataclass(frozen=True, kw_only=True)
class Approval:
    opinion: str = entry(
        "审查意见", Kind.LONG_TEXT, default="方案符合上级部署，责任、措施、期限明确，同意实施。"
    )


@dataclass(frozen=True, kw_only=True)
class Opinion:
    opinion: str = entry("说明", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class Ending:
    summary: str = entry(
        "总结", Kind.LONG_TEXT, max_length=4000, help="主要做法、成效、存在的问题、建议；数据由系统附后"
    )


@dataclass(frozen=True, kw_only=True)
class NewEnd:
    last_day: date = entry("新的结束日期", Kind.DATE)
    reason: str = entry("理由", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class Renaming:
    name: str = entry("新名称", max_length=campaigns.LENGTH, help="原名称下的隐患和任务照样计入")
    reason: str = entry("依据和理由", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class Adoption:
    """归并: what ledgers call this campaign is counted here from now on."""

    name: str = entry("台账中的名称", max_length=campaigns.LENGTH)
    reason: str = entry("理由", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class Enlisting:
    """列入检查对象: all of the plan's sectors and towns, or those named."""

    picked: str = entry(
        "检查对象", Kind.LONG_TEXT, required=False, max_length=20000,
        help="每行一个名称或统一社会信用代码；留空的，按方案的行业领域和镇街全部列入",
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Checks:
    """登记检查: who was looked at, also where nothing was found."""

    checked_on: date = entry("检查日期", Kind.DATE)
    objects: str = entry(
        "检查了哪些单位",
        Kind.LONG_TEXT,
        max_length=20000,
        help="每行一个名称或统一社会信用代码，须已列入检查对象",
    )


@dataclass(frozen=True, kw_only=True)
class InPlaceNote:
    aspect: str = entry("哪一项", Kind.CHOICE, choices=Aspect)
    state: str = entry("情况", Kind.CHOICE, choices=InPlace)
    evidence: str = entry(
        "依据", Kind.LONG_TEXT, max_length=500, help="文件、检查记录、处罚决定、宣传活动的名称和日期"
    )
    photos: tuple[UUID, ...] = entry("佐证照片", Kind.PHOTOS, required=False)


@dataclass(frozen=True, kw_only=True)
class Report:
    """报送情况: one unit's report of one period."""

    period: str = entry(
        "时段", required=False, max_length=10, help="例如 2026W23 或 2026-05；留空为最早一期未报的"
    )
    work: str = entry("工作情况", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class Reason:
    reason: str = entry("理由", Kind.LONG_TEXT)
