"""Every night the monthly forms that can be filed lie ready."""

from __future__ import annotations

from procrastinate.contrib.django import app

from bihuan.capabilities.accidents.monthly.opening import open_around
from bihuan.kernel import clock


@app.periodic(cron="25 0 * * *")
@app.task(
    name="accidents.open_monthly_forms", queueing_lock="accidents.open_monthly_forms", pass_context=False
)
def open_forms(timestamp: int) -> None:
    """Safe to miss and to repeat: it looks at the month before as well."""
    open_around(clock.today())
