"""Every number the law draws a line at, tried on both sides of it, whatever the other numbers and whatever the night."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.capabilities.accidents import clocks
from bihuan.capabilities.accidents.grading import WAN_FEN, grade_of
from bihuan.capabilities.accidents.inputs import Verification
from bihuan.capabilities.accidents.states import Branch, Grade
from bihuan.kernel import clock
from tests.accidents.steps import at, do, fresh, further, numbers, reported, type_on
from tests.world import World

DAY = date(2026, 11, 10)
LABELS = [grade.label for grade in Grade]
BANDS = {
    "deaths": (3, 10, 30),
    "serious": (10, 50, 100),
    "loss": (1000 * WAN_FEN, 5000 * WAN_FEN, 10000 * WAN_FEN),
}
"""From where 较大, 重大 and 特别重大 begin (国务院令第493号 第三条)."""


def rank(name: str, number: int) -> int:
    return sum(number >= band for band in BANDS[name])


@pytest.mark.parametrize(
    ("deaths", "label"),
    [
        (0, "一般"),
        (2, "一般"),
        (3, "较大"),
        (9, "较大"),
        (10, "重大"),
        (29, "重大"),
        (30, "特别重大"),
        (5_000, "特别重大"),
    ],
)
def test_deaths_at_each_line(deaths: int, label: str) -> None:
    assert grade_of(deaths, 0, 0, DAY).grade.label == label


@pytest.mark.parametrize("name", ["deaths", "serious", "loss"])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_one_below_is_the_lighter_and_the_line_itself_the_graver(name: str, place: int) -> None:
    band = BANDS[name][place]

    def graded(number: int) -> str:
        told = {"deaths": 0, "serious": 0, "loss": 0, name: number}
        return grade_of(told["deaths"], told["serious"], told["loss"], DAY).grade.label

    assert (graded(band - 1), graded(band), graded(band + 1)) == (
        LABELS[place],
        LABELS[place + 1],
        LABELS[place + 1],
    )


near = {
    name: st.one_of(st.sampled_from([band + step for band in bands for step in (-1, 0, 1)]), st.integers(0, bands[-1] * 2))
    for name, bands in BANDS.items()
}  # fmt: skip


@given(near["deaths"], near["serious"], near["loss"])
def test_the_table_is_the_gravest_of_three_lines(deaths: int, serious: int, loss: int) -> None:
    gravest = max(rank("deaths", deaths), rank("serious", serious), rank("loss", loss))
    assert grade_of(deaths, serious, loss, DAY).grade.label == LABELS[gravest]


moments = st.datetimes(datetime(2019, 1, 1), datetime(2031, 12, 31)).map(
    lambda when: when.replace(tzinfo=clock.SHANGHAI)
)


@given(moments, st.integers(0, 3 * 24 * 60))
def test_late_by_the_minutes_past_the_hour_over_midnight_and_new_year(knew: datetime, minutes: int) -> None:
    told = knew + timedelta(minutes=minutes)
    assert clocks.unit_late(knew, told) == max(0, minutes - 60)
    assert clocks.unit_late(knew, told + timedelta(seconds=1)) == (minutes - 59 if minutes >= 60 else 0)


@pytest.mark.parametrize(
    ("knew", "told", "late"),
    [
        ("2026-11-10 02:15", "2026-11-10 03:15", 0), ("2026-11-10 02:15", "2026-11-10 03:20", 5),
        ("2026-11-10 02:25", "2026-11-10 03:20", 0), ("2026-12-31 23:30", "2027-01-01 00:30", 0),
        ("2026-12-31 23:30", "2027-01-01 00:31", 1), ("2028-02-28 23:10", "2028-02-29 00:15", 5),
        ("2027-02-28 23:10", "2027-03-01 00:15", 5),
    ],
)  # fmt: skip
def test_nights_that_end_a_month_or_a_year(knew: str, told: str, late: int) -> None:
    assert clocks.unit_late(at(knew), at(told)) == late


@given(st.dates(date(2019, 1, 1), date(2031, 1, 1)), st.sampled_from(list(Branch)))
def test_changes_count_for_thirty_days_and_seven_of_road_and_fire(on: date, branch: Branch) -> None:
    days = 7 if branch in (Branch.ROAD, Branch.FIRE) else 30
    assert (clocks.counts_until(on, branch) - on).days == days


@pytest.mark.parametrize(("sector", "days"), [(None, 30), ("road_traffic", 7), ("fire", 7)])
@pytest.mark.parametrize("step", [0, 1])
def test_a_death_on_the_last_day_counts_and_a_day_later_it_does_not(
    world: World, sector: str | None, days: int, step: int
) -> None:
    from bihuan.kernel.territory.models import Sector

    kept = None if sector is None else Sector.objects.get(code=sector).pk
    accident = reported(
        world,
        sector=kept,
        occurred_at=at("2026-10-01 10:00"),
        knew_at=None,
        reported_at=at("2026-10-01 10:20"),
    )
    given = Verification(type=type_on(accident), **numbers(accident, known_at=at("2026-10-01 12:00")))
    accident = do(world, accident, "verify", given, "office")
    last = at("2026-10-01 23:59") + timedelta(days=days + step)
    accident = do(
        world, accident, "further_report", further(accident, "supplement", deaths=3, known_at=last), "office"
    )
    accident = fresh(accident)
    counted = 1 if step else 3
    assert (accident.deaths, accident.counted_deaths) == (3, counted)
    assert accident.grade == (Grade.GENERAL if step else Grade.SIGNIFICANT)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (5, "5 分钟"),
        (119, "119 分钟"),
        (120, "2 小时"),
        (156, "2 小时 36 分钟"),
        (2880, "2 天"),
        (3756, "2 天 14 小时"),
    ],
)
def test_what_is_long_overdue_is_not_told_in_minutes(minutes: int, words: str) -> None:
    assert clocks.lasting(minutes) == words
