"""A clerk's workbook does not wait until thousands of overdue matters have been escalated."""

from __future__ import annotations

from bihuan.conf import worker
from bihuan.kernel.loops import jobs as loops
from bihuan.kernel.workbooks import jobs as workbooks

LONG = (loops.climb, loops.tell, loops.recount)


def test_long_work_takes_one_lane_each_and_leaves_one() -> None:
    assert all(task.lock == task.name for task in LONG)
    assert len(LONG) < worker.LANES


def test_what_somebody_waits_for_goes_first() -> None:
    waited_for = (workbooks.read_batch.priority, workbooks.apply_batch.priority)
    assert min(waited_for) > max(task.priority for task in LONG)
