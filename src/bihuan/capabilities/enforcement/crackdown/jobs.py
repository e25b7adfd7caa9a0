"""What happens to items of the crackdown by the calendar: reminders in the morning."""

from __future__ import annotations

from procrastinate.contrib.django import app

from bihuan.capabilities.enforcement.crackdown import rising
from bihuan.capabilities.enforcement.crackdown.loop import CRACKDOWN
from bihuan.kernel.loops import reminding


@app.periodic(cron="35 7 * * *")
@app.task(name="crackdown.remind", queueing_lock="crackdown.remind", pass_context=False)
def remind(timestamp: int) -> None:
    """Remind of what is due soon; safe to repeat."""
    reminding.remind(CRACKDOWN.name)


@app.periodic(cron="45 7 * * *")
@app.task(name="crackdown.rises", queueing_lock="crackdown.rises", pass_context=False)
def tell_rises(timestamp: int) -> None:
    """Tell the committee office of violations that rise; once a code and month."""
    rising.tell_rises()
