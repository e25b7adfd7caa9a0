"""Defaults of an item: what kind of task it looks like, by when it should be done, and which days are offered."""

from __future__ import annotations

from datetime import date

import pytest

from bihuan.capabilities.dispatch.papers.kinds import due_day, how_often, task_kind, usual_days
from bihuan.capabilities.dispatch.speeches.proposals import Kind

ISSUED, TODAY = date(2026, 11, 10), date(2026, 11, 22)


@pytest.mark.parametrize(
    ("summary", "kind", "found"),
    [
        ("组织应急演练", Kind.ONE_OFF, "drill"),
        ("开展有限空间专项检查", Kind.ONE_OFF, "inspect"),
        ("打击非法储存烟花爆竹", Kind.STANDING, "enforce"),
        ("严禁违规住人", Kind.PROHIBITION, "prevent"),
        ("健全责任体系", Kind.STANDING, "implement"),
    ],
)
def test_the_kind_of_task_is_read_off_its_words(summary: str, kind: Kind, found: str) -> None:
    assert task_kind(summary, kind).value == found


def test_a_day_said_holds_while_it_lies_ahead_and_standing_work_ends_with_the_year() -> None:
    ahead, past = date(2026, 12, 15), date(2026, 11, 20)
    assert due_day(ahead, Kind.ONE_OFF, False, ISSUED, TODAY) == ahead
    assert due_day(past, Kind.ONE_OFF, False, ISSUED, TODAY) is None
    assert due_day(None, Kind.ONE_OFF, False, ISSUED, TODAY) is None
    assert due_day(None, Kind.STANDING, False, ISSUED, TODAY) == date(2026, 12, 31)
    assert due_day(None, Kind.ONE_OFF, True, ISSUED, TODAY) == date(2026, 12, 31)
    assert due_day(None, Kind.STANDING, False, date(2024, 3, 1), TODAY) == date(2026, 12, 31)


def test_the_days_offered_lie_ahead_and_stand_once() -> None:
    assert usual_days(TODAY) == [(date(2026, 11, 30), "本月底"), (date(2026, 12, 31), "下月底")]
    assert usual_days(date(2026, 12, 31)) == [(date(2027, 1, 31), "下月底")]
    assert [label for _, label in usual_days(date(2026, 2, 3))] == ["本月底", "下月底", "年底"]


def test_how_often_is_said_in_words() -> None:
    assert (how_often("monthly"), how_often(None)) == ("每月", "")
