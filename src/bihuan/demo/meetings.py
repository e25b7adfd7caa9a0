"""Meetings and leaders' visits of the demo: what met in the half year, who came, what was decided, where leaders went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from bihuan.capabilities.dispatch.meetings import inputs, visit_inputs
from bihuan.capabilities.dispatch.meetings.cadence import (
    MEMBERS,
    MONTHLY_DISPATCH,
    expect_meetings,
    quarter_of,
)
from bihuan.capabilities.dispatch.meetings.models import VisitFinding
from bihuan.demo.agencies import Agencies
from bihuan.demo.assignments import Assigned, cast
from bihuan.demo.casting import DAYS, Casting
from bihuan.demo.hours import next_working
from bihuan.demo.ledgers import months
from bihuan.demo.people import Seat
from bihuan.demo.stage import Course, Stage
from bihuan.demo.stories import Story, onward
from bihuan.kernel import clock
from bihuan.kernel.expectations.cadences import ensure
from bihuan.kernel.loops import engine
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.uid import uuid7

MEETING, VISIT = "meeting", "visit"


@dataclass(frozen=True, slots=True)
class Held:
    """One meeting as it was: its name, whose, of which kind, so many days ago, and its topic."""

    title: str
    body: str
    kind: str
    days: int
    agenda: str = ""
    difficulty: str = ""


SPECIAL = (
    ("燃气安全专题会", 158, "瓶装液化气入户安检\n餐饮场所软管和减压阀更换"),
    ("有限空间作业安全专题会", 140, "作业审批和监护人员培训"),
    ("自建房安全专题会", 122, "经营性自建房复核\n违法建设拆除"),
    ("危险化学品装卸环节安全专题会", 101, "装卸软管、静电接地"),
    ("建筑施工起重机械安全专题会", 83, "塔吊、施工升降机租赁和检测"),
    ("校园及周边安全专题会", 66, "校车、食堂燃气、周边交通设施"),
    ("厂房仓库消防安全专题会", 39, "违规住人和电动自行车室内充电"),
    ("冬季取暖用气安全专题会", 17, "农村取暖用气用电\n公共场所一氧化碳报警"),
)
OTHERS = (
    Held("区委常委会研究安全生产工作", "party_standing", "session", 150, "传达上级安全生产会议精神\n听取上半年安全生产情况汇报"),
    Held("区政府常务会研究安全生产工作", "government_standing", "session", 96, "研究重大事故隐患治理资金"),
    Held("区安委会第三次全体会议", "committee", "plenary", 74, "通报三季度情况\n部署下阶段重点工作"),
    Held("安委会成员单位联席会议", "committee_office", "joint_meeting", 128, "会商监管边界", "检测设备不足，请统一采购"),
    Held("安委会成员单位联席会议", "committee_office", "joint_meeting", 36, "会商跨部门隐患", "部分厂房产权不清，整改责任难落实"),
)  # fmt: skip
KINDS_OF = {
    "区安委会第二次全体会议": ("committee", "plenary"), "汛期安全防范工作部署会": ("government", "video"),
    "全区安全生产工作调度会": ("committee_office", "dispatch_meeting"), "年末岁初安全防范会议": ("government", "video"),
}  # fmt: skip
CALLED_AFTER = ("汛期安全防范工作部署会", "年末岁初安全防范会议")
"""Conferences after which every unit files what it made of them."""
SUPERVISED, LED = 24, 8
ROOMS = ("区政府三楼会议室", "区行政中心一号会议室", "区应急指挥中心")
SEEN = (
    "听取了上半年工作汇报，查看了值班值守和隐患台账，要求紧盯未销号隐患，逐项落实责任人和期限。",
    "实地查看了重点企业和在建工地，要求主要负责人每月带队检查，整改不到位的一律停产停工。",
    "检查了防汛物资和人员转移方案，要求把责任落实到村、到户、到人。",
    "随机抽查了两家企业的动火作业和有限空间作业审批，对手续不全的当场指出并要求立即改正。",
)


def meetings(stage: Stage, casting: Casting, agencies: Agencies) -> Iterator[Story]:
    """Every meeting and visit of the half year."""
    _expected(casting)
    units = [*(bureau.agency for bureau in agencies.bureaus), *agencies.governments]
    yield _annual(stage, casting, units)
    for source, days, listed in cast(stage, agencies):
        body, kind = KINDS_OF[source]
        held = Held(source, body, kind, days + 1, "部署下一步工作")
        yield _meeting(stage, casting, held, units, listed)
    for number, (title, days, agenda) in enumerate(SPECIAL):
        body = "committee" if number % 2 else "government"
        yield _meeting(
            stage, casting, Held(title, body, "special_meeting", days, agenda), units[number % 5 :: 3]
        )
    for held in OTHERS:
        yield _meeting(stage, casting, held, units)
    yield from _dispatches(stage, casting, units)
    yield _planned(stage, casting, units)
    yield from _visits(stage, casting, agencies)


def _expected(casting: Casting) -> None:
    """The committee's own meetings are due from the first quarter on that lies within the half year."""
    first = quarter_of(casting.today - timedelta(days=DAYS - 92)).first
    expect_meetings(first)
    for month in months(first, casting.today):
        ensure(month, MONTHLY_DISPATCH)
        ensure(quarter_of(month.first), MEMBERS)


