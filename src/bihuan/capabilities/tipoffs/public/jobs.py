"""Each hour the door forgets: counts and keys of former days, photos of forms that were never sent, answers told."""

from __future__ import annotations

from procrastinate.contrib.django import app

from bihuan.capabilities.tipoffs.public import ceilings


@app.periodic(cron="15 * * * *")
@app.task(name="tipoff_door.sweep", queueing_lock="tipoff_door.sweep", pass_context=False)
def sweep(timestamp: int) -> None:
    """Safe to miss and to repeat."""
    ceilings.sweep()
