"""Amounts in ledgers, exact to the fen."""

from __future__ import annotations

import pytest

from bihuan.kernel.workbooks.money import read_money
from bihuan.kernel.workbooks.reasons import Unreadable
from bihuan.kernel.workbooks.text import heading_key, heading_unit, heading_written


@pytest.mark.parametrize(
    ("value", "unit", "fen"),
    [
        (0.05, "万元", 50_000),
        (2.6, "万元", 2_600_000),
        (12, "万元", 12_000_000),
        (5000, "元", 500_000),
        ("1.2万元", "元", 1_200_000),
        ("500元", "万元", 50_000),
        ("￥500", "万元", 50_000),
        ("1,200", "元", 120_000),
        ("约2万", "元", 2_000_000),
        ("2万余元", "元", 2_000_000),
        ("1.5w", "元", 1_500_000),
        ("3千元", "万元", 300_000),
        ("2000元左右", "万元", 200_000),
        ("５００", "元", 50_000),
        ("无", "万元", 0),
        ("0", "万元", 0),
        ("/", "万元", None),
        ("—", "万元", None),
        ("", "万元", None),
        ("企业自筹", "万元", None),
        (0.1 + 0.2, "元", 30),
        ("0.005", "元", 1),
    ],
)
def test_amounts_are_read_with_their_unit(value: object, unit: str, fen: int | None) -> None:
    assert read_money(value, unit) == fen


@pytest.mark.parametrize("value", ["若干", "-3", -1, "1.2.3", True, "12万5", 1e30])
def test_no_amount_is_refused(value: object) -> None:
    with pytest.raises(Unreadable):
        read_money(value, "万元")


def test_headings_without_width_breaks_and_units() -> None:
    assert heading_written("统一\n信用代码") == "统一信用代码"
    assert heading_written(" 资金(万元) ") == "资金(万元)"
    assert heading_key("整改资金（万元）") == heading_key(" 整改\n资金 ") == "整改资金"
    assert heading_key("*企业名称（必填）") == "企业名称"
    assert heading_unit("投入资金（元）") == "元"
    assert heading_unit("资金(万元)") == "万元"
    assert heading_unit("资金") is None
    assert heading_unit("责任单元") is None