def _annual(stage: Stage, casting: Casting, units: Sequence[Agency]) -> Story:
    """The year's first conference, entered when the demo begins or when the year does."""
    opened = next_working(date(casting.today.year, 1, 18))
    if opened >= casting.today:
        opened = next_working(date(casting.today.year - 1, 1, 18))
    first = casting.today - timedelta(days=DAYS - 1)
    held = Held(
        f"全区{opened.year}年安全生产工作会议",
        "government",
        "annual",
        0,
        "通报上年度情况\n签订安全生产目标责任书",
    )
    moment = datetime.combine(next_working(max(opened, first)), time(8, 40), clock.SHANGHAI)
    yield from _act(stage, held, moment, opened, units)


def _dispatches(stage: Stage, casting: Casting, units: Sequence[Agency]) -> Iterator[Story]:
    """Monthly dispatch; one month nobody remembered to hold it."""
    for number, days in enumerate(range(20, DAYS - 20, 30)):
        if number != 2:
            held = Held(
                "安全生产月调度会", "committee_office", "dispatch_meeting", days, "通报逾期隐患和任务"
            )
            yield _meeting(stage, casting, held, units)


def _meeting(
    stage: Stage, casting: Casting, held: Held, units: Sequence[Agency], listed: Sequence[Assigned] = ()
) -> Story:
    moment = casting.moment(held.days)
    return _act(stage, held, moment, clock.day_of(moment), units, listed)


def _act(
    stage: Stage,
    held: Held,
    moment: datetime,
    day: date,
    units: Sequence[Agency],
    listed: Sequence[Assigned] = (),
) -> Story:
    yield moment
    rng, office, uid = stage.rng, stage.staff.office[1], uuid7()
    away = rng.sample(list(units), 1 if rng.random() < 0.5 else 0)
    sent = [unit for unit in rng.sample(list(units), min(2, len(units))) if unit not in away]
    given = inputs.Recording(
        title=held.title, body=held.body, kind=held.kind, held_on=day, place=rng.choice(ROOMS),
        chair_post=stage.staff.leaders[-1 if held.kind in ("plenary", "annual", "session") else 0].post.pk,
        agenda=held.agenda, invited=tuple(unit.pk for unit in units), absent=_names(away), substitutes=_names(sent),
        decisions="\n".join(_line(one) for one in listed if not one.tagged),
    )  # fmt: skip
    engine.open_matter(MEETING, "record", given, actor=office.actor(), uid=uid)
    if held.difficulty:
        yield stage.at(clock.now(), 0)
        raised = inputs.Difficulty(
            words=held.difficulty,
            raised_by=units[-1].pk,
            lead=units[0].pk,
            due_on=next_working(clock.today() + timedelta(days=30)),
        )
        _do(MEETING, uid, "raise_difficulty", office, raised)
    yield stage.at(clock.now(), 2)
    minutes = inputs.Minutes(
        minuted_on=clock.today(), document_no=f"区安委会会议纪要〔{day.year}〕{day.month}号" if held.body == "committee" else "",
        minutes=f"{held.title}传达学习了上级部署，研究了当前安全生产工作。会议议定事项已分解交办，请各单位抓好落实。",
    )  # fmt: skip
    _do(MEETING, uid, "issue_minutes", office, minutes)
    if held.title in CALLED_AFTER:
        yield from _deployed(stage, uid, office, units)


def _deployed(stage: Stage, uid: Any, office: Seat, units: Sequence[Agency]) -> Story:
    """会后部署: most units file in time, one or two do not."""
    call = inputs.DeploymentCall(due_on=next_working(clock.today() + timedelta(days=7)))
    _do(MEETING, uid, "call_deployments", office, call)
    for number, unit in enumerate(units[:-2]):
        if number % 4 == 0:
            yield stage.at(clock.now(), 1)
        seats = stage.staff.bureau.get(unit.pk) or stage.staff.town.get(unit.region.path) or []
        if not seats:
            continue
        words = f"{unit.name}召开专题会议传达，分管负责同志带队检查，重点部位逐一落实责任人。"
        filing = inputs.DeploymentFiling(deployed_on=clock.today(), words=words)
        _do(MEETING, uid, "file_deployment", seats[0], filing)


def _line(one: Assigned) -> str:
    due = next_working(clock.today() + timedelta(days=one.task.days))
    partner = "" if one.partner.pk == one.lead.pk else one.partner.name
    return f"{one.task.title}｜{one.lead.name}｜{due}｜{partner}｜{one.task.requirement}"


def _names(units: Sequence[Agency]) -> str:
    return "、".join(unit.name for unit in units)


