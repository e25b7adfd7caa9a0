"""Figures held against truth counted by hand: periods, cut-offs, versions, parts and totals, and the letters that use them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from bihuan.capabilities.accidents import inputs
from bihuan.capabilities.accidents.models import Accident
from bihuan.capabilities.responsibility.letters import measuring
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import answers, checking
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.loops import engine
from tests.accidents.steps import at, do, further
from tests.world import World, _sector

YEAR = Period.parse("2026")
NAMES = ("accidents.count", "accidents.deaths", "accidents.loss", "accidents.major")


def on(
    world: World,
    day: str,
    deaths: int = 0,
    *,
    sector: str = "工贸",
    wan: int = 0,
    by: str = "office",
    **changes: Any,
) -> Accident:
    """An accident of a day, taken down the same morning."""
    moment = at(f"{day} 08:00")
    values: dict[str, Any] = {
        "object": None, "unit": "某单位", "region": world.east.pk, "sector": _sector(sector).pk, "occurred_at": moment,
        "summary": "事故", "deaths": deaths, "loss": wan * 1_000_000, "knew_at": moment, "reported_at": moment + timedelta(minutes=30),
    }  # fmt: skip
    with clock.frozen(moment + timedelta(hours=1)):
        given = inputs.Receiving(**{**values, **changes})
        outcome = engine.open_matter("accident", "receive", given, actor=world.actor(by))
    return Accident.objects.get(uid=outcome.uid)


def told(name: str, period: Period, as_of: date, scope: Scope | None = None) -> Any:
    value = answers.value(name, period, as_of, scope or Scope())
    again = answers.recounted([name], period, as_of, scope or Scope())[name]
    assert value.value == again.value, "the tally says what the rows say"
    return value.value if value.kind != "sum" else value.wan(0)


def test_what_was_known_at_the_cut_off_is_what_counts(world: World) -> None:
    accident = on(world, "2026-11-02", 2, missing=1, wan=400)
    with clock.frozen(at("2026-11-12 10:00")):
        accident = do(world, accident, "further_report", further(accident, deaths=3, missing=0), "office")
    with clock.frozen(at("2026-11-18 10:00")):
        accident = do(
            world, accident, "further_report", further(accident, "loss", loss=1_200_000_000), "office"
        )
    days = ("2026-11-01", "2026-11-02", "2026-11-11", "2026-11-12", "2026-11-17", "2026-11-18", "2026-12-31")
    grid = {
        day: [told(f"accidents.{name}", YEAR, date.fromisoformat(day)) for name in ("count", "deaths", "missing", "loss", "major")]
        for day in days
    }  # fmt: skip
    assert grid == {
        "2026-11-01": [0, 0, 0, "0", 0],
        "2026-11-02": [1, 2, 1, "400", 0],
        "2026-11-11": [1, 2, 1, "400", 0],
        "2026-11-12": [1, 3, 0, "400", 1],
        "2026-11-17": [1, 3, 0, "400", 1],
        "2026-11-18": [1, 3, 0, "1200", 1],
        "2026-12-31": [1, 3, 0, "1200", 1],
    }
    assert checking.check().ok


def test_the_parts_are_the_total(world: World) -> None:
    """N19, N23, N25, N39: a year's fatal accidents by field; each has exactly one, so nothing is left over."""
    for day, deaths, sector in (
        ("2026-03-01", 1, "商贸"), ("2026-04-01", 1, "商贸"), ("2026-05-01", 1, "消防"), ("2026-06-01", 9, "道路交通"),
        ("2026-07-01", 3, "非煤矿山"), ("2026-08-01", 0, "道路交通"),
    ):  # fmt: skip
        on(world, day, deaths, sector=sector)
    end = date(2026, 12, 31)
    for by in ("sector", "kind", "town", "grade", "type"):
        for name in ("accidents.count", "accidents.deaths"):
            whole = answers.value(name, YEAR, end, by=by)
            assert sum(int(line.value or 0) for line in whole.by.values()) == whole.value
    assert [told(f"accidents.{name}", YEAR, end) for name in ("count", "fatal", "deaths", "road_deaths", "fire_deaths")] == [
        6, 5, 15, 9, 1,
    ]  # fmt: skip
    assert told("accidents.industrial_deaths", YEAR, end) == 5
    assert told("accidents.deaths", YEAR, end, Scope(kind="road")) == 9
    by_sector = answers.value("accidents.deaths", YEAR, end, by="sector").by
    assert {name: line.value for name, line in by_sector.items()} == {
        "工贸": 2,
        "非煤矿山": 3,
        "消防": 1,
        "道路交通": 9,
    }
    assert told("accidents.major", YEAR, end) == 2


