"""The record's own work in the background."""

from __future__ import annotations

from procrastinate.contrib.django import app

from bihuan.conf.priorities import BEFORE_ALL
from bihuan.kernel.record import sealing


@app.periodic(cron="* * * * *", periodic_id="record.seal")
@app.task(name="record.seal", queueing_lock="record.seal", priority=BEFORE_ALL)
def seal_record(timestamp: int) -> None:
    """Seal what the last minute brought; nothing new, nothing done."""
    sealing.seal()
