"""Which numbers this register keeps, in what unit, and over which spans they are published."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Refused

_FILE = Path(__file__).parent / "indicators.json"
SPANS = ("全年", "上半年", "下半年", "一季度", "二季度", "三季度", "四季度", "前三季度")
_MARKS = {"上半年": "H1", "下半年": "H2", "一季度": "Q1", "二季度": "Q2", "三季度": "Q3", "四季度": "Q4"}


@dataclass(frozen=True, slots=True)
class Indicator:
    """One kind of number. A flow adds up over a span, a stock is told for a year, a rate is another office's result.

    ``digits`` are the most decimals it is entered with; ``staged`` numbers are published first and verified later.
    """

    code: str
    label: str
    unit: str
    digits: int
    form: str
    staged: bool = False


@cache
def indicators() -> dict[str, Indicator]:
    """Every indicator by its code, in order."""
    said = json.loads(_FILE.read_text(encoding="utf-8"))["indicators"]
    return {one["code"]: Indicator(**one) for one in said}


def indicator(code: str) -> Indicator:
    """The indicator of a code or a name.

    Raises:
        Refused: ``economy.unknown_indicator``.
    """
    known = indicators()
    found = known.get(code) or next((one for one in known.values() if one.label == code), None)
    if found is None:
        text = f"没有“{code}”这个指标，可用的有：{'、'.join(one.label for one in known.values())}"
        raise Refused.because("economy.unknown_indicator", text, "indicator")
    return found


def period_of(year: int, span: str) -> Period:
    """The days a number of ``span`` of a year is about.

    Raises:
        Refused: ``economy.unknown_span``.
    """
    if span == "前三季度":
        return Period.parse(f"{year:04d}0101-{year:04d}0930")
    if span in _MARKS:
        return Period.parse(f"{year:04d}{_MARKS[span]}")
    if span in ("", "全年"):
        return Period.parse(f"{year:04d}")
    raise Refused.because(
        "economy.unknown_span", f"没有“{span}”这个时段，可用的有：{'、'.join(SPANS)}", "span"
    )


def span_words(period: Period) -> str:
    """2023年、2023年上半年、2023年前三季度."""
    if (period.first.month, period.last.month, period.last.day) == (1, 9, 30):
        return f"{period.first.year}年前三季度"
    return period.chinese()
