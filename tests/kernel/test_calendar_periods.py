"""The five forms of a period, and everything that is none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.kernel.calendar import Period
from bihuan.kernel.errors import Refused


@pytest.mark.parametrize(
    ("text", "first", "last", "chinese"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31), "2023年"),
        ("2023H1", date(2023, 1, 1), date(2023, 6, 30), "2023年上半年"),
        ("2023H2", date(2023, 7, 1), date(2023, 12, 31), "2023年下半年"),
        ("2023Q2", date(2023, 4, 1), date(2023, 6, 30), "2023年第二季度"),
        ("2023Q4", date(2023, 10, 1), date(2023, 12, 31), "2023年第四季度"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "2024年2月"),
        ("20230315-", date(2023, 3, 15), date(2027, 12, 31), "2023年3月15日以来"),
        ("2023W23", date(2023, 6, 5), date(2023, 6, 11), "2023年第23周（6月5日至6月11日）"),
        ("2020W53", date(2020, 12, 28), date(2021, 1, 3), "2020年第53周（12月28日至1月3日）"),
        ("2019-2023", date(2019, 1, 1), date(2023, 12, 31), "2019年至2023年"),
        (" 2023h1 ", date(2023, 1, 1), date(2023, 6, 30), "2023年上半年"),
        ("２０２３Ｑ１", date(2023, 1, 1), date(2023, 3, 31), "2023年第一季度"),
    ],
)
def test_a_period_has_its_days_and_its_name(text: str, first: date, last: date, chinese: str) -> None:
    period = Period.parse(text)
    assert (period.first, period.last, period.chinese()) == (first, last, chinese)
    assert Period.parse(str(period)) == period
    assert first in period
    assert last in period


@pytest.mark.parametrize(
    "text",
    [
        "",
        "23",
        "2023H3",
        "2023Q5",
        "2023-13",
        "2023-00",
        "2023W54",
        "2023W00",
        "2023-5",
        "0000",
        "上半年",
        "2023H1x",
        "20231301-",
        "2023-2019",
        "0000-2019",
    ],
)
def test_anything_else_is_refused_with_the_five_forms(text: str) -> None:
    with pytest.raises(Refused, match="2023H1") as refused:
        Period.parse(text)
    assert refused.value.failures[0].code == "period.unreadable"


def test_the_months_of_a_period() -> None:
    assert [str(month) for month in Period.parse("2023Q2").months()] == ["2023-04", "2023-05", "2023-06"]
    assert len(Period.parse("2023").months()) == 12
    assert [str(month) for month in Period.parse("2020W53").months()] == ["2020-12", "2021-01"]
    assert [str(month) for month in Period.parse("2023-05").months()] == ["2023-05"]


def test_the_period_a_year_before() -> None:
    assert str(Period.parse("2023H1").a_year_before()) == "2022H1"
    assert Period.parse("2024-02").a_year_before().last == date(2023, 2, 28)
    assert str(Period.parse("2024-02-29").a_year_before()) == "2023-02-28"
    assert str(Period.parse("20240115-20240229").a_year_before()) == "20230115-20230228"
    assert str(Period.parse("2019-2023").a_year_before()) == "2018-2022"
    assert str(Period.parse("20240229-").a_year_before()) == "20230228-"
    assert str(Period.parse("20231220-20240110").a_year_before()) == "20221220-20230110"


def test_a_week_without_its_like_is_told_to_be_without() -> None:
    with pytest.raises(Refused, match="在上一年没有对应的时段") as refused:
        Period.parse("2020W53").a_year_before()
    assert refused.value.failures[0].code == "period.no_year_before"


@given(st.text(max_size=8))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        period = Period.parse(text)
    except Refused:
        return
    assert period.first <= period.last
