"""What other work leaves on desks is done as well: what inspections found is handed over, what was closed is visited again.

Most of it, not all: every ninth stays where it lies, so that the lists of what is late are true to life.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random
from uuid import UUID

from bihuan.capabilities.hazards import inputs
from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.hazards.states import Grade, HazardState
from bihuan.demo.casting import DAYS, Casting
from bihuan.demo.findings import Finding
from bihuan.demo.major import lifted, listed, told
from bihuan.demo.objects import Site
from bihuan.demo.people import Seat
from bihuan.demo.stage import HAZARD, Course, Stage
from bihuan.demo.stories import Story, onward
from bihuan.kernel import clock
from bihuan.kernel.loops import engine

EVERY = 3
"""Days between two mornings at the desk."""
LEFT = 9
"""One in so many is left lying."""
RESTED = timedelta(days=2)


def desks(stage: Stage, casting: Casting) -> Iterator[Story]:
    """One story of the whole district's desks, with a chance of its own so that it moves nobody else's."""
    own = Stage(stage.staff, Random(77), stage.now)  # noqa: S311 - the same district every time
    yield _work(own, casting, {site.object.uid: site for site in casting.sites})


def _work(stage: Stage, casting: Casting, sites: dict[UUID, Site]) -> Story:
    """Mornings at the desk, and in between the courses that began there, each when it goes on."""
    order, begun = count(), set[UUID]()
    going: list[tuple[datetime, int, Story]] = []
    morning = _morning(casting.today - timedelta(days=DAYS - 20))
    while True:
        moment = min(morning, going[0][0]) if going else morning
        yield moment
        if moment < morning:
            _go_on(going, order, heapq.heappop(going)[2])
            continue
        morning = _morning(clock.today() + timedelta(days=EVERY))
        for hazard in _found_by_inspections():
            if hazard.uid not in begun and hazard.object_id in sites:
                begun.add(hazard.uid)
                if _number(hazard) % LEFT:
                    course = _course(hazard, sites[hazard.object_id], stage)
                    _go_on(
                        going,
                        order,
                        _listed(stage, course) if course.grade == Grade.MAJOR else onward(stage, course),
                    )
        _visit(stage)


def _listed(stage: Stage, course: Course) -> Story:
    """A major one: reported twice, handed over, listed, mended, taken off the list by the office, accepted."""
    yield stage.at(clock.now(), 0)
    told(stage, course, "report_to_regulator")
    stage.assign(course, stage.staff.bureau[course.site.object.agency_id or 0][0])
    yield stage.at(clock.now(), 1)
    told(stage, course, "report_to_workers")
    yield from listed(stage, course)
    yield stage.at(clock.now(), round(course.finding.days * 0.7))
    rectifier = stage.rectifier(course)
    stage.submit(course, rectifier)
    yield from lifted(stage, course, rectifier)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(10, 5), clock.SHANGHAI)


def _go_on(going: list[tuple[datetime, int, Story]], order: count[int], story: Story) -> None:
    moment = next(story, None)
    if moment is not None:
        heapq.heappush(going, (moment, next(order), story))


def _number(hazard: Hazard) -> int:
    return int(hazard.no.rpartition("-")[2])


def _found_by_inspections() -> list[Hazard]:
    rested = Hazard.objects.filter(
        state=HazardState.REPORTED, voided=False, opened_at__lt=clock.now() - RESTED
    )
    found = rested.filter(origin__contains="-I").select_related("object").order_by("no")
    return [one for one in found if one.agency_id == one.object.agency_id]


def _course(hazard: Hazard, site: Site, stage: Stage) -> Course:
    officers = stage.staff.bureau[hazard.agency_id or 0]
    finding = Finding(
        place=hazard.place, description=hazard.description,
        measures="按检查要求逐项整改，对同类部位举一反三自查，整改后由车间主任复核。",
        interim="整改期间停用该部位，设警示标志并专人看守。", result="已按要求整改完毕，同类部位已自查，建立台账。",
        planned=120_000, spent=110_000, days=30 if hazard.grade == Grade.MAJOR else 12,
    )  # fmt: skip
    return Course(
        site=site, finding=finding, source=hazard.source, found_at=clock.now(), finder=officers[-1],
        grade=hazard.grade, criterion=hazard.criterion, campaign=hazard.campaign, uid=hazard.uid, no=hazard.no,
    )  # fmt: skip


def _visit(stage: Stage) -> None:
    """Visits owed after closing, by the unit that answers for the hazard."""
    owed = Hazard.objects.filter(
        state=HazardState.CLOSED, voided=False, duty_on__lte=clock.today() + timedelta(days=EVERY),
        duties__open__has_key="follow_up",
    )  # fmt: skip
    for hazard in owed.select_related("object").order_by("no"):
        visitor = _visitor(stage, hazard)
        if _number(hazard) % LEFT and visitor is not None:
            given = inputs.FollowUp(
                visited_on=clock.today(), stays=True, finding="回访时整改部位完好，没有反弹，台账齐全。"
            )
            engine.perform(HAZARD, "follow_up", hazard.uid, given, actor=visitor.actor())


def _visitor(stage: Stage, hazard: Hazard) -> Seat | None:
    seats = stage.staff.bureau.get(hazard.agency_id or 0)
    return seats[-1] if seats else None
