"""Every morning: the visits that pairings make due."""

from __future__ import annotations

from procrastinate.contrib.django import app

from bihuan.capabilities.responsibility.naming import pairing


@app.periodic(cron="15 0 * * *")
@app.task(name="naming.expect_visits", queueing_lock="naming.expect_visits", pass_context=False)
def expect_visits(timestamp: int) -> None:
    """Safe to miss and to repeat."""
    pairing.expect_visits()
