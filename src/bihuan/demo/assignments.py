"""Tasks of the demo: what four meetings of the half year asked of bureaus and towns, and how far each has come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from bihuan.capabilities.dispatch import inputs
from bihuan.capabilities.dispatch.models import Task
from bihuan.demo.agencies import Agencies
from bihuan.demo.campaigns import CRACKDOWN
from bihuan.demo.casting import Casting
from bihuan.demo.hours import next_working
from bihuan.demo.people import Seat
from bihuan.demo.stage import TOLD, Stage
from bihuan.demo.stories import Story
from bihuan.kernel import clock
from bihuan.kernel.campaigns import offered
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.notices import tell
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.uid import uuid7

TASK = "task"
CRACKING_DOWN = ("enforce", "rectify")


@dataclass(frozen=True, slots=True)
class Assignment:
    """One task as it is going to run; ``fate`` is how far it comes."""

    title: str
    requirement: str
    kind: str
    days: int
    measures: str
    result: str
    fate: str = "closed"


MEETINGS: tuple[tuple[str, int, tuple[Assignment, ...]], ...] = (
    (
        "区安委会第二次全体会议", 165,
        (
            Assignment("建立有限空间作业企业台账", "逐家核对作业点位、监护人员和救援器材", "inspect", 30,
                       "按镇街分组入户，填报统一表格", "登记企业 37 家、作业点位 118 处，台账已报送"),
            Assignment("完成危险化学品企业装卸环节检查", "重点看装卸软管、静电接地和人员持证", "inspect", 45,
                       "聘请专家两名，分两轮检查", "检查企业 14 家，交办问题 22 项，全部进入整改", "sent_back"),
            Assignment("组织企业主要负责人安全培训", "规模以上企业主要负责人全部参加并考核", "train", 40,
                       "委托培训机构，分三期举办", "举办 3 期，参训 212 人，考核合格 209 人"),
        ),
    ),
    (
        "汛期安全防范工作部署会", 110,
        (
            Assignment("排查低洼厂房和地下空间积水风险", "建立清单，落实抽排设备和撤离路线", "prevent", 20,
                       "村社区排查、镇街复核", "排查点位 64 处，配置抽水泵 19 台", "late"),
            Assignment("开展在建工地深基坑专项检查", "监测数据异常的立即停工", "inspect", 25,
                       "调取监测数据，逐个工地核对", "检查工地 21 个，责令停工 2 个，均已复工验收"),
            Assignment("汛期值班值守抽查", "领导带班和信息报送情况每周抽查一次", "report", 60,
                       "电话抽查与现场抽查结合", "抽查 9 次，通报 3 个单位"),
        ),
    ),
    (
        "全区安全生产工作调度会", 52,
        (
            Assignment("整治厂房仓库违规住人和电动车室内充电", "发现一处清理一处，建立回头看机制", "rectify", 45,
                       "消防、公安、镇街联合检查", "清理违规住人 11 处，设置集中充电点 26 个", "awaiting"),
            Assignment("燃气瓶装液化气用户入户安检", "餐饮场所全覆盖，更换不合格软管和减压阀", "inspect", 40,
                       "燃气企业入户，主管部门抽查 10%", "", "extended"),
            Assignment("严厉打击非法储存烟花爆竹", "村居摸排线索，公安查处", "enforce", 50, "设立举报奖励，夜间巡查", "", "supervised"),
            Assignment("学校周边道路交通安全设施补齐", "标志标线、减速带、信号灯逐校核对",
                       "rectify", 30, "逐校踏勘，列出清单", "", "overdue"),
        ),
    ),
    (
        "年末岁初安全防范会议", 6,
        (
            Assignment("人员密集场所消防联合检查", "商场、影剧院、宾馆饭店全覆盖", "inspect", 25, "分四组同步检查", "", "received"),
            Assignment("重点企业一对一包保走访", "包保领导每月走访，问题现场交办", "implement", 20, "列出走访计划", "", "declined"),
            Assignment("冬季有限空间和取暖用气安全宣传", "进企业、进村居、进学校", "train", 30, "", "", "dispatched"),
            Assignment("开展一次重大事故隐患整改回头看", "已销号的全部现场复核", "inspect", 18, "", "", "dispatched"),
        ),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Assigned:
    """One task with who leads it, whose people act, and who helps."""

    task: Assignment
    source: str
    lead: Agency
    seats: Sequence[Seat]
    partner: Agency

    @property
    def tagged(self) -> bool:
        """Whether it belongs to a campaign, and so is dispatched with its tag and not by the meeting's minutes."""
        return self.task.kind in CRACKING_DOWN


