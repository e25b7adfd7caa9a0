"""Every night, before what is due is written down: whether the committee's meetings are expected at all."""

from __future__ import annotations

from procrastinate.contrib.django import app

from bihuan.capabilities.dispatch.meetings.cadence import keep_expecting
from bihuan.kernel import clock


@app.periodic(cron="2 0 * * *")
@app.task(name="meetings.expect", queueing_lock="meetings.expect", pass_context=False)
def expect(timestamp: int) -> None:
    """Safe to miss and to repeat."""
    keep_expecting(clock.today())
