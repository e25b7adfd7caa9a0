"""What each deed of an inspection asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bihuan.capabilities.inspections.modes import CHOICES
from bihuan.capabilities.inspections.states import Grade, Handling, Nature
from bihuan.kernel.loops.inputs import Kind, entry

LINES = 4000
DEVICE = "没有网络时由手机记下的时间；系统另记收到的时间"


@dataclass(frozen=True, kw_only=True)
class Arrangement:
    """安排检查: whom, how, when, by whom."""

    object: UUID = entry("检查对象", Kind.OBJECT, help="可按名称或统一社会信用代码查找")
    mode: str = entry(
        "检查方式", Kind.CHOICE, choices=CHOICES, help="每次检查只有一种方式；事先保密的，到场登记之前被检查单位和属地看不到"
    )  # fmt: skip
    nature: str = entry(
        "检查性质", Kind.CHOICE, choices=Nature, default=Nature.ENFORCEMENT.value,
        help="执法检查须有两名持证人员，才能制发执法文书；镇街可以检查，不能执法",
    )  # fmt: skip
    planned_on: date = entry("检查日期", Kind.DATE)
    content: str = entry(
        "检查内容", Kind.LONG_TEXT, max_length=500, help="例如：安全培训、危险作业、消防设施"
    )
    officers: str = entry(
        "检查人员", Kind.LONG_TEXT, max_length=600, help="每行一人：姓名，或者执法证号（有重名时）", basis="《行政处罚法》第四十二条"
    )  # fmt: skip
    experts: str = entry(
        "专家、机构", Kind.LONG_TEXT, required=False, max_length=400, help="每行一个，须在名册中且在有效期内"
    )  # fmt: skip
    units: tuple[int, ...] = entry(
        "联合检查的其他单位", Kind.AGENCIES, required=False, help="检查只计一次，发现的问题逐条落到其中一个单位"
    )  # fmt: skip
    checklist: str = entry(
        "检查表", required=False, max_length=80, help="不选的，到场时按行业选用当日有效的检查表"
    )
    campaign: str = entry("专项行动", Kind.CAMPAIGN, required=False, max_length=60)
    noticed_on: date | None = entry(
        "事先通知日期", Kind.DATE, required=False, help="明查等方式已经通知被检查单位的填写；暗访、四不两直不得通知"
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Approval:
    """审批检查方案."""

    opinion: str = entry("审批意见", Kind.LONG_TEXT, default="同意按方案检查。", max_length=300)


@dataclass(frozen=True, kw_only=True)
class Notice:
    """登记事先通知."""

    noticed_on: date = entry("通知日期", Kind.DATE)
    how: str = entry("通知方式", max_length=60, help="例如：电话、微信、书面")


@dataclass(frozen=True, kw_only=True)
class Team:
    """调整检查人员: what is given takes the place of what was."""

    officers: str = entry("检查人员", Kind.LONG_TEXT, max_length=600, help="每行一人：姓名，或者执法证号")
    experts: str = entry("专家、机构", Kind.LONG_TEXT, required=False, max_length=400)
    reason: str = entry("调整理由", max_length=200)


@dataclass(frozen=True, kw_only=True)
class Downgrade:
    reason: str = entry("理由", Kind.LONG_TEXT, max_length=300, help="例如：到场只有一名持证人员")


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """到场: where, when by the phone's own clock, and that the certificates were shown."""

    place: str = entry("检查场所", max_length=120, help="例如：二车间、仓库")
    shown: bool = entry(
        "已出示执法证件、说明来意", Kind.YES_NO, required=False, default=False, basis="《安全生产法》第六十七条"
    )  # fmt: skip
    position: str = entry("手机定位", required=False, max_length=60, help="经度、纬度，手机允许时自动填写")
    device_at: datetime | None = entry("手机记录时间", Kind.MOMENT, required=False, help=DEVICE)


@dataclass(frozen=True, kw_only=True)
class ListChosen:
    checklist: str = entry("检查表", max_length=80)


@dataclass(frozen=True, kw_only=True)
class Dealing:
    """How a thing found is dealt with; blank where nothing was found."""

    handling: str = entry("处理", Kind.CHOICE, choices=Handling, required=False)
    due_on: date | None = entry(
        "整改期限", Kind.DATE, required=False, help="限期整改的填写；不填按本区规定的天数"
    )
    owner: int | None = entry(
        "责任单位", Kind.AGENCY, required=False, help="由哪个检查单位负责督促；不填为牵头单位"
    )
    measure: str = entry(
        "现场处理措施", required=False, max_length=200, help="例如：责令暂时停止使用 3 号行车"
    )
    photos: tuple[UUID, ...] = entry("照片", Kind.PHOTOS, required=False)
    device_at: datetime | None = entry("手机记录时间", Kind.MOMENT, required=False, help=DEVICE)


@dataclass(frozen=True, kw_only=True)
class Tick(Dealing):
    """检查项: one answer to one item."""

    item: int = entry("检查项", Kind.INTEGER)
    outcome: str = entry(
        "结果", Kind.CHOICE, choices=(("pass", "符合"), ("fail", "不符合"), ("na", "不适用"))
    )
    note: str = entry(
        "现场情况", Kind.LONG_TEXT, required=False, max_length=500, help="不符合的写清在哪里、是什么样"
    )
    place: str = entry("具体部位", required=False, max_length=120)


