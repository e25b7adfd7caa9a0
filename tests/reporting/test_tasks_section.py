"""The half-year report on tasks: all that were dispatched, whatever asked for them, each number opening its tasks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import pytest

from bihuan.capabilities.dispatch.models import Task
from bihuan.kernel import clock
from bihuan.kernel.documents import FigureRef, Heading, Paragraph
from bihuan.reporting import drafting, half_year
from bihuan.reporting.imprint import holder_of
from tests.dispatch import campaign_steps, meeting_steps, steps
from tests.reporting.ledgers import CUT, H1, composed, prose
from tests.web.conftest import SignIn, sign_in
from tests.world import World

__all__ = ["sign_in"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("after_the_half")]
LATE = "部分任务没有按期办结"


@contextmanager
def on(month: int, day: int) -> Iterator[None]:
    with clock.frozen(datetime(2023, month, day, 10, tzinfo=clock.SHANGHAI)):
        yield


def half(world: World) -> None:
    """Four tasks of the half: one closed in time, one closed late, one not yet due, one overdue; and one of July."""
    with on(2, 10):
        steps.closed(world, due_on=date(2023, 3, 1))
        late = steps.received(world, due_on=date(2023, 3, 1))
        steps.dispatched(world, due_on=date(2023, 5, 4), lead=world.east_government.pk, supporting=())
    with on(3, 20):
        late = steps.taken(world, late, "complete", steps.completion(), "regulator")
        steps.taken(world, late, "accept", steps.acceptance(), "office")
    with on(6, 20):
        steps.dispatched(world, due_on=date(2023, 7, 20))
    with on(7, 1):
        steps.dispatched(world)


def numbers(composition: half_year.Composition) -> list[FigureRef]:
    """The numbers of the section's paragraph, in reading order."""
    [told] = [
        block
        for block in composition.blocks
        if isinstance(block, Paragraph) and any("共交办任务" in run.text for run in block.runs)
    ]
    return [run for run in told.runs if isinstance(run, FigureRef)]


def test_dispatched_closed_on_time_and_overdue_are_told_in_sentences(world: World) -> None:
    half(world)
    composition = composed(world)
    text = prose(composition)
    assert "2023年上半年，薛河区共交办任务4项，每项明确一个牵头单位和办结期限" in text
    assert "截至2023年6月30日，已办结2项，其中按期办结1项，办结率50.0%；未办结2项，其中逾期1项。" in text
    assert any(LATE in item and "【逾期未办结任务】" in item for item in composition.problems)
    assert "有1项交办任务过了期限仍未办结" in text
    assert not [flag for flag in composition.flags if flag.code == "report.unknown_figure"]


def test_each_number_opens_exactly_the_tasks_it_counts(world: World, sign_in: SignIn) -> None:
    half(world)
    client = sign_in("office")
    counts = [ref for ref in numbers(composed(world)) if not ref.text.endswith("%")]
    assert [ref.text for ref in counts] == ["4", "2", "1", "2", "1"]
    for ref in counts:
        page = client.get(ref.uri).content.decode()
        assert f"：{ref.text} 条" in page, ref.uri
    [late] = Task.objects.filter(agency=world.east_government)
    assert set(re.findall(r'href="/tasks/([^/"]+T[^/"]+)/"', page)) == {late.no}


def test_the_cut_off_day_decides(world: World) -> None:
    half(world)
    text = prose(composed(world, as_of=date(2023, 2, 28)))
    assert "共交办任务3项" in text
    assert "截至2023年2月28日，已办结1项，其中按期办结1项，办结率33.3%；未办结2项，没有逾期。" in text


def test_when_all_is_closed_nothing_is_said_to_be_open(world: World) -> None:
    with on(2, 10):
        steps.closed(world)
    composition = composed(world)
    assert "已办结1项，其中按期办结1项，办结率100.0%，没有未办结的任务。" in prose(composition)
    assert not [item for item in composition.problems if LATE in item]


def test_what_a_meeting_decided_is_said_to_be_late_once(world: World) -> None:
    with on(1, 12):
        decision = f"建立有限空间台账｜区应急管理局｜{meeting_steps.in_days(30)}"
        meeting_steps.recorded(world, title="区安委会全体会议", decisions=decision)
    problems = composed(world).problems
    assert [item for item in problems if "【逾期未办结会议议定事项】" in item]
    assert not [item for item in problems if LATE in item]
    half(world)
    assert [item for item in composed(world).problems if LATE in item]


def test_the_total_beside_campaigns_is_told_once(world: World) -> None:
    with on(1, 5):
        campaign_steps.under_way(
            world, name="岁末年初排查整治", first_day=date(2023, 1, 1), last_day=date(2023, 12, 31)
        )
        steps.dispatched(world, campaign="岁末年初排查整治")
    composition = composed(world)
    text = prose(composition)
    assert "交办任务1项，已办结0项。" in text
    assert "本期交办的全部任务" not in text
    [total] = [each for each in composition.citations.to_freeze() if each.figure == "tasks.dispatched"]
    assert total.amount == 1
    assert {name: line.amount for name, line in total.by.items()} == {"岁末年初排查整治": 1}


def test_a_town_tells_its_own_and_an_agency_keeps_silent(world: World) -> None:
    half(world)
    assert "东湖镇共交办任务1项" in prose(of(world.east))
    assert "共交办任务" not in prose(of(world.district, world.builders))


def test_without_tasks_nothing_is_said(world: World) -> None:
    composition = composed(world)
    assert "调度任务落实" not in [block.text for block in composition.blocks if isinstance(block, Heading)]


def of(*holder: Any) -> half_year.Composition:
    return half_year.compose(drafting.ask(H1, CUT, holder_of(*holder)), {})
