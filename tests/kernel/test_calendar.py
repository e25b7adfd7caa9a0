"""Counting days across real announcements, and beyond them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.kernel.calendar.counting import Due, due
from bihuan.kernel.calendar.festivals import festivals, tombs
from bihuan.kernel.calendar.statutory import Year, packaged
from bihuan.kernel.errors import Refused

DAY = timedelta(days=1)
DECADE = st.dates(date(2018, 1, 1), date(2028, 12, 31))


def working(start: str, days: int) -> Due:
    return due(date.fromisoformat(start), days, "working", packaged())


def calendar_days(start: str, days: int) -> Due:
    return due(date.fromisoformat(start), days, "calendar", packaged())


def test_spring_festival_2023_with_its_two_make_up_days() -> None:
    found = working("2023-01-20", 7)
    assert found.due == date(2023, 2, 3)
    assert not found.provisional
    assert [(skipped.date.day, skipped.why) for skipped in found.skipped] == [
        (day, "春节") for day in range(21, 28)
    ]
    assert working("2023-01-20", 1).due == date(2023, 1, 28)
    assert working("2023-01-20", 2).due == date(2023, 1, 29)


def test_a_weekend_is_named_and_skipped() -> None:
    found = working("2023-03-02", 2)
    assert found.due == date(2023, 3, 6)
    assert [(skipped.date, skipped.why) for skipped in found.skipped] == [
        (date(2023, 3, 4), "周六"),
        (date(2023, 3, 5), "周日"),
    ]


def test_national_day_2026_with_its_make_up_days() -> None:
    assert working("2026-09-18", 1).due == date(2026, 9, 20)
    found = working("2026-09-30", 3)
    assert found.due == date(2026, 10, 10)
    assert not found.provisional
    assert [skipped.why for skipped in found.skipped] == ["国庆节"] * 7


@pytest.mark.parametrize("start", ["2026-12-30", "2027-02-04", "2027-09-29", "2040-05-01", "2077-01-01"])
def test_a_year_that_nobody_announced_is_counted_provisionally(start: str) -> None:
    found = working(start, 3)
    assert found.provisional
    assert "尚未载入" in found.rule
    assert packaged().why_not_working(found.due) is None


def test_an_unannounced_year_still_rests_on_its_festivals() -> None:
    found = working("2026-12-31", 1)
    assert (found.due, found.provisional) == (date(2027, 1, 4), True)
    assert [skipped.why for skipped in found.skipped] == ["元旦", "周六", "周日"]
    assert working("2027-02-04", 1).due == date(2027, 2, 9)


def test_a_term_that_stays_inside_known_years_is_final() -> None:
    assert not working("2026-12-30", 1).provisional
    assert not calendar_days("2026-12-01", 30).provisional
    assert calendar_days("2026-12-01", 31).provisional


def test_a_term_in_calendar_days_that_ends_on_a_rest_day_ends_after_it() -> None:
    found = calendar_days("2023-01-15", 10)
    assert found.due == date(2023, 1, 28)
    assert [skipped.date for skipped in found.skipped] == [
        date(2023, 1, 25),
        date(2023, 1, 26),
        date(2023, 1, 27),
    ]
    assert "民事诉讼法第八十五条" in found.rule


def test_a_term_in_calendar_days_counts_rest_days_inside_it() -> None:
    found = calendar_days("2023-01-15", 15)
    assert (found.due, found.skipped) == (date(2023, 1, 30), ())


def test_a_make_up_saturday_ends_a_term() -> None:
    assert calendar_days("2026-10-03", 7).due == date(2026, 10, 10)


def test_a_term_of_no_days_ends_at_once_or_on_the_next_working_day() -> None:
    assert working("2023-03-02", 0).due == date(2023, 3, 2)
    assert working("2023-03-04", 0).due == date(2023, 3, 6)
    assert calendar_days("2023-03-04", 0).due == date(2023, 3, 6)


@pytest.mark.parametrize(("start", "days", "code"), [
    ("2023-01-01", -1, "calendar.bad_term"),
    ("2023-01-01", 36_501, "calendar.bad_term"),
    ("9999-12-30", 5, "calendar.too_far"),
])  # fmt: skip
def test_impossible_terms_are_refused_in_words(start: str, days: int, code: str) -> None:
    for count in (working, calendar_days):
        with pytest.raises(Refused) as refused:
            count(start, days)
        assert refused.value.failures[0].code == code


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(Refused, match="期限单位"):
        due(date(2023, 1, 1), 3, "weeks")  # type: ignore[arg-type]


@settings(deadline=None)
@given(start=DECADE, days=st.integers(0, 260))
def test_as_many_working_days_lie_behind_a_due_date_as_were_asked_for(start: date, days: int) -> None:
    found = due(start, days, "working", packaged())
    assert packaged().why_not_working(found.due) is None
    behind = [start + step * DAY for step in range(1, (found.due - start).days + 1)]
    worked = [day for day in behind if packaged().why_not_working(day) is None]
    if days:
        assert len(worked) == days
        assert sorted({*worked, *(skipped.date for skipped in found.skipped)}) == behind
    assert all(skipped.why for skipped in found.skipped)


@settings(deadline=None)
@given(start=DECADE, days=st.integers(0, 260), unit=st.sampled_from(["working", "calendar"]))
def test_due_dates_never_rest_and_never_run_backwards(start: date, days: int, unit: str) -> None:
    found = due(start, days, unit, packaged())  # type: ignore[arg-type]
    assert packaged().why_not_working(found.due) is None
    assert found.due >= start + (days * DAY if unit == "calendar" else 0 * DAY)
    assert due(start, days + 1, unit, packaged()).due >= found.due  # type: ignore[arg-type]
    assert due(start + DAY, days, unit, packaged()).due >= found.due  # type: ignore[arg-type]


def test_a_loaded_year_replaces_what_was_known_of_it() -> None:
    new_year = {date(2026, 12, 31): "元旦", date(2027, 1, 1): "元旦", date(2027, 1, 2): "元旦"}
    statute = packaged().with_years({2027: Year(new_year, frozenset({date(2026, 12, 26)}))})
    assert statute.why_not_working(date(2026, 12, 31)) == "元旦"
    assert statute.why_not_working(date(2026, 12, 26)) is None
    assert statute.why_not_working(date(2026, 10, 1)) == "国庆节"
    assert not due(date(2026, 12, 30), 5, "working", statute).provisional
    assert statute.why_not_working(date(2027, 5, 3)) is None


def test_the_announced_days_off_hold_every_festival_of_the_law() -> None:
    """The estimate for later years is right about the festivals themselves: it is, for the years we can
    compare.
    """
    for year in (2025, 2026):
        for day, name in festivals(year).items():
            assert packaged().why_not_working(day) == name
    assert [tombs(year).day for year in range(2019, 2027)] == [5, 4, 4, 5, 5, 4, 4, 5]


def test_the_lunar_festivals_of_2027_are_estimated() -> None:
    estimate = festivals(2027)
    assert [day for day, name in estimate.items() if name == "春节"] == [
        date(2027, 2, day) for day in (5, 6, 7, 8)
    ]
    assert estimate[date(2027, 6, 9)] == "端午节"
    assert estimate[date(2027, 9, 15)] == "中秋节"
    assert len(estimate) == 13
    assert len(festivals(2060)) == 7
