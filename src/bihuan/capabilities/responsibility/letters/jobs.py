"""What happens by itself: caps are watched each morning, the papers of signed letters are set by the worker."""

from __future__ import annotations

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from bihuan.capabilities.responsibility.letters import alarms, printing

AGAIN = RetryStrategy(max_attempts=5, exponential_wait=5)


@app.periodic(cron="20 6 * * *")
@app.task(name="letters.watch", queueing_lock="letters.watch", retry=AGAIN)
def watch(timestamp: int) -> None:
    """Look at every cap of the year."""
    alarms.watch()


@app.task(name="letters.print_paper", retry=AGAIN)
def print_paper(letter: str, edition: int) -> None:
    """Set the paper of an edition that both sides have signed."""
    printing.keep_paper(UUID(letter), edition)
