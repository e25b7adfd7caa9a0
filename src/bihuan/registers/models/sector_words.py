"""Words for sectors that no tree knows yet: each waits for somebody to say what it means (M071)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bihuan.kernel.territory.models import Agency, Sector


class SectorWord(models.Model):
    """One word. While ``decided_at`` is empty it waits with ``owner``; then ``sector`` is what it means, null = nothing.

    The committee office owns a word that was handed to nobody (``owner`` null).
    """

    word = models.CharField("写法", max_length=60)
    name_key = models.CharField(max_length=60, unique=True)
    first_seen = models.DateTimeField()
    last_seen = models.DateTimeField()
    owner = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="核定单位"
    )
    owner_since = models.DateTimeField(null=True, blank=True)
    sector = models.ForeignKey(
        Sector, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="行业领域"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField("核定人", max_length=60, blank=True)
    decided_by_post = models.CharField(max_length=120, blank=True)
    reason = models.CharField("理由", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_meaning_was_decided", condition=Q(sector=None) | Q(decided_at__isnull=False)
            )
        ]
        indexes = [
            models.Index(fields=["first_seen"], condition=Q(decided_at=None), name="sector_words_waiting")
        ]

    def __str__(self) -> str:
        return self.word


class SectorWordUse(models.Model):
    """A workbook in which the word stood, and how many of its rows wait for it. The batch is named, not referred to."""

    word = models.ForeignKey(SectorWord, models.CASCADE, related_name="uses")
    batch = models.UUIDField()
    filename = models.CharField("工作簿", max_length=200)
    uploaded_by = models.CharField("上传人", max_length=120, blank=True)
    account = models.BigIntegerField(null=True, blank=True)
    rows = models.PositiveIntegerField("行数")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["word", "batch"], name="one_use_per_workbook")]

    def __str__(self) -> str:
        return f"{self.word} {self.filename}"
