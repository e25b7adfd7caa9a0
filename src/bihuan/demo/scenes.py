"""What the demo must show: matters on the desks of those it lets one be, and every oddity the loop provides for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from bihuan.capabilities.hazards import inputs
from bihuan.demo.casting import Casting
from bihuan.demo.findings import row_saying, worded
from bihuan.demo.hours import next_working
from bihuan.demo.major import KINDS, UNLICENSED, major, regraded
from bihuan.demo.objects import Site
from bihuan.demo.people import Seat
from bihuan.demo.stage import Course, Stage
from bihuan.demo.stories import DELAYS, SENT_BACK, Story, _remind, days_to_ask, doubled, mistaken, ordinary
from bihuan.kernel import clock
from bihuan.registers import criteria

FATES = (
    ("closed", 170), ("overdue", 62), ("listed", 30), ("awaiting", 48), ("closed", 140), ("listed", 18), ("reported", 1),
    ("closed", 120),
)  # fmt: skip
FITTING = {"light_industry": "cold", "hazardous_chemicals": "chemical"}
"""Of what kind a sector's site must be for the major hazard found there."""


def scenes(stage: Stage, casting: Casting) -> Iterator[Story]:
    """Every particular story, for the running of the half year."""
    yield from _flagship(stage, casting)
    yield from _majors(stage, casting)
    yield from _recurring(stage, casting)
    yield from _long_overdue(stage, casting)
    yield from _fresh(stage, casting)
    yield from _pending(stage, casting)
    for days in (150, 96, 41, 12):
        yield mistaken(stage, _any(casting, "routine", days))
    for days in (133, 88, 47, 20, 9):
        yield _twice(stage, casting, days)


def _flagship(stage: Stage, casting: Casting) -> Iterator[Story]:
    site = casting.sites[0]
    _, chief, second = stage.staff.inside[site.object.uid]
    officer, grid, expert = _firsts(stage, site)
    bureau = stage.staff.bureau[site.object.agency_id or 0]

    def at(words: str, source: str, days: int, finder: Seat, before: bool = True) -> Course:
        course = casting.course(site, source, casting.today, finder)
        course.found_at = casting.moment(days)
        course.finding, course.voluntary, course.before = (
            worded(row_saying(words), casting.rng),
            False,
            before,
        )
        return course

    yield _assigned(stage, at("光电保护装置被短接", "routine", 8, officer), bureau[0], 10)
    yield _assigned(stage, at("应急预案未按", "expert", 16, expert, False), bureau[1], 30)
    yield _assigned(
        stage, at("疏散通道堆放", "grid", 15, grid), stage.staff.town[site.town.region.path][0], 9
    )
    yield _asking(stage, at("除尘器未设泄爆", "special", 22, officer), bureau[0], chief)
    yield _returned(stage, at("配电箱门缺失", "joint", 17, officer), bureau[1], chief)
    yield _handed_in(stage, at("砂轮机防护罩", "self_check", 12, second), bureau[0], second)
    yield _handed_in(stage, at("货物堆垛高度", "routine", 14, officer), bureau[1], chief)
    yield _handed_in(
        stage, at("水位计模糊", "grid", 13, grid), stage.staff.town[site.town.region.path][1], second
    )
    yield _reported(stage, at("皮带机尾轮", "self_check", 1, chief))
    yield _reported(stage, at("室内消火栓无水", "expert", 2, expert))
    yield ordinary(stage, at("安全阀超过校验", "self_check", 120, chief))
    yield ordinary(stage, at("行车吊钩", "supervision_visit", 84, stage.staff.office[0]))
    yield ordinary(stage, at("无证驾驶", "supervision_visit", 58, stage.staff.office[1]))


def _firsts(stage: Stage, site: Site) -> tuple[Seat, Seat, Seat]:
    bureau = stage.staff.bureau[site.object.agency_id or 0]
    officer = next(seat for seat in bureau if seat.post.role == "officer")
    return officer, stage.staff.grid[site.town.region.path][0], stage.staff.experts[0]


def _reported(stage: Stage, course: Course) -> Story:
    yield course.found_at
    stage.report(course)


def _assigned(stage: Stage, course: Course, by: Seat, days: int) -> Story:
    yield from _reported(stage, course)
    yield stage.at(clock.now(), 1)
    stage.assign(course, by, days)


def _asking(stage: Stage, course: Course, by: Seat, chief: Seat) -> Story:
    yield from _assigned(stage, course, by, 25)
    yield stage.at(clock.now(), days_to_ask(course.due))
    until = next_working(course.due + timedelta(days=20))
    asked = inputs.ExtensionRequest(until=until, reason=DELAYS[0], interim_measures=course.finding.interim)
    stage.do("request_extension", course, chief, asked)


def _returned(stage: Stage, course: Course, by: Seat, chief: Seat) -> Story:
    yield from _handed_in(stage, course, by, chief)
    yield stage.at(clock.now(), 2)
    stage.send_back(course, by, SENT_BACK[0])
    course.due = max(course.due, clock.today())


