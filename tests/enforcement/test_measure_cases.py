"""A broken order becomes a case, repeated penalties propose closing, and the figures count orders and units apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from bihuan.capabilities.enforcement.measures import cases, figures, inputs
from bihuan.capabilities.enforcement.measures.models import Measure
from bihuan.capabilities.enforcement.models import Case
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import answers
from bihuan.kernel.figures.checking import check
from bihuan.kernel.loops.registry import running
from tests.enforcement import measure_steps as steps
from tests.enforcement.steps import Cast, cast, certify, proposed
from tests.hazards.steps import rectifying
from tests.world import World

YEAR = Period.parse("2026")


@pytest.fixture
def people(world: World) -> Cast:
    found = cast(world)
    certify(world, "regulator_two", "鲁D0001")
    certify(world, "leader", "鲁D0002")
    return found


@pytest.fixture(autouse=True)
def morning(people: Cast) -> Iterator[None]:
    with clock.frozen(steps.MORNING):
        yield


def _broken(world: World, by: str) -> Measure:
    officers = "队员甲（云执00001）、队员乙（云执00002）"
    measure = steps.ordered(world, kind="suspension", ground="overdue", officers=officers)
    given = inputs.Breach(seen_on=clock.today(), seen="夜间开机", photos=(steps.picture(world, measure, by),))
    return steps.taken(world, measure, "record_breach", given, by)


def test_a_certified_official_who_sees_it_broken_opens_the_case_with_it(world: World) -> None:
    measure = _broken(world, "officer")
    case = Case.objects.get()
    assert (case.origin, case.object_id) == (measure.no, world.factory.uid)
    assert measure.case_no == case.no
    assert "file_case" not in measure.duties["open"]  # type: ignore[index]
    assert measure.uid in case.linked


def test_whoever_else_sees_it_leaves_the_duty_to_file_one(world: World, people: Cast) -> None:
    measure = _broken(world, "clerk_east")
    assert not Case.objects.exists()
    assert measure.duties["open"]["file_case"]["due"] == "2026-03-13"  # type: ignore[index]
    case = proposed(people, origin=measure.no, source="other")
    measure = steps.fresh(measure)
    assert measure.case_no == case.no
    assert not measure.duties["open"]  # type: ignore[index]


def _punished(world: World, people: Cast, day: date) -> None:
    """A penalty decided on a day; only what the count looks at."""
    case = proposed(people, **{"acted_on": clock.today() - timedelta(days=3)})
    Case.objects.filter(pk=case.pk).update(outcome="penalty", decided_on=day)


@pytest.mark.parametrize(
    ("days_ago", "words"),
    [
        ([0, 90], ""),
        ([0, 90, 180], "一百八十日内3次受到安全生产行政处罚"),
        ([0, 90, 181], ""),
        ([0, 181, 200, 365], "一年内4次受到安全生产行政处罚"),
        ([0, 181, 200, 366], ""),
    ],
)
def test_penalties_are_counted_over_180_days_and_a_year(
    world: World, people: Cast, days_ago: list[int], words: str
) -> None:
    for ago in days_ago:
        _punished(world, people, clock.today() - timedelta(days=ago))
    assert cases.repeated(world.factory.uid, clock.today()) == words


def test_the_third_penalty_beside_a_major_hazard_proposes_closing_to_the_government(
    world: World, people: Cast
) -> None:
    for ago in (0, 10, 20):
        _punished(world, people, clock.today() - timedelta(days=ago))
    case = Case.objects.order_by("-decided_on").first()
    rectifying(world)
    cases.closure_after_penalty(case, None, None)  # type: ignore[arg-type]
    assert not Measure.objects.exists()
    steps.major_hazard(world)
    for _ in range(2):
        cases.closure_after_penalty(case, None, None)  # type: ignore[arg-type]
    measure = Measure.objects.get()
    assert (measure.kind, measure.ground, measure.state) == ("closure", "repeated_penalties", "proposed")
    assert measure.agency == world.bureau


def test_every_decision_runs_the_count() -> None:
    assert cases.closure_after_penalty in running("case").follow_ups["decide"]


def _amount(name: str, period: Period = YEAR, **more: Any) -> int:
    return answers.value(name, period, clock.today(), **more).amount


def test_orders_and_units_are_two_counts(world: World) -> None:
    steps.ready(world)
    steps.ordered(world)
    steps.ordered(world, kind="stop_use", scope="叉车")
    steps.lifted(world, steps.applied(world, steps.ordered(world, kind="suspension", ground="overdue")))
    steps.seized(world)
    steps.proposed_seizure(world)
    assert _amount("measures.stop_orders") == 3
    assert _amount("measures.enterprises_stopped") == 1
    assert _amount("measures.begun") == 4
    assert (_amount("measures.lifted"), _amount("measures.in_force"), _amount("measures.seizures")) == (
        1,
        3,
        1,
    )
    assert _amount("measures.stop_orders", Period.parse("2025")) == 0
    assert check(seed=1).ok


def test_an_expired_seizure_counts_from_the_day_after(world: World) -> None:
    steps.ready(world)
    measure = steps.seized(world)
    for day, amount in (("2026-04-09", 0), ("2026-04-10", 1)):
        assert answers.value("measures.expired", YEAR, date.fromisoformat(day)).amount == amount
    assert check(seed=1).ok
    assert Measure.objects.filter(figures.expired(YEAR, date(2026, 4, 10))).get() == measure
