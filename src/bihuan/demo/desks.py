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

from django.db.models import Q

from bihuan.capabilities.hazards import inputs
from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.hazards.states import Grade, HazardState
from bihuan.demo.casting import DAYS, Casting
from bihuan.demo.major import lifted, listed, told
from bihuan.demo.objects import Site
from bihuan.demo.orders import completed, course_of
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
                    course = course_of(
                        hazard, sites[hazard.object_id], stage.staff.bureau[hazard.agency_id or 0][-1]
                    )
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
    if course.due == date.min:
        stage.assign(course, stage.staff.bureau[course.site.object.agency_id or 0][0])
    yield stage.at(clock.now(), 1)
    told(stage, course, "report_to_workers")
    yield from listed(stage, course)
    yield stage.at(clock.now(), round(course.finding.days * 0.7))
    rectifier = stage.rectifier(course)
    completed(stage, course, course.finder)
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
    """What waits to be handed over, and the major ones that an order handed over already."""
    waiting = Q(state=HazardState.REPORTED) | Q(state=HazardState.RECTIFYING, grade=Grade.MAJOR)
    rested = Hazard.objects.filter(waiting, voided=False, opened_at__lt=clock.now() - RESTED)
    found = rested.filter(origin__contains="-I").select_related("object").order_by("no")
    return [one for one in found if one.agency_id == one.object.agency_id]


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
