"""Committees of the demo: the district's and every town's, one of them not made up as it must be; leaders' key work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from bihuan.capabilities.responsibility.committees import keeping, ledgers, priorities
from bihuan.capabilities.responsibility.committees.models import LedgerLine
from bihuan.capabilities.responsibility.committees.models.committees import SeatRole, Standing
from bihuan.capabilities.responsibility.committees.models.priorities import Interval
from bihuan.demo.agencies import Agencies
from bihuan.demo.casting import Casting
from bihuan.demo.places import NAME, Town
from bihuan.demo.stage import Stage
from bihuan.demo.stories import Story
from bihuan.kernel import clock
from bihuan.kernel.people.accounts import register_person
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Post, Role
from bihuan.kernel.people.posts import begin_tenure, create_post
from bihuan.kernel.territory.models import Agency, Sector
from bihuan.kernel.territory.trees import the_district

ODD_TOWN = 5
"""The town whose committee is led by a deputy."""
_SPECIALISTS = (
    (
        "危险化学品安全专业委员会",
        "hazardous_chemicals",
        ("建立装卸环节风险清单", "开展重大危险源专项检查", "组织企业负责人考核"),
    ),
    ("建筑施工安全专业委员会", "construction", ("排查深基坑和高支模", "核查特种作业持证", "推行实名制管理")),
    ("消防安全专业委员会", "fire", ("整治疏散通道堵塞", "建设电动自行车集中充电点")),
    ("道路交通安全专业委员会", "road_traffic", ("整治事故多发路段", "检查重点车辆动态监控")),
)
_KEY_WORK = (
    ("带队检查分管领域重点企业", "visits.led_inspections", 1, Interval.QUARTER),
    ("到镇街督导安全生产工作", "visits.supervision", 2, Interval.HALF),
    ("主持召开分管领域安全生产专题会议", "meetings.held", 1, Interval.HALF),
)


def committees(stage: Stage, casting: Casting, agencies: Agencies, towns: Sequence[Town]) -> Iterator[Story]:
    """The half year of committees and key-work lists."""
    yield _made_up(stage, casting, agencies, towns)
    yield _ledgers(stage, casting, agencies)
    yield _key_work(stage, casting)


def _made_up(stage: Stage, casting: Casting, agencies: Agencies, towns: Sequence[Town]) -> Story:
    yield casting.moment(187)
    here = the_district()
    assert here is not None
    office, leaders = stage.staff.office[0].actor(), stage.staff.leaders
    district = keeping.set_up(
        f"{NAME}安全生产委员会", here.region, office, basis="云政办〔2022〕8号", since=date(2022, 4, 1)
    )  # fmt: skip
    for seat in leaders:
        standing = Standing.PRINCIPAL if seat.post.heads else Standing.DEPUTY
        keeping.tell_standing(here.region, seat.post, standing, office)
        role = SeatRole.CHAIR if seat.post.heads else SeatRole.VICE_CHAIR
        keeping.seat(district, role, office, post=seat.post)
    for bureau in agencies.bureaus:
        keeping.seat(district, SeatRole.MEMBER, office, agency=bureau.agency)
    for number, (town, government) in enumerate(zip(towns, agencies.governments, strict=True)):
        _town(stage, town, government, odd=number == ODD_TOWN)


def _town(stage: Stage, town: Town, government: Agency, *, odd: bool) -> None:
    """The principal leads and both deputies sit beside; in the odd one a deputy leads and the other is left out."""
    by = stage.staff.town[town.region.path][0].actor()
    principal, first, second = (
        _leader(stage, title, town, government) for title in _titles(town.region.name)
    )
    keeping.tell_standing(town.region, principal, Standing.PRINCIPAL, by)
    for deputy in (first, second):
        keeping.tell_standing(town.region, deputy, Standing.DEPUTY, by)
    made = keeping.set_up(f"{town.region.name}安全生产委员会", town.region, by)
    keeping.seat(made, SeatRole.CHAIR, by, post=first if odd else principal)
    for deputy in () if odd else (first, second):
        keeping.seat(made, SeatRole.VICE_CHAIR, by, post=deputy)
    keeping.seat(made, SeatRole.MEMBER, by, post=stage.staff.town[town.region.path][0].post)


def _titles(name: str) -> tuple[str, str, str]:
    if name.endswith("镇"):
        return "镇长", "副镇长（分管安全生产）", "副镇长（分管城建）"
    if name.endswith("街道"):
        return "街道办事处主任", "街道办事处副主任（分管安全生产）", "街道办事处副主任（分管城建）"
    return "管委会主任", "管委会副主任（分管安全生产）", "管委会副主任（分管建设）"


def _leader(stage: Stage, title: str, town: Town, government: Agency) -> Post:
    """A leader of a town's government, without an account."""
    by = Actor.system("setup")
    post = create_post(
        by, title, Role.TOWN, agency=government, region=town.region, said={"duty": "通用"}
    )  # fmt: skip
    person = register_person(by, stage.staff.called())
    begin_tenure(post, person, clock.today() - timedelta(days=500), by)
    return post


def _ledgers(stage: Stage, casting: Casting, agencies: Agencies) -> Story:
    yield casting.moment(150)
    here = the_district()
    assert here is not None
    office = stage.staff.office[0].actor()
    for name, code, items in _SPECIALISTS:
        lead = agencies.lead(Sector.objects.get(code=code).path).agency
        made = keeping.set_up(
            name, here.region, office, lead=lead, duty=f"统筹协调{name.removesuffix('专业委员会')}工作"
        )  # fmt: skip
        for place, duty in enumerate(items):
            unit = lead if place == 0 else agencies.governments[place % len(agencies.governments)]
            due = clock.today() + timedelta(days=60 + 60 * place)
            ledgers.open_line(made, duty, unit, stage.staff.bureau[lead.pk][0].actor(), due_on=due)
    yield casting.moment(70)
    for line in LedgerLine.objects.select_related("committee__lead", "committee__region").order_by("id"):
        seats = stage.staff.bureau.get(line.agency_id) or stage.staff.town[line.agency.region.path]
        if line.number == 1:
            ledgers.report(
                line, "已完成并报送", "清单和检查记录，报送函〔2026〕12号", seats[0].actor(), done=True
            )
        elif line.number == 2:
            ledgers.report(line, "已完成过半，正在逐家核对", "", seats[0].actor())
    yield casting.moment(35)
    year = clock.today().year
    drawn = ledgers.draw(f"{year}年上半年", office)
    ledgers.score(drawn, 82, "事项有进展，部分缺少佐证材料", office)


def _key_work(stage: Stage, casting: Casting) -> Story:
    """This year's list of every leader, put down at the beginning of what the demo shows."""
    yield casting.moment(184)
    office = stage.staff.office[0].actor()
    for year in sorted({clock.today().year, casting.today.year}):
        for seat in stage.staff.leaders[:4]:
            for text, figure, times, interval in _KEY_WORK:
                priorities.set_priority(seat.post, year, text, figure, times, interval, office)
