"""拉网摸排: one mark for each kind of place in each village, and the checks of the chemical chain's links (M146, M154)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from bihuan.capabilities.enforcement.crackdown.states import PlaceType
from bihuan.kernel.territory.models import Region
from bihuan.kernel.uid import uuid7


class Sweep(models.Model):
    """One dragnet over ``region``: which kinds of places are looked into, from when to when."""

    uid = models.UUIDField(primary_key=True, default=uuid7)
    name = models.CharField("名称", max_length=60)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    region_path = models.CharField(max_length=200)
    first_day = models.DateField("开始日期")
    last_day = models.DateField("截止日期")
    places = ArrayField(models.CharField(max_length=16), verbose_name="场所类型")
    campaign = models.CharField("专项行动", max_length=60, blank=True)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="sweep_days_in_order", condition=Q(last_day__gte=F("first_day"))),
        ]

    def __str__(self) -> str:
        return self.name


class SweepMark(models.Model):
    """One kind of place in one village was looked into; ``looked_at`` places, ``found`` of them illegal."""

    sweep = models.ForeignKey(Sweep, models.PROTECT, related_name="marks")
    village = models.ForeignKey(Region, models.PROTECT, related_name="+")
    place_type = models.CharField("场所类型", max_length=16, choices=PlaceType.choices())
    done_on = models.DateField("摸排日期")
    looked_at = models.IntegerField("摸排处数")
    found = models.IntegerField("发现疑点处数", default=0)
    note = models.CharField("说明", max_length=200, blank=True)
    marked_by = models.CharField("摸排人", max_length=60)
    marked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sweep", "village", "place_type"], name="one_mark_a_cell"),
            models.CheckConstraint(
                name="sweep_found_among_looked_at", condition=Q(found__gte=0, found__lte=F("looked_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.village.name} {self.place_type}"


class LinkCheck(models.Model):
    """One link of the chemical chain was checked in a place on a day."""

    link = models.CharField("环节", max_length=24)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    region_path = models.CharField(max_length=200)
    checked_on = models.DateField("检查日期")
    units = models.IntegerField("检查单位数")
    checked_by = models.CharField("检查单位（人员）", max_length=120)
    note = models.CharField("说明", max_length=200, blank=True)
    noted_by = models.CharField(max_length=60)
    noted_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["link", "checked_on"], name="link_checks_by_day")]
        constraints = [models.CheckConstraint(name="link_check_of_some", condition=Q(units__gte=1))]

    def __str__(self) -> str:
        return f"{self.link} {self.checked_on}"
