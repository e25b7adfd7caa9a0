"""Headings as units really write them: anywhere, broken, merged, by other words, twice, in two tables."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bihuan.kernel.errors import Refused
from tests.hazards.ledgers import CODE, HEAD, book, codes, line, open_ledger, read_all, read_one


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("被检查单位", "object_name"),
        ("企业（单位）名称", "object_name"),
        ("生产经营单位名称", "object_name"),
        ("场所名称", "object_name"),
        ("工程名称", "object_name"),
        ("＊企业名称", "object_name"),
        ("统一社会信用代码/注册号", "credit_code"),
        ("社会统一信用代码", "credit_code"),
        ("乡镇（街道）", "town"),
        ("所在镇街", "town"),
        ("属地", "town"),
        ("所属行业领域", "sector_text"),
        ("行业（领域）", "sector_text"),
        ("隐患具体情况", "description"),
        ("存在的主要问题", "description"),
        ("检查发现的问题隐患", "description"),
        ("问题隐患描述", "description"),
        ("隐患级别", "grade"),
        ("隐患等级\n（一般/重大）", "grade"),
        ("隐患来源", "source"),
        ("排查方式", "source"),
        ("排查时间", "found_on"),
        ("发现隐患时间", "found_on"),
        ("巡查日期", "found_on"),
        ("整改截止日期", "rectify_by"),
        ("要求完成时间", "rectify_by"),
        ("计划完成时间", "rectify_by"),
        ("整改完成时限", "rectify_by"),
        ("实际完成时间", "rectified_on"),
        ("整改完成日期", "rectified_on"),
        ("整改进展情况", "rectified_state"),
        ("是否整改完成", "rectified_state"),
        ("复核时间", "accepted_on"),
        ("销号时间", "accepted_on"),
        ("验收销号日期", "accepted_on"),
        ("验收人（签字）", "acceptor"),
        ("复查人", "acceptor"),
        ("投入整改资金(万元)", "funds"),
        ("整改资金投入（元）", "funds"),
        ("隐患部位", "place"),
        ("整改责任单位", "rectifying_unit"),
        ("监管责任人", "supervisor"),
        ("有无应急预案", "contingency_plan"),
        ("整改防控措施", "measures"),
        ("检查组成员", "found_by"),
        ("检查单位", "found_by_unit"),
        ("5、整改期限", "rectify_by"),
    ],
)
def test_other_words_for_the_columns_are_known(tmp_path: Path, heading: str, field: str) -> None:
    needed = [name for name in ("单位名称", "隐患内容", "检查时间") if not _same(field, name)]
    workbook = open_ledger(book(tmp_path / "a.xlsx", [*needed, heading, "备注"], ["甲"] * (len(needed) + 2)))
    heading_row = workbook.sheets[0].heading
    assert heading_row.at[field] == len(needed)
    assert heading_row.unknown == ()


def _same(field: str, heading: str) -> bool:
    return {"object_name": "单位名称", "description": "隐患内容", "found_on": "检查时间"}.get(
        field
    ) == heading


def test_a_preface_of_any_length_is_passed_over(tmp_path: Path) -> None:
    preface = [
        ["关于报送隐患台账的说明"],
        [],
        ["填报单位：东湖镇", None, None, "填报时间：2023年7月3日"],
        ["单位：元"],
        ["一、填表要求"],
        [],
    ]
    (row,) = read_all(book(tmp_path / "a.xlsx", *preface, HEAD, line(发现日期="3月1日", 整改期限="3月15日")))
    assert (row.line, row.found_on, row.rectify_by) == (8, date(2023, 3, 1), date(2023, 3, 15))


def test_the_unit_of_money_may_stand_above_the_table(tmp_path: Path) -> None:
    head = [name.replace("资金（万元）", "资金") for name in HEAD]
    cells = line(**{"资金（万元）": 5000})
    (row,) = read_all(book(tmp_path / "a.xlsx", ["2023年上半年台账"], ["金额单位：元"], head, cells))
    assert row.funds_fen == 500_000


def test_two_heading_rows_tell_equal_words_apart(tmp_path: Path) -> None:
    upper = ["序号", "企业名称", "隐患内容", "检查情况", None, None, "整改情况", None, None, "验收情况", None]
    lower = [None, None, None, "时间", "人员", "来源", "期限", "责任人", "完成时间", "时间", "人员"]
    row = [
        1,
        "东湖纺织",
        "安全出口堵塞",
        "2023.3.1",
        "张三",
        "日常检查",
        "2023.3.15",
        "李四",
        "2023.3.10",
        "2023.3.12",
        "王五",
    ]
    merged = ["D2:F2", "G2:I2", "J2:K2", "A2:A3", "B2:B3", "C2:C3"]
    (read,) = read_all(book(tmp_path / "a.xlsx", ["2023年台账"], upper, lower, row, merged=merged))
    assert (read.found_on, read.found_by) == (date(2023, 3, 1), "张三")
    assert (read.rectify_by, read.rectifier, read.rectified_on) == (
        date(2023, 3, 15),
        "李四",
        date(2023, 3, 10),
    )
    assert (read.accepted_on, read.acceptor) == (date(2023, 3, 12), "王五")
    assert read.failures == ()


def test_two_heading_rows_without_merged_cells(tmp_path: Path) -> None:
    upper = ["序号", "企业名称", "隐患内容", "来源", "检查", "", "验收", ""]
    lower = ["", "", "", "", "日期", "人员", "日期", "人员"]
    row = [1, "东湖纺织", "安全出口堵塞", "自查", "2023.3.1", "张三", "2023.3.12", "王五"]
    (read,) = read_all(book(tmp_path / "a.xlsx", upper, lower, row))
    assert (read.found_on, read.found_by, read.accepted_on, read.acceptor) == (
        date(2023, 3, 1),
        "张三",
        date(2023, 3, 12),
        "王五",
    )


def test_a_grade_ticked_in_one_of_two_columns(tmp_path: Path) -> None:
    upper = ["序号", "企业名称", "隐患内容", "来源", "发现日期", "隐患等级", None]
    lower = [None, None, None, None, None, "一般", "重大"]
    rows = [
        [1, "甲厂", "堵塞", "自查", "2023.3.1", "√", None],
        [2, "乙厂", "漏电", "自查", "2023.3.1", None, "√"],
    ]
    merged = ["F1:G1", "A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:E2"]
    read = read_all(book(tmp_path / "a.xlsx", upper, lower, *rows, merged=merged))
    assert [row.grade for row in read] == ["一般", "重大"]


def test_one_heading_means_different_things_by_its_values(tmp_path: Path) -> None:
    head = ["企业名称", "隐患内容", "隐患类别", "来源", "发现日期"]
    (by_grade,) = read_all(book(tmp_path / "a.xlsx", head, ["甲厂", "堵塞", "重大隐患", "自查", "2023.3.1"]))
    (by_kind,) = read_all(book(tmp_path / "b.xlsx", head, ["甲厂", "堵塞", "用电安全", "自查", "2023.3.1"]))
    assert (by_grade.grade, by_kind.grade, by_kind.category) == ("重大", "一般", "用电安全")


def test_a_heading_repeated_within_the_sheet_is_skipped(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", ["2023年台账"], HEAD, line(序号=1), HEAD, line(序号=2))
    sheet = open_ledger(path).sheets[0]
    assert [row.no for row in sheet.rows()] == ["1", "2"]
    assert ("重复的表头", 4) in [(skipped.reason, skipped.line) for skipped in sheet.skipped]


def test_a_second_table_below_brings_its_own_heading(tmp_path: Path) -> None:
    other = ["编号", "隐患内容", "受检单位", "检查时间", "检查方式", "整改时限"]
    path = book(
        tmp_path / "a.xlsx",
        ["2023年台账"],
        HEAD,
        line(序号=1),
        [],
        ["消防部分"],
        other,
        ["甲1", "疏散指示灯损坏", "西岭商场", "2023.4.1", "专项检查", "2023.3.1"],
    )
    first, second = read_all(path)
    assert (first.object_name, second.object_name) == ("东湖纺织有限公司", "西岭商场")
    assert second.source == "专项"
    assert [(f.column, f.code) for f in second.failures] == [("整改时限", "hazard.due_before_found")]


def test_several_sheets_and_what_is_left_out(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.active.title = "5月"
    for name, day in (("5月", "5.3"), ("6月", "6.4")):
        sheet = made[name] if name in made.sheetnames else made.create_sheet(name)
        for cells in (
            ["2023年度隐患台账"],
            HEAD,
            line(序号=1, 发现日期=day, 整改期限="", 隐患描述=f"{name}的隐患"),
        ):
            sheet.append(list(cells))
    made.create_sheet("填表说明").append(["一、按月报送"])
    hidden = made.create_sheet("旧表")
    hidden.append(list(HEAD))
    hidden.sheet_state = "hidden"
    made.save(tmp_path / "a.xlsx")
    assert [(row.sheet, row.found_on) for row in read_all(tmp_path / "a.xlsx")] == [
        ("5月", date(2023, 5, 3)),
        ("6月", date(2023, 6, 4)),
    ]
    assert [name for name, _ in open_ledger(tmp_path / "a.xlsx").left_out] == ["填表说明", "旧表"]


def test_a_clerks_own_word_for_a_heading_counts(tmp_path: Path) -> None:
    head = ["企业名称", "毛病", "何时发现", "来源"]
    path = book(tmp_path / "a.xlsx", head, ["甲厂", "堵塞", "2023.3.1", "自查"])
    with pytest.raises(Refused):
        open_ledger(path)
    (row,) = read_all(path, extra=[("description", "毛 病"), ("found_on", "何时发现")])
    assert (row.description, row.found_on) == ("堵塞", date(2023, 3, 1))


def test_unknown_and_doubled_headings_are_named(tmp_path: Path) -> None:
    head = [*HEAD, "整改责任人", "天气", "联系电话"]
    workbook = open_ledger(book(tmp_path / "a.xlsx", head, [*line(), "赵六", "晴", "123"]))
    assert workbook.sheets[0].heading.unknown == ("责任人", "天气")


def test_headings_come_back_without_breaks_and_padding(tmp_path: Path) -> None:
    head = [name.replace("发现日期", " 发现\n日期 ") for name in HEAD]
    cells = line(发现日期="2023-13-01")
    (row,) = read_all(book(tmp_path / "a.xlsx", head, cells))
    assert [one.column for one in row.rejections()] == ["发现日期"]
    assert row.rejections()[0].reason == (
        "第 2 行『发现日期』2023-13-01 不是日期（没有 13 月），请写成 2023-03-01 这样的形式"
    )


def test_cells_merged_downwards_hold_for_every_line(tmp_path: Path) -> None:
    rows = [
        line(序号=1),
        line(序号=2, 企业名称=None, 信用代码=None, 镇街=None, 隐患描述="二"),
        line(序号=3, 企业名称="西岭商场", 信用代码=None),
    ]
    path = book(tmp_path / "a.xlsx", HEAD, *rows, merged=["B2:B3", "C2:C3", "D2:D3"])
    read = read_all(path)
    assert [row.object_name for row in read] == ["东湖纺织有限公司", "东湖纺织有限公司", "西岭商场"]
    assert [row.credit_code for row in read] == [CODE, CODE, ""]


def test_the_same_as_above_is_taken_from_above(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        line(序号=1),
        line(序号=2, 企业名称="同上", 信用代码="〃", 镇街='"', 隐患描述="二"),
    ]
    read = read_all(book(tmp_path / "a.xlsx", HEAD, *rows))
    assert (read[1].object_name, read[1].credit_code, read[1].town) == ("东湖纺织有限公司", CODE, "东湖镇")


def test_a_table_that_does_not_begin_in_the_first_column(tmp_path: Path) -> None:
    (row,) = read_all(book(tmp_path / "a.xlsx", [None], [None, None, *HEAD], [None, None, *line()]))
    assert (row.line, row.no, row.failures) == (3, "1", ())


def test_one_row_of_everything_good(tmp_path: Path) -> None:
    row = read_one(tmp_path / "a.xlsx")
    assert codes(row) == []
    assert (row.sector, row.source, row.contingency_plan, row.funds_fen) == (
        "工贸",
        "日常",
        "已制定",
        500_000,
    )


def test_merged_cells_of_a_table_that_begins_further_right(tmp_path: Path) -> None:
    rows = [[None, *line(序号=1)], [None, *line(序号=2, 企业名称=None, 隐患描述="二")]]
    path = book(tmp_path / "a.xlsx", [None, *HEAD], *rows, merged=["C2:C3"])
    assert [row.object_name for row in read_all(path)] == ["东湖纺织有限公司", "东湖纺织有限公司"]
