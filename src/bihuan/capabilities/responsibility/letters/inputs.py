"""What each deed of a letter asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bihuan.capabilities.responsibility.letters.states import AlarmLevel, Merit
from bihuan.kernel.loops.inputs import Kind, entry

TARGETS = (
    "一行一项。控制数写“生产安全事故死亡人数 ≤ 2 人”，比率写“隐患整改率 ≥ 98%”，"
    "须下降的写“道路交通事故死亡人数 比上年下降”，其他写要完成的事"
)


def _targets() -> str:
    given: str = entry("目标", Kind.LONG_TEXT, max_length=3000, help=TARGETS, basis="目标层层分解")
    return given


def _measures() -> str:
    given: str = entry("保障措施", Kind.LONG_TEXT, required=False, max_length=4000, help="一行一条")
    return given


def _rewards() -> str:
    given: str = entry("考核与奖惩", Kind.LONG_TEXT, required=False, help="一行一条")
    return given


@dataclass(frozen=True, kw_only=True)
class Drafting:
    """起草责任书: the district to one town or department, for one year."""

    unit: int = entry("责任单位", Kind.AGENCY, help="镇街或部门；每个单位每年一份")
    year: int = entry("年度", Kind.INTEGER)
    targets: str = _targets()
    measures: str = _measures()
    rewards: str = _rewards()
    conference_title: str = entry(
        "年度安全生产工作会议",
        required=False,
        gated=True,
        max_length=120,
        help="责任书在年初会议上签订，例如：全区安全生产工作会议",
    )
    conference_on: date | None = entry("会议日期", Kind.DATE, required=False, gated=True)
    conference_no: str = entry(
        "会议编号", required=False, max_length=24, help="会议已在系统中登记的，填写会议编号"
    )
    issuer_post: int | None = entry(
        "下达方签订人", Kind.POST, required=False, help="不选的，由政府主要负责人签订"
    )


@dataclass(frozen=True, kw_only=True)
class DraftingEnterprise:
    """起草企业责任书: a town to an enterprise of its own."""

    enterprise: UUID = entry("责任企业", Kind.OBJECT)
    year: int = entry("年度", Kind.INTEGER)
    targets: str = _targets()
    measures: str = _measures()
    rewards: str = _rewards()


@dataclass(frozen=True, kw_only=True)
class DraftingVillage:
    """起草村（社区）责任书: a town to a village of its own."""

    village: str = entry("村（社区）", max_length=60, help="填写本镇街所辖村或社区的名称")
    year: int = entry("年度", Kind.INTEGER)
    targets: str = _targets()
    measures: str = _measures()
    rewards: str = _rewards()


@dataclass(frozen=True, kw_only=True)
class Registering:
    """登记上级责任书: what the level above has given to this district, signed on paper."""

    year: int = entry("年度", Kind.INTEGER)
    issuer_name: str = entry("下达单位", max_length=100, help="例如：市人民政府")
    document_no: str = entry("文号或责任书编号", required=False, max_length=60)
    signed_on: date = entry("签订日期", Kind.DATE)
    signers: str = entry("双方签订人", max_length=60, help="按纸质责任书填写")
    targets: str = _targets()
    scans: tuple[UUID, ...] = entry("扫描件", Kind.FILES, required=False)


@dataclass(frozen=True, kw_only=True)
class Rewriting:
    """修改: the draft's text; nothing of it is signed yet."""

    targets: str = _targets()
    measures: str = _measures()
    rewards: str = _rewards()
    conference_title: str = entry("年度安全生产工作会议", required=False, max_length=120)
    conference_on: date | None = entry("会议日期", Kind.DATE, required=False)
    conference_no: str = entry("会议编号", required=False, max_length=24)


@dataclass(frozen=True, kw_only=True)
class Revising:
    """修订: a new edition, to be signed by both sides again."""

    reason: str = entry("修订理由", Kind.LONG_TEXT)
    targets: str = _targets()
    measures: str = _measures()
    rewards: str = _rewards()


@dataclass(frozen=True, kw_only=True)
class Restating:
    """更正上级下达的目标: by a later document of the level above."""

    targets: str = _targets()
    reason: str = entry("依据的上级文件", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class Reason:
    reason: str = entry("理由", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class Appraisal:
    """考核: how the year's letter turned out (M032)."""

    merit: str = entry("考核等次", Kind.CHOICE, choices=Merit)
    opinion: str = entry("考核意见", Kind.LONG_TEXT)


@dataclass(frozen=True, kw_only=True)
class Alarm:
    """预警: a cap that is nearly used up, or broken, as a figure of one day says."""

    target: str = entry("目标")
    level: str = entry("预警", Kind.CHOICE, choices=AlarmLevel)
    used: int = entry("已发生", Kind.INTEGER)
    limit: int = entry("控制数", Kind.INTEGER)
    as_of: date = entry("截至", Kind.DATE)
