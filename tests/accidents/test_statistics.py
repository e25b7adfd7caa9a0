"""Years side by side, five together, and rates by what was published (M257 to M260, N17 to N28)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from bihuan.capabilities.accidents.models import AccidentVersion
from bihuan.capabilities.accidents.rates import reading as rates
from bihuan.capabilities.accidents.years import reading as years
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Refused
from bihuan.kernel.figures import answers
from bihuan.kernel.figures.comparing import a_year_before
from bihuan.kernel.figures.judging import all_rose, both_fell
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.figures.year_on_year import kept_since, missing_bases, year_on_year
from bihuan.kernel.people.tokens import issue_token
from bihuan.kernel.territory.models import District
from bihuan.registers.economy.keeping import tell
from bihuan.registers.economy.meaning import told_by
from tests.accidents.test_figures import on
from tests.web.conftest import SignIn, sign_in
from tests.world import World

__all__ = ["sign_in"]

NAMES = ("accidents.count", "accidents.deaths", "accidents.loss", "accidents.major")
LAST, END = Period.parse("2025"), date(2025, 12, 31)


def two_years(world: World) -> None:
    """N20 to N23, N25, N26 in little: 3 accidents with 15 dead after 2 with 11; the graver ones 1 and 1."""
    for day, deaths, sector, wan in (
        ("2025-02-01", 9, "道路交通", 700), ("2025-03-01", 3, "非煤矿山", 100), ("2025-04-01", 2, "商贸", 8), ("2025-05-01", 1, "消防", 2),
        ("2024-02-01", 6, "道路交通", 200), ("2024-03-01", 3, "建筑施工", 100), ("2024-04-01", 2, "道路交通", 18),
    ):  # fmt: skip
        on(world, day, deaths, sector=sector, wan=wan)


def publish(world: World, **changes: str) -> None:
    said = {
        "indicator": "gdp", "year": "2025", "amount": "568200", "stage": "provisional", "source": "统计公报",
        "published_on": "2026-02-20",
    }  # fmt: skip
    tell(told_by({**said, **changes}), world.actor("office"))


def count(period: Period, as_of: date) -> Any:
    return lambda names, scope: answers.values(names, period, as_of, scope)


def years_count(names: Any, period: Period, as_of: date, by: str) -> Any:
    return answers.values(names, period, as_of, Scope(), by=by)


def test_a_year_beside_the_one_before(world: World) -> None:
    two_years(world)
    found = year_on_year(NAMES, LAST, END)
    told = {name.split(".")[1]: found[name].words(0) for name in NAMES}
    assert told == {
        "count": "同比增加1起，上升33%", "deaths": "同比增加4人，上升36%", "loss": "同比增加492万元，增长1.5倍", "major": "同比持平",
    }  # fmt: skip
    assert found["accidents.loss"].multiple_words() == "是上年同期的2.5倍"
    assert both_fell(found["accidents.count"], found["accidents.deaths"]).met is False
    assert all_rose(*found.values()).met is False, "N28: the graver ones are flat"
    assert all_rose(*(found[name] for name in NAMES[:3])).met is True


def test_years_before_anybody_kept_count_are_no_base(world: World) -> None:
    District.objects.update(founded_at="2025-06-10T00:00:00+08:00")
    assert kept_since(NAMES) == dict.fromkeys(NAMES, date(2025, 6, 10))
    on(world, "2025-07-01", 1)
    assert kept_since(NAMES)["accidents.count"] == date(2025, 1, 1), (
        "the oldest record's year is kept from its first day"
    )
    found = year_on_year(NAMES, LAST, END)
    assert {one.before for one in found.values()} == {None}
    assert "2024年没有完整登记" in found["accidents.count"].blank
    assert both_fell(found["accidents.count"], found["accidents.deaths"]).met is None
    on(world, "2024-07-01", 1)
    assert year_on_year(NAMES, LAST, END)["accidents.count"].change == 0
    before = answers.values(NAMES, *a_year_before(Period.parse("2024"), date(2024, 12, 31)))
    assert set(missing_bases(before)) == set(NAMES)


def test_a_town_that_kept_nothing_last_year_has_no_base_of_its_own(world: World) -> None:
    """However far back the records of its neighbours reach: what nobody wrote down there is no zero."""
    District.objects.update(founded_at="2025-06-10T00:00:00+08:00")
    on(world, "2024-07-01", 1)
    on(world, "2025-07-01", 1)
    east, west = (Scope(regions=(region.path,)) for region in (world.east, world.west))
    name = "accidents.count"
    assert year_on_year([name], LAST, END, east)[name].change == 0
    assert kept_since([name], west)[name] == date(2025, 6, 10)
    blank = year_on_year([name], LAST, END, west)[name]
    assert (blank.before, "2024年没有完整登记" in blank.blank) == (None, True)
    narrow = Scope(regions=(world.east.path,), kind="mine")
    assert kept_since([name], narrow)[name] == date(2024, 1, 1), "who keeps a ledger keeps it of every kind"


def test_five_years_add_up_by_field_and_by_year(world: World) -> None:
    """N17, N19, N26, N27 in little: fields and years make the whole, the earlier years are what is left."""
    two_years(world)
    on(world, "2022-02-01", 1, sector="道路交通", wan=58)
    on(world, "2021-02-01", 0, sector="商贸", wan=400)
    period, as_of = years.years_until(2025, date(2026, 11, 20))
    assert (period.label, as_of) == ("2021-2025", END)
    found = years.read(years_count, period, as_of)
    assert [found.whole[name].amount for name in years.NAMES] == [9, 27, 1_586_000_000, 4, 21]
    assert found.earlier is not None
    assert found.earlier[0].label == "2021-2023"
    assert [found.earlier[1][name].amount for name in years.NAMES] == [2, 1, 458_000_000, 0, 0]
    assert [values["accidents.count"].amount for _, values in found.each] == [1, 1, 0, 3, 4]
    assert {share.name: share.told for share in found.shares("accidents.count", 0)} == {
        "工矿商贸（不含建筑施工）": "33", "建筑施工": "11", "道路交通": "45", "火灾": "11",
    }  # fmt: skip
    assert sum(int(share.told) for share in found.shares("accidents.deaths", 0)) == 100
    assert found.unkept == []


def test_parts_that_leave_something_out_are_refused(world: World) -> None:
    """N39: what has no field at all makes the parts less than the whole."""
    two_years(world)

    def leaving_out(names: Any, period: Period, as_of: date, by: str) -> Any:
        found = years_count(names, period, as_of, by)
        if by:
            for value in found.values():
                value.by.pop("道路交通", None)
        return found

    with pytest.raises(Refused, match="不能印出") as refused:
        years.read(leaving_out, Period.years(2021, 2025), END)
    assert refused.value.failures[0].code == "figure.parts_differ"


def test_deaths_by_gdp_with_its_scope_and_version(world: World) -> None:
    """N24, N25: 5 of 15 dead count (商贸 and mine), 0.088; all of them 0.264, 4.6 times the city's, 3.6 times higher."""
    two_years(world)
    publish(world)
    publish(
        world, indicator="gdp_deaths", place="全市", amount="0.057", stage="公布数", source="市安委会通报"
    )
    counted, whole, *rest = rates.rates_of(count(LAST, END), world.district, Scope(), LAST, END)
    assert not rest, "rates whose base nobody ever entered are not listed"
    assert (counted.rate.figure.amount, counted.rate.text()) == (5, "0.088")
    assert "工矿商贸（含建筑施工）死亡5人，地区生产总值56.82亿元，初步核算数" in counted.rate.words()
    assert whole.rate.text() == "0.264"
    assert whole.above is not None
    assert (whole.above.multiple_words(), whole.above.rise_words()) == ("是全市的4.6倍", "比全市高3.6倍")
    publish(world, amount="600000", stage="final", source="统计年鉴", published_on="2026-10-01")
    again = rates.rates_of(count(LAST, END), world.district, Scope(), LAST, END)[0].rate
    assert (again.text(), again.base and again.base.stage) == ("0.083", "最终核实数，第 2 版")


