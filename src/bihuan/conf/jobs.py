"""The installation's own upkeep: jobs of killed workers are taken up again, what has expired is swept away."""

from __future__ import annotations

from django.core.management import call_command
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from bihuan.conf.priorities import BEFORE_ALL

KEPT_HOURS = 24 * 30


@app.periodic(cron="* * * * *")
@app.task(
    name="conf.take_up_stalled", queueing_lock="conf.take_up_stalled", priority=BEFORE_ALL, pass_context=True
)
async def take_up_stalled(context: JobContext, timestamp: int) -> None:
    """Queue again every job whose worker has given no sign of life for half a minute.

    Where the same is queued already, that one does the work; the dead one would hold its lock for ever.
    """
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        try:
            await manager.retry_job(job)
        except UniqueViolation:
            await manager.finish_job(job, Status.FAILED, delete_job=True)


@app.periodic(cron="17 3 * * *")
@app.task(name="conf.sweep", queueing_lock="conf.sweep", pass_context=True)
async def forget_old_jobs(context: JobContext, timestamp: int) -> None:
    """Drop finished jobs after a month."""
    await context.app.job_manager.delete_old_jobs(KEPT_HOURS, include_failed=True, include_cancelled=True)


@app.periodic(cron="27 3 * * *")
@app.task(name="conf.clear_sessions", queueing_lock="conf.clear_sessions")
def clear_sessions(timestamp: int) -> None:
    """Drop sessions that can no longer be used."""
    call_command("clearsessions")
