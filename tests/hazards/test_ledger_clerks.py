"""What clerks of other departments write: their headings, their deadlines in words, their money, their sources."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bihuan.capabilities.hazards.ledger import parsing
from bihuan.capabilities.hazards.ledger.columns import COLUMNS
from bihuan.capabilities.hazards.ledger.words import read_grade, read_source
from bihuan.kernel.workbooks import parsing as process
from bihuan.kernel.workbooks.columns import Synonyms
from bihuan.kernel.workbooks.money import read_money
from tests.hazards.ledgers import HEAD, book, codes, line, read_all, read_one


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        ("燃气企业/用户", "object_name"),
        ("使用单位", "object_name"),
        ("经营场所", "object_name"),
        ("合作社名称", "object_name"),
        ("*企业名称（与营业执照一致）", "object_name"),
        ("火灾隐患", "description"),
        ("不符合项描述", "description"),
        ("发现日期（yyyy-mm-dd）", "found_on"),
        ("发现问题时间", "found_on"),
        ("责令改正期限", "rectify_by"),
        ("整改完成日", "rectified_on"),
        ("行业（下拉选择）", "sector_text"),
        ("重大/一般", "grade"),
    ],
)
def test_headings_of_other_departments_are_known(heading: str, meaning: str) -> None:
    names = Synonyms(COLUMNS).match(heading).names
    assert min(names, key=lambda one: one[1])[0] == meaning


@pytest.mark.parametrize(
    "heading", ["设备名称", "行动名称", "企业（主要负责人）", "单位（签章）", "文件名称"]
)
def test_what_only_looks_like_an_enterprise_is_none(heading: str) -> None:
    assert "object_name" not in dict(Synonyms(COLUMNS).match(heading).names)


def test_three_heading_rows_are_read_where_a_cell_is_merged_down_them(tmp_path: Path) -> None:
    blank = [""] * 5
    rows = (
        ["校园隐患台账（2026年3月）"],
        ["序号", "学校名称", "乡镇", "行业", "来源", "排查情况", "", "", "", "整改情况", "", ""],
        [*blank, "检查日期", "隐患内容", "隐患等级", "", "整改责任人", "整改时限", "整改完成日期"],
        [*blank, "", "", "一般", "重大", "", "", ""],
        [1, "东湖小学", "东湖镇", "校园", "日常", "3月5日", "楼道堆物", "√", "", "甲", "3日内", "3月6日"],
        [2, "东湖中学", "东湖镇", "校园", "日常", "3月8日", "药品混放", "", "√", "乙", "3月底前", ""],
    )
    down = [f"{column}2:{column}4" for column in "ABCDE"]
    spans = ["F2:I2", "J2:L2", "H3:I3", *(f"{column}3:{column}4" for column in "FGJKL")]
    first, second = read_all(book(tmp_path / "3.xlsx", *rows, merged=[*down, *spans]), today=date(2026, 4, 2))
    assert not first.failures
    assert (first.object_name, first.grade, first.rectify_by) == ("东湖小学", "一般", date(2026, 3, 8))
    assert (second.description, second.grade, second.rectify_by) == ("药品混放", "重大", date(2026, 3, 31))
    assert (first.rectified_on, second.rectified_on) == (date(2026, 3, 6), None)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("月底前", date(2023, 3, 31)),
        ("本月底", date(2023, 3, 31)),
        ("下月底", date(2023, 4, 30)),
        ("次月10日前", date(2023, 4, 10)),
        ("二季度末", date(2023, 6, 30)),
        ("2023年第二季度", date(2023, 6, 30)),
        ("本季度末", date(2023, 3, 31)),
        ("上半年", date(2023, 6, 30)),
        ("2023年上半年", date(2023, 6, 30)),
        ("年内", date(2023, 12, 31)),
        ("年底前", date(2023, 12, 31)),
        ("今年底", date(2023, 12, 31)),
        ("明年3月底", date(2024, 3, 31)),
        ("24小时内", date(2023, 3, 2)),
        ("36小时", date(2023, 3, 3)),
        ("即日", date(2023, 3, 1)),
        ("三个月内", date(2023, 6, 1)),
        ("收到通知书15日内", date(2023, 3, 16)),
    ],
)
def test_a_deadline_counted_from_the_finding(tmp_path: Path, text: str, due: date) -> None:
    row = read_one(tmp_path / "due.xlsx", 整改期限=text)
    assert not row.failures
    assert row.rectify_by == due


def test_the_first_month_by_its_old_name_is_no_span_of_days(tmp_path: Path) -> None:
    row = read_one(tmp_path / "due.xlsx", 发现日期="2022年12月28日", 整改期限="元月10日")
    assert row.rectify_by == date(2023, 1, 10)


@pytest.mark.parametrize("text", ["每月5日前", "底", "汛期"])
def test_what_names_no_day_is_refused_and_not_guessed(tmp_path: Path, text: str) -> None:
    assert codes(read_one(tmp_path / "due.xlsx", 整改期限=text)) == ["bad_due_date"]


def test_a_deadline_that_is_no_day_is_said(tmp_path: Path) -> None:
    row = read_one(tmp_path / "due.xlsx", 整改期限="长期坚持")
    assert row.rectify_by is None
    assert "整改期限“长期坚持”不是日期，按没有期限计" in row.notes


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("自筹2万元", 20000),
        ("企业自筹资金5000元", 5000),
        ("2万（自筹）", 20000),
        ("0.5万元，企业自筹", 5000),
        ("已投入1.5万元", 15000),
        ("1万5千元", 15000),
        ("无需投入", 0),
    ],
)
def test_money_in_a_clerks_words(text: str, yuan: int) -> None:
    assert read_money(text) == yuan * 100


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("“双随机、一公开”检查", "日常"),
        ("镇级检查", "日常"),
        ("安全生产巡查", "督查"),
        ("夜查", "暗访"),
        ("治本攻坚三年行动", "专项"),
    ],
)
def test_sources_in_a_clerks_words(text: str, source: str) -> None:
    assert read_source(text) == source


def test_a_level_beside_the_grade_does_not_hide_it() -> None:
    assert read_grade("Ⅳ级（一般）") == read_grade("一般（C级）") == "一般"


def test_an_unknown_heading_that_may_be_the_enterprise_is_not_passed_over(tmp_path: Path) -> None:
    head = ["序号", "属地户主单位栏", *HEAD[3:5], "隐患部位", *HEAD[5:]]
    values: list[Any] = [1, "东湖液化气站", *line()[3:5], "后厨", *line()[5:]]
    (row,) = read_all(book(tmp_path / "o.xlsx", ["2023年台账"], head, values))
    assert codes(row) == ["no_object"]
    assert "属地户主单位栏" in row.failures[0].reason


def test_what_stands_in_for_the_enterprise_is_said(tmp_path: Path) -> None:
    head = ["序号", *HEAD[3:5], "隐患部位", *HEAD[5:]]
    path = book(tmp_path / "p.xlsx", ["2023年台账"], head, [1, *line()[3:5], "湖滨路口", *line()[5:]])
    (row,) = read_all(path)
    assert (row.object_name, codes(row)) == ("湖滨路口", [])
    options = parsing.options(date(2023, 7, 10), {})
    summary = process.parse(parsing.PARSER, path, tmp_path / "rows", options)
    assert "没有认出『企业名称』一列，按『隐患部位』计，请核对" in summary["sheets"][0]["said"]


def test_a_blank_enterprise_beside_a_rectifying_unit_is_said(tmp_path: Path) -> None:
    head = [*HEAD, "整改责任单位"]
    row = read_one(tmp_path / "u.xlsx", head, 企业名称="", 整改责任单位="东湖建筑公司")
    assert row.object_name == "东湖建筑公司"
    assert "没有填写企业名称，按整改责任单位“东湖建筑公司”计" in row.notes
