"""What becomes of what an order handed over: the unit says what it costs, reports it with a picture, and the recheck accepts it."""

from __future__ import annotations

from collections.abc import Iterable

from bihuan.capabilities.hazards import inputs
from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.hazards.states import Grade, HazardState
from bihuan.demo.findings import Finding
from bihuan.demo.objects import Site
from bihuan.demo.people import Seat
from bihuan.demo.stage import Course, Stage
from bihuan.kernel import clock
from bihuan.kernel.people.models import ENTERPRISE_ROLES

INTERIM = "整改期间停用该部位，设警示标志并专人看守。"


def course_of(hazard: Hazard, site: Site, finder: Seat) -> Course:
    """A hazard that an inspection found, as the stage plays it."""
    left = (hazard.rectify_by - clock.today()).days if hazard.rectify_by else 30
    finding = Finding(
        place=hazard.place, description=hazard.description,
        measures="按检查要求逐项整改，对同类部位举一反三自查，整改后由车间主任复核。",
        interim=INTERIM, result="已按要求整改完毕，同类部位已自查，建立台账。",
        planned=120_000, spent=110_000, days=max(3, left) if hazard.grade == Grade.MAJOR else 12,
    )  # fmt: skip
    course = Course(
        site=site, finding=finding, source=hazard.source, found_at=hazard.opened_at, finder=finder,
        grade=hazard.grade, criterion=hazard.criterion, campaign=hazard.campaign, uid=hazard.uid, no=hazard.no,
    )  # fmt: skip
    course.due = hazard.rectify_by or course.due
    return course


def mended(stage: Stage, site: Site, lead: Seat, numbers: Iterable[str]) -> None:
    """The unit reports these as rectified; a major one goes its own way, along the list."""
    waiting = Hazard.objects.filter(no__in=list(numbers), state=HazardState.RECTIFYING, grade=Grade.GENERAL)
    for hazard in waiting.order_by("no"):
        course = course_of(hazard, site, lead)
        rectifier = stage.rectifier(course)
        completed(stage, course, lead)
        stage.submit(course, rectifier)


def completed(stage: Stage, course: Course, lead: Seat) -> None:
    """What the order did not know: told by the unit, or filled in by the officer where nobody there has an account."""
    hazard = Hazard.objects.get(uid=course.uid)
    if hazard.funds_planned_fen is not None and hazard.contingency_plan:
        return
    rectifier = stage.rectifier(course)
    funds, plan = course.finding.planned, course.finding.interim
    if rectifier.post.role in ENTERPRISE_ROLES:
        stage.do("tell_means", course, rectifier, inputs.Means(funds_planned=funds, contingency_plan=plan))
    else:
        given = inputs.LackingElements(funds_planned=funds, contingency_plan=plan)
        stage.do("complete_elements", course, lead, given)
