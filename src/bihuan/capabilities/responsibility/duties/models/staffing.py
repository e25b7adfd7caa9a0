"""How many people a unit has to supervise with, as it tells it, dated (M028)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bihuan.kernel.territory.models import Agency


class Staffing(models.Model):
    """A unit's safety body: establishment, on post, with certificate; a new statement ends the one before."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    body = models.CharField("安全监管机构", max_length=80, blank=True)
    establishment = models.PositiveIntegerField("编制数")
    on_post = models.PositiveIntegerField("在岗人数")
    certified = models.PositiveIntegerField("持执法证人数")
    speciality = models.CharField("专业情况", max_length=200, blank=True)
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)
    made_by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency"], condition=Q(until=None), name="one_staffing_of_a_unit"
            ),
            models.CheckConstraint(
                name="certificates_are_held_by_staff", condition=Q(certified__lte=models.F("on_post"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency.name} {self.on_post}人"
