"""What nobody named goes: each hour uploads that waited a day, each night files a failed transaction left behind."""

from __future__ import annotations

from procrastinate.contrib.django import app

from bihuan.kernel.attachments import keeping


@app.periodic(cron="25 * * * *")
@app.task(name="attachments.sweep_unnamed", queueing_lock="attachments.sweep_unnamed", pass_context=False)
def sweep_unnamed(timestamp: int) -> None:
    """Safe to miss and to repeat."""
    keeping.sweep_unnamed()


@app.periodic(cron="40 3 * * *")
@app.task(name="attachments.sweep", queueing_lock="attachments.sweep", pass_context=False)
def sweep(timestamp: int) -> None:
    """Safe to miss and to repeat."""
    keeping.sweep_orphans()
