"""What was attached to which matter, by whom, and what the file itself told."""

from __future__ import annotations

from django.db import models

from bihuan.kernel.uid import uuid7


class Attachment(models.Model):
    """One stored file. The file lies at ``files/<last two hex digits of uid>/<uid>``; its name is only shown.

    ``digest`` is the SM3 of the bytes stored, ``source_digest`` of the bytes received; ``likeness`` a 64-bit
    impression of a picture that survives re-encoding. ``taken_at`` and the place are what the camera claimed.
    ``named_seq`` is the entry of the matter's record that first named it (0: a paper of our own making,
    -1: one that goes with the row naming it); until a deed
    names it, an attachment belongs to nothing, shows nowhere and is swept after a day.
    """

    uid = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.UUIDField(db_index=True)
    kind = models.CharField("用途", max_length=30)
    name = models.CharField("文件名", max_length=120)
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField("字节数")
    digest = models.BinaryField(max_length=32)
    source_digest = models.BinaryField(max_length=32)
    likeness = models.BigIntegerField(null=True, blank=True)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    taken_at = models.DateTimeField("拍摄时间", null=True, blank=True)
    latitude = models.FloatField("纬度", null=True, blank=True)
    longitude = models.FloatField("经度", null=True, blank=True)
    uploaded_by = models.CharField("上传人", max_length=60)
    uploaded_by_id = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField("上传时间")
    named_seq = models.IntegerField(null=True, blank=True, editable=False)
    superseded_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="supersedes"
    )

    class Meta:
        indexes = [
            models.Index(fields=["source_digest"]),
            models.Index(
                fields=["likeness"], condition=models.Q(likeness__isnull=False), name="attachment_likeness"
            ),
            models.Index(fields=["uploaded_by_id", "at"], name="attachment_by_uploader"),
            models.Index(
                fields=["at"], condition=models.Q(named_seq__isnull=True), name="attachment_unnamed"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_image(self) -> bool:
        return self.media_type.startswith("image/")
