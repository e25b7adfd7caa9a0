"""Key periods and milestone projects of the demo: one period with its summary, one ahead, one project that runs late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from bihuan.capabilities.dispatch import inputs as task_inputs
from bihuan.capabilities.dispatch.models import Task
from bihuan.capabilities.dispatch.windows import calendar, inputs
from bihuan.capabilities.dispatch.windows.calendar import Proposal, proposals
from bihuan.capabilities.dispatch.windows.milestones import inputs as project_inputs
from bihuan.capabilities.dispatch.windows.milestones.lateness import raise_tasks
from bihuan.capabilities.dispatch.windows.models import KeyWindow
from bihuan.demo.agencies import Agencies
from bihuan.demo.campaigns import Acting
from bihuan.demo.casting import DAYS, Casting
from bihuan.demo.people import Seat
from bihuan.demo.stage import Stage
from bihuan.demo.stories import Story
from bihuan.kernel import clock
from bihuan.kernel.loops import engine

LONGEST = 12
"""A period of the demo is short: each of its days is reported."""
SILENT = 2
"""So many towns report carelessly."""


def windows(stage: Stage, casting: Casting, agencies: Agencies) -> Iterator[Story]:
    """What the calendar brings, and two projects."""
    listed = [each for year in (-1, 0, 1) for each in proposals(casting.today.year + year)]
    since = casting.today - timedelta(days=DAYS - 20)
    short = [each for each in listed if (each.last - each.first).days < LONGEST]
    past = [each for each in short if since <= each.first and each.last < casting.today - timedelta(days=3)]
    ahead = [each for each in listed if each.first > casting.today + timedelta(days=each.usual.ahead)]
    if past:
        yield _past(stage, agencies, past[-1])
    if ahead:
        yield _ahead(stage, casting, ahead[0])
    yield _late(stage, casting, agencies)


def _planning(each: Proposal) -> inputs.Planning:
    return inputs.Planning(
        kind=each.usual.kind.value,
        name=each.name,
        first_day=each.first,
        last_day=each.last,
        ahead=each.usual.ahead,
        reporting="towns",
    )


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour, 20), clock.SHANGHAI)


def _past(stage: Stage, agencies: Agencies, each: Proposal) -> Story:
    office, second = stage.staff.office[0], stage.staff.office[-1]
    acting = Acting("window")
    yield _at(each.first - timedelta(days=each.usual.ahead + 9), 9)
    acting.open("plan", office, _planning(each))
    for _ in range(len(KeyWindow.objects.get(uid=acting.uid).templates) - 2):
        acting.do("drop_task", office, inputs.Dropping(number=3))
    yield _at(each.first - timedelta(days=each.usual.ahead), 8)
    calendar.turn()
    seats = {one.pk: stage.staff.town[one.region.path][0] for one in agencies.governments}
    yield _at(each.first - timedelta(days=1), 15)
    _carry_out(acting, seats, "值班安排", second)
    reporting = [seats[one.pk] for one in agencies.governments[:-SILENT]]
    day = each.first
    while day <= each.last:
        yield _at(day, 18)
        calendar.turn()
        given = inputs.DailyReport(day=day, situation="值班到位，巡查重点部位，未发生突发情况。")
        for seat in reporting:
            acting.do("report", seat, given)
        day += timedelta(days=1)
    _carry_out(acting, dict(list(seats.items())[:-SILENT]), "专项检查", second)
    yield _at(each.last + timedelta(days=1), 8)
    calendar.turn()
    yield _at(each.last + timedelta(days=3), 10)
    said = "各镇街值班总体到位；个别单位日报不及时，已点名提醒，下一时段提前一周布置。"
    acting.do("comment", office, inputs.Comment(opinion=said))


def _carry_out(acting: Acting, seats: dict[int, Seat], words: str, accepter: Seat) -> None:
    """The window's tasks of one kind, done and accepted in each town."""
    window = KeyWindow.objects.get(uid=acting.uid)
    for task in Task.objects.filter(no__in=window.opened, title__contains=words, agency__in=seats):
        seat = seats[task.agency_id]
        for deed, given in (
            (
                "receive",
                task_inputs.Receipt(responsible_person=seat.person.name, measures="专人负责，逐项落实"),
            ),
            (
                "complete",
                task_inputs.Completion(finished_on=clock.today(), result="已按要求完成并报送材料。"),
            ),
        ):
            engine.perform("task", deed, task.no, given, actor=seat.actor())
        accepted = task_inputs.Acceptance(accepted_on=clock.today())
        engine.perform("task", "accept", task.no, accepted, actor=accepter.actor())


def _ahead(stage: Stage, casting: Casting, each: Proposal) -> Story:
    acting = Acting("window")
    yield casting.moment(4)
    acting.open("plan", stage.staff.office[0], _planning(each))
    given = inputs.TaskTemplate(
        title=f"组织{each.name}安全督查", kind="inspect", to="one", unit=stage.staff.office[0].post.agency_id
    )
    acting.do("add_task", stage.staff.office[0], given)


def _late(stage: Stage, casting: Casting, agencies: Agencies) -> Story:
    """A fire station whose second milestone passes unreported, and its task on the lead."""
    office, second = stage.staff.office[0], stage.staff.office[-1]
    lead = next(one.agency for one in agencies.bureaus if "住房" in one.agency.name)
    urger = next(one.agency for one in agencies.bureaus if "消防" in one.agency.name)
    days = [casting.today + timedelta(days=offset) for offset in (-60, -15, 60)]
    lines = zip(days, ("主体结构封顶", "装饰和消防设施安装完成", "竣工验收并投用"), strict=True)
    project = Acting("project")
    yield casting.moment(120)
    given = project_inputs.Planning(
        name="城东消防救援站建设", lead=lead.pk, urged_by=urger.pk, basis="区政府民生实事",
        content="建设二级消防救援站一座，占地 8 亩", milestones="\n".join(f"{day} {title}" for day, title in lines),
    )  # fmt: skip
    project.open("plan", office, given)
    yield casting.moment(62)
    seat = stage.staff.bureau[lead.pk][0]
    done = project_inputs.Reporting(
        number=1, reported_on=clock.today(), result="主体结构封顶，质量监督站已核查。"
    )
    project.do("report", seat, done)
    yield casting.moment(58)
    project.do("accept", second, project_inputs.Acceptance(number=1))
    yield casting.moment(13)
    raise_tasks()
