"""Rates by a published base, both readings of a comparison, and what may be claimed of several figures (M257, M259)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures.comparing import a_year_before, compare
from bihuan.kernel.figures.judging import all_rose, both_fell
from bihuan.kernel.figures.rates import Base, Rate, Ratio, beside
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.figures.values import Coverage, FigureValue

YEAR, END = Period.parse("2010"), date(2010, 12, 31)
RATIO = Ratio(
    "gdp_deaths", "亿元GDP死亡率", "人/亿元", "accidents.industrial_deaths", "gdp", 10_000, "工矿商贸死亡"
)
GDP = Base("地区生产总值", Decimal(568_200), "56.82亿元", "最终核实数", "统计公报", date(2011, 2, 1))
CITY = Base("全市", Decimal("0.057"), "0.057", "公布数", "市安委会通报", date(2011, 3, 1))


def value(amount: int, period: Period = YEAR, as_of: date = END, label: str = "死亡") -> FigureValue:
    return FigureValue("x", label, "人", "count", (Coverage(period, as_of, Scope()),), amount)


def pair(label: str, now: int, before: int | None) -> object:
    base = None if before is None else value(before, *a_year_before(YEAR, END), label)
    return compare(value(now, label=label), base)


def test_five_counted_dead_by_the_gdp_of_the_year() -> None:
    """N24, N25: 5 of 15 dead count; the rate prints to three decimals with the GDP used and the scope."""
    rate = Rate(RATIO, value(5), GDP)
    assert rate.text() == "0.088"
    assert rate.words() == "亿元GDP死亡率0.088人/亿元（工矿商贸死亡5人，地区生产总值56.82亿元，最终核实数）"
    assert Rate(RATIO, value(15), GDP).text() == "0.264"


def test_higher_by_and_as_much_as_are_both_told() -> None:
    """N24: 0.264 beside the city's 0.057 is 4.6 times as much and higher by 3.6 times."""
    found = beside(Rate(RATIO, value(15), GDP), CITY)
    assert found is not None
    assert (found.multiple_words(), found.rise_words()) == ("是全市的4.6倍", "比全市高3.6倍")
    counted = beside(Rate(RATIO, value(5), GDP), CITY)
    assert counted is not None
    assert (counted.multiple_words(), counted.rise_words()) == ("是全市的1.5倍", "比全市高54.4%")
    lower = beside(Rate(RATIO, value(2), GDP), CITY)
    assert lower is not None
    assert lower.rise_words() == "比全市低38.2%"
    none = beside(Rate(RATIO, value(0), GDP), replace(CITY, amount=Decimal(0)))
    assert none is not None
    assert (none.multiple_words(), none.rise_words()) == ("", "全市为0，不计算倍数")


def test_without_a_base_nothing_is_guessed() -> None:
    rate = Rate(RATIO, value(5), None, "请登记地区生产总值")
    assert (rate.exact, rate.text(), rate.words()) == (None, "—", "请登记地区生产总值")
    assert beside(rate, CITY) is None


@pytest.mark.parametrize(
    ("accidents", "deaths", "met"),
    [
        ((5, 8), (3, 4), True),
        ((5, 8), (4, 4), False),
        ((5, 8), (5, 4), False),
        ((0, 0), (0, 0), False),
        ((5, None), (3, 4), None),
        ((5, 8), (3, None), None),
    ],
)
def test_both_fell_only_if_both_fell(
    accidents: tuple[int, int | None], deaths: tuple[int, int | None], met: bool | None
) -> None:
    found = both_fell(pair("事故", *accidents), pair("死亡", *deaths))  # type: ignore[arg-type]
    assert found.met is met
    assert (met is None) == found.words.startswith("不能判断")


def test_an_all_round_rise_needs_every_single_one() -> None:
    """N28: accidents, deaths and loss rose, the graver ones are flat: not an all-round rise."""
    rose = [pair("事故", 29, 25), pair("死亡", 15, 11), pair("损失", 810, 318)]
    assert all_rose(*rose).met is True  # type: ignore[arg-type]
    found = all_rose(*rose, pair("较大事故", 2, 2))  # type: ignore[arg-type]
    assert (found.met, found.words) == (False, "事故、死亡、损失上升，较大事故持平")
    unknown = all_rose(*rose, pair("亿元GDP死亡率", 2, None))  # type: ignore[arg-type]
    assert unknown.met is None
    assert "亿元GDP死亡率" in unknown.words
