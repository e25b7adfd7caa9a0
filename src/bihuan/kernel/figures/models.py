"""What an issued report keeps of its figures."""

from __future__ import annotations

from django.db import models


class FrozenFigure(models.Model):
    """A figure as it stood when a report was issued: value, question and a digest of what it counted.

    ``report`` names the issue it belongs to. ``line`` is the line of a breakdown, empty for the total.
    """

    report = models.UUIDField(db_index=True)
    name = models.CharField("指标", max_length=80)
    line = models.CharField("分组", max_length=120, blank=True)
    period = models.CharField("时段", max_length=10)
    as_of = models.DateField("截至")
    scope = models.JSONField("口径", default=dict)
    caption = models.CharField("口径说明", max_length=2000)
    value = models.CharField("数值", max_length=40)
    amount = models.BigIntegerField(null=True)
    numerator = models.BigIntegerField(null=True)
    denominator = models.BigIntegerField(null=True)
    claimed = models.BigIntegerField(null=True)
    records = models.BigIntegerField("记录数")
    records_digest = models.BinaryField("记录摘要", max_length=32)
    computed_at = models.DateTimeField("计算时间")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report", "name", "line", "period", "as_of", "scope"],
                name="figure_frozen_once_per_report",
            )
        ]
        verbose_name = "定稿数据"

    def __str__(self) -> str:
        return f"{self.name} {self.value}（{self.caption}）"
