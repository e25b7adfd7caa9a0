"""Lines that are no rows are left out and named; lines that are rows are never lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.hazards.ledgers import HEAD, book, codes, line, open_ledger, read_all


def _skipped(path: Path) -> list[str]:
    sheet = open_ledger(path).sheets[0]
    kept = [row.no for row in sheet.rows()]
    assert kept == ["1", "2"]
    return [one.reason for one in sheet.skipped]


@pytest.mark.parametrize(
    ("between", "reason"),
    [
        ([], "空行"),
        ([" ", "　"], "空行"),
        ([3], "只有序号的空行"),
        (["合计", None, None, None, None, "共160处"], "合计行"),
        (["小计", None, None, None, None, None, None, None, None, None, None, None, 12.5], "合计行"),
        (["合 计"], "合计行"),
        (["总计：12处"], "合计行"),
        ([None, "东湖镇小计", None, None, None, 5], "合计行"),
        ([None, "合计"], "合计行"),
        (["共12处"], "合计行"),
        (["本页合计"], "合计行"),
        (["填表人：张三　　审核人：李四"], "填表签字行"),
        (["单位负责人（签字）：", None, None, None, None, None, "填表人："], "填表签字行"),
        (["制表：王五", None, "审核：赵六"], "填表签字行"),
        (["填报人", "张三"], "填表签字行"),
        (["联系电话：0632-1234567"], "填表签字行"),
        (["注：1.本表每月5日前报送"], "说明行"),
        (["备注：重大隐患须单独报告"], "说明行"),
        (["※ 本表由各镇街填报"], "说明行"),
        (["一、工贸行业"], "分段标题"),
        (["东湖镇"], "分段标题"),
        (["示例", "某公司", None, None, None, "某隐患"], "示例行"),
    ],
)
def test_what_is_no_row_is_skipped_with_its_reason(tmp_path: Path, between: list[Any], reason: str) -> None:
    path = book(tmp_path / "a.xlsx", HEAD, line(序号=1), between, line(序号=2))
    assert _skipped(path) == [reason]


def test_rows_without_numbers_are_rows(tmp_path: Path) -> None:
    rows = read_all(book(tmp_path / "a.xlsx", HEAD, line(序号=None), line(序号="", 隐患描述="二")))
    assert [(row.no, codes(row)) for row in rows] == [("", []), ("", [])]


def test_a_column_of_numbers_may_be_missing_or_text(tmp_path: Path) -> None:
    without = HEAD[1:]
    assert [row.no for row in read_all(book(tmp_path / "a.xlsx", without, line(without)))] == [""]
    assert [
        row.no for row in read_all(book(tmp_path / "b.xlsx", HEAD, line(序号="A-01"), line(序号="（二）")))
    ] == ["A-01", "（二）"]


def test_a_row_with_a_missing_description_is_a_wrong_row(tmp_path: Path) -> None:
    rows = read_all(
        book(
            tmp_path / "a.xlsx", HEAD, line(序号=1), line(序号=2, 隐患描述=None), line(序号=3, 隐患描述="  ")
        )
    )
    assert [codes(row) for row in rows] == [[], ["no_description"], ["no_description"]]


def test_a_section_names_the_sector_of_a_ledger_without_that_column(tmp_path: Path) -> None:
    head = [name for name in HEAD if name != "行业"]
    rows = read_all(
        book(
            tmp_path / "a.xlsx",
            head,
            ["一、工贸行业"],
            line(head),
            ["二、危险化学品"],
            line(head, 隐患描述="二"),
        )
    )
    assert [row.sector for row in rows] == ["工贸", "危险化学品"]


def test_equal_rows_are_told_apart_by_rank(tmp_path: Path) -> None:
    rows = read_all(
        book(tmp_path / "a.xlsx", HEAD, line(序号=1), line(序号=2), line(序号=3, 隐患描述="安全出口，堵塞。"))
    )
    assert [row.rank for row in rows] == [0, 1, 2]


def test_a_signature_line_gives_the_year_when_nothing_else_does(tmp_path: Path) -> None:
    rows = [
        line(发现日期="3月1日", 整改期限="3月15日"),
        ["填表人：张三", None, None, "填表日期：2023年7月3日"],
    ]
    (row,) = read_all(book(tmp_path / "a.xlsx", ["隐患台账"], HEAD, *rows, sheet="Sheet1"))
    assert str(row.found_on) == "2023-03-01"


def test_without_any_year_the_other_rows_speak_and_else_the_row_is_wrong(tmp_path: Path) -> None:
    head, yearless = HEAD, {"发现日期": "3月1日", "整改期限": None}
    beside = read_all(
        book(
            tmp_path / "a.xlsx",
            head,
            line(**yearless),
            line(发现日期="2023-04-01", 整改期限=None),
            sheet="Sheet1",
        )
    )
    assert str(beside[0].found_on) == "2023-03-01"
    (alone,) = read_all(book(tmp_path / "b.xlsx", head, line(**yearless), sheet="Sheet1"))
    assert codes(alone) == ["bad_found_date"]
    assert "没有年份" in alone.rejections()[0].reason
