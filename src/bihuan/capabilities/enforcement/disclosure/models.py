"""What cases found, one row a violation, so that it can be counted by article, kind, result, sector and place (M126)."""

from __future__ import annotations

from django.db import models

from bihuan.capabilities.enforcement.models import Case
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.territory.models import Agency


class Violation(models.Model):
    """One violation of one decided case, worked out from the case's own row; the case is what is on record.

    ``topic`` joins clauses of several laws about one act; ``article`` is the basis of the penalty in words.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="counted")
    place = models.SmallIntegerField()
    topic = models.CharField("违法行为", max_length=120)
    article = models.CharField("处罚依据", max_length=120)
    result = models.CharField("处理结果", max_length=12)
    amount_fen = models.BigIntegerField("罚款", default=0)
    decided_on = models.DateField("决定日期")
    region_path = models.CharField(max_length=200)
    sector_path = models.CharField(max_length=200, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    object = models.ForeignKey(
        SupervisedObject, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "place"], name="one_row_a_violation")]
        indexes = [models.Index(fields=["decided_on", "id"], name="violation_by_decision")]

    def __str__(self) -> str:
        return self.topic
