"""What is true of an object for a time: processes with hazards, permits, insurance, staff, who is in charge (M053, M058)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bihuan.kernel.objects.models import SupervisedObject
from bihuan.registers.enterprises.dated_kinds import KINDS, SINGLE


class DatedDetail(models.Model):
    """One such thing. ``code`` tells its sort within the kind, ``name`` whose or what, ``number`` of the paper.

    ``until`` is the last day a paper is valid, null when it names none; ``ended_on`` the day from which it holds no more
    because somebody ended or replaced it. Rows are ended, never deleted, so that any day can be read again.
    """

    object = models.ForeignKey(SupervisedObject, models.CASCADE, related_name="dated_details")
    kind = models.CharField(max_length=20, choices=[(one.kind, one.label) for one in KINDS])
    code = models.CharField("种类", max_length=30, blank=True)
    name = models.CharField("名称", max_length=120, blank=True)
    number = models.CharField("编号", max_length=60, blank=True)
    count = models.PositiveIntegerField("人数", null=True, blank=True)
    since = models.DateField("起", null=True, blank=True)
    until = models.DateField("有效期至", null=True, blank=True)
    ended_on = models.DateField("不再有效", null=True, blank=True)
    said_by = models.CharField("填写人", max_length=60, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="dated_detail_in_order",
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
            ),
            models.UniqueConstraint(
                fields=["object", "kind"],
                condition=Q(kind__in=sorted(SINGLE), ended_on=None),
                name="one_present_value_of_a_single_detail",
            ),
            models.UniqueConstraint(
                fields=["object", "kind", "code", "name", "number", "since", "until"],
                condition=Q(ended_on=None),
                nulls_distinct=False,
                name="a_detail_is_told_once",
            ),
        ]
        indexes = [
            models.Index(fields=["object", "kind"], name="dated_detail_of_object"),
            models.Index(
                fields=["kind", "until"],
                condition=Q(ended_on=None, until__isnull=False),
                name="dated_detail_lapsing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}"
