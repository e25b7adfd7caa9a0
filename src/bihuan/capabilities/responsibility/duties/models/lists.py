"""Power lists and duty lists of units, in published versions whose items are cited by number (M020)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bihuan.kernel.territory.models import Agency


class ListKind(models.TextChoices):
    POWER = "power", "权力清单"
    DUTY = "duty", "责任清单"


class PublishedList(models.Model):
    """One version of a unit's list: a draft until it is published, then it and its items stay as they are.

    In force from ``effective_from`` until the next version's day.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    kind = models.CharField("清单", max_length=6, choices=ListKind.choices)
    version = models.PositiveSmallIntegerField("版次")
    note = models.CharField("修订说明", max_length=300, blank=True)
    effective_from = models.DateField("施行日期", null=True, blank=True)
    published_at = models.DateTimeField("公布时间", null=True, blank=True)
    published_by = models.CharField(max_length=60, blank=True)
    published_by_post = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "kind", "version"], name="one_list_of_a_version"),
            models.UniqueConstraint(
                fields=["agency", "kind"], condition=Q(published_at=None), name="one_draft_of_a_list"
            ),
            models.UniqueConstraint(
                fields=["agency", "kind", "effective_from"],
                condition=Q(published_at__isnull=False),
                name="one_list_in_force_from_a_day",
            ),
            models.CheckConstraint(
                name="a_published_list_says_since_when",
                condition=Q(published_at=None) | Q(effective_from__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency.name}{self.get_kind_display()}（第{self.version}版）"


class ListItem(models.Model):
    """One item, known by its number within the version."""

    list = models.ForeignKey(PublishedList, models.CASCADE, related_name="items")
    number = models.CharField("编号", max_length=20)
    title = models.CharField("事项", max_length=200)
    text = models.CharField("内容", max_length=1000, blank=True)
    basis = models.CharField("依据", max_length=300, blank=True)
    order = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "number"], name="one_item_of_a_number")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"
