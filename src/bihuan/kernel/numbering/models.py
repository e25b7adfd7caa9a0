"""The counter behind gap-free document numbers."""

from __future__ import annotations

from django.db import models


class DocumentCounter(models.Model):
    """The last number drawn in a series of a year, such as 应急责改; its row lock serialises issuing."""

    series = models.CharField(max_length=60)
    year = models.SmallIntegerField()
    last = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "year"], name="one_counter_per_series_and_year")
        ]

    def __str__(self) -> str:
        return f"{self.series}〔{self.year}〕{self.last}号"