def test_deaths_of_some_months_are_not_divided_by_the_gdp_of_a_year(world: World) -> None:
    two_years(world)
    publish(world)
    half = date(2025, 6, 30)
    line = rates.rates_of(count(LAST, half), world.district, Scope(), LAST, half)[0]
    assert (line.rate.text(), line.wants) == ("—", "")
    assert "截至6月30日没有公布数" in line.rate.blank
    publish(world, span="上半年", amount="250000", published_on="2025-07-20")
    line = rates.rates_of(count(LAST, half), world.district, Scope(), LAST, half)[0]
    assert line.rate.text() == "0.200"
    town = Scope(regions=(world.east.path,))
    blank = rates.rates_of(count(LAST, END), world.east, town, LAST, END)[0].rate
    assert "没有登记东湖镇2025年的地区生产总值" in blank.blank


def test_other_rates_are_told_once_their_base_is_entered(world: World) -> None:
    on(world, "2025-02-01", 2, sector="道路交通")
    on(world, "2025-03-01", 1, sector="煤矿")
    publish(world, indicator="vehicles", amount="80000", stage="公布数")
    publish(world, indicator="coal", amount="2000000", stage="公布数")
    found = {line.rate.ratio.code: line.rate for line in rates.rates_of(count(LAST, END), world.district, Scope(), LAST, END)}  # fmt: skip
    assert (found["road_deaths"].text(), found["coal_deaths"].text()) == ("0.250", "0.500")
    assert found["road_deaths"].ratio.mark == "K"
    assert found["gdp_deaths"].exact is None


