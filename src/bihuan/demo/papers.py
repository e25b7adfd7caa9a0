"""Papers of the demo: a speech already dispatched, a superior document of fifteen measures, one idle, one on the desk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from bihuan.capabilities.dispatch import inputs as tasks
from bihuan.capabilities.dispatch.models import Task
from bihuan.capabilities.dispatch.papers import inputs
from bihuan.capabilities.dispatch.papers.models import Paper, Proposal
from bihuan.demo.agencies import Agencies
from bihuan.demo.casting import Casting
from bihuan.demo.hours import next_working
from bihuan.demo.people import Seat
from bihuan.demo.stage import TOLD, Stage
from bihuan.demo.stories import Story
from bihuan.kernel import clock
from bihuan.kernel.documents.numerals import chinese_date
from bihuan.kernel.loops import engine
from bihuan.kernel.loops.notices import tell
from bihuan.kernel.territory.models import Agency

MEASURES = (
    ("调整完善党政领导干部安全生产职责清单", "区安全生产委员会办公室", 40), ("组织企业主要负责人开展专题培训", "区应急管理局", 60),
    ("组织矿山企业逐矿建立风险台账", "区应急管理局", 45), ("开展危险化学品重大危险源企业检查", "区应急管理局", 50),
    ("开展燃气管道占压清理", "区住房和城乡建设局", 75), ("开展在建工地起重机械检测核查", "区住房和城乡建设局", 40),
    ("开展农村公路临水临崖路段整治", "区交通运输局", 80), ("开展人员密集场所疏散通道清理", "区消防救援大队", 35),
    ("开展特种设备超期未检清查", "区市场监督管理局", 45), ("组织学校食堂燃气安全检查", "区教育和体育局", 30),
    ("组织养老机构消防应急演练", "区民政局", 60), ("开展农机手持证和反光标识检查", "区农业农村局", 70),
    ("开展景区玻璃栈道安全评估", "区文化和旅游局", 55), ("建立外包作业单位黑名单制度", "区应急管理局", 90),
    ("组织安全生产举报奖励宣传", "区安全生产委员会办公室", 50),
)  # fmt: skip
RESULTS = (
    "已全部完成，检查 {n} 家，发现问题 {m} 处，均已交办整改。",
    "已按要求完成，建立台账 {n} 条，组织活动 {m} 场。",
    "已完成，涉及单位 {n} 个，整改到位 {m} 处，资料已报送。",
)


def papers(stage: Stage, casting: Casting, agencies: Agencies) -> Iterator[Story]:
    """Each paper with what became of its tasks."""
    desk = _Desk(stage, agencies)
    yield _speech(desk, casting)
    yield _measures(desk, casting)
    yield _idle(desk, casting)
    yield _fresh(desk, casting)


def _speech(desk: _Desk, casting: Casting) -> Story:
    yield casting.moment(48)
    days = {f"d{number}": _said(20 + 15 * number) for number in (1, 2, 3)}
    paper = desk.take_in(
        "speech", "在全区安全生产攻坚推进会议上的讲话", "区长", _text("speech_of_autumn", **days)
    )
    yield desk.stage.at(clock.now(), 1)
    paper = desk.settle(paper)
    paper = desk.do(paper, "decompose", inputs.Decomposing())
    yield from desk.carry_out(paper, done=4)


def _measures(desk: _Desk, casting: Casting) -> Story:
    yield casting.moment(80)
    lines = [
        f"{number}.{what}。（牵头单位：{lead}；完成时限：{_said(days)}）"
        for number, (what, lead, days) in enumerate(MEASURES, start=1)
    ]
    text = "\n".join(("关于进一步强化安全生产责任落实的十五条措施", *lines))
    title = "关于进一步强化安全生产责任落实的十五条措施"
    above = desk.take_in("superior", title, "市安全生产委员会", text, number="市安〔{year}〕8号")
    yield desk.stage.at(clock.now(), 2)
    above = desk.settle(above)
    above = desk.do(above, "decompose", inputs.Decomposing())
    local = desk.take_in(
        "rules", "区十五条措施落实情况月报制度", "区安全生产委员会", "区十五条措施落实情况月报制度\n各牵头单位每月25日前报送落实情况。",
        superior=above.no,
    )  # fmt: skip
    yield desk.stage.at(clock.now(), 1)
    desk.do(local, "file", inputs.Reason(reason="制度长期执行，任务已随上级文件逐条分解"))
    yield from desk.carry_out(above, done=9)


def _idle(desk: _Desk, casting: Casting) -> Story:
    """A superior document that nobody has acted on yet."""
    yield casting.moment(24)
    text = "关于做好冬季城镇燃气安全工作的通知\n一、工作任务\n各区要组织开展餐饮场所燃气安全检查，摸清底数，建立台账。"
    desk.take_in(
        "superior",
        "关于做好冬季城镇燃气安全工作的通知",
        "市住房和城乡建设局",
        text,
        number="市建〔{year}〕41号",
    )


def _fresh(desk: _Desk, casting: Casting) -> Story:
    """A speech of yesterday; the clerk has begun."""
    yield casting.moment(1)
    text = _text("speech_of_winter", d1=_said(20), d2=_said(35))
    paper = desk.take_in("speech", "在全区冬季安全防范视频会议上的讲话", "分管副区长", text)
    yield desk.stage.at(clock.now(), 0)
    last = Proposal.objects.filter(paper=paper, leads=[]).order_by("-start").first()
    if last is not None:
        desk.do(
            paper, "drop_item", inputs.Dropping(item=last.number, reason="值班值守已有制度规定，不另列任务")
        )


class _Desk:
    """The clerk of the office, and the units that carry the tasks out."""

    def __init__(self, stage: Stage, agencies: Agencies) -> None:
        self.stage, self.agencies = stage, agencies
        self.clerk, self.second = stage.staff.office[0], stage.staff.office[-1]

    def take_in(
        self, kind: str, title: str, issuer: str, text: str, number: str = "", superior: str = ""
    ) -> Paper:
        today = clock.today()
        given = inputs.Receiving(
            kind=kind, title=title, issuer=issuer, number=number.format(year=today.year), issued_on=today,
            superior=superior, text=text,
        )  # fmt: skip
        made = engine.open_matter("paper", "take_in", given, actor=self.clerk.actor())
        return Paper.objects.get(uid=made.uid)

    def do(self, paper: Paper, deed: str, given: Any) -> Paper:
        engine.perform("paper", deed, paper.uid, given, actor=self.clerk.actor())
        return Paper.objects.get(uid=paper.uid)

    def settle(self, paper: Paper) -> Paper:
        """One lead and a day for every item; what merely forbids is dropped, what all towns do is led by the office."""
        for item in Proposal.objects.filter(paper=paper).order_by("start"):
            if item.kind == "prevent" and not item.leads:
                paper = self.do(
                    paper, "drop_item", inputs.Dropping(item=item.number, reason="属作风纪律要求，不列为任务")
                )
                continue
            ahead = item.due_on is not None and item.due_on > clock.today()
            if len(item.leads) == 1 and ahead:
                continue
            lead, *others = item.leads or (self.agencies.office.pk,)
            helping = (
                [*others, *item.supporting] if item.leads else [town.pk for town in self.agencies.governments]
            )
            given = inputs.Editing(
                item=item.number, summary=item.summary, requirement=item.requirement, kind=item.kind, lead=lead,
                supporting=tuple(helping), due_on=item.due_on if ahead else next_working(clock.today() + timedelta(days=60)),
            )  # fmt: skip
            paper = self.do(paper, "edit_item", given)
        return paper

    def carry_out(self, paper: Paper, done: int) -> Story:
        """The first ``done`` tasks to their acceptance, two reported, the rest under way, the last not yet received."""
        listed = list(Task.objects.filter(origin=paper.no).select_related("agency__region").order_by("no"))
        under_way = [(task, seats) for task in listed if (seats := self.seats(task.agency))]
        yield self.stage.at(clock.now(), 1)
        for task, seats in under_way[:-1]:
            receipt = tasks.Receipt(
                responsible_person=seats[0].person.name, measures="制定方案，分组推进，每周汇总一次。"
            )
            self.act(task, "receive", seats[0], receipt)
        for place, (task, seats) in enumerate(under_way[: done + 2]):
            yield self.stage.at(clock.now(), 2)
            told = RESULTS[place % len(RESULTS)].format(n=12 + 7 * place, m=5 + 3 * place)
            self.act(task, "complete", seats[0], tasks.Completion(finished_on=clock.today(), result=told))
            if place < done:
                yield self.stage.at(clock.now(), 0)
                self.act(task, "accept", self.second, tasks.Acceptance(accepted_on=clock.today()))

    def seats(self, agency: Agency) -> Sequence[Seat]:
        """Who acts for a unit; in the office not the one who accepts."""
        if agency.pk == self.agencies.office.pk:
            return [self.clerk]
        return self.stage.staff.bureau.get(agency.pk) or self.stage.staff.town.get(agency.region.path, [])

    def act(self, task: Task, deed: str, by: Seat, given: Any) -> None:
        (made,) = engine.perform("task", deed, task.uid, given, actor=by.actor())
        if clock.now() > self.stage.now - TOLD:
            tell("task", made.uid, deed, made.seq)


def _text(name: str, **days: str) -> str:
    told = files("bihuan.demo.words").joinpath(f"{name}.txt").read_text(encoding="utf-8")
    return told.format(**days)


def _said(days: int) -> str:
    """A day so far ahead, as speeches say it."""
    day: date = next_working(clock.today() + timedelta(days=days))
    return chinese_date(day)
