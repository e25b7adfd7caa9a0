"""Numbers in Chinese characters, read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.kernel.documents.numerals import chinese_number
from bihuan.kernel.numerals import in_figures, read_number


@given(st.integers(0, 9999))
def test_what_papers_write_reads_as_it_was(number: int) -> None:
    assert read_number(chinese_number(number)) == number


@pytest.mark.parametrize(
    "text, number",
    [
        ("15", 15),
        ("十", 10),
        ("十二", 12),
        ("三十", 30),
        ("两", 2),
        ("廿", 20),
        ("廿八", 28),
        ("卅一", 31),
        ("一百零五", 105),
        ("〇", 0),
    ],
)
def test_other_ways_to_write_them(text: str, number: int) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize("text, number", [("两三", 3), ("三五", 5), ("十二三", 13), ("二三十", 30)])
def test_an_estimate_is_its_greater_number(text: str, number: int) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize("text", ["", "半", "若干", "二①", "²"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert read_number(text) is None


def test_years_are_read_digit_by_digit() -> None:
    assert in_figures("二〇二三") == in_figures("二○二三") == in_figures("二零二三") == "2023"
