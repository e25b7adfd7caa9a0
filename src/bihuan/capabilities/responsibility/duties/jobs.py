"""What the calendar and other rooms change without telling: posts, units and enterprises are looked at again."""

from __future__ import annotations

from procrastinate.contrib.django import app

from bihuan.capabilities.responsibility.duties import spelling


@app.periodic(cron="*/15 * * * *")
@app.task(name="duties.look_again", queueing_lock="duties.look_again", pass_context=False)
def look_again(timestamp: int) -> None:
    """Judge anew what is few; safe to miss and to repeat."""
    spelling.refresh_often()


@app.periodic(cron="50 2 * * *")
@app.task(name="duties.look_at_all", queueing_lock="duties.look_at_all", pass_context=False)
def look_at_all(timestamp: int) -> None:
    """Judge every check anew, those of all enterprises too."""
    spelling.refresh()
