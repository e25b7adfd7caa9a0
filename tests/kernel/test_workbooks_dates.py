"""Dates as they stand in real ledgers: understood exactly, or refused with a reason."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bihuan.kernel.workbooks.dates import Partial, days_in, from_cell, number_text, on_year, one_day, written
from bihuan.kernel.workbooks.reasons import Unreadable
from bihuan.kernel.workbooks.years import YearHint, filing_day, following, period_of, year_hint

MARCH_5 = Partial(2023, 3, 5)


@pytest.mark.parametrize(
    "text",
    [
        "2023-3-5",
        "2023-03-05",
        "2023/3/5",
        "2023.3.5",
        "2023.03.05",
        "2023年3月5日",
        "2023年3月5",
        "2023 年 3 月 5 日",
        "20230305",
        "2023-3-5 00:00:00",
        "2023-03-05T00:00:00",
        "2023/3/5 14:30",
        "2023年3月5日14时30分",
        "2023年3月5号",
        "23.3.5",
        "23年3月5日",
        "２０２３．３．５",
        "二〇二三年三月五日",
        "2023年3月5日前",
        "2023.3.5.",
        "2023-3-5日",
        "2023，3，5",
        "2023 3 5",
        "2023年3.5",
        "于2023年3月5日",
        "44990",
        "230305",
        " 2023-3-5\n",
    ],
)
def test_a_whole_date_is_understood_in_every_spelling(text: str) -> None:
    said = written(text)
    assert said is not None
    assert said.first[:3] == MARCH_5[:3]


@pytest.mark.parametrize(
    ("text", "month", "day"),
    [
        ("3月5日", 3, 5),
        ("3月5号", 3, 5),
        ("3.5", 3, 5),
        ("3/5", 3, 5),
        ("3-5", 3, 5),
        ("12月28日", 12, 28),
        ("十二月二十八日", 12, 28),
        ("已于5月3日整改完成", 5, 3),
        ("3月5日前", 3, 5),
        ("五月廿三日", 5, 23),
    ],
)
def test_a_date_without_a_year_keeps_its_month_and_day(text: str, month: int, day: int) -> None:
    said = written(text)
    assert said is not None
    assert said.first[:3] == (None, month, day)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("3月5日-7日", (None, 3, 5), (None, 3, 7)),
        ("2023.3.5-3.7", (2023, 3, 5), (2023, 3, 7)),
        ("2023年3月5日至2023年4月1日", (2023, 3, 5), (2023, 4, 1)),
        ("2023.12.30~2024.1.2", (2023, 12, 30), (2024, 1, 2)),
    ],
)
def test_a_range_has_a_first_and_a_last_day(
    text: str, first: tuple[int | None, int, int], last: tuple[int | None, int, int]
) -> None:
    said = written(text)
    assert said is not None
    assert (said.first[:3], said.last[:3]) == (first, last)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("5月底前", date(2023, 5, 31)),
        ("2023年2月底", date(2023, 2, 28)),
        ("6月中旬", date(2023, 6, 20)),
        ("年底前", date(2023, 12, 31)),
        ("2023年底", date(2023, 12, 31)),
        ("2023年6月", date(2023, 6, 30)),
    ],
)
def test_a_month_end_is_a_deadline(text: str, day: date) -> None:
    said = written(text)
    assert said is not None
    assert on_year(said.last, said.last.year or 2023, last_of_month=True) == day


@pytest.mark.parametrize(
    "text",
    [
        "2023-13-01",
        "2023-13-41",
        "2023-02-30",
        "13月5日",
        "2203-05-03",
        "20223-05-03",
        "第3次",
        "1.2.3",
        "20231305",
        "999999",
        "12.",
    ],
)
def test_what_is_no_date_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(Unreadable, match="请写成 2023-03-01 这样的形式"):
        written(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023年3月5日前", date(2023, 3, 5)),
        ("20230305", date(2023, 3, 5)),
        ("3月5日", None),
        ("2023年3月", None),
        ("2023.3.5-3.7", None),
        ("2023-02-30", None),
        ("立即整改", None),
    ],
)
def test_one_day_is_one_whole_day_or_none(text: str, day: date | None) -> None:
    assert one_day(text) == day


@pytest.mark.parametrize("text", ["立即整改", "整改中", "长期坚持", "无"])
def test_words_without_figures_name_no_day(text: str) -> None:
    assert written(text) is None


def test_cells_and_serials_of_both_epochs() -> None:
    assert from_cell(datetime(2023, 3, 5, 14, 30)) == date(2023, 3, 5)
    assert from_cell(date(2023, 3, 5)) == date(2023, 3, 5)
    assert from_cell(44990.0) == date(2023, 3, 5)
    assert from_cell(44990.75) == date(2023, 3, 5)
    assert from_cell(43528.0, epoch_1904=True) == date(2023, 3, 5)
    assert from_cell(5.3) is None
    assert number_text(5.3) == "5.3"
    assert from_cell(True) is None
    with pytest.raises(Unreadable, match="1900"):
        from_cell(datetime(1900, 1, 5))


def test_a_sentence_may_name_several_days() -> None:
    days = [partial[:3] for _, _, partial in days_in("已于2023年5月3日整改完毕，5月8日复查合格")]
    assert days == [(2023, 5, 3), (2023, 5, 8)]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("××区台账（2023年上半年）", date(2023, 1, 1), date(2023, 6, 30)),
        ("2023年下半年", date(2023, 7, 1), date(2023, 12, 31)),
        ("（2023年1-6月）", date(2023, 1, 1), date(2023, 6, 30)),
        ("2023年5月份隐患台账", date(2023, 5, 1), date(2023, 5, 31)),
        ("2023年第二季度", date(2023, 4, 1), date(2023, 6, 30)),
        ("2023Q2", date(2023, 4, 1), date(2023, 6, 30)),
        ("2023年度", date(2023, 1, 1), date(2023, 12, 31)),
        ("2023.5", date(2023, 5, 1), date(2023, 5, 31)),
        ("202305", date(2023, 5, 1), date(2023, 5, 31)),
        ("2023年1月1日至6月30日", date(2023, 1, 1), date(2023, 6, 30)),
        ("2023年12月-2024年2月", date(2023, 12, 1), date(2024, 2, 29)),
    ],
)
def test_titles_and_names_tell_the_period(text: str, first: date, last: date) -> None:
    assert period_of(text) == (first, last)


def test_a_month_alone_takes_the_year_beside_it() -> None:
    hint = year_hint(["2023年度隐患台账"], None, "5月", "")
    assert hint is not None
    assert (hint.first, hint.last) == (date(2023, 5, 1), date(2023, 5, 31))
    assert year_hint(["隐患台账"], None, "Sheet1", "隐患台账.xlsx") is None
    by_file = year_hint(["隐患台账"], None, "Sheet1", "2023年6月隐患台账.xlsx")
    assert by_file is not None
    assert by_file.source == "文件名"


@pytest.mark.parametrize(
    "cells",
    [
        ["填报单位：××（盖章）", "", "填报时间：2023年7月3日"],
        ["填报日期：", date(2023, 7, 3)],
        ["上报时间:2023.7.3"],
        ["2023年7月3日"],
        ["日期：2023-07-03"],
        ["截至2023年7月3日"],
    ],
)
def test_the_filing_line_is_read(cells: list[object]) -> None:
    assert filing_day(cells) == date(2023, 7, 3)


def test_a_data_line_is_no_filing_line() -> None:
    assert filing_day(["东湖纺织", "2023年7月3日"]) is None


def test_the_year_is_the_one_nearest_to_the_period() -> None:
    first_half = YearHint(date(2023, 1, 1), date(2023, 6, 30), date(2023, 7, 3))
    today = date(2023, 7, 10)
    assert first_half.nearest(Partial(None, 12, 28), not_after=today) == date(2022, 12, 28)
    assert first_half.nearest(Partial(None, 5, 3), not_after=today) == date(2023, 5, 3)
    assert first_half.nearest(Partial(None, 7, 2), not_after=today) == date(2023, 7, 2)
    whole = YearHint(date(2023, 1, 1), date(2023, 12, 31), date(2023, 7, 3))
    assert whole.nearest(Partial(None, 12, 28), not_after=today) == date(2022, 12, 28)


def test_a_later_act_rolls_over_the_year_but_hides_no_mistake() -> None:
    assert following(Partial(None, 1, 15), date(2022, 12, 28), not_after=None) == date(2023, 1, 15)
    assert following(Partial(None, 2, 8), date(2023, 2, 13), not_after=None) == date(2023, 2, 8)
    assert following(Partial(None, 12, 20), date(2023, 1, 5), not_after=None) == date(2023, 12, 20)
    assert following(Partial(None, 1, 15), date(2022, 12, 28), not_after=date(2022, 12, 30)) == date(
        2022, 1, 15
    )
