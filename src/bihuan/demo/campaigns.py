"""Campaigns of the demo: what the half year's hazards and tasks carry, from plan to summary, and a set that lacks some."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bihuan.capabilities.dispatch.campaigns import inputs
from bihuan.demo.agencies import Agencies
from bihuan.demo.casting import CAMPAIGNS, Casting
from bihuan.demo.people import Seat
from bihuan.demo.stage import Stage
from bihuan.demo.stories import Story
from bihuan.kernel.loops import engine
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.uid import uuid7

BEFORE = 9
"""Plans are approved so many days before the first hazard is found under them: rest days push findings back."""
CRACKDOWN = "严厉打击非法违法行为专项行动"
MONTHLY = "一月一个安全主题"


@dataclass(frozen=True, slots=True)
class Planned:
    """One campaign: from and until how many days before today, and how far it comes."""

    name: str
    begins: int
    ends: int
    bureau: str
    superior: str
    no: str
    development: str
    fate: str = "under_way"
    filing: str = "never"


PLANNED = (
    Planned(CAMPAIGNS[0][0], CAMPAIGNS[0][1] + BEFORE, CAMPAIGNS[0][2] - 20, "消防",
            "全市厂房仓库消防安全专项整治工作方案", "市安委〔2026〕6号", "保障工业园区仓储物流项目安全投用", "ended"),
    Planned(CAMPAIGNS[1][0], CAMPAIGNS[1][1] + BEFORE, -60, "应急",
            "全省危险化学品特殊作业安全专项整治实施方案", "省安委办〔2026〕31号", "服务化工园区认定和企业技改",
            filing="month"),
    Planned(CRACKDOWN, 150, -30, "公安", "关于打非治违常态化的意见", "市政办发〔2026〕18号", "营造公平守法的营商环境"),
)  # fmt: skip


def campaigns(stage: Stage, casting: Casting, agencies: Agencies) -> Iterator[Story]:
    """Every campaign of the half year, and a set of monthly topics of which some months lack theirs."""
    for planned in PLANNED:
        yield _course(stage, casting, agencies, planned)
    yield _monthly(stage, casting, agencies)


def _lead(stage: Stage, agencies: Agencies, word: str) -> tuple[Agency, Sequence[Seat]]:
    fitting = [bureau.agency for bureau in agencies.bureaus if len(stage.staff.bureau[bureau.agency.pk]) > 1]
    agency = next((one for one in fitting if word in one.name), fitting[0])
    return agency, stage.staff.bureau[agency.pk]


def _course(stage: Stage, casting: Casting, agencies: Agencies, planned: Planned) -> Story:
    lead, seats = _lead(stage, agencies, planned.bureau)
    office, second = stage.staff.office[0], stage.staff.office[-1]
    acting = Acting("campaign")
    yield casting.moment(planned.begins + 3)
    plan = inputs.Plan(
        name=planned.name,
        superior=planned.superior,
        superior_no=planned.no,
        duties_served="督促企业落实主体责任，主管部门逐家核查，镇街全面摸排",
        development=planned.development,
        content="摸清底数、逐家检查、建立清单、限期整改、集中执法、总结提升。",
        lead=lead.pk,
        members=tuple(one.pk for one in agencies.governments[:3]),
        first_day=casting.today - timedelta(days=planned.begins),
        last_day=casting.today - timedelta(days=planned.ends),
        filing=planned.filing,
        forms="检查企业数、发现和整改隐患、典型案例" if planned.filing != "never" else "",
    )
    acting.open("draft", second, plan)
    acting.do("approve", office, inputs.Approval())
    yield casting.moment(planned.begins - 2)
    inside = _reached(casting, lead)
    if inside:
        acting.do("enlist", office, inputs.Enlisting(picked="\n".join(dict.fromkeys(inside))))
    acting.do(
        "note_in_place",
        seats[0],
        inputs.InPlaceNote(aspect="duty", state="yes", evidence="成立专班，责任到人"),
    )
    yield casting.moment(max(planned.begins - 25, planned.ends + 3, 3))
    if inside:
        day = casting.moment(max(planned.begins - 25, planned.ends + 3, 3)).date()
        acting.do(
            "log_checks",
            second,
            inputs.Checks(checked_on=day, objects="\n".join(inside[: len(inside) // 2])),
        )
    evidence = "组织企业负责人集中宣讲两场，发放明白纸"
    acting.do(
        "note_in_place", seats[-1], inputs.InPlaceNote(aspect="publicity", state="partly", evidence=evidence)
    )
    if planned.filing == "month":
        acting.do(
            "report", seats[0], inputs.Report(work="检查、交办、整改情况见系统数据；整改较慢的已约谈。")
        )
    if planned.fate != "ended":
        return
    yield casting.moment(planned.ends - 3)
    acting.do("sum_up", seats[0], inputs.Opinion(opinion="方案任务基本完成，转入总结。"))
    yield casting.moment(planned.ends - 8)
    summary = "主要做法：分类建立清单，部门与镇街联合检查。存在问题：部分租赁厂房产权关系复杂，整改周期长。"
    acting.do("end", office, inputs.Ending(summary=summary))


def _reached(casting: Casting, lead: Agency) -> list[str]:
    """Forty of the lead's own enterprises, or of all where it leads none."""
    coded = [site.object for site in casting.sites if site.object.credit_code]
    own = [one for one in coded if one.agency_id == lead.pk] or coded
    return [one.credit_code for one in own[:40]]


TOPICS = ("用电安全", "消防通道", "交通出行", "燃气使用")


def _monthly(stage: Stage, casting: Casting, agencies: Agencies) -> Story:
    office, second = stage.staff.office[0], stage.staff.office[-1]
    lead, _ = _lead(stage, agencies, "应急")
    yield casting.moment(140)
    first = casting.today.replace(day=1) - timedelta(days=120)
    holder = Acting("campaign")
    plan: dict[str, Any] = {
        "superior": "安全宣传月度主题活动安排",
        "duties_served": "企业全员教育培训责任",
        "development": "提升本质安全水平",
        "lead": lead.pk,
        "last_day": casting.today + timedelta(days=120),
    }
    given = inputs.Plan(
        **plan, name=MONTHLY, nature="set", set_rule="monthly", members_due=8, first_day=first.replace(day=1)
    )
    no = holder.open("draft", second, given).no
    holder.do("approve", office, inputs.Approval())
    for number, topic in enumerate(TOPICS):
        month = (casting.today.replace(day=1) - timedelta(days=118 - number * 31)).replace(day=1)
        one = Acting("campaign")
        one.open("draft", second, inputs.Plan(**plan, name=f"{topic}主题月", parent=no, first_day=month))
        one.do("approve", office, inputs.Approval())


@dataclass(slots=True)
class Acting:
    """The deeds of one matter, each at its own moment, in the order it is told."""

    loop: str
    uid: Any = None

    def open(self, opening: str, by: Seat, given: Any) -> engine.Outcome:
        self.uid = uuid7()
        return engine.open_matter(self.loop, opening, given, actor=by.actor(), uid=self.uid)

    def do(self, deed: str, by: Seat, given: Any) -> None:
        engine.perform(self.loop, deed, self.uid, given, actor=by.actor())
