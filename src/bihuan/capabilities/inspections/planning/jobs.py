"""What planning does by the calendar: the quarter's key objects, and what is due before key periods."""

from __future__ import annotations

from procrastinate.contrib.django import app

from bihuan.capabilities.inspections.planning import coverage, programmes
from bihuan.capabilities.inspections.planning.plans.loop import PLAN
from bihuan.capabilities.inspections.planning.rounds import packs
from bihuan.kernel import clock
from bihuan.kernel.loops import reminding


@app.periodic(cron="40 0 * * *")
@app.task(name="planning.daily", queueing_lock="planning.daily", pass_context=False)
def daily(timestamp: int) -> None:
    """Write down the quarter's key objects and the packs due; safe to repeat."""
    coverage.write_down()
    packs.expect_packs()
    programmes.write_down(clock.today())


@app.periodic(cron="35 7 * * *")
@app.task(name="planning.remind", queueing_lock="planning.remind", pass_context=False)
def remind(timestamp: int) -> None:
    """Remind of plans whose period ends soon; safe to repeat."""
    reminding.remind(PLAN.name)