def test_construction_lies_inside_and_says_so(world: World) -> None:
    """N07: three accidents of 工矿商贸 and one of construction are four with it and three without, each by its own name."""
    for day in ("2026-03-01", "2026-04-01", "2026-05-01"):
        on(world, day, 1)
    on(world, "2026-06-01", 1, sector="建筑施工")
    end = date(2026, 12, 31)
    assert told("accidents.industrial", YEAR, end) == 4
    assert told("accidents.construction", YEAR, end) == 1
    assert told("accidents.count", YEAR, end, Scope(kind="industrial")) == 3
    assert "含建筑施工" in answers.value("accidents.industrial", YEAR, end).label


def test_missing_are_a_figure_of_their_own(world: World) -> None:
    """N31: thirteen dead and sixteen missing; the missing are in no total of the dead and make no accident graver."""
    for day, deaths, missing in (
        ("2026-09-01", 1, 0), ("2026-09-02", 1, 0), ("2026-10-21", 0, 9), ("2026-10-22", 1, 7), ("2026-10-25", 10, 0),
    ):  # fmt: skip
        on(world, day, deaths, missing=missing)
    end = date(2026, 12, 31)
    assert (told("accidents.deaths", YEAR, end), told("accidents.missing", YEAR, end)) == (13, 16)
    grades = answers.value("accidents.count", YEAR, end, by="grade").by
    assert {name: line.value for name, line in grades.items()} == {"一般": 4, "重大": 1}


def test_a_year_against_the_year_before(world: World) -> None:
    """N20 to N22 in small: rise and base by the same days of the year before."""
    for day, deaths, wan in (
        ("2025-02-01", 1, 100),
        ("2025-11-30", 5, 900),
        ("2026-02-01", 1, 100),
        ("2026-03-01", 2, 50),
    ):
        on(world, day, deaths, wan=wan)
    cut = date(2026, 6, 30)
    now = [told(name, YEAR, cut) for name in NAMES]
    before = [told(name, YEAR.a_year_before(), date(2025, 6, 30)) for name in NAMES]
    assert (now, before) == ([2, 3, "150", 0], [1, 1, "100", 0])


def test_what_was_no_accident_leaves_the_count_on_its_day(world: World) -> None:
    accident = on(world, "2026-11-02", 1)
    with clock.frozen(at("2026-11-15 09:00")):
        do(world, accident, "dismiss", inputs.Reason(reason="非生产经营活动"), "office")
    assert told("accidents.count", YEAR, date(2026, 11, 14)) == 1
    assert told("accidents.count", YEAR, date(2026, 11, 15)) == 0
    assert told("accidents.count", YEAR, date(2026, 12, 31)) == 0


def test_a_corrected_day_moves_the_accident_into_its_month(world: World) -> None:
    accident = on(world, "2026-11-02", 1)
    with clock.frozen(at("2026-11-10 09:00")):
        given = inputs.Reclassification(
            occurred_at=at("2026-10-31 23:50"), sector=_sector("道路交通").pk, reason="监控核对"
        )
        accident = do(world, accident, "correct", given, "office")
    october, november = Period.parse("2026-10"), Period.parse("2026-11")
    cut = date(2026, 11, 30)
    assert (told("accidents.count", october, cut), told("accidents.count", november, cut)) == (1, 0)
    assert told("accidents.count", november, date(2026, 11, 9)) == 1
    assert told("accidents.road", YEAR, cut) == 1
    assert (accident.branch, accident.told) == ("road", 2)


@pytest.mark.parametrize(
    ("deaths", "standing"),
    [
        (0, measuring.Standing.WITHIN),
        (1, measuring.Standing.WITHIN),
        (4, measuring.Standing.NEAR),
        (6, measuring.Standing.BREACHED),
    ],
)
def test_letters_count_down_and_alarm(world: World, deaths: int, standing: measuring.Standing) -> None:
    """A cap of five dead: one is within, four reach the share of eighty in a hundred, six break it (M008)."""
    from tests.responsibility.letter_steps import signed

    letter = signed(world, targets="生产安全事故死亡人数 ≤ 5 人\n道路交通事故死亡人数 ≤ 0 人")
    if deaths:
        on(world, "2026-11-02", deaths)
    elsewhere = {"region": world.west.pk}
    on(world, "2026-11-03", 3, sector="道路交通", **elsewhere)
    cap, road = measuring.readings([letter], date(2026, 11, 20))[letter.uid]
    assert (cap.used, cap.remaining, cap.standing) == (deaths, max(0, 5 - deaths), standing)
    assert (road.used, road.standing) == (0, measuring.Standing.WITHIN)
