"""Dated namings: whom a paper named for what, from when to when. Rows are ended, never overwritten or deleted."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from bihuan.capabilities.responsibility.naming.kinds import FREQUENCIES, SORTS, Sort, sort_of
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.models import Post
from bihuan.kernel.territory.models import Agency, Region, Sector


class Naming(models.Model):
    """One naming: ``post`` or ``unit`` answers for the region, sector, line of ``agency`` or object named here.

    On one day one place, sector, line, enterprise or grid has one of them; the database refuses a second (the migration
    says how). ``until`` is the first day it holds no more; equal to ``since`` for one that was made in error.
    ``entry_count`` and ``head`` are its chain in the record.
    """

    kind = models.CharField("种类", max_length=16, choices=[(one.kind, one.label) for one in SORTS])
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    region_path = models.CharField(max_length=200, blank=True)
    sector = models.ForeignKey(Sector, models.PROTECT, null=True, blank=True, related_name="+")
    sector_path = models.CharField(max_length=200, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    object = models.ForeignKey(SupervisedObject, models.PROTECT, null=True, blank=True, related_name="+")
    words = models.CharField(max_length=200, blank=True)
    frequency = models.CharField(max_length=8, choices=FREQUENCIES, blank=True)
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)
    document = models.CharField("依据文件", max_length=120, blank=True)
    reason = models.CharField("说明", max_length=400, blank=True)
    named_by = models.CharField(max_length=60)
    named_by_post = models.CharField(max_length=120, blank=True)
    named_at = models.DateTimeField()
    ended_by = models.CharField(max_length=60, blank=True)
    ended_reason = models.CharField(max_length=400, blank=True)
    entry_count = models.IntegerField(default=0)
    head = models.BinaryField(default=bytes)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="naming_in_time_order", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
            models.CheckConstraint(
                name="naming_names_one", condition=Q(post__isnull=True) ^ Q(unit__isnull=True)
            ),
        ]
        indexes = [models.Index(fields=["kind", "since"], name="naming_by_kind")]

    def __str__(self) -> str:
        return f"{self.sort.label}（{self.since} 起）"

    @property
    def sort(self) -> Sort:
        found = sort_of(self.kind)
        assert found is not None
        return found

    def holds(self, on: date) -> bool:
        return self.since <= on and (self.until is None or self.until > on)

    def whom(self) -> str:
        """The post or the unit, as lists say it."""
        if self.post is not None:
            agency = self.post.agency.name if self.post.agency else ""
            return self.post.title if self.post.title.startswith(agency) else f"{agency} {self.post.title}"
        return self.unit.name if self.unit is not None else ""

    def about(self) -> str:
        """What it is about, in words."""
        named = [one.name for one in (self.object, self.sector, self.region, self.agency) if one is not None]
        return "、".join([*named, *([self.words] if self.words else [])]) or "全区"


class Approval(models.Model):
    """Who approved and who signed a licence, an acceptance or a write-off (谁审批谁负责、谁签字谁负责, M005).

    The database refuses to change or delete a row: a wrong one is answered by another that says what it corrects.
    """

    class What(models.TextChoices):
        LICENCE = "licence", "行政许可"
        ACCEPTANCE = "acceptance", "验收"
        WRITE_OFF = "write_off", "销号"
        OTHER = "other", "其他审批"

    object = models.ForeignKey(SupervisedObject, models.PROTECT, related_name="+")
    what = models.CharField("事项类别", max_length=12, choices=What.choices)
    title = models.CharField("事项", max_length=120)
    number = models.CharField("文号、证号", max_length=60, blank=True)
    approver = models.CharField("审批人", max_length=60)
    approver_post = models.CharField("审批人职务", max_length=120)
    signer = models.CharField("签字人", max_length=60)
    signer_post = models.CharField("签字人职务", max_length=120)
    on = models.DateField("日期")
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrected_by")
    noted_by = models.CharField(max_length=60)
    noted_by_post = models.CharField(max_length=120, blank=True)
    noted_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title