def _do(loop: str, uid: Any, deed: str, by: Seat, given: Any) -> None:
    engine.perform(loop, deed, uid, given, actor=by.actor())


def _planned(stage: Stage, casting: Casting, units: Sequence[Agency]) -> Story:
    """What is to be held next week, with enterprises called."""
    yield casting.moment(1)
    called = [site.object.name for site in casting.sites[:4] if site.object.uid in stage.staff.inside]
    given = inputs.Planning(
        title="重点企业安全生产约谈会", body="committee_office", kind="special_meeting",
        held_on=next_working(casting.today + timedelta(days=6)), place=ROOMS[2],
        chair_post=stage.staff.leaders[0].post.pk, agenda="通报逾期未整改隐患\n企业主要负责人作出承诺",
        invited=tuple(unit.pk for unit in units[:6]), summoned="\n".join(called),
    )  # fmt: skip
    engine.open_matter(MEETING, "plan", given, actor=stage.staff.office[1].actor())


def _visits(stage: Stage, casting: Casting, agencies: Agencies) -> Iterator[Story]:
    units = [*agencies.governments, *(bureau.agency for bureau in agencies.bureaus)]
    for number in range(SUPERVISED):
        unit = units[(number * 5) % len(units)]
        yield _supervision(stage, casting, number, unit, 3 + number * 7)
    sites = [site for site in casting.sites if site.object.region_path]
    for number in range(LED):
        seat = stage.staff.leaders[number % (len(stage.staff.leaders) - 1)]
        own = [
            site
            for site in sites
            if site.object.sector_path.startswith(tuple(seat.post.sector_paths or ("-",)))
        ]
        chosen = stage.rng.sample(own or sites, min(2, len(own or sites)))
        day = casting.today - timedelta(days=11 + number * 20)
        courses = [casting.course(site, "leader_led", day, stage.staff.office[1]) for site in chosen]
        for course in courses:
            course.found_at = courses[0].found_at
        yield _led(stage, seat, courses)
        for course in courses:
            yield _mended(stage, course)


def _supervision(stage: Stage, casting: Casting, number: int, unit: Agency, days: int) -> Story:
    seat = stage.staff.leaders[number % len(stage.staff.leaders)]
    yield casting.moment(days)
    given = visit_inputs.Visiting(
        leader_post=seat.post.pk, kind="supervision", visited_on=clock.today(), unit=unit.pk,
        companions="区安委办、区应急管理局负责同志", situation=SEEN[number % len(SEEN)],
    )  # fmt: skip
    uid = uuid7()
    own = number % 3 == 0
    by = seat if own and not seat.post.sector_paths else stage.staff.office[1]
    engine.open_matter(VISIT, "record", given, actor=by.actor(), uid=uid)
    if number % 6 == 2:
        yield stage.at(clock.now(), 0)
        due = next_working(clock.today() + timedelta(days=20))
        asked = visit_inputs.FoundTask(words="补齐隐患台账并完善值班值守制度", lead=unit.pk, due_on=due)
        _do(VISIT, uid, "assign_task", stage.staff.office[1], asked)
    if by is not seat:
        yield stage.at(clock.now(), 2)
        _do(VISIT, uid, "confirm", seat, visit_inputs.Confirmation())


def _led(stage: Stage, seat: Seat, courses: Sequence[Course]) -> Story:
    """带队排查 with what was found; the hazards go on as their own stories."""
    yield courses[0].found_at
    given = visit_inputs.Visiting(
        leader_post=seat.post.pk, kind="led_inspection", visited_on=clock.today(),
        objects="\n".join(_called(course) for course in courses),
        companions="区安委办、行业主管部门、属地镇街负责同志，专家1名",
        situation="带队排查重点企业，发现的隐患当场交办，逐条明确责任单位和期限。",
        findings="\n".join(_finding(course) for course in courses),
    )  # fmt: skip
    office, uid = stage.staff.office[1], uuid7()
    engine.open_matter(VISIT, "record", given, actor=office.actor(), uid=uid)
    numbers = VisitFinding.objects.filter(visit=uid).order_by("order").values_list("hazard_no", flat=True)
    for course, no in zip(courses, numbers, strict=True):
        course.no = no
    yield stage.at(clock.now(), 1)
    _do(VISIT, uid, "confirm", seat, visit_inputs.Confirmation())


def _finding(course: Course) -> str:
    return f"{_called(course)}｜{course.finding.place}｜{course.finding.description}"


def _called(course: Course) -> str:
    """By its name; by its code where another bears the same."""
    site = course.site.object
    alike = SupervisedObject.objects.filter(name_key=site.name_key).count()
    return site.name if alike == 1 else site.credit_code


def _mended(stage: Stage, course: Course) -> Story:
    """From the moment the visit has reported it, like any other hazard."""
    yield course.found_at + timedelta(minutes=1)
    if course.no:
        course.uid = stage.uid_of(course.no)
        yield from onward(stage, course)