def test_the_pages_open_what_they_count(world: World, sign_in: SignIn) -> None:
    two_years(world)
    publish(world)
    publish(
        world, indicator="gdp_deaths", place="全市", amount="0.057", stage="公布数", source="市安委会通报"
    )
    client = sign_in("leader")
    page = client.get("/accidents/statistics/rates/").content.decode()
    assert "0.088" in page
    assert 'aria-label="统计的种类"' in page
    assert "按状态查看" not in page, "two strips of tabs, each called by what it tells apart"
    assert "是全市的4.6倍；比全市高3.6倍" in page
    assert "/figures/accidents.industrial_deaths/records/?period=2025&amp;as_of=2025-12-31" in page
    opened = client.get("/figures/accidents.industrial_deaths/records/?period=2025&as_of=2025-12-31")
    assert AccidentVersion.objects.filter(branch="industrial").count() == 2
    assert "共 2 条记录，合计 5 人，与所示的数一致" in opened.content.decode()
    loss = client.get("/figures/accidents.loss/records/?period=2025&as_of=2025-12-31").content.decode()
    assert "合计 810.00 万元，与所示的数一致" in loss
    five = client.get("/accidents/statistics/years/?until=2025").content.decode()
    assert "2021年至2023年" in five
    assert "/figures/accidents.count/records/?period=2021-2025&amp;as_of=2025-12-31" in five
    assert "没有完整登记" in five, "2021 to 2023 were never kept here"
    assert (
        client.get("/figures/accidents.count/records/?period=2021-2025&as_of=2025-12-31").status_code == 200
    )
    year = client.get("/accidents/statistics/?period=2025&as_of=2025-12-31").content.decode()
    assert "未实现双下降；较大及以上事故 2 起" in year
    assert "增长1.5倍，是上年同期的2.5倍" in year
    blank = client.get("/accidents/statistics/?period=2024&as_of=2024-12-31").content.decode()
    assert "2023年没有完整登记" in blank
    assert client.get("/accidents/statistics/years/?until=1999").status_code == 422
    for address in ("years/", "rates/"):
        assert sign_in("principal").get(f"/accidents/statistics/{address}").status_code == 403
        assert sign_in("auditor").get(f"/accidents/statistics/{address}").status_code == 403
    town = sign_in("clerk_west").get("/accidents/statistics/rates/").content.decode()
    assert "没有登记西岭街道" in town
    assert "您的岗位只管部分行业" in sign_in("regulator").get("/accidents/statistics/rates/").content.decode()


def test_the_api_tells_comparisons_and_rates(world: World) -> None:
    two_years(world)
    publish(world)

    def bearer(name: str) -> Client:
        return Client(headers={"authorization": f"Bearer {issue_token(world.user(name))}"})

    asked = "name=accidents.loss,accidents.deaths&period=2025&as_of=2025-12-31"
    told = bearer("office").get(f"/api/v1/figures/year-on-year?{asked}")
    loss = told.json()["comparisons"]["accidents.loss"]
    assert (loss["change"], loss["fold"], loss["multiple"], loss["percent"]) == ("492", "1.5", "2.5", "154.7")
    assert told.json()["before"] == {"period": "2024", "as_of": "2024-12-31"}
    found = bearer("office").get("/api/v1/rates?period=2025").json()["rates"]
    assert [(one["value"], one["counted"]) for one in found] == [("0.088", 5), ("0.264", 15)]
    assert bearer("principal").get("/api/v1/rates").status_code == 404
    assert bearer("regulator").get("/api/v1/rates").status_code == 404
