"""Numbers in the form official papers use."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.kernel.documents.model import SignatureBlock
from bihuan.kernel.documents.numerals import (
    chinese_date,
    chinese_day,
    chinese_number,
    chinese_span,
    document_number,
    exact_wan_yuan,
    exact_yuan,
    heading_number,
    money,
    percent,
    wan_yuan,
    yuan,
)
from bihuan.kernel.documents.outline import signature_indents, width_in_chars


@pytest.mark.parametrize(
    "number, written",
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (105, "一百零五"), (110, "一百一十"),
     (111, "一百一十一"), (1005, "一千零五"), (1010, "一千零一十"), (2000, "二千"), (9999, "九千九百九十九")],
)  # fmt: skip
def test_chinese_numbers(number: int, written: str) -> None:
    assert chinese_number(number) == written


def test_heading_marks() -> None:
    assert [heading_number(level, 12) for level in (1, 2, 3, 4)] == ["十二、", "（十二）", "12.", "（12）"]


@pytest.mark.parametrize(
    "numerator, denominator, digits, written",
    [(518, 526, 1, "98.5%"), (35, 38, 0, "92%"), (35, 38, 1, "92.1%"), (1, 8, 0, "13%"), (1, 8, 1, "12.5%"),
     (1, 200, 0, "1%"), (5, 2000, 1, "0.3%"), (7, 7, 1, "100.0%"), (0, 0, 1, "—"), (0, 5, 1, "0.0%")],
)  # fmt: skip
def test_percentages_round_half_up_to_the_digits_of_the_sentence(
    numerator: int, denominator: int, digits: int, written: str
) -> None:
    assert percent(numerator, denominator, digits) == written


def test_percentages_may_drop_empty_decimals() -> None:
    assert percent(7, 7, 1, trim=True) == "100%"
    assert percent(518, 526, 2, trim=True) == "98.48%"


def test_money_from_fen() -> None:
    assert wan_yuan(26_580_000) == "26.58"
    assert wan_yuan(120_000_000) == "120"
    assert wan_yuan(1_005_000) == "1.01"
    assert wan_yuan(120_000_000, trim=False) == "120.00"
    assert (exact_wan_yuan(999_999_999), exact_wan_yuan(1_500_000)) == ("999.999999", "1.5")
    assert yuan(123_456) == "1,234.56"
    assert yuan(120_000) == "1,200"
    assert (yuan(0), yuan(5), yuan(-5), yuan(-120_000)) == ("0", "0.05", "-0.05", "-1,200")
    assert yuan(123_456_789) == "1,234,567.89"
    assert [exact_yuan(fen) for fen in (123_456, 120_000, 5, -5)] == ["1234.56", "1200.00", "0.05", "-0.05"]
    assert money(120_000_000) == "120万元"
    assert money(999_900) == "9,999元"
    assert money(0) == "0元"


def test_dates_and_numbers_of_documents() -> None:
    assert chinese_date(date(2023, 6, 3)) == chinese_day("2023-06-03") == "2023年6月3日"
    assert chinese_span(date(2023, 1, 1), date(2023, 6, 30)) == "2023年1月1日至6月30日"
    assert chinese_span(date(2022, 12, 1), date(2023, 2, 1)) == "2022年12月1日至2023年2月1日"
    assert document_number("青安办", 2023, 18) == "青安办〔2023〕18号"


def test_the_signature_stands_where_the_standard_says() -> None:
    short = SignatureBlock("青石区应急管理局", date(2023, 7, 3))
    organ_right, date_right = signature_indents(short)
    organ, day = width_in_chars(short.organ), width_in_chars("2023年7月3日")
    assert date_right == 4
    assert organ_right + organ / 2 == pytest.approx(date_right + day / 2)
    unsealed = SignatureBlock("青石区安全生产委员会办公室", date(2023, 7, 3), sealed=False)
    organ_right, date_right = signature_indents(unsealed)
    organ = width_in_chars(unsealed.organ)
    assert organ_right == 2
    assert date_right + day == pytest.approx(organ_right + organ - 2)
    tiny = SignatureBlock("区局", date(2023, 12, 30), sealed=False)
    assert signature_indents(tiny)[1] == 2


def test_a_very_long_organ_stays_on_the_page() -> None:
    organ_right, date_right = signature_indents(SignatureBlock("青" * 24, date(2023, 7, 3)))
    assert organ_right >= 0
    assert date_right >= 4


@given(st.integers(0, 10**14))
def test_ten_thousands_are_rounded_half_up_to_two_places(fen: int) -> None:
    exact = (Decimal(fen) / 1_000_000).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert wan_yuan(fen, trim=False) == str(exact)
