"""Grades at every boundary, and that no rounding lifts or lowers one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.capabilities.accidents import law
from bihuan.capabilities.accidents.grading import WAN_FEN, grade_of
from bihuan.capabilities.accidents.states import Grade, graver
from bihuan.kernel.errors import Refused

DAY = date(2026, 11, 10)
G = {grade.label: grade for grade in Grade}


@pytest.mark.parametrize(
    ("deaths", "serious", "loss_wan", "grade"),
    [
        (0, 0, 0, "一般"), (2, 9, 999, "一般"), (3, 0, 0, "较大"), (9, 49, 4999, "较大"), (10, 0, 0, "重大"),
        (29, 99, 9999, "重大"), (30, 0, 0, "特别重大"), (0, 10, 0, "较大"), (0, 50, 0, "重大"), (0, 100, 0, "特别重大"),
        (0, 0, 1000, "较大"), (0, 0, 5000, "重大"), (0, 0, 10000, "特别重大"), (1, 50, 0, "重大"), (3, 0, 10000, "特别重大"),
    ],
)  # fmt: skip
def test_each_boundary(deaths: int, serious: int, loss_wan: int, grade: str) -> None:
    assert grade_of(deaths, serious, loss_wan * WAN_FEN, DAY).grade is G[grade]


@pytest.mark.parametrize(
    ("wan", "below", "at"), [(1000, "一般", "较大"), (5000, "较大", "重大"), (10000, "重大", "特别重大")]
)
def test_a_fen_decides_and_the_reason_does_not_round_it_away(wan: int, below: str, at: str) -> None:
    short = grade_of(0, 0, wan * WAN_FEN - 1, DAY)
    assert short.grade is G[below]
    assert f"{wan - 1}.999999 万元" in short.basis
    assert grade_of(0, 0, wan * WAN_FEN, DAY).grade is G[at]


numbers = st.tuples(st.integers(0, 60), st.integers(0, 200), st.integers(0, 3 * 10**10))


@given(numbers, numbers)
def test_more_of_anything_is_never_lighter(one: tuple[int, int, int], more: tuple[int, int, int]) -> None:
    a = grade_of(*one, DAY).grade
    b = grade_of(*(x + y for x, y in zip(one, more, strict=True)), DAY).grade  # type: ignore[arg-type]
    assert not graver(a, b)


@given(numbers)
def test_the_gravest_of_the_three_counts(said: tuple[int, int, int]) -> None:
    alone = [grade_of(said[0], 0, 0, DAY), grade_of(0, said[1], 0, DAY), grade_of(0, 0, said[2], DAY)]
    gravest = max((verdict.grade for verdict in alone), key=list(Grade).index)
    assert grade_of(*said, DAY).grade is gravest


def test_nothing_negative_and_nothing_before_the_rules() -> None:
    with pytest.raises(Refused) as refusal:
        grade_of(-1, -1, -1, DAY)
    assert [failure.code for failure in refusal.value.failures] == ["accident.negative"] * 3
    with pytest.raises(Refused) as refusal:
        grade_of(1, 0, 0, date(2007, 5, 31))
    assert refusal.value.failures[0].code == "accident.no_rules"
    assert grade_of(1, 0, 0, date(2007, 6, 1)).grade is Grade.GENERAL


def test_types_are_those_of_the_edition_in_force_on_the_day() -> None:
    former, present = law.kinds_on(date(2026, 6, 30)), law.kinds_on(date(2026, 7, 1))
    assert (len(former), len(present)) == (20, 27)
    assert {kind.edition for kind in former} == {"GB 6441-1986"}
    assert {kind.edition for kind in present} == {"GB 6441-2025"}
    assert {kind.mark for kind in law.kinds()} == {"K", "V2"}
