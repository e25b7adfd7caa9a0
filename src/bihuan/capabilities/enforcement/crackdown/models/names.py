"""What numbered items are called from a day on, where no law that was read lists them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Name(models.Model):
    """One wording. The latest by ``since`` holds; nothing is overwritten."""

    code = models.CharField(max_length=24)
    label = models.CharField("名称", max_length=200)
    basis = models.CharField("依据", max_length=200)
    since = models.DateField("施行日期")
    until = models.DateField("失效日期", null=True, blank=True)
    set_by = models.CharField("设定人", max_length=60)
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "since"], name="one_wording_a_day"),
            models.UniqueConstraint(fields=["code"], condition=Q(until=None), name="one_wording_in_force"),
            models.CheckConstraint(
                name="wording_runs_forward",
                condition=Q(until=None) | Q(until__gt=models.F("since")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"
