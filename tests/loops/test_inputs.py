"""What people and programs send becomes an input or a refusal with a sentence; never an error."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.capabilities.hazards.loop import HAZARD
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.loops.inputs import Kind, build, entry, fields_of, payload_of
from bihuan.kernel.record.entries import canonical

INPUTS = [deed.input for deed in (*HAZARD.openings, *HAZARD.deeds) if deed.shown]


@dataclass(frozen=True, kw_only=True)
class Sample:
    word: str = entry("词", max_length=5)
    day: date | None = entry("日", Kind.DATE, required=False)
    money: int | None = entry("钱", Kind.MONEY, required=False)
    count: int | None = entry("数", Kind.INTEGER, required=False)
    thing: UUID | None = entry("物", Kind.OBJECT, required=False)


def code_of(**raw: Any) -> tuple[str, str]:
    with pytest.raises(Refused) as refusal:
        build(Sample, {"word": "好", **raw})
    (failure,) = refusal.value.failures
    assert failure.field in raw
    assert (
        f"「{ {'word': '词', 'day': '日', 'money': '钱', 'count': '数', 'thing': '物'}[str(failure.field)] }」"
        in failure.message
    )
    return failure.code, str(failure.field)


@pytest.mark.parametrize("text", ["2023-03-01", "2023/3/1", "2023.3.1", "2023年3月1日", " 2023-03-01 "])
def test_a_day_is_read_as_people_write_it(text: str) -> None:
    assert build(Sample, {"word": "好", "day": text}).day == date(2023, 3, 1)


@pytest.mark.parametrize(
    "text", ["2023-02-30", "昨天", "2023-03", "1899-01-01", "2101-01-01", "2023-03-01T09:00", 20230301, [1]]
)
def test_what_is_no_day_is_refused(text: Any) -> None:
    assert code_of(day=text) == ("input.not_a_date", "day")


@pytest.mark.parametrize(
    ("text", "fen"), [("1200", 120_000), ("1,200.50", 120_050), (0, 0), ("1e3", 100_000), (0.1, 10)]
)
def test_money_is_read_to_the_fen(text: Any, fen: int) -> None:
    assert build(Sample, {"word": "好", "money": text}).money == fen


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("一千", "not_money"), ("1.005", "not_money"), ("NaN", "not_money"), ("sNaN", "not_money"),
        ("Infinity", "not_money"), ("-1", "out_of_range"), ("1e13", "out_of_range"), ("1e999999999", "out_of_range"),
        ("1e-999999999", "not_money"), ({}, "not_money"),
    ],
)  # fmt: skip
def test_money_that_is_none_is_refused(text: Any, code: str) -> None:
    assert code_of(money=text) == (f"input.{code}", "money")


@pytest.mark.parametrize("text", ["1.5", "一", "9" * 5000, "0x10", True])
def test_a_number_is_a_whole_number(text: Any) -> None:
    assert code_of(count=text) == ("input.not_a_number", "count")


def test_text_is_kept_clean_and_within_its_length() -> None:
    assert build(Sample, {"word": " 通\x00道\r\n "}).word == "通道"
    assert code_of(word="一二三四五六") == ("input.too_long", "word")
    assert code_of(word=["a"]) == ("input.not_text", "word")
    assert code_of(word="半\ud83d") == ("input.not_text", "word")


def test_what_is_missing_is_asked_for() -> None:
    for blank in (None, "", "  ", "\x00"):
        with pytest.raises(Refused) as refusal:
            build(Sample, {"word": blank})
        assert [failure.code for failure in refusal.value.failures] == ["input.missing"]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
    | st.sampled_from(["2023-03-01", "1e999999999", "sNaN", "\ud800", "\x00", "9" * 400, "019a9b2e-0000-7000-8000-000000000001"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@pytest.mark.parametrize(
    "input_type", sorted(set(INPUTS), key=lambda one: one.__name__), ids=lambda one: one.__name__
)
def test_whatever_is_sent_is_read_or_refused(input_type: type) -> None:
    names = [described.name for described in fields_of(input_type)]

    @settings(max_examples=60, deadline=None, derandomize=True)
    @given(raw=st.dictionaries(st.sampled_from(names), ANYTHING))
    def read(raw: dict[str, Any]) -> None:
        try:
            said = build(input_type, raw)
        except Refused as refusal:
            assert all(failure.field in names and failure.message for failure in refusal.failures)
        else:
            canonical(payload_of(said)).encode()

    read()


@dataclass(frozen=True, kw_only=True)
class Moments:
    at: datetime = entry("时间", Kind.MOMENT)


@pytest.mark.parametrize(
    "said", ["2026-11-22 02:10", "2026-11-22T02:10", "2026/11/22 02:10", "2026年11月22日 2时10分".replace("2时", "02时"),
             "2026-11-21T18:10:00+00:00"],
)  # fmt: skip
def test_a_moment_is_read_in_chinese_legal_time(said: str) -> None:
    assert build(Moments, {"at": said}).at == datetime(2026, 11, 22, 2, 10, tzinfo=clock.SHANGHAI)


@pytest.mark.parametrize("said", ["2026-11-22", "昨夜", "25:70", "0001-01-01 00:00", "9999-12-31 23:59"])
def test_a_moment_without_its_minute_is_refused(said: str) -> None:
    with pytest.raises(Refused) as refusal:
        build(Moments, {"at": said})
    assert refusal.value.failures[0].code == "input.not_a_moment"
