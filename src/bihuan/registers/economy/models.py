"""Published numbers, version upon version: none is ever changed, a later one is preferred (M259)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bihuan.kernel.territory.models import Region


class Place(models.TextChoices):
    """Whose number it is: of a region of the district's own tree, or of a government above it."""

    OWN = "own", "本区或所辖区划"
    CITY = "city", "全市"
    PROVINCE = "province", "全省"
    COUNTRY = "country", "全国"


class Stage(models.TextChoices):
    """How far the office that published it stands by it; the order is that in which they come."""

    PROVISIONAL = "provisional", "初步核算数"
    PUBLISHED = "published", "公布数"
    FINAL = "final", "最终核实数"
    REVISED = "revised", "普查修订数"


class PublishedValue(models.Model):
    """One version of one number; ``amount`` in the indicator's own unit (GDP in 万元), exact.

    The database refuses to change or remove a row. ``number`` counts the versions of the same number, ``reason`` says why
    there is another of the same stage. ``first`` and ``last`` are the days it is about.
    """

    indicator = models.CharField("指标", max_length=24)
    place = models.CharField("范围", max_length=8, choices=Place.choices, default=Place.OWN)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    period = models.CharField("时段", max_length=20)
    first = models.DateField()
    last = models.DateField()
    number = models.SmallIntegerField("版本")
    stage = models.CharField("口径", max_length=12, choices=Stage.choices)
    amount = models.DecimalField("数值", max_digits=20, decimal_places=4)
    source = models.CharField("来源文件", max_length=200)
    published_on = models.DateField("公布日期")
    reason = models.CharField("更正原因", max_length=200, blank=True)
    said_by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "place", "region", "first", "last", "number"],
                nulls_distinct=False, name="published_version_once",
            ),
            models.CheckConstraint(name="published_above_nothing", condition=Q(amount__gte=0)),
            models.CheckConstraint(name="published_of_some_days", condition=Q(last__gte=F("first"))),
            models.CheckConstraint(
                name="published_of_one_place",
                condition=Q(place=Place.OWN, region__isnull=False)
                | (~Q(place=Place.OWN) & Q(region__isnull=True)),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["indicator", "first"], name="published_by_indicator")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.period} 第 {self.number} 版"
