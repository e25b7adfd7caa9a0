"""《党政领导班子成员安全生产重点工作清单》: what each leader does how often (M013)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bihuan.kernel.people.models import Post


class Interval(models.TextChoices):
    MONTH = "month", "每月"
    QUARTER = "quarter", "每季度"
    HALF = "half", "每半年"
    YEAR = "year", "全年"


class Priority(models.Model):
    """One item of a leader's list. Whether it is done is never typed: ``figure`` counts the leader's own records.

    ``times`` records are due in each interval of the year, from the interval in which the item was put on the list.
    """

    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveSmallIntegerField("序号")
    text = models.CharField("重点工作", max_length=300)
    figure = models.CharField("由哪项记录计数", max_length=60)
    times = models.PositiveSmallIntegerField("次数")
    interval = models.CharField("频次", max_length=8, choices=Interval.choices)
    since = models.DateField("列入日期")
    until = models.DateField("移出日期", null=True, blank=True)
    made_by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "year", "number"], name="one_priority_of_a_number"),
            models.CheckConstraint(name="a_priority_asks_for_something", condition=Q(times__gte=1)),
            models.CheckConstraint(
                name="a_priority_ends_after_it_began", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]
