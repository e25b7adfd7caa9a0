"""What happens by itself: notices to whoever now holds a matter, ladders climbed, provisional deadlines recounted.

Each waits for itself: after a ledger of thousands of overdue rows one run can take many minutes, and two of them would leave
no lane for what a clerk waits for. What fails is not queued again: the next turn is never far, and may be queued already.
"""

from __future__ import annotations

from procrastinate.contrib.django import app

from bihuan.kernel.loops import escalation, notices, recounting


@app.periodic(cron="* * * * *")
@app.task(name="loops.tell", queueing_lock="loops.tell", lock="loops.tell")
def tell(timestamp: int) -> None:
    """Tell those who hold a matter after a deed."""
    notices.tell_new()


@app.periodic(cron="*/15 * * * *")
@app.task(name="loops.climb", queueing_lock="loops.climb", lock="loops.climb")
def climb(timestamp: int) -> None:
    """Climb the ladders of what is overdue."""
    escalation.climb_all()


@app.periodic(cron="10 * * * *")
@app.task(name="loops.recount", queueing_lock="loops.recount", lock="loops.recount")
def recount(timestamp: int) -> None:
    """Recount deadlines that were provisional once the year's calendar is known."""
    recounting.recount_provisional()
