"""Periods named by their days: a day that is reported on, a span that a key period lasts."""

from __future__ import annotations

from datetime import date

import pytest

from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.errors import Refused


def test_a_day_and_a_span_are_read_and_said() -> None:
    day = Period.parse("2026-02-17")
    assert (day, day.chinese()) == (Period.day(date(2026, 2, 17)), "2026年2月17日")
    span = Period.parse("20251201-20260131")
    assert span == Period.between(date(2025, 12, 1), date(2026, 1, 31))
    assert span.chinese() == "2025年12月1日至2026年1月31日"
    assert Period.between(date(2026, 2, 1), date(2026, 2, 9)).chinese() == "2026年2月1日至2月9日"


@pytest.mark.parametrize(
    "text", ["2026-02-30", "20260210-20260201", "20260210-2026", "2026-2-1", "20261301-"]
)
def test_days_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        Period.parse(text)
    assert refused.value.failures[0].code == "period.unreadable"


def test_only_regular_periods_are_reported_on() -> None:
    regular = ["2026", "2026H1", "2026Q3", "2026-05", "2026W07"]
    assert all(Period.parse(text).regular for text in regular)
    assert not any(Period.parse(text).regular for text in ("2026-05-01", "20260501-", "20260501-20260505"))
