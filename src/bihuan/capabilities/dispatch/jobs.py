"""What happens to tasks by the calendar: reminders in the morning."""

from __future__ import annotations

from procrastinate.contrib.django import app

from bihuan.capabilities.dispatch.loop import TASK
from bihuan.kernel.loops import reminding


@app.periodic(cron="25 7 * * *")
@app.task(name="dispatch.remind", queueing_lock="dispatch.remind", pass_context=False)
def remind(timestamp: int) -> None:
    """Remind of what is due soon; safe to repeat."""
    reminding.remind(TASK.name)
