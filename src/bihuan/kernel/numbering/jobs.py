"""Before a year begins its sequences are made, so that the first writer of the year keeps nobody waiting."""

from __future__ import annotations

from procrastinate.contrib.django import app

from bihuan.kernel import clock
from bihuan.kernel.numbering.matters import prepare_year


@app.periodic(cron="20 3 * * *")
@app.task(name="numbering.prepare_year", queueing_lock="numbering.prepare_year", pass_context=False)
def prepare_next_year(timestamp: int) -> None:
    """This year and the next one; nothing happens when both are there."""
    year = clock.today().year
    prepare_year(year)
    prepare_year(year + 1)
