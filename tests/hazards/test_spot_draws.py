"""抽查 of the enterprises' own closings: a share of each unit's month, drawn so that anybody gets the same."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from bihuan.capabilities.hazards import inputs, spot_checks
from bihuan.capabilities.hazards.models import Hazard, SpotDraw
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Refused
from bihuan.kernel.expectations.filings import file_nil
from bihuan.kernel.expectations.models import Expectation, Standing
from bihuan.kernel.loops import engine
from bihuan.kernel.policies.values import forget_recent, set_policy
from bihuan.kernel.record.reading import entries_of
from tests.hazards.steps import closed, fresh
from tests.world import World

OCTOBER = Period.parse("2026-10")


def on(month: int, day: int, hour: int = 10) -> Any:
    return clock.frozen(datetime(2026, month, day, hour, tzinfo=clock.SHANGHAI))


@pytest.fixture
def self_closed(world: World) -> list[Hazard]:
    with on(10, 20):
        return [
            closed(world, by="safety_two", source="self_check", place=f"第{place}处") for place in range(11)
        ]


@pytest.mark.parametrize(
    ("count", "share", "wanted"), [(10, 10, 1), (11, 10, 2), (1, 5, 1), (20, 100, 20), (0, 10, 0)]
)
def test_the_share_is_rounded_up(count: int, share: int, wanted: int) -> None:
    assert spot_checks.owed(count, share) == wanted


def test_anybody_draws_the_same(self_closed: list[Hazard]) -> None:
    with on(11, 1):
        assert spot_checks.draw(OCTOBER) == 2
    numbers = [hazard.no for hazard in self_closed]
    expected = spot_checks.drawn("2026-10", list(reversed(numbers)), 10)
    rows = {row.hazard.no: row for row in SpotDraw.objects.select_related("hazard")}
    assert set(rows) == set(expected)
    assert {(row.among, row.share, row.settled) for row in rows.values()} == {(11, 10, False)}
    last = entries_of(rows[expected[0]].hazard_id)[-1]
    assert (last.verb, last.actor_id, last.payload["lot"]) == (
        "drawn", "", spot_checks.lot("2026-10", expected[0]).hex(),
    )  # fmt: skip


def test_a_month_is_drawn_when_it_is_over_and_once(self_closed: list[Hazard]) -> None:
    with on(10, 31, 23):
        assert spot_checks.draw(OCTOBER) == 0
    with on(11, 1, 0):
        assert (spot_checks.draw(OCTOBER), spot_checks.draw(OCTOBER)) == (2, 0)


def test_the_share_is_the_districts(world: World, self_closed: list[Hazard]) -> None:
    with on(10, 31):
        set_policy(
            "hazard.spot_check_share",
            50,
            effective_from=clock.today(),
            actor=world.actor("office"),
            basis="会议",
        )
    forget_recent()
    with on(11, 1):
        assert spot_checks.draw(OCTOBER) == 6


def test_what_the_regulator_accepted_is_not_drawn(world: World) -> None:
    with on(10, 20):
        closed(world, source="self_check")
        closed(world)
    with on(11, 1):
        assert spot_checks.draw(OCTOBER) == 0


def test_a_unit_has_done_its_share_when_all_are_looked_at(world: World, self_closed: list[Hazard]) -> None:
    with on(11, 2):
        spot_checks.draw(OCTOBER)
        expectation = Expectation.objects.get(kind=spot_checks.KIND)
        assert (expectation.holder, expectation.period) == (world.bureau, "2026-10")
        assert (expectation.due_on - clock.today()).days >= 26
    chosen = [row.hazard for row in SpotDraw.objects.select_related("hazard").order_by("id")]
    for hazard, passed in zip(chosen, (True, False), strict=True):
        with on(11, 5):
            assert spot_checks.settle() == 0
            assert "spot_check" in fresh(hazard).duties["open"]
            found = inputs.SpotCheckResult(checked_on=clock.today(), passed=passed, finding="到场核实")
            engine.perform("hazard", "spot_check", hazard.no, found, actor=world.actor("regulator"))
            assert fresh(hazard).duty_on is None
    with on(11, 5, 11):
        assert (spot_checks.settle(), spot_checks.settle()) == (1, 0)
        (line,) = spot_checks.progress(None, clock.today())
    assert {name: line[name] for name in ("among", "owed", "done", "failed", "left")} == {
        "among": 11, "owed": 2, "done": 2, "failed": 1, "left": 0,
    }  # fmt: skip
    expectation.refresh_from_db()
    assert expectation.standing(clock.today() + timedelta(days=60)) == Standing.FILED


def test_no_nil_report_stands_for_a_visit(world: World, self_closed: list[Hazard]) -> None:
    with on(11, 2):
        spot_checks.draw(OCTOBER)
        with pytest.raises(Refused) as refusal:
            file_nil(spot_checks.KIND, world.bureau, OCTOBER, world.actor("regulator"), "没有")
    assert refusal.value.failures[0].code == "expectation.nothing_to_report"


def test_what_was_not_looked_at_is_missing_after_its_day(self_closed: list[Hazard]) -> None:
    with on(11, 2):
        spot_checks.draw(OCTOBER)
    due = Expectation.objects.get(kind=spot_checks.KIND)
    assert due.standing(due.due_on) == Standing.DUE
    assert due.standing(due.due_on + timedelta(days=1)) == Standing.MISSING
