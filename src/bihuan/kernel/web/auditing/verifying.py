"""Running a verification outside the request, and telling how it went."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.record.verification import verify
from bihuan.kernel.web.models import VerificationRun

KEPT_FINDINGS = 1_000
GIVEN_UP = timedelta(hours=6)
"""A run that never finished is not waited for after this long."""


def under_way() -> VerificationRun | None:
    """The run that somebody waits for."""
    recent = clock.now() - GIVEN_UP
    return VerificationRun.objects.filter(finished_at=None, asked_at__gt=recent).order_by("-asked_at").first()


def latest() -> VerificationRun | None:
    """The newest run that came to an end."""
    return VerificationRun.objects.filter(finished_at__isnull=False).order_by("-finished_at").first()


def ask_for(asked_by: str) -> VerificationRun:
    """Queue a verification; one that waits already serves for both."""
    from bihuan.kernel.web.jobs import verify_record

    with transaction.atomic():
        waiting = under_way()
        if waiting is not None:
            return waiting
        run = VerificationRun.objects.create(asked_by=asked_by, asked_at=clock.now())
        verify_record.defer(run=run.pk)
    return run


def carry_out(pk: int) -> None:
    """Verify and write down the outcome. Repeating a finished run changes nothing."""
    run = VerificationRun.objects.filter(pk=pk, finished_at=None).first()
    if run is None:
        return
    VerificationRun.objects.filter(pk=pk).update(begun_at=clock.now())
    try:
        outcome = verify()
    except Refused as refusal:
        VerificationRun.objects.filter(pk=pk).update(finished_at=clock.now(), failed=str(refusal)[:400])
        return
    VerificationRun.objects.filter(pk=pk).update(
        finished_at=clock.now(),
        entries=outcome.entries,
        not_yet_sealed=outcome.not_yet_sealed,
        found=len(outcome.findings) + outcome.omitted,
        findings=[finding.as_json() for finding in outcome.findings[:KEPT_FINDINGS]],
    )
