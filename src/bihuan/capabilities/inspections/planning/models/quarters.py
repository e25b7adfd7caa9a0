"""Key objects and departments, quarter by quarter."""

from __future__ import annotations

from django.db import models

from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.territory.models import Agency


class KeyQuarter(models.Model):
    """A key object in one quarter, written down at its beginning; ``inspected_on`` is the first inspection in it.

    Key is what may kill many by its registered processes, and what had a major hazard open: ``why`` says which.
    """

    object = models.ForeignKey(SupervisedObject, models.PROTECT, related_name="+")
    quarter = models.DateField("季度首日")
    region_path = models.CharField(max_length=200)
    sector_path = models.CharField(max_length=200, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    why = models.CharField("重点理由", max_length=200)
    inspected_on = models.DateField("检查日期", null=True, blank=True)
    inspection = models.CharField("检查编号", max_length=24, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["object", "quarter"], name="key_object_once_a_quarter")
        ]
        indexes = [models.Index(fields=["quarter", "inspected_on"], name="key_quarter_open")]


class Programme(models.Model):
    """What one department checks by itself (M111): one line a unit while it runs; a quarter without a check is flagged."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    content = models.CharField("检查内容", max_length=400)
    basis = models.CharField("依据", max_length=200, blank=True)
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)
    made_by = models.CharField("登记人", max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency"], condition=models.Q(until=None), name="one_programme_a_department"
            )
        ]
