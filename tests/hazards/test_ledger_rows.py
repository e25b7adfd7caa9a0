"""Cells of a hazard ledger: words, ticks, codes, the four days and their order; every fault with its column."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from bihuan.capabilities.hazards.ledger import identity
from bihuan.capabilities.hazards.ledger.identity import Outcome
from bihuan.capabilities.hazards.ledger.progress import Progress
from bihuan.capabilities.hazards.ledger.row import LedgerRow
from bihuan.capabilities.hazards.ledger.words import read_grade, read_source, read_tick
from bihuan.kernel.workbooks.reasons import Unreadable
from tests.hazards.ledgers import CODE, HEAD, TODAY, book, codes, line, read_all, read_one

STATE_HEAD = [name.replace("完成日期", "整改情况") for name in HEAD]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("企业自查", "自查"),
        ("自查自纠", "自查"),
        ("日常检查", "日常"),
        ("执法检查", "日常"),
        ("专项整治", "专项"),
        ("大排查大整治", "专项"),
        ("联合执法", "联合"),
        ("省级督导", "督查"),
        ("四不两直", "暗访"),
        ("领导带队检查", "领导带队"),
        ("群众举报", "举报"),
        ("12345热线", "举报"),
        ("专家排查", "专家"),
        ("第三方服务机构", "专家"),
        ("网格巡查", "网格"),
        ("上级交办", "移交"),
        ("人大代表建议", "人大"),
        ("领导带队专项检查", "领导带队"),
        (" 自 查 ", "自查"),
        ("督查", "督查"),
    ],
)
def test_words_for_the_twelve_sources(text: str, source: str) -> None:
    assert read_source(text) == source


def test_an_unknown_source_or_grade_is_refused() -> None:
    with pytest.raises(Unreadable, match="自查、日常、专项"):
        read_source("抽签")
    for word in ("较大", "较大隐患", "三级", "□一般 □重大"):
        with pytest.raises(Unreadable):
            read_grade(word)


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("一般", "一般"),
        ("一般隐患", "一般"),
        ("一般事故隐患", "一般"),
        ("一般安全生产隐患", "一般"),
        ("重大", "重大"),
        ("重大隐患", "重大"),
        ("重大事故隐患", "重大"),
        ("重大火灾隐患", "重大"),
        ("□一般 ☑重大", "重大"),
        ("一般√ 重大", "一般"),
        ("一 般", "一般"),
        ("（重大）", "重大"),
    ],
)
def test_words_for_the_two_grades(text: str, grade: str) -> None:
    assert read_grade(text) == grade


def test_ticks_for_the_contingency_plan(tmp_path: Path) -> None:
    assert [read_tick(text) for text in ("√", "有", "已制定", "是", "✓")] == [True] * 5
    assert [read_tick(text) for text in ("无", "否", "未制定", "×")] == [False] * 4
    assert read_tick("现场处置方案") is None
    assert (
        read_one(tmp_path / "a.xlsx", 预案="有限空间现场处置方案").contingency_plan == "有限空间现场处置方案"
    )


@pytest.mark.parametrize(
    "written",
    [f" {CODE.lower()} ", f"'{CODE}", "".join(chr(ord(c) + 0xFEE0) for c in CODE), f"{CODE[:8]} {CODE[8:]}"],
)
def test_a_credit_code_is_read_however_it_is_typed(tmp_path: Path, written: str) -> None:
    row = read_one(tmp_path / "a.xlsx", 信用代码=written)
    assert (row.credit_code, codes(row)) == (CODE, [])


@pytest.mark.parametrize("written", [None, "/", "无", "办理中", "—"])
def test_a_place_without_a_code_is_allowed(tmp_path: Path, written: str | None) -> None:
    row = read_one(tmp_path / "a.xlsx", 信用代码=written)
    assert (row.credit_code, codes(row)) == ("", [])


@pytest.mark.parametrize(
    "written", [CODE[:-1] + ("A" if CODE[-1] != "A" else "B"), CODE[:-1], "370403000012345", 9.13704e17]
)
def test_a_wrong_code_rejects_the_row(tmp_path: Path, written: Any) -> None:
    row = read_one(tmp_path / "a.xlsx", 信用代码=written)
    assert codes(row) == ["bad_credit_code"]
    assert row.rejections()[0].column == "信用代码"


@pytest.mark.parametrize(
    ("changes", "code", "column"),
    [
        ({"行业": "航天发射"}, "unknown_sector", "行业"),
        ({"来源": "抽签"}, "unknown_source", "来源"),
        ({"来源": None}, "no_source", "来源"),
        ({"等级": "较大"}, "unknown_grade", "等级"),
        ({"企业名称": None}, "no_object", "企业名称"),
        ({"隐患描述": "/"}, "no_description", "隐患描述"),
        ({"发现日期": None}, "no_found_date", "发现日期"),
        ({"发现日期": "2023-13-41"}, "bad_found_date", "发现日期"),
        ({"发现日期": "2023年3月"}, "bad_found_date", "发现日期"),
        ({"发现日期": "2023-07-11", "整改期限": None}, "found_in_future", "发现日期"),
        ({"整改期限": "2023-02-28"}, "due_before_found", "整改期限"),
        ({"整改期限": "2023-13-01"}, "bad_due_date", "整改期限"),
        ({"整改期限": "看情况"}, "bad_due_date", "整改期限"),
        ({"完成日期": "2023-02-28"}, "rectified_before_found", "完成日期"),
        ({"完成日期": "2023-02-30"}, "bad_rectified_date", "完成日期"),
        ({"完成日期": "2023-08-01"}, "rectified_in_future", "完成日期"),
        ({"完成日期": "暂缓"}, "bad_rectified_date", "完成日期"),
        ({"完成日期": "2023-03-10", "验收日期": "2023-03-09"}, "accepted_before_rectified", "验收日期"),
        ({"验收日期": "2023-02-28"}, "accepted_before_found", "验收日期"),
        ({"资金（万元）": "若干"}, "bad_funds", "资金（万元）"),
        ({"资金（万元）": -1}, "bad_funds", "资金（万元）"),
    ],
)
def test_a_row_that_cannot_be_right_names_its_column(
    tmp_path: Path, changes: dict[str, Any], code: str, column: str
) -> None:
    row = read_one(tmp_path / "a.xlsx", **changes)
    assert [(one.code, one.column) for one in row.rejections()] == [(f"hazard.{code}", column)]
    assert row.rejections()[0].reason.startswith(f"第 3 行『{column}』")


def test_all_faults_of_a_row_come_at_once(tmp_path: Path) -> None:
    row = read_one(tmp_path / "a.xlsx", 行业="航天发射", 来源="抽签", 发现日期="昨天", 信用代码="123")
    assert sorted(codes(row)) == ["bad_credit_code", "bad_found_date", "unknown_sector", "unknown_source"]


@pytest.mark.parametrize(
    ("written", "due"),
    [
        ("立即整改", date(2023, 3, 1)),
        ("当场整改", date(2023, 3, 1)),
        ("立行立改", date(2023, 3, 1)),
        ("3日内", date(2023, 3, 4)),
        ("十五日内", date(2023, 3, 16)),
        ("两三天内", date(2023, 3, 4)),
        ("限15日内整改", date(2023, 3, 16)),
        ("一周内", date(2023, 3, 8)),
        ("一个月内", date(2023, 4, 1)),
        ("半个月", date(2023, 3, 16)),
        ("5个工作日内", date(2023, 3, 8)),
        ("2023年3月20日前", date(2023, 3, 20)),
        ("3月底前", date(2023, 3, 31)),
        ("4月中旬", date(2023, 4, 20)),
        ("年底前", date(2023, 12, 31)),
        ("2023.3.5-3.20", date(2023, 3, 20)),
        ("长期坚持", None),
        ("/", None),
        (None, None),
        ("尽快", None),
        (45005, date(2023, 3, 20)),
        (datetime(2023, 3, 20), date(2023, 3, 20)),
        ("1月15日", None),
    ],
)
def test_deadlines_in_figures_and_in_words(tmp_path: Path, written: Any, due: date | None) -> None:
    row = read_one(tmp_path / "a.xlsx", 整改期限=written)
    if written == "1月15日":
        assert codes(row) == ["due_before_found"]
    else:
        assert (row.rectify_by, codes(row)) == (due, [])


@pytest.mark.parametrize(
    ("written", "rectified", "accepted", "progress"),
    [
        ("已于3月10日整改完成", date(2023, 3, 10), None, Progress.RECTIFIED),
        ("2023.3.10", date(2023, 3, 10), None, Progress.RECTIFIED),
        ("已完成（3月10日）", date(2023, 3, 10), None, Progress.RECTIFIED),
        ("已于3月10日整改完毕，3月12日复查合格", date(2023, 3, 10), date(2023, 3, 12), Progress.ACCEPTED),
        ("已整改", None, None, Progress.RECTIFIED),
        ("√", None, None, Progress.RECTIFIED),
        ("是", None, None, Progress.RECTIFIED),
        ("当场整改", date(2023, 3, 1), None, Progress.RECTIFIED),
        ("已整改完成，待验收", None, None, Progress.RECTIFIED),
        ("已销号", None, None, Progress.RECTIFIED),
        ("已更换灭火器3具", None, None, Progress.RECTIFIED),
        ("整改中", None, None, Progress.ASSIGNED),
        ("正在整改", None, None, Progress.ASSIGNED),
        ("未完成", None, None, Progress.ASSIGNED),
        ("未整改", None, None, Progress.ASSIGNED),
        ("预计6月底完成", None, None, Progress.ASSIGNED),
        ("完成80%", None, None, Progress.ASSIGNED),
        ("已采购设备，正在安装", None, None, Progress.ASSIGNED),
        ("否", None, None, Progress.ASSIGNED),
        ("长期坚持", None, None, Progress.ASSIGNED),
        (None, None, None, Progress.ASSIGNED),
        (44995, date(2023, 3, 10), None, Progress.RECTIFIED),
    ],
)
def test_what_a_ledger_claims_about_rectification(
    tmp_path: Path, written: Any, rectified: date | None, accepted: date | None, progress: Progress
) -> None:
    row = read_one(tmp_path / "a.xlsx", STATE_HEAD, 整改情况=written)
    assert codes(row) == []
    assert (row.rectified_on, row.accepted_on, row.claimed_progress) == (rectified, accepted, progress)


@pytest.mark.parametrize("written", ["整改中", "未完成", "正在整改", "已整改", "√"])
def test_words_may_stand_in_the_column_of_the_date(tmp_path: Path, written: str) -> None:
    row = read_one(tmp_path / "a.xlsx", 完成日期=written)
    assert codes(row) == []
    assert row.state_text == written


def test_an_impossible_day_within_a_sentence_is_a_fault(tmp_path: Path) -> None:
    row = read_one(tmp_path / "a.xlsx", STATE_HEAD, 整改情况="已于13月5日整改完成")
    assert [(one.code, one.column) for one in row.rejections()] == [("hazard.bad_rectified_date", "整改情况")]


def test_a_word_that_contradicts_the_days_is_a_fault(tmp_path: Path) -> None:
    row = read_one(tmp_path / "a.xlsx", STATE_HEAD, 整改情况="整改中", 验收日期="2023-03-12")
    assert codes(row) == ["state_contradicts"]


def test_acceptance_without_a_date_closes_nothing(tmp_path: Path) -> None:
    row = read_one(tmp_path / "a.xlsx", 完成日期="2023-03-10", 验收日期="已验收")
    assert (row.accepted_on, row.claimed_progress, codes(row)) == (None, Progress.RECTIFIED, [])
    assert any("没有验收日期" in note for note in row.notes)


def test_a_rectification_date_without_acceptance_is_not_closed(tmp_path: Path) -> None:
    row = read_one(tmp_path / "a.xlsx", 完成日期="2023-03-10")
    assert (row.accepted_on, row.claimed_progress) == (None, Progress.RECTIFIED)


def test_the_year_of_dates_without_one_rolls_over(tmp_path: Path) -> None:
    row = read_one(
        tmp_path / "a.xlsx", 发现日期="12月28日", 整改期限="1月15日", 完成日期="1月10日", 验收日期="1月12日"
    )
    assert (row.found_on, row.rectify_by) == (date(2022, 12, 28), date(2023, 1, 15))
    assert (row.rectified_on, row.accepted_on, codes(row)) == (date(2023, 1, 10), date(2023, 1, 12), [])


def test_a_number_typed_for_a_day_is_a_day(tmp_path: Path) -> None:
    row = read_one(tmp_path / "a.xlsx", 发现日期=5.3, 整改期限=20230520)
    assert (row.found_on, row.rectify_by, codes(row)) == (date(2023, 5, 3), date(2023, 5, 20), [])


def test_a_workbook_that_counts_from_1904(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.epoch = CALENDAR_MAC_1904
    made.active.append(list(HEAD))
    made.active.append(line(发现日期=datetime(2023, 3, 1), 整改期限=43538))
    made.save(tmp_path / "a.xlsx")
    (row,) = read_all(tmp_path / "a.xlsx")
    assert (row.found_on, row.rectify_by) == (date(2023, 3, 1), date(2023, 3, 15))


def test_a_claim_filed_before_it_was_found_is_remarked_on(tmp_path: Path) -> None:
    title = "2023年上半年台账　填报时间：2023年6月1日"
    (row,) = read_all(
        book(
            tmp_path / "a.xlsx",
            ["2023年上半年台账"],
            ["填报时间：2023年6月1日"],
            HEAD,
            line(发现日期="2023-06-20", 整改期限=None),
        )
    )
    assert title
    assert codes(row) == []
    assert any("晚于填报时间" in note for note in row.notes)


def test_a_source_may_be_chosen_for_a_ledger_without_that_column(tmp_path: Path) -> None:
    head = [name for name in HEAD if name != "来源"]
    path = book(tmp_path / "a.xlsx", head, line(head))
    (without,) = read_all(path)
    (chosen,) = read_all(path, defaults={"source": "专项"})
    assert codes(without) == ["no_source"]
    assert (chosen.source, codes(chosen)) == ("专项", [])


def test_an_amount_assumed_in_ten_thousands_that_is_absurd_is_remarked_on(tmp_path: Path) -> None:
    head = [name.replace("资金（万元）", "资金") for name in HEAD]
    (row,) = read_all(book(tmp_path / "a.xlsx", head, [*line()[:12], 5000, *line()[13:]]))
    assert row.funds_fen == 5_000_000_000
    assert any("请核对单位" in note for note in row.notes)


def _row(**changes: Any) -> LedgerRow:
    base = LedgerRow(
        sheet="台账",
        line=3,
        no="1",
        object_name="东湖纺织",
        credit_code=CODE,
        town="东湖镇",
        sector="工贸",
        description="出口堵塞",
        grade="一般",
        source="日常",
        found_on=date(2023, 3, 1),
        claimed_progress=Progress.ASSIGNED,
    )
    return replace(base, **changes)


def test_a_row_survives_the_way_out_of_the_parsing_process() -> None:
    row = _row(notes=("甲",), rectify_by=date(2023, 3, 15), funds_fen=3)
    assert LedgerRow.from_wire(row.to_wire()) == row


def test_a_row_is_known_again_in_other_spelling() -> None:
    key = identity.row_key(_row())
    assert len(key) == identity.KEY_BYTES
    assert identity.row_key(_row(description=" 出口，堵塞。", no="9", line=80)) == key
    assert identity.row_key(_row(object_name="东湖纺织有限公司")) == key
    assert identity.row_key(_row(rank=1)) != key
    assert identity.row_key(_row(found_on=date(2023, 3, 2))) != key
    assert identity.row_key(_row(place="仓库")) != key


def test_the_key_of_a_row_never_changes() -> None:
    assert identity.row_key(_row(credit_code="91370403MA3TE5T01X")).hex() == KEY


KEY = "e7931720b5ef21ecbcef0884011fc331"


@pytest.mark.parametrize(
    ("before", "after", "outcome", "fields"),
    [
        ({}, {}, Outcome.SAME, ()),
        (
            {},
            {"rectified_on": date(2023, 3, 10), "claimed_progress": Progress.RECTIFIED},
            Outcome.ADVANCED,
            (),
        ),
        ({}, {"rectify_by": date(2023, 3, 15)}, Outcome.ADVANCED, ()),
        ({}, {"claimed_progress": Progress.RECTIFIED, "state_text": "已整改"}, Outcome.ADVANCED, ()),
        ({}, {"state_text": "正在整改"}, Outcome.SAME, ()),
        ({}, {"note": "补充"}, Outcome.SAME, ()),
        ({}, {"grade": "重大"}, Outcome.DIFFERS, ("grade",)),
        ({}, {"source": "专项", "town": "西岭街道"}, Outcome.DIFFERS, ("town", "source")),
        (
            {"rectify_by": date(2023, 3, 15)},
            {"rectify_by": date(2023, 4, 15)},
            Outcome.DIFFERS,
            ("rectify_by",),
        ),
        (
            {"rectified_on": date(2023, 3, 10)},
            {"rectified_on": date(2023, 3, 11)},
            Outcome.DIFFERS,
            ("rectified_on",),
        ),
        ({"accepted_on": date(2023, 3, 12), "acceptor": "王五"}, {}, Outcome.SAME, ()),
        ({}, {"claimed_progress": Progress.RECTIFIED}, Outcome.ADVANCED, ()),
        ({"rectifier": "李四、王五"}, {"rectifier": "李四 王五"}, Outcome.SAME, ()),
    ],
)
def test_facts_differ_progress_advances(
    before: dict[str, Any], after: dict[str, Any], outcome: Outcome, fields: tuple[str, ...]
) -> None:
    comparison = identity.compare(identity.claims(_row(**before)), identity.claims(_row(**after)))
    assert (comparison.outcome, tuple(one.field for one in comparison.differences)) == (outcome, fields)


def test_today_is_the_only_limit_to_what_can_have_happened(tmp_path: Path) -> None:
    (row,) = read_all(
        book(tmp_path / "a.xlsx", HEAD, line(完成日期="2023-07-10", 验收日期="2023-07-10")), today=TODAY
    )
    assert codes(row) == []
