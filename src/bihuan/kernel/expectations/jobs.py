"""Every morning: what is due from now on is written down, and due days are counted with the newest calendar."""

from __future__ import annotations

from procrastinate.contrib.django import app

from bihuan.kernel import clock
from bihuan.kernel.expectations.cadences import ensure_around, recompute_provisional
from bihuan.kernel.expectations.reminding import remind_ahead


@app.periodic(cron="5 0 * * *")
@app.task(name="expectations.ensure", queueing_lock="expectations.ensure", pass_context=False)
def ensure(timestamp: int) -> None:
    """Safe to miss and to repeat: it looks at the period before as well."""
    ensure_around(clock.today())
    recompute_provisional()


@app.periodic(cron="30 7 * * *")
@app.task(name="expectations.remind", queueing_lock="expectations.remind", pass_context=False)
def remind(timestamp: int) -> None:
    """Remind of filings that are due in the next days."""
    remind_ahead()
