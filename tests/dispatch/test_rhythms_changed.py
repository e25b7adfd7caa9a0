"""A rhythm or a filer changed on the very day, changed back, or let go: one rule is in force, and no week is asked twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bihuan.capabilities.dispatch.meetings import cadence
from bihuan.capabilities.dispatch.weekly import setting
from bihuan.capabilities.dispatch.weekly.filing import KIND
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Refused
from bihuan.kernel.expectations.cadences import ensure
from bihuan.kernel.expectations.models import Cadence, Expectation
from tests.dispatch import weekly_steps
from tests.web.conftest import SignIn
from tests.world import World

pytestmark = pytest.mark.django_db
QUARTER = date(2026, 10, 1)


def in_force(on: date, kind: str = cadence.MEMBERS) -> list[str]:
    rows = Cadence.objects.filter(kind=kind, effective_from__lte=on).exclude(effective_to__lt=on)
    return sorted(rows.values_list("frequency", flat=True))


def owed(*labels: str) -> set[str]:
    for label in labels:
        ensure(Period.parse(label), cadence.MEMBERS)
    return set(Expectation.objects.filter(kind=cadence.MEMBERS).values_list("period", flat=True))


def test_the_choice_of_the_same_day_leaves_one_rhythm(world: World) -> None:
    cadence.expect_meetings(QUARTER)
    cadence._members("month", QUARTER, world.office)
    assert in_force(QUARTER) == ["month"]
    assert owed("2026Q4", "2026-10") == {"2026-10"}
    cadence._members("quarter", QUARTER, world.office)
    assert in_force(QUARTER) == ["quarter"]
    assert owed("2026Q4", "2026-10") == {"2026Q4"}, "what nobody met yet is asked by one rhythm alone"


def test_a_choice_taken_back_before_it_began_never_begins(world: World) -> None:
    cadence.expect_meetings(QUARTER)
    cadence._members("month", date(2027, 1, 1), world.office)
    cadence._members("quarter", QUARTER, world.office)
    assert in_force(date(2026, 12, 1)) == in_force(date(2027, 2, 1)) == ["quarter"]


def test_a_filer_named_again_in_its_last_week_files_on(world: World) -> None:
    office = world.actor("office")
    weekly_steps.adopted(world)
    last = date(2026, 11, 18)
    setting.release_filer(world.bureau, last, "机构改革", office)
    assert world.bureau not in setting.filers(date(2026, 11, 25))
    setting.name_filer(world.bureau, last, office)
    assert world.bureau in setting.filers(date(2026, 11, 25))
    ensure(Period.parse("2026W48"), KIND)
    assert Expectation.objects.filter(kind=KIND, period="2026W48", holder=world.bureau).count() == 1


def test_one_who_begins_later_may_begin_earlier_and_once(world: World) -> None:
    office = world.actor("office")
    setting.name_filer(world.bureau, date(2027, 2, 1), office)
    setting.name_filer(world.bureau, date(2026, 11, 2), office)
    assert in_force(date(2027, 3, 1), KIND) == ["week"]
    assert len(setting.lists(clock.today())) == 1
    setting.release_filer(world.bureau, date(2026, 11, 20), "机构改革", office)
    assert in_force(date(2027, 3, 1), KIND) == []


def test_who_was_let_go_owes_no_later_week(world: World) -> None:
    office = world.actor("office")
    weekly_steps.adopted(world)
    for label in ("2026W46", "2026W47"):
        ensure(Period.parse(label), KIND)
    setting.release_filer(world.bureau, Period.parse("2026W46").last, "机构改革", office)
    left = Expectation.objects.filter(kind=KIND, holder=world.bureau).values_list("period", flat=True)
    assert list(left) == ["2026W46"]
    assert Expectation.objects.filter(kind=KIND, period="2026W47", holder=world.builders).exists()


@pytest.mark.parametrize("week", ["0001W01", "0001W02", "9999W51"])
def test_the_first_and_the_last_week_of_all_open(world: World, sign_in: SignIn, week: str) -> None:
    assert sign_in("office").get(f"/weekly/?week={week}").status_code == 200


def test_a_week_beyond_all_days_cannot_be_read() -> None:
    assert Period.parse("9999W51").last.year == 9999
    for text in ("9999W52", "9999W53"):
        try:
            found = Period.parse(text)
        except Refused as refusal:
            assert refusal.failures[0].code == "period.unreadable"
        else:
            assert found.last - found.first == timedelta(days=6)
