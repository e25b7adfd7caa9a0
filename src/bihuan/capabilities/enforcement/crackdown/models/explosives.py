"""民爆: what a maker is licensed for, and what was recorded; what goes over it opens an item by itself (M150)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bihuan.kernel.objects.models import SupervisedObject


class Limit(models.Model):
    """The licensed limit of one measure of one maker from a day on."""

    object = models.ForeignKey(SupervisedObject, models.PROTECT, related_name="+")
    code = models.CharField("项目", max_length=24)
    amount = models.DecimalField("许可上限", max_digits=14, decimal_places=3)
    unit = models.CharField("单位", max_length=12)
    since = models.DateField("施行日期")
    basis = models.CharField("许可证或批复文号", max_length=120)
    set_by = models.CharField(max_length=60)
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["object", "code", "since"], name="one_limit_a_day"),
            models.CheckConstraint(name="limit_not_negative", condition=Q(amount__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.amount}"


class Production(models.Model):
    """What was recorded on a day, and the limit it was held against; ``item_no`` where it went over."""

    object = models.ForeignKey(SupervisedObject, models.PROTECT, related_name="+")
    code = models.CharField("项目", max_length=24)
    day = models.DateField("日期")
    amount = models.DecimalField("实际", max_digits=14, decimal_places=3)
    limit = models.ForeignKey(Limit, models.PROTECT, null=True, related_name="+")
    item_no = models.CharField(max_length=24, blank=True)
    noted_by = models.CharField(max_length=60)
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["object", "code", "day"], name="one_record_a_day"),
            models.CheckConstraint(name="production_not_negative", condition=Q(amount__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.day} {self.amount}"
