"""What the web room itself keeps: how each verification of the record went."""

from __future__ import annotations

from django.db import models


class VerificationRun(models.Model):
    """One verification of the whole record, asked for by an auditor or made by the night's job.

    ``findings`` holds the first thousand in the form of ``bihuan record verify --json``.
    """

    asked_by = models.CharField(max_length=120, blank=True)
    asked_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    failed = models.CharField(max_length=400, blank=True)
    entries = models.BigIntegerField(default=0)
    not_yet_sealed = models.BigIntegerField(default=0)
    found = models.IntegerField(default=0)
    findings = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["-asked_at"], name="verification_newest")]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d %H:%M}"
