"""Folding tallies while the office works and tidying them at night."""

from __future__ import annotations

from procrastinate.contrib.django import app

from bihuan.kernel.figures import registry, tally


@app.periodic(cron="*/2 * * * *")
@app.task(name="figures.compact", queueing_lock="figures.compact", pass_context=False)
def compact(timestamp: int) -> None:
    """Fold what the triggers wrote; a round missed or repeated changes no figure."""
    for kept in registry.tallies():
        tally.compact(kept)


@app.periodic(cron="17 3 * * *")
@app.task(name="figures.tidy", queueing_lock="figures.tidy", pass_context=False)
def tidy(timestamp: int) -> None:
    """Drop cells that came to nothing."""
    for kept in registry.tallies():
        tally.tidy(kept)
