"""One bad row stops no job: it is set aside, told to the operator, and forgotten once a later run does it."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from django.db import connection

from bihuan.capabilities.dispatch.models import Task
from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.responsibility.gaps.causes import Cause
from bihuan.capabilities.responsibility.gaps.detecting import open_all
from bihuan.capabilities.responsibility.gaps.inputs import Detected
from bihuan.capabilities.responsibility.gaps.models import Gap
from bihuan.commands.database_checks import CHECKS
from bihuan.kernel import clock
from bihuan.kernel.exchange.models import Notice
from bihuan.kernel.loops import apart, escalation, reminding
from bihuan.kernel.loops.models import Escalation, Setback
from tests.dispatch import steps
from tests.hazards.steps import rectifying
from tests.world import World


def test_a_row_that_fails_leaves_nothing_behind_and_the_others_stand(world: World) -> None:
    one, two = steps.dispatched(world), steps.dispatched(world)

    def work(task: Task) -> int:
        Task.objects.filter(pk=task.pk).update(progress="begun")
        return 1 // (task.pk != one.pk)

    with apart.rows("test") as rows:
        done = sum(rows.each(task.no, lambda task=task: work(task), 0) for task in (one, two))
    assert done == 1
    assert list(Task.objects.filter(progress="begun")) == [two]
    told = Setback.objects.get()
    assert (told.job, told.about, told.times) == ("test", one.no, 1)
    assert told.says.startswith("ZeroDivisionError")


def test_what_a_later_run_does_is_told_no_more(db: None) -> None:
    def fail() -> int:
        raise ValueError("坏")

    for times in (1, 2):
        with apart.rows("test") as rows:
            rows.each("T-1", fail, 0)
            rows.each("T-2", fail, 0)
        assert [told.times for told in Setback.objects.order_by("about")] == [times, times]
    with apart.rows("test") as rows:
        rows.each("T-1", lambda: 1, 0)
        rows.each("T-2", fail, 0)
    assert list(Setback.objects.values_list("about", "times")) == [("T-2", 3)]
    with apart.rows("another"):
        pass
    assert Setback.objects.count() == 1


def test_a_database_that_is_gone_is_no_fault_of_a_row(db: None) -> None:
    from django.db import OperationalError

    def gone() -> int:
        raise OperationalError("gone")

    with pytest.raises(OperationalError), apart.rows("test") as rows:
        rows.each("T-1", gone, 0)
    assert not Setback.objects.exists()


def test_a_broken_task_keeps_no_reminder_from_the_others(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    bad, good = steps.received(world), steps.received(world)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE dispatch_task SET hands = '[]' WHERE uid = %s", [bad.pk])
    morning = clock.now() + timedelta(days=19)
    monkeypatch.setattr(clock, "now", lambda: morning)
    with caplog.at_level(logging.ERROR):
        assert reminding.remind("task") >= 1
    assert bad.no in caplog.text
    soon = Notice.objects.filter(reminder__startswith="task.soon:")
    assert {notice.matter for notice in soon} == {good.pk}
    assert Setback.objects.get().about == bad.no


def test_a_broken_hazard_keeps_no_ladder_from_the_others(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = rectifying(world), rectifying(world)
    Hazard.objects.filter(pk=bad.pk).update(
        duties={"open": {"recheck": {}}}, duty_on=clock.today() - timedelta(days=1)
    )
    later = clock.now() + timedelta(days=200)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert escalation.climb_all() >= 1
    assert Escalation.objects.filter(matter=good.pk).exists()
    assert Setback.objects.filter(job="loops.climb", about=bad.no).exists()


def test_one_gap_that_cannot_be_opened_keeps_none_of_the_others(world: World) -> None:
    good = Detected(cause=Cause.NO_LEAD.value, subject=world.factory.sector_path, count=1)
    bad = Detected(cause="nonsense", subject="x", count=1)
    assert open_all([bad, good]) == 1
    assert [(gap.cause, gap.subject) for gap in Gap.objects.all()] == [(good.cause, good.subject)]
    assert Setback.objects.get().about == "nonsense x"


def test_the_operator_is_told(db: None) -> None:
    def fail() -> int:
        raise ValueError("坏")

    with apart.rows("dispatch.remind") as rows:
        for number in range(5):
            rows.each(f"T-{number}", fail, 0)
    check = next(check for check in CHECKS if check.__name__ == "_setbacks")
    (trouble,) = check()
    assert trouble.code == "doctor.rows_set_back"
    assert "dispatch.remind 有 5 条没有办成" in trouble.message
    assert "T-0（ValueError: 坏）" in trouble.message
