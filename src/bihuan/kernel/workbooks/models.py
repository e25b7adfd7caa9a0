"""Workbooks on their way in, and the words for headings that clerks have added."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from bihuan.kernel.uid import uuid7


class BatchStatus(models.TextChoices):
    """How far a workbook has come."""

    UPLOADED = "uploaded", "已上传"
    PARSING = "parsing", "正在读取"
    PREVIEW = "preview", "待确认"
    CONFIRMED = "confirmed", "已确认，等待导入"
    IMPORTING = "importing", "正在导入"
    DONE = "done", "已导入"
    FAILED = "failed", "未导入"


class ImportBatch(models.Model):
    """One workbook somebody handed in. ``result`` is the import's answer, ``summary`` what the parser understood.

    Who handed it in is kept as text (account, name, post of that moment); ``account`` finds their rights again when
    the work runs in the background. ``digest`` is the SM3 of the file as received, which is kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=30)
    filename = models.CharField("文件名", max_length=200)
    size = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    account = models.BigIntegerField(null=True, blank=True)
    uploaded_by = models.CharField("上传人", max_length=120)
    uploaded_post = models.CharField(max_length=160, blank=True)
    origin = models.CharField(max_length=20, default="web")
    status = models.CharField(max_length=12, choices=BatchStatus.choices, default=BatchStatus.UPLOADED)
    partial = models.BooleanField("只导入正确的行", default=False)
    choices: models.JSONField[dict[str, Any]] = models.JSONField(default=dict, blank=True)
    summary: models.JSONField[dict[str, Any]] = models.JSONField(default=dict, blank=True)
    result: models.JSONField[dict[str, Any]] = models.JSONField(default=dict, blank=True)
    reasons: models.JSONField[list[Any]] = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["account", "-created_at"], name="batch_by_account"),
            models.Index(fields=["kind", "-created_at"], name="batch_by_kind"),
        ]
        constraints = [
            models.CheckConstraint(
                name="batch_status_known", condition=Q(status__in=[status.value for status in BatchStatus])
            )
        ]

    def __str__(self) -> str:
        return self.filename


class HeadingSynonym(models.Model):
    """A wording a clerk has taught the system: in workbooks of ``kind``, ``heading`` means the column ``field``."""

    kind = models.CharField(max_length=30)
    field = models.CharField(max_length=40)
    heading = models.CharField("表头", max_length=60)
    heading_key = models.CharField(max_length=60)
    added_by = models.CharField(max_length=120, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "heading_key"], name="one_meaning_per_heading")
        ]

    def __str__(self) -> str:
        return self.heading
