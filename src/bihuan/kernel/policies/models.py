"""A district's choices as dated rows; the database itself refuses two rows for one day."""

from __future__ import annotations

from django.db import models

from bihuan.kernel.territory.models import Region


class PolicyKey(models.Model):
    """The number of a policy's key: an exclusion constraint on core PostgreSQL compares ranges of numbers.

    ``entry_count`` and ``head`` are its chain in the record.
    """

    key = models.CharField(max_length=80, unique=True)
    entry_count = models.IntegerField(default=0)
    head = models.BinaryField(default=bytes)

    def __str__(self) -> str:
        return self.key


class Policy(models.Model):
    """One choice. ``effective_to`` is the last day in force, empty while it lasts.

    Without a region it holds for the whole district, else for that region and what lies below it.
    """

    key = models.ForeignKey(PolicyKey, models.PROTECT, related_name="policies")
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="policies")
    value = models.JSONField("取值")
    effective_from = models.DateField("施行日期")
    effective_to = models.DateField("失效日期", null=True, blank=True)
    basis = models.CharField("依据", max_length=200)
    decided_by = models.CharField("决定人", max_length=60)
    decided_by_id = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="policy_period_runs_forward",
                condition=models.Q(effective_to=None)
                | models.Q(effective_to__gte=models.F("effective_from")),
            )
        ]
        indexes = [models.Index(fields=["key", "effective_from"])]

    def __str__(self) -> str:
        return f"{self.key} {self.effective_from:%Y-%m-%d}"
