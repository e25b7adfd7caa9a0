"""Every morning the forms of the week lie ready."""

from __future__ import annotations

from procrastinate.contrib.django import app

from bihuan.capabilities.dispatch.weekly.opening import open_around
from bihuan.kernel import clock


@app.periodic(cron="20 0 * * *")
@app.task(name="weekly.open", queueing_lock="weekly.open", pass_context=False)
def open_forms(timestamp: int) -> None:
    """Safe to miss and to repeat: it looks at the week before as well."""
    open_around(clock.today())
