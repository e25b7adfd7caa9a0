"""Every night: files that a failed transaction left behind are removed."""

from __future__ import annotations

from procrastinate.contrib.django import app

from bihuan.kernel.attachments import keeping


@app.periodic(cron="40 3 * * *")
@app.task(name="attachments.sweep", queueing_lock="attachments.sweep", pass_context=False)
def sweep(timestamp: int) -> None:
    """Safe to miss and to repeat."""
    keeping.sweep_orphans()
