"""The web room's work in the background: the record verified when an auditor asks, and every night."""

from __future__ import annotations

from procrastinate.contrib.django import app

from bihuan.kernel import clock
from bihuan.kernel.web.auditing import verifying
from bihuan.kernel.web.models import VerificationRun


@app.task(name="web.verify_record", lock="web.verify_record")
def verify_record(run: int) -> None:
    """Carry out a verification that was asked for."""
    verifying.carry_out(run)


@app.periodic(cron="10 2 * * *")
@app.task(name="web.verify_nightly", queueing_lock="web.verify_nightly", lock="web.verify_record")
def verify_nightly(timestamp: int) -> None:
    """Verify once a night, so that the last verification is never older than a day."""
    run = VerificationRun.objects.create(asked_by="系统（每晚）", asked_at=clock.now())
    verifying.carry_out(run.pk)