@dataclass(frozen=True, kw_only=True)
class RestPassed:
    """其余各项符合: what was looked at and holds, said at once and by name of who says it."""

    group: str = entry(
        "类别", required=False, max_length=40, help="只对某一类别的其余各项；不填为全部其余各项"
    )
    said: bool = entry("已逐项检查，均符合要求", Kind.YES_NO)


@dataclass(frozen=True, kw_only=True)
class Found(Dealing):
    """检查表以外的问题."""

    place: str = entry("具体部位", max_length=120)
    words: str = entry(
        "问题", Kind.LONG_TEXT, max_length=500, help="写清什么设备、设施或行为，怎样不符合要求"
    )
    violated: str = entry(
        "违反的规定", required=False, max_length=200, help="例如：《安全生产法》第三十六条第一款"
    )
    grade: str = entry("隐患等级", Kind.CHOICE, choices=Grade, default=Grade.GENERAL.value)
    criterion: str = entry("重大隐患判定依据", Kind.CRITERION, required=False, max_length=24)


@dataclass(frozen=True, kw_only=True)
class Dropped:
    """撤回问题 before the inspection is over."""

    order: int = entry("第几条", Kind.INTEGER)
    reason: str = entry("理由", max_length=200)


@dataclass(frozen=True, kw_only=True)
class Ending:
    """结束检查: who answered for the enterprise, and whether they signed (安全生产法 第六十八条)."""

    party_name: str = entry("现场负责人", max_length=60)
    party_post: str = entry("职务", required=False, max_length=60)
    party_opinion: str = entry("被检查单位意见", Kind.LONG_TEXT, max_length=500, default="情况属实，无异议。")
    party_refused: bool = entry("拒绝签字", Kind.YES_NO, required=False, default=False)
    refusal: str = entry("拒签情况", required=False, max_length=200, help="拒绝签字的，写明情况")
    witness: str = entry("见证人", required=False, max_length=60, help="拒绝签字的必填")
    responsible_person: str = entry(
        "整改责任人", required=False, max_length=60, basis="五落实：责任",
        help="被检查单位负责整改的人；发现问题的执法检查必填，随指令书一并交办",
    )  # fmt: skip
    measures: str = entry(
        "整改措施", Kind.LONG_TEXT, required=False, max_length=500, basis="五落实：措施",
        default="按本次检查指出的问题逐条整改，消除隐患，举一反三排查同类问题，完成后报告并附照片。",
    )  # fmt: skip
    interim: str = entry(
        "整改期间的安全措施", required=False, max_length=300, basis="五落实：预案",
        help="写入指令书，也是隐患的防范预案；不填的由被检查单位填报",
    )  # fmt: skip
    funds: int | None = entry(
        "整改资金", Kind.MONEY, required=False, unit="元", basis="五落实：资金",
        help="每一条所需，不需要的填 0；现场不能确定的不填，由被检查单位在上报整改前填报",
    )  # fmt: skip
    ended_at: datetime | None = entry("检查结束时间", Kind.MOMENT, required=False, help="不填为现在")


@dataclass(frozen=True, kw_only=True)
class Transfer:
    """移送非职责范围的问题 (安全生产法 第六十九条)."""

    receiver: int = entry("受移交部门", Kind.AGENCY)
    problem: str = entry("存在的问题", Kind.LONG_TEXT, max_length=500)
    place: str = entry("地点", max_length=120)
    materials: str = entry("所附材料", required=False, max_length=200)
    officers: str = entry(
        "移交人员",
        Kind.LONG_TEXT,
        required=False,
        max_length=300,
        help="每行一人：姓名或执法证号；留空为本次检查现在的检查人员",
    )


@dataclass(frozen=True, kw_only=True)
class Rechecked:
    """复查: one line for each thing ordered to be put right."""

    rechecked_on: date = entry("复查日期", Kind.DATE)
    results: str = entry(
        "逐条结果",
        Kind.LONG_TEXT,
        max_length=LINES,
        rows=("序号", "结果:已整改/未整改", "说明:wide"),
        mark="｜",
        help="期限未到、这次没有复查的不选；成段写的，每行一条：序号｜已整改或未整改｜说明",
    )
    next_due: date | None = entry("未整改的重新确定期限", Kind.DATE, required=False)
    officers: str = entry("复查人员", Kind.LONG_TEXT, required=False, max_length=600, help="不填为原检查人员")
    conclusion: str = entry("后续处理", Kind.LONG_TEXT, required=False, max_length=500)
    photos: tuple[UUID, ...] = entry("复查照片", Kind.PHOTOS, required=False)
    device_at: datetime | None = entry("手机记录时间", Kind.MOMENT, required=False, help=DEVICE)


@dataclass(frozen=True, kw_only=True)
class ExtensionAsked:
    """申请延期."""

    until: date = entry("拟延至", Kind.DATE)
    reasons: str = entry("延期理由", Kind.LONG_TEXT, max_length=500)
    safeguards: str = entry("延期期间的安全措施", Kind.LONG_TEXT, max_length=500)


@dataclass(frozen=True, kw_only=True)
class ExtensionReply:
    opinion: str = entry("意见", Kind.LONG_TEXT, max_length=300)
    officers: str = entry(
        "经办执法人员", Kind.LONG_TEXT, required=False, max_length=600, help="不填为原检查人员；已不持证的，改填两名持证人员"
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Proposing:
    """提请立案."""

    reason: str = entry("提请立案的违法事实", Kind.LONG_TEXT, max_length=500)


@dataclass(frozen=True, kw_only=True)
class Reason:
    reason: str = entry("理由", Kind.LONG_TEXT, max_length=300)
