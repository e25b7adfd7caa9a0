"""N17–N19, N24–N28 as the sections of a yearly report print them, from records alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bihuan.capabilities.accidents.years import reading
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.documents import FigureRef, Table
from bihuan.kernel.errors import Refused
from bihuan.kernel.figures import answers
from bihuan.kernel.figures.judging import all_rose, both_fell
from bihuan.kernel.figures.year_on_year import year_on_year
from bihuan.registers.economy.keeping import tell
from bihuan.registers.economy.meaning import told_by
from bihuan.reporting import drafting, half_year
from bihuan.reporting.imprint import holder_of
from bihuan.reporting.templating.built_in import Template
from tests.reporting.golden.people import Golden
from tests.reporting.ledgers import prose

BODY = "开头。\n一、事故情况\n【栏目：事故相对指标】\n【栏目：近五年事故情况】"
END = date(2020, 12, 31)


def composed(golden: Golden) -> half_year.Composition:
    question = drafting.ask(Period.parse("2020"), END, holder_of(golden.world.district), kind="annual")
    return half_year.compose(question, {}, Template("annual", "报告", BODY))


def publish(golden: Golden) -> None:
    said = {
        "indicator": "gdp", "year": "2020", "amount": "568200", "stage": "final", "source": "统计年鉴", "published_on": "2022-01-10",
    }  # fmt: skip
    office = golden.world.actor("office")
    tell(told_by(said), office)
    city = {"indicator": "gdp_deaths", "place": "全市", "amount": "0.057", "stage": "published"}
    tell(told_by({**said, **city}), office)


def cells(composition: half_year.Composition, caption: str) -> dict[str, list[str]]:
    [table] = [block for block in composition.blocks if isinstance(block, Table) and caption in block.caption]
    return {
        str(row[0]): [cell.text if isinstance(cell, FigureRef) else str(cell) for cell in row[1:]]
        for row in table.rows
    }


def test_n17_n18_n19_five_years_as_printed(golden: Golden) -> None:
    said = prose(composed(golden))
    assert "共登记生产安全事故115起、死亡35人、直接经济损失1586万元。" in said
    assert "道路交通事故最多，起数占80.0%、其余各行业占20.0%，死亡人数占54%、其余各行业占46%" in said
    assert "较大及以上事故4起、死亡21人，占事故起数的3.5%、死亡人数的60.0%" in said
    assert "死亡9人" in said


def test_n26_n27_years_and_what_is_left_of_the_earlier_ones(golden: Golden) -> None:
    found = cells(composed(golden), "逐年")
    assert found["2016年至2018年小计"][:2] == ["61", "9"]
    assert "458" in found["2016年至2018年小计"][2]
    assert [found[f"{year}年"][3] for year in range(2016, 2021)] == ["0", "0", "0", "2", "2"]
    assert found["合计"][:2] == ["115", "35"]


def test_n24_n25_rates_with_their_base_and_both_readings(golden: Golden) -> None:
    assert "没有登记" in prose(composed(golden)), "without a base nothing is divided"
    publish(golden)
    said = prose(composed(golden))
    assert (
        "为0.088人/亿元：工矿商贸（含建筑施工）死亡5人，地区生产总值56.82亿元（最终核实数，见《统计年鉴》）"
        in said
    )
    assert "为0.264人/亿元：各行业死亡15人" in said
    assert "全市公布0.057人/亿元，是全市的4.6倍，即比全市高3.6倍" in said
    assert "是全市的1.5倍，即比全市高54.4%" in said


def test_the_rates_stand_in_the_appendix_and_a_new_version_is_a_difference(golden: Golden) -> None:
    publish(golden)
    rolls = {roll.name: roll for roll in composed(golden).citations.rolls()}
    assert rolls["rates.gdp_deaths"].json()["told"] == "0.088"
    shown = {cited.label: cited.shown for cited in composed(golden).citations.all()}
    assert shown["亿元国内生产总值生产安全事故死亡率"] == "0.088人/亿元"
    assert shown["地区生产总值"] == "56.82亿元"
    assert rolls["rates.gdp_deaths"].href.endswith("?period=2020&as_of=2020-12-31")


def test_n28_no_all_round_rise(golden: Golden) -> None:
    names = ("accidents.count", "accidents.deaths", "accidents.loss", "accidents.major")
    found = year_on_year(names, Period.parse("2020"), END)
    assert all_rose(*found.values()).met is False
    assert (
        all_rose(*found.values()).words == "生产安全事故、事故死亡、事故直接经济损失上升，较大及以上事故持平"
    )
    assert both_fell(*(found[name] for name in names[:2])).met is False
    fell = year_on_year(names, Period.parse("2022"), date(2022, 12, 31))
    assert both_fell(*(fell[name] for name in names[:2])).met is True


def test_n28_typed_claims_are_held_against_the_records(golden: Golden) -> None:
    def flagged(text: str, year: str = "2020") -> list[tuple[str, str]]:
        as_of = date(int(year), 12, 31)
        question = drafting.ask(Period.parse(year), as_of, holder_of(golden.world.district), kind="annual")
        made = half_year.compose(question, {"opening": text}, Template("annual", "报告", "开头。"))
        return [(flag.text, flag.message) for flag in made.flags if flag.code == "report.unsupported_claim"]

    [(claim, message)] = flagged("全年控制指标全面上升。")
    assert claim == "全面上升"
    assert "较大及以上事故持平" in message
    assert [claim for claim, _ in flagged("实现双降。")] == ["双降"]
    assert flagged("实现双下降，各项指标平稳。", "2022") == []
    assert flagged("没有一句断言。") == []
    publish(golden)
    assert "亿元国内生产总值生产安全事故死亡率没有上年同期数" in flagged("控制指标全面上升。")[0][1]


def test_what_does_not_add_up_is_refused(golden: Golden) -> None:
    def count(names, period, as_of, by):  # type: ignore[no-untyped-def]
        found = answers.values(names, period, as_of, by=by)
        one = found["accidents.deaths"]
        return {**found, "accidents.deaths": replace(one, amount=(one.amount or 0) + 2)} if by else found

    with pytest.raises(Refused, match="相差 2人"):
        reading.read(count, Period.years(2016, 2020), END)


def test_years_never_kept_are_not_added_up(golden: Golden) -> None:
    question = drafting.ask(
        Period.parse("2018"), date(2018, 12, 31), holder_of(golden.world.district), kind="annual"
    )
    said = prose(half_year.compose(question, {}, Template("annual", "报告", BODY)))
    assert "2014年没有完整的事故登记，五年合计不作统计" in said
