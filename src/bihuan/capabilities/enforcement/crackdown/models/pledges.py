"""打非责任状、承诺书: who signed, layer by layer, for a year (M147)."""

from __future__ import annotations

from django.db import models

from bihuan.kernel.territory.models import Region


class Layer(models.TextChoices):
    TOWN = "town", "乡镇"
    STREET = "street", "街道"
    VILLAGE = "village", "行政村（社区）"
    GROUP = "group", "村民组"


class Pledge(models.Model):
    """One pledge owed for a year; ``group`` names a village group below the village in ``region``."""

    year = models.SmallIntegerField("年度")
    layer = models.CharField("层级", max_length=8, choices=Layer.choices)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    region_path = models.CharField(max_length=200, db_index=True)
    group = models.CharField("村民组", max_length=60, blank=True, default="")
    signed_on = models.DateField("签订日期", null=True, blank=True)
    signer = models.CharField("签订人", max_length=60, blank=True)
    noted_by = models.CharField("登记人", max_length=60, blank=True)
    noted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "region", "group"], name="one_pledge_a_year"),
            models.CheckConstraint(
                name="pledge_signed_by_somebody",
                condition=models.Q(signed_on=None) | ~models.Q(signer=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.region.name}{self.group}"
