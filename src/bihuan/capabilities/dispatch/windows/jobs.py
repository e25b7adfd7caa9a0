"""What key periods do by themselves: entering on their day, leaving when they are over."""

from __future__ import annotations

from procrastinate.contrib.django import app

from bihuan.capabilities.dispatch.windows import calendar
from bihuan.capabilities.dispatch.windows.milestones import lateness


@app.periodic(cron="12 * * * *")
@app.task(name="windows.turn", queueing_lock="windows.turn", pass_context=False)
def turn(timestamp: int) -> None:
    """Every hour, so that a machine that was off on the day catches up when it is back; safe to repeat."""
    calendar.turn()


@app.periodic(cron="25 0 * * *")
@app.task(name="milestones.raise_tasks", queueing_lock="milestones.raise_tasks", pass_context=False)
def raise_tasks(timestamp: int) -> None:
    """Ask for what passed unreported; a milestone asks once."""
    lateness.raise_tasks()
