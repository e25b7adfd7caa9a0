"""What holds of every figure whatever the records: halves go up, parts make the whole, a later cut-off never takes away."""

from __future__ import annotations

import random
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.db.models import Q
from hypothesis import given
from hypothesis import strategies as st

from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.inspections.models import Inspection
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.documents.numerals import percent
from bihuan.kernel.figures import answers, registry
from bihuan.kernel.figures.answers import BY
from bihuan.kernel.figures.values import half_up
from tests.inspections.test_fire_counters import keep
from tests.reporting.ledgers import NOON
from tests.world import World, build_world

NUMBERS = st.integers(0, 10**15)
DIGITS = st.integers(0, 6)
YEAR = Period.parse("2023")
HALF = Period.parse("2023H1")


@given(NUMBERS, st.integers(1, 10**15), DIGITS)
def test_a_quotient_is_the_nearest_and_halves_go_up(above: int, below: int, digits: int) -> None:
    shown, exact, step = (
        Fraction(half_up(above, below, digits)),
        Fraction(above, below),
        Fraction(1, 10**digits),
    )
    assert -step / 2 < shown - exact <= step / 2
    assert (shown / step).denominator == 1


@given(st.integers(0, 10**9), DIGITS)
def test_an_exact_half_goes_up_at_any_digit(whole: int, digits: int) -> None:
    assert Fraction(half_up(2 * whole + 1, 2 * 10**digits, digits)) == Fraction(whole + 1, 10**digits)


@given(NUMBERS, st.integers(1, 10**15), DIGITS)
def test_what_is_printed_has_the_digits_asked_for(above: int, below: int, digits: int) -> None:
    text = half_up(above, below, digits)
    assert len(text.partition(".")[2]) == digits


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(0, 2))
def test_a_rate_of_the_paper_is_the_rate_of_the_figure(part: int, whole: int, digits: int) -> None:
    assert percent(part, whole, digits) == f"{half_up(part * 100, whole, digits)}%"


@pytest.fixture
def world(db: None) -> World:
    return build_world()


def crowd(world: World, seed: int) -> None:
    """A hundred and fifty hazards and sixty inspections whose days, places and kinds fall as they will."""
    luck = random.Random(seed)

    def place(letter: str, number: int) -> dict[str, Any]:
        side = luck.choice((world.factory, world.site))
        return {
            "no": f"370403-{letter}2023-{number:06d}", "object": side, "region_path": luck.choice((world.east, world.west)).path,
            "sector_path": side.sector_path, "agency": luck.choice((None, world.bureau, world.builders)), "opened_at": NOON,
        }  # fmt: skip

    def day() -> date:
        return date(2023, 1, 1) + timedelta(days=luck.randrange(365))

    hazards = []
    for number in range(150):
        found = day()
        done = found + timedelta(days=luck.randrange(90)) if luck.random() < 0.7 else None
        hazards.append(
            Hazard(
                **place("H", number), state="closed" if done else "rectifying", description="隐患", found_on=found, found_by="周岚",
                source=luck.choice(("routine", "special", "tip_off")), grade=luck.choice(("general", "general", "major")),
                campaign=luck.choice(("", "冬防")), accepted_on=done, accepted_claimed=bool(done) and luck.random() < 0.3,
                rectified_on=done, rectify_by=luck.choice((None, found + timedelta(days=luck.randrange(60)))),
                funds_spent_fen=luck.choice((None, 12_345, 99)), voided=luck.random() < 0.05,
            )
        )  # fmt: skip
    keep("hazard", hazards)
    inspections = []
    for number in range(60):
        on = day()
        inspections.append(
            Inspection(
                **place("I", number), state="closed", mode=luck.choice(("open", "covert")), planned_on=on, content="检查",
                nature=luck.choice(("supervision", "enforcement")), arrived_on=on, arrived_at=NOON, finished_on=on,
                found_count=luck.randrange(4), first_of_year=luck.random() < 0.3,
            )
        )  # fmt: skip
    keep("inspection", inspections)


def asked() -> list[str]:
    """Every figure of the two tallies that is a number of its own."""
    names = [*registry.names("hazards"), *registry.names("inspections")]
    return [name for name in names if registry.figure(name).of is None]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_parts_of_every_breakdown_make_the_whole(world: World, seed: int) -> None:
    crowd(world, seed)
    cut = date(2023, 1, 1) + timedelta(days=random.Random(seed).randrange(365))
    for name in asked():
        for by, dim in BY.items():
            if dim not in registry.figure(name).tally.dims:
                continue
            for period in (HALF, YEAR):
                value = answers.value(name, period, cut, by=by)
                parts = sum(line.amount or 0 for line in value.by.values())
                if by == "campaign":  # what belongs to none has no line
                    parts += answers.recounted([name], period, cut, visible=Q(campaign=""))[name].amount or 0
                assert value.amount == parts, (name, by)
                assert value.amount == answers.recounted([name], period, cut)[name].amount, (name, by)


@pytest.mark.parametrize("seed", [4, 5])
def test_a_later_cut_off_never_takes_away_and_months_make_the_half(world: World, seed: int) -> None:
    crowd(world, seed)
    luck = random.Random(seed)
    cuts = sorted(date(2023, 1, 1) + timedelta(days=luck.randrange(365)) for _ in range(9))
    found = [answers.values(asked(), YEAR, cut) for cut in cuts]
    for name in asked():
        figure = registry.figure(name)
        amounts = [values[name].amount or 0 for values in found]
        if figure.minus is None:
            assert amounts == sorted(amounts), name
    for values in found:
        whole, done, left = (values[f"hazards.{name}"].amount or 0 for name in ("found", "rectified", "open"))
        assert whole == done + left
    cut = cuts[-1]
    for name in asked():
        months = [answers.value(name, month, cut).amount or 0 for month in HALF.months()]
        assert sum(months) == answers.value(name, HALF, cut).amount, name