def cast(stage: Stage, agencies: Agencies) -> Iterator[tuple[str, int, Sequence[Assigned]]]:
    """The meetings with what each decided, given in turn to bureaus and towns."""
    units: list[tuple[Agency, Sequence[Seat]]] = [
        (bureau.agency, stage.staff.bureau[bureau.agency.pk]) for bureau in agencies.bureaus
    ]
    units = [pair for pair in units if len(pair[1]) > 1]
    governments = [(agency, stage.staff.town[agency.region.path]) for agency in agencies.governments]
    turn = 0
    for source, days, listed in MEETINGS:
        given = []
        for one in listed:
            among = governments if turn % 4 == 3 else units
            lead, seats = among[turn % len(among)]
            given.append(Assigned(one, source, lead, seats, governments[(turn + 2) % len(governments)][0]))
            turn += 1
        yield source, days, given


def assignments(stage: Stage, casting: Casting, agencies: Agencies) -> Iterator[Story]:
    """How far each of them comes; the meetings themselves have opened them."""
    for _, days, listed in cast(stage, agencies):
        for one in listed:
            yield _course(stage, one, casting.moment(days))


def _course(stage: Stage, given: Assigned, at: datetime) -> Story:
    one, seats = given.task, given.seats
    office, second = stage.staff.office[0], stage.staff.office[-1]
    yield at
    decided = None if given.tagged else Task.objects.filter(title=one.title).exclude(origin="").first()
    acting = _Acting(stage, decided.uid if decided else uuid7())
    due = decided.due_on if decided else next_working(clock.today() + timedelta(days=one.days))
    if decided is None:
        acting.dispatch(office, given, due)
    if one.fate == "dispatched":
        return
    yield stage.at(clock.now(), 1)
    if one.fate == "declined":
        acting.do(
            "decline",
            seats[0],
            inputs.Declining(reason="包保走访由镇街组织，本单位无包保职责，建议改由镇街牵头。"),
        )
        return
    acting.do(
        "receive", seats[0], inputs.Receipt(responsible_person=seats[0].person.name, measures=one.measures)
    )
    yield stage.at(clock.now(), max(2, one.days // 3))
    acting.do(
        "report_progress",
        seats[-1],
        inputs.Progress(progress="已制定方案并开展第一轮工作，发现的问题已列清单。"),
    )
    yield from _onward(stage, acting, one, seats, office, second, due)


def _onward(
    stage: Stage,
    acting: _Acting,
    one: Assignment,
    seats: Sequence[Seat],
    office: Seat,
    second: Seat,
    due: date,
) -> Story:
    if one.fate == "received":
        return
    if one.fate == "supervised":
        yield stage.at(clock.now(), 5)
        demand = "每周报送查处情况，对重点村逐户排查。"
        acting.do("supervise", stage.staff.leaders[-1], inputs.Supervision(due_on=due, demand=demand))
        return
    if one.fate == "extended":
        yield stage.at(clock.now(), 3)
        until = next_working(due + timedelta(days=20))
        asked = inputs.Extension(until=until, reason="用户白天无人，入户率不足，须利用节假日补检。")
        acting.do("request_extension", seats[0], asked)
        return
    if one.fate == "overdue":
        return
    yield stage.at(clock.now(), one.days if one.fate == "late" else max(3, one.days // 2))
    acting.do("complete", seats[0], inputs.Completion(finished_on=clock.today(), result=one.result))
    if one.fate == "awaiting":
        return
    yield stage.at(clock.now(), 2)
    if one.fate == "sent_back":
        again = next_working(clock.today() + timedelta(days=10))
        acting.do(
            "send_back",
            second,
            inputs.SendingBack(reason="缺少检查企业名单和问题交办依据，请补报。", due_on=again),
        )
        yield stage.at(clock.now(), 4)
        acting.do("complete", seats[0], inputs.Completion(finished_on=clock.today(), result=one.result))
        yield stage.at(clock.now(), 2)
    acting.do("accept", second, inputs.Acceptance(accepted_on=clock.today()))


@dataclass(slots=True)
class _Acting:
    """The deeds of one task, each at its own moment."""

    stage: Stage
    uid: Any

    def dispatch(self, by: Seat, asked: Assigned, due: date) -> None:
        one = asked.task
        given = inputs.Dispatching(
            title=one.title,
            requirement=one.requirement,
            kind=one.kind,
            lead=asked.lead.pk,
            supporting=() if asked.partner.pk == asked.lead.pk else (asked.partner.pk,),
            due_on=due,
            source_title=asked.source,
            source_on=clock.today(),
            campaign=CRACKDOWN if asked.tagged and CRACKDOWN in offered() else "",
        )
        self._tell("dispatch", engine.open_matter(TASK, "dispatch", given, actor=by.actor(), uid=self.uid))

    def do(self, deed: str, by: Seat, given: Any) -> None:
        (done,) = engine.perform(TASK, deed, self.uid, given, actor=by.actor())
        self._tell(deed, done)

    def _tell(self, deed: str, done: engine.Outcome) -> None:
        if clock.now() > self.stage.now - TOLD:
            tell(TASK, done.uid, deed, done.seq)
