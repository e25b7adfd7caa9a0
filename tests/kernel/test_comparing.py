"""Year on year (M260): rise by and times of are two numbers, a missing base is no zero, unlike things are not compared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Refused
from bihuan.kernel.figures.comparing import (
    NO_BASE,
    NO_NUMBER,
    POINTS_ONLY,
    ZERO_BASE,
    Comparison,
    a_year_before,
    compare,
    movement,
    rounded,
    trimmed,
)  # fmt: skip
from bihuan.kernel.figures.declarations import Kind
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.figures.values import Coverage, FigureValue

YEAR, END = Period.parse("2023"), date(2023, 12, 31)
amounts = st.integers(0, 10**12)


def value(
    amount: int | None, period: Period = YEAR, as_of: date = END, *, kind: Kind = "count", **more: object
) -> FigureValue:
    unit = {"sum": "元", "ratio": "%"}.get(kind, "起")
    base = FigureValue("accidents.count", "事故", unit, kind, (Coverage(period, as_of, Scope()),), amount)
    return replace(base, **more)  # type: ignore[arg-type]


def pair(now: int, before: int, kind: Kind = "count") -> Comparison:
    return compare(value(now, kind=kind), value(before, *a_year_before(YEAR, END), kind=kind))


@pytest.mark.parametrize(
    ("now", "before", "change", "percent", "words"),
    [
        (29, 25, "+4", "16%", "同比增加4起，上升16%"),
        (15, 11, "+4", "36%", "同比增加4起，上升36%"),
        (5, 8, "-3", "-38%", "同比减少3起，下降38%"),
        (3, 4, "-1", "-25%", "同比减少1起，下降25%"),
        (1, 2, "-1", "-50%", "同比减少1起，下降50%"),
        (2, 2, "0", "0%", "同比持平"),
        (0, 3, "-3", "-100%", "同比减少3起，下降100%"),
        (6, 3, "+3", "100%", "同比增加3起，增长1倍"),
        (5, 0, "+5", "—", "同比增加5起（上年同期为0，不计算增减幅度）"),
        (0, 0, "0", "—", "同比持平"),
    ],
)
def test_a_rise_is_told_by_number_and_percent(now: int, before: int, change: str, percent: str, words: str) -> None:  # fmt: skip
    found = pair(now, before)
    assert (found.change_text(), found.percent_text(0), found.words(0)) == (change, percent, words)


def test_a_fall_of_three_in_eight_keeps_its_decimal() -> None:
    found = pair(5, 8)
    assert (found.percent, found.percent_text(), found.words(1)) == (
        Fraction(-75, 2),
        "-37.5%",
        "同比减少3起，下降37.5%",
    )
    assert found.words() == "同比减少3起，下降38%", "in a sentence that asks for no decimals there are none"


def test_rising_by_and_being_as_much_are_two_fields() -> None:
    """N22: 810 after 318 rises by 1.5 times and is 2.5 times as much; neither may stand for the other."""
    found = pair(810_000_000, 318_000_000, "sum")
    assert (found.change_text(), found.unit, found.fold_text(), found.multiple_text()) == (
        "+492", "万元", "1.5倍", "2.5倍",
    )  # fmt: skip
    assert found.fold == Fraction(492, 318)
    assert found.multiple == Fraction(810, 318)
    assert found.words() == found.words(0) == "同比增加492万元，增长1.5倍"
    assert found.multiple_words() == "是上年同期的2.5倍"
    assert found.percent_text() == "154.7%"


def test_a_zero_base_is_blank_and_says_so() -> None:
    found = pair(5, 0)
    assert (found.percent, found.fold, found.multiple, found.blank) == (None, None, None, ZERO_BASE)
    assert (found.change_text(), found.multiple_words(), found.fold_text()) == ("+5", "", "—")
    assert found.json()["percent"] is None
    assert found.json()["blank"] == ZERO_BASE


def test_a_missing_base_is_no_zero() -> None:
    found = compare(value(5), None, missing="2022年没有登记过事故，不作比较")
    assert (found.change, found.percent, found.change_text()) == (None, None, "—")
    assert found.words() == found.blank == "2022年没有登记过事故，不作比较"
    assert compare(value(5), None).blank == NO_BASE
    assert compare(value(None), value(3, *a_year_before(YEAR, END))).blank == NO_NUMBER


def test_a_ratio_moves_by_percentage_points_only() -> None:
    now = value(None, kind="ratio", numerator=518, denominator=526)
    before = value(None, *a_year_before(YEAR, END), kind="ratio", numerator=9, denominator=10)
    found = compare(now, before)
    assert (found.change_text(), found.unit, found.words()) == ("+8.5", "个百分点", "同比提高8.5个百分点")
    assert (found.percent, found.fold, found.multiple, found.blank) == (None, None, None, POINTS_ONLY)
    nothing = value(None, *a_year_before(YEAR, END), kind="ratio", numerator=0, denominator=0)
    assert compare(now, nothing).blank == NO_BASE
    assert compare(replace(now, denominator=0), before).blank == NO_NUMBER


@pytest.mark.parametrize(
    ("period", "as_of", "before", "until"),
    [
        ("2023", "2023-06-30", "2022", "2022-06-30"),
        ("2024", "2024-02-29", "2023", "2023-02-28"),
        ("2025", "2025-02-28", "2024", "2024-02-28"),
        ("2025-02", "2025-02-28", "2024-02", "2024-02-29"),
        ("2024-02", "2024-02-29", "2023-02", "2023-02-28"),
        ("2023H1", "2023-07-15", "2022H1", "2022-07-15"),
        ("2026W23", "2026-06-03", "2025W23", "2025-06-04"),
        ("20240215-20240229", "2024-02-20", "20230215-20230228", "2023-02-20"),
        ("20230315-", "2023-06-01", "20220315-", "2022-06-01"),
    ],
)
def test_the_same_days_of_the_year_before(period: str, as_of: str, before: str, until: str) -> None:
    found, day = a_year_before(Period.parse(period), date.fromisoformat(as_of))
    assert (str(found), day.isoformat()) == (before, until)


@pytest.mark.django_db
def test_unlike_things_are_refused_with_the_reason() -> None:
    now = value(5)
    then = value(4, *a_year_before(YEAR, END))
    town = (Coverage(then.period, then.as_of, Scope(regions=("1.2.",))),)
    for other, code in (
        (replace(then, figure="accidents.deaths", label="死亡"), "figure.not_alike"),
        (replace(then, coverage=town), "figure.scopes_differ"),
        (replace(then, coverage=then.coverage * 2), "figure.scopes_differ"),
        (value(4, Period.parse("2022"), date(2022, 6, 30)), "figure.periods_differ"),
        (value(4, Period.parse("2022H1"), date(2022, 12, 31)), "figure.periods_differ"),
        (value(4, Period.parse("2021"), date(2021, 12, 31)), "figure.periods_differ"),
        (now, "figure.periods_differ"),
    ):
        with pytest.raises(Refused) as refused:
            compare(now, other)
        assert refused.value.failures[0].code == code


@given(amounts, amounts)
def test_the_measures_agree_with_each_other(now: int, before: int) -> None:
    moved = movement(now, before)
    assert moved.change == now - before
    if not before:
        assert (moved.percent, moved.fold, moved.multiple) == (None, None, None)
        assert moved.blank
        return
    assert moved.percent is not None
    assert moved.fold is not None
    assert moved.multiple is not None
    assert moved.multiple - moved.fold == 1
    assert moved.percent == moved.fold * 100
    assert moved.multiple * before == now
    signs = {(n > 0) - (n < 0) for n in (moved.change, moved.percent, moved.fold)}
    assert len(signs) == 1, "all move the same way"
    back = movement(before, now)
    assert back.change == -(now - before)


@given(st.fractions(-(10**6), 10**6, max_denominator=10**4), st.integers(0, 4))
def test_rounding_is_half_away_from_zero(number: Fraction, digits: int) -> None:
    told = rounded(number, digits)
    assert abs(Fraction(told) - number) <= Fraction(1, 2 * 10**digits)
    assert rounded(-number, digits).removeprefix("-") == told.removeprefix("-"), "the sign changes no digit"
    half = Fraction(int(number) * 2 + 1, 2) / 10**digits
    assert Decimal(rounded(half, digits)) == Decimal(half.numerator * 10 / Decimal(half.denominator) / 10).quantize(
        Decimal(1).scaleb(-digits), ROUND_HALF_UP
    )  # fmt: skip
    assert Fraction(trimmed(told)) == Fraction(told)


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)), st.integers(0, 400))
def test_the_days_before_lie_a_year_before(first: date, length: int) -> None:
    period = Period.between(first, first + timedelta(days=length))
    before, until = a_year_before(period, period.last)
    assert 365 <= (first - before.first).days <= 366
    assert until == before.last
    assert abs((before.last - before.first).days - length) <= 1, "only 29 February makes a difference"


def test_what_moved_is_never_printed_as_nothing_nor_what_is_left_as_gone() -> None:
    """2009 after 2000 is no 上升0%, 1 after 1000 no 下降100%; nought after 1000 is."""
    assert pair(2009, 2000).words() == "同比增加9起，上升0.5%"
    assert pair(2009, 2000).words(0).endswith("上升0.5%")
    assert pair(20_001, 20_000).words() == "同比增加1起，上升0.01%"
    assert pair(1, 1000).words() == "同比减少999起，下降99.9%"
    assert pair(0, 1000).words() == "同比减少1000起，下降100%"
    assert pair(1, 1000).multiple_words() == "是上年同期的0.001倍"
    assert pair(1_000_004_800, 1_000_000_000, "sum").words() == "同比增加0.005万元，上升0.0005%"
