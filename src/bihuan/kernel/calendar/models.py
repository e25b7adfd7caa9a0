"""Years of statutory days a district has loaded itself: announced later than the release it runs."""

from __future__ import annotations

from django.db import models


class CalendarYear(models.Model):
    """One announced year.

    ``revision`` grows with every load, so that deadlines know when to be counted again.
    """

    year = models.SmallIntegerField("年份", primary_key=True)
    off = models.JSONField("放假日", help_text='{"2027-01-01": "元旦"}')
    makeup = models.JSONField("调休上班日", help_text='["2027-02-20"]')
    source = models.CharField("依据", max_length=200)
    loaded_at = models.DateTimeField("载入时间")
    revision = models.PositiveIntegerField("版次")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="calendar_year_is_plausible", condition=models.Q(year__range=(1949, 2199))
            )
        ]

    def __str__(self) -> str:
        return f"{self.year}年放假安排"
