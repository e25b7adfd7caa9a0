"""What happens to hazards by the calendar: reminders in the morning, the month's draw of what is to be looked at again."""

from __future__ import annotations

from datetime import timedelta

from procrastinate.contrib.django import app

from bihuan.capabilities.hazards import reminding, spot_checks
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period


@app.periodic(cron="20 7 * * *")
@app.task(name="hazards.remind", queueing_lock="hazards.remind", pass_context=False)
def remind(timestamp: int) -> None:
    """Remind of what is due soon."""
    reminding.remind()


@app.periodic(cron="35 0 * * *")
@app.task(name="hazards.draw", queueing_lock="hazards.draw", pass_context=False)
def draw(timestamp: int) -> None:
    """Draw the month before; safe to miss and to repeat."""
    spot_checks.draw(Period.month_of(clock.today().replace(day=1) - timedelta(days=1)))


@app.periodic(cron="*/15 * * * *")
@app.task(name="hazards.settle_spot_checks", queueing_lock="hazards.settle_spot_checks", pass_context=False)
def settle(timestamp: int) -> None:
    """Note whose draw has been looked at altogether."""
    spot_checks.settle()