def _handed_in(stage: Stage, course: Course, by: Seat, chief: Seat) -> Story:
    yield from _assigned(stage, course, by, 12)
    yield stage.at(clock.now(), 5)
    stage.submit(course, chief)


def _majors(stage: Stage, casting: Casting) -> Iterator[Story]:
    for (sector, criterion, finding), (until, days) in zip(KINDS, FATES, strict=True):
        site = _site(casting, sector)
        source = "self_check" if until == "reported" and site.object.uid in stage.staff.inside else "special"
        course = casting.course(site, source, casting.today)
        course.found_at = casting.moment(days)
        course.finding, course.grade, course.before = finding, "major", True
        course.criterion, course.voluntary = (
            _in_force(criterion, course.found_at.date()),
            source == "self_check",
        )
        yield major(stage, course, until)
    course = casting.course(_site(casting, "building_materials"), "routine", casting.today)
    course.finding = UNLICENSED
    yield regraded(stage, _moved(casting, course, 26), "GM-03-02")


def _in_force(criterion: str, day: date) -> str:
    """The standard itself, or where it is not in force that day another one that is."""
    wanted = criteria.criterion(criterion)
    if wanted.standard.in_force(day):
        return criterion
    return next(item.id for item in criteria.choices(wanted.standard.sector, day) if item.decides)


def _site(casting: Casting, sector: str) -> Site:
    group = FITTING.get(sector, "")
    having = [
        site
        for site in casting.sites[1:]
        if site.object.sector and site.object.sector.code == sector and (not group or group in site.findings)
    ]
    peopled = [site for site in having if site.object.uid in casting.staff.inside]
    return (peopled or having or list(casting.sites[1:]))[0]


def _recurring(stage: Stage, casting: Casting) -> Iterator[Story]:
    """The same thing at the same place, mended and there again."""
    for number, days in enumerate((168, 155, 142, 131, 117, 104)):
        first = _any(casting, "routine", days)
        yield ordinary(stage, first)
        for repeat in range(2 if number < 2 else 1):
            again = casting.course(first.site, "routine", casting.today)
            again.found_at = casting.moment(days - 50 - 30 * repeat)
            again.finding = replace(first.finding, planned=first.finding.planned * 2)
            yield ordinary(stage, again)


def _long_overdue(stage: Stage, casting: Casting) -> Iterator[Story]:
    """Late enough that every rung up to the leader in charge has been climbed."""
    bureaus = stage.staff.bureau
    for sector, days in (("machinery", 62), ("light_industry", 56), ("construction", 50), ("commerce", 33),
                         ("hazardous_chemicals", 27), ("tourism", 22)):  # fmt: skip
        course = casting.course(_site(casting, sector), "routine", casting.today)
        course.found_at = casting.moment(days)
        yield _abandoned(stage, course, bureaus[course.site.object.agency_id or 0][0])


def _abandoned(stage: Stage, course: Course, by: Seat) -> Story:
    yield from _assigned(stage, course, by, 10)
    for after in (13, 20):
        yield stage.at(clock.now(), after)
        _remind(stage, course, by)


def _fresh(stage: Stage, casting: Casting) -> Iterator[Story]:
    """Reported these days and not yet assigned, in every corner."""
    sources = (
        "routine",
        "grid",
        "tip_off",
        "expert",
        "joint",
        "supervision_visit",
        "congress",
        "transfer",
        "undercover",
    )
    for number in range(max(4, min(24, len(casting.sites) // 25))):
        yield _reported(stage, _any(casting, sources[number % len(sources)], number % 3))


def _pending(stage: Stage, casting: Casting) -> Iterator[Story]:
    """Handed in and waiting to be accepted, or asking for more time, across the district."""
    peopled = [site for site in casting.sites[1:] if site.object.uid in stage.staff.inside]
    for number, site in enumerate(casting.rng.sample(peopled, min(14, len(peopled)))):
        _, chief, second = stage.staff.inside[site.object.uid]
        source = ("routine", "self_check", "special")[number % 3]
        course = casting.course(site, source, casting.today)
        superior = stage.staff.bureau[site.object.agency_id or 0][0]
        if number % 4 == 3:
            yield _asking(stage, _moved(casting, course, 21), superior, chief)
        else:
            yield _handed_in(stage, _moved(casting, course, 12 + number % 3), superior, second)


def _any(casting: Casting, source: str, days: int) -> Course:
    site = casting.rng.choice(list(casting.sites[1:]))
    return _moved(casting, casting.course(site, source, casting.today), days)


def _moved(casting: Casting, course: Course, days: int) -> Course:
    course.found_at = casting.moment(days)
    return course


def _twice(stage: Stage, casting: Casting, days: int) -> Story:
    first = _any(casting, "routine", days)
    again = casting.course(first.site, "grid", casting.today)
    again.found_at, again.finding = first.found_at, first.finding
    return doubled(stage, first, again)
