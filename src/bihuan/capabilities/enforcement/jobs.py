"""What happens to cases by the calendar: reminders in the morning."""

from __future__ import annotations

from procrastinate.contrib.django import app

from bihuan.capabilities.enforcement.loop import CASE
from bihuan.kernel.loops import reminding


@app.periodic(cron="30 7 * * *")
@app.task(name="enforcement.remind", queueing_lock="enforcement.remind", pass_context=False)
def remind(timestamp: int) -> None:
    """Remind of what is due soon; safe to repeat."""
    reminding.remind(CASE.name)
