"""A clerk's workbook does not wait until thousands of overdue matters have been escalated."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django import app

from bihuan.conf import jobs as upkeep
from bihuan.conf import worker
from bihuan.kernel.loops import jobs as loops
from bihuan.kernel.record import jobs as record
from bihuan.kernel.workbooks import jobs as workbooks

LONG = (loops.climb, loops.tell, loops.recount)


def test_long_work_takes_one_lane_each_and_leaves_one() -> None:
    assert all(task.lock == task.name for task in LONG)
    assert len(LONG) < worker.LANES


def test_what_somebody_waits_for_goes_first() -> None:
    waited_for = (workbooks.read_batch.priority, workbooks.apply_batch.priority)
    assert min(waited_for) > max(task.priority for task in LONG)


def test_seals_and_dead_workers_wait_for_no_ledger() -> None:
    short = (record.seal_record, upkeep.take_up_stalled)
    assert min(task.priority for task in short) > workbooks.read_batch.priority
    assert not any(task.lock for task in short)


def _job(task: str, status: str, lock: str | None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, lock, queueing_lock)"
            " VALUES ('default', %s, %s::procrastinate_job_status, %s, %s) RETURNING id",
            [task, status, lock, lock],
        )
        return int(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_a_dead_job_whose_like_is_queued_already_gives_its_lock_up() -> None:
    """A worker killed while it tells: the minute's next telling waits for it, and it for that."""
    dead, queued = _job("loops.tell", "doing", "loops.tell"), _job("loops.tell", "todo", "loops.tell")
    ledger = _job("workbooks.read", "doing", None)
    async_to_sync(upkeep.take_up_stalled.func)(SimpleNamespace(app=app), 0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, status::text FROM procrastinate_jobs WHERE id >= %s ORDER BY id", [dead])
        assert cursor.fetchall() == [(queued, "todo"), (ledger, "todo")]
        cursor.execute("SELECT id FROM procrastinate_fetch_job_v2(NULL, NULL)")
        assert cursor.fetchone() == (queued,)


def test_what_comes_again_by_itself_is_not_queued_again_when_it_fails() -> None:
    assert not any(task.retry_strategy for task in LONG)
