"""Every morning: whose turn it is hears of an order's day before it has passed."""

from __future__ import annotations

from procrastinate.contrib.django import app

from bihuan.kernel.loops.reminding import remind


@app.periodic(cron="10 7 * * *")
@app.task(name="inspections.remind", queueing_lock="inspections.remind", pass_context=False)
def remind_of_orders(timestamp: int) -> None:
    """Safe to miss and to repeat."""
    remind("inspection")
