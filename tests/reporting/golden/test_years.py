"""N17–N31: five years of accidents, counted over their versions and printed by the report of a year."""

from __future__ import annotations

from datetime import date

import pytest

from bihuan.capabilities.accidents.grading import grade_of
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import answers
from bihuan.kernel.figures.comparing import compare
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.figures.values import FigureValue
from tests.accidents.steps import do, further
from tests.accidents.test_figures import on
from tests.reporting.golden import years
from tests.reporting.golden.people import Golden, moment, sector

FIVE = range(2016, 2021)


def value(name: str, year: int, **scope: object) -> FigureValue:
    period = Period.parse(str(year))
    asked = Scope(**scope)  # type: ignore[arg-type]
    found = answers.value(name, period, period.last, asked)
    assert found.amount == answers.recounted([name], period, period.last, asked)[name].amount
    return found


def total(name: str, years: range = FIVE, **scope: object) -> int:
    return sum(value(name, year, **scope).amount or 0 for year in years)


def test_n17_five_years(golden: Golden) -> None:
    assert (total("accidents.count"), total("accidents.deaths")) == (115, 35)
    assert total("accidents.loss") == 1586 * 1_000_000
    assert total("accidents.road") == 92


def test_n18_the_deaths_of_roads_are_54_percent(golden: Golden) -> None:
    assert total("accidents.road_deaths") == 19
    assert (round(1900 / 35), round(1600 / 35)) == (54, 46)


def test_n19_larger_accidents(golden: Golden) -> None:
    assert (total("accidents.major"), total("accidents.major_deaths")) == (4, 21)
    deaths = {
        field: total("accidents.major_deaths", sectors=(sector(field).path,))
        for field in (years.ROAD, years.BUILDING, years.MINE)
    }
    assert deaths == {years.ROAD: 15, years.BUILDING: 3, years.MINE: 3}


def test_n20_n21_n22_rise_by_and_times_of(golden: Golden) -> None:
    def moved(name: str):  # type: ignore[no-untyped-def]
        return compare(value(name, 2020), value(name, 2019))

    count, deaths, loss = moved("accidents.count"), moved("accidents.deaths"), moved("accidents.loss")
    assert (count.now.amount, count.change_text(), count.percent_text(0)) == (29, "+4", "16%")
    assert (deaths.now.amount, deaths.change_text(), deaths.percent_text(0)) == (15, "+4", "36%")
    assert (loss.now.wan(0), loss.change_text(0), loss.fold_text()) == ("810", "+492", "1.5倍")
    assert loss.multiple_text() == "2.5倍"


def test_n23_n39_fatal_accidents_by_sector_make_the_total(golden: Golden) -> None:
    year = Period.parse("2020")
    fatal = answers.value("accidents.fatal", year, year.last, by="kind")
    deaths = answers.value("accidents.deaths", year, year.last, by="kind")
    assert fatal.amount == sum(line.amount or 0 for line in fatal.by.values()) == 5
    assert deaths.amount == sum(line.amount or 0 for line in deaths.by.values()) == 15
    for name in ("accidents.count", "accidents.deaths"):
        for by in ("sector", "kind"):
            whole = [answers.value(name, Period.parse(str(each)), date(each, 12, 31), by=by) for each in FIVE]
            assert sum(line.amount or 0 for one in whole for line in one.by.values()) == sum(
                one.amount or 0 for one in whole
            )


def test_n25_counted_is_a_scope(golden: Golden) -> None:
    assert value("accidents.industrial_deaths", 2020).amount == 5


def test_n26_n27_the_years_before(golden: Golden) -> None:
    assert [value("accidents.major", year).amount for year in FIVE] == [0, 0, 0, 2, 2]
    early = range(2016, 2019)
    assert (total("accidents.count", early), total("accidents.deaths", early)) == (61, 9)
    assert total("accidents.loss", early) == 458 * 1_000_000


@pytest.mark.parametrize(
    ("name", "percent"),
    [("accidents.count", "-37.5%"), ("accidents.deaths", "-25.0%"), ("accidents.loss", "-50.0%")],
)
def test_n30_three_falls_that_fit(golden: Golden, name: str, percent: str) -> None:
    assert compare(value(name, 2022), value(name, 2021)).percent_text() == percent


def test_n31_missing_are_not_dead(golden: Golden) -> None:
    assert (value("accidents.deaths", 2015).amount, value("accidents.missing", 2015).amount) == (13, 16)
    assert value("accidents.count", 2015, grade="general").amount == 4
    assert value("accidents.count", 2015, grade="major").amount == 1, "only the ten dead reach 重大"


def test_n36_confirmed_dead_turn_the_grade(golden: Golden) -> None:
    """Two dead and two missing are 一般; when the missing are found dead, that day on it is 较大."""
    world = golden.world
    accident = on(world, "2014-12-12", 2, missing=2)
    assert accident.grade == "general"
    with clock.frozen(moment(date(2014, 12, 14))):
        accident = do(world, accident, "further_report", further(accident, deaths=4, missing=0), "office")
    assert accident.grade == "significant"
    year = Period.parse("2014")
    for cut, deaths, larger in ((date(2014, 12, 13), 2, 0), (date(2014, 12, 31), 4, 1)):
        found = answers.values(["accidents.deaths", "accidents.major"], year, cut)
        assert (found["accidents.deaths"].amount, found["accidents.major"].amount) == (deaths, larger)


def test_n37_thirteen_dead_elsewhere_are_major(golden: Golden) -> None:
    assert grade_of(13, 0, 0, date(2020, 1, 5)).grade.label == "重大"
