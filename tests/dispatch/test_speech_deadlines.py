"""Wordings of time and the days they come to, counted from the day of the document."""

from __future__ import annotations

from datetime import date

import pytest

from bihuan.capabilities.dispatch.speeches.deadlines import DocumentDay, deadline_in, document_day

DAY = date(2023, 4, 12)
TODAY = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("text", "wording", "day"),
    [
        ("县安监局于12月15日前验收", "12月15日前", date(2023, 12, 15)),
        ("务必于2024年1月5日前上报", "2024年1月5日前", date(2024, 1, 5)),
        ("1月20日前报区安委办", "1月20日前", date(2024, 1, 20)),
        ("3月底前完成扫尾", "3月底前", date(2023, 3, 31)),
        ("从今年11月份开始至明年4月份集中行动", "从今年11月份开始至明年4月份", date(2024, 4, 30)),
        ("3月21日至10月31日集中整治", "3月21日至10月31日", date(2023, 10, 31)),
        ("6月底前完成改造", "6月底前", date(2023, 6, 30)),
        ("2月底前完成改造", "2月底前", date(2024, 2, 29)),
        ("5月中旬完成普查", "5月中旬", date(2023, 5, 20)),
        ("9月份召开现场会", "9月份", date(2023, 9, 30)),
        ("三季度末完成普查", "三季度末", date(2023, 9, 30)),
        ("上半年完成普查", "上半年", date(2023, 6, 30)),
        ("年底前完成普查", "年底前", date(2023, 12, 31)),
        ("明年年底前完成普查", "明年年底前", date(2024, 12, 31)),
        ("本月底前完成普查", "本月底前", date(2023, 4, 30)),
        ("本周五前报送方案", "本周五前", date(2023, 4, 14)),
        ("本周内报送方案", "本周内", date(2023, 4, 16)),
        ("下周三前报送方案", "下周三前", date(2023, 4, 19)),
        ("10日内报送方案", "10日内", date(2023, 4, 22)),
        ("十五个工作日内报送方案", "十五个工作日内", date(2023, 5, 5)),
        ("一个月内报送方案", "一个月内", date(2023, 5, 12)),
        ("立即停产整顿", "立即", None),
        ("尽快制定方案", "尽快", None),
        ("春节前完成检查", "春节前", None),
        ("汛期，要加强巡查", "汛期", None),
        ("2月30日前上报", "2月30日前", None),
    ],
)
def test_days(text: str, wording: str, day: date | None) -> None:
    found = deadline_in(text, DocumentDay(DAY, known=True))
    assert (found.text, found.day, found.assumed) == (wording, day, False)


@pytest.mark.parametrize(
    ("text", "wording", "recurrence"),
    [
        ("每月5日前报送台账", "每月5日前", "monthly"),
        ("每月抽查工地", "每月", "monthly"),
        ("按月上报备案", "按月", "monthly"),
        ("每季度召开一次联席会议", "每季度", "quarterly"),
        ("每周调度一次", "每周", "weekly"),
        ("每日16时前报告", "每日", "daily"),
        ("每半年演练一次", "每半年", "half-yearly"),
        ("每年组织一次体检", "每年", "yearly"),
        ("定期检查重点企业", "定期", "periodic"),
    ],
)
def test_recurrences_are_told_as_recurrences(text: str, wording: str, recurrence: str) -> None:
    found = deadline_in(text, DocumentDay(DAY, known=True))
    assert (found.text, found.day, found.recurrence) == (wording, None, recurrence)


@pytest.mark.parametrize(
    "text",
    [
        "及时消除隐患",
        "责任人2年内不得参评先进",
        "吸取8月22日发生的火灾教训",
        "贯彻《2023年5月1日前整改通知》",
        "在规定期限内取得许可证",
        "落实定期报告制度",
        "年终考核成绩靠后的镇街",
        "岁末年初形势严峻",
        "加强12个月的巡查",
    ],
)
def test_what_is_no_deadline(text: str) -> None:
    assert not deadline_in(text, DocumentDay(DAY, known=True))


@pytest.mark.parametrize("text", ["一旦发现隐患立即上报", "接到报告后2小时内上报"])
def test_what_holds_only_when_something_happens_is_no_deadline(text: str) -> None:
    assert deadline_in(text, DocumentDay(DAY, known=True), conditional=True).day is None
    assert "立即" not in (deadline_in(text, DocumentDay(DAY, known=True), conditional=True).text or "")


@pytest.mark.parametrize(
    ("text", "given", "day"),
    [
        ("正文2019年3月3日。\n区安委办\n2023年4月12日", None, DocumentDay(DAY, known=True)),
        ("正文\n二〇二三年四月十二日", None, DocumentDay(DAY, known=True)),
        ("正文\n2023年4月12日", date(2022, 1, 1), DocumentDay(date(2022, 1, 1), known=True)),
        ("2024年方案，自2024年3月起", None, DocumentDay(date(2024, 1, 1), known=True, year_only=True)),
        ("正文没有日期", None, DocumentDay(TODAY, known=False)),
    ],
)
def test_the_day_of_a_document(text: str, given: date | None, day: DocumentDay) -> None:
    assert document_day(text, given, TODAY) == day


def test_an_assumed_year_is_said_to_be_assumed() -> None:
    unknown = DocumentDay(TODAY, known=False)
    assert deadline_in("12月15日前验收", unknown).assumed
    assert not deadline_in("2024年12月15日前验收", unknown).assumed
    assert not deadline_in("每月检查", unknown).assumed


def test_where_only_the_year_is_known_relative_terms_come_to_no_day() -> None:
    found = deadline_in("10日内报送方案", DocumentDay(date(2024, 1, 1), known=True, year_only=True))
    assert (found.text, found.day) == ("10日内", None)
