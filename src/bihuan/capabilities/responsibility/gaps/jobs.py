"""Every night: compare the register with who answers."""

from __future__ import annotations

from procrastinate.contrib.django import app

from bihuan.capabilities.responsibility.gaps.detecting import detect as compare


@app.periodic(cron="40 1 * * *")
@app.task(name="gaps.detect", queueing_lock="gaps.detect", pass_context=False)
def detect(timestamp: int) -> None:
    """Safe to miss and to repeat."""
    compare()
