"""The record and its seals as Django knows them. Nothing is written through these models."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class RecordEntry(models.Model):
    """A row of the record.

    The table is hash-partitioned by matter; the application may add rows and read them.
    """

    pk = models.CompositePrimaryKey("matter", "seq")
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    tx = models.BigIntegerField()
    seq = models.IntegerField()
    matter = models.UUIDField()
    digest = models.BinaryField()
    kind = models.TextField()
    matter_no = models.TextField()
    verb = models.TextField()
    from_state = models.TextField()
    to_state = models.TextField()
    actor_id = models.TextField()
    actor_name = models.TextField()
    actor_post = models.TextField()
    payload = models.TextField()

    class Meta:
        managed = False
        db_table = "record_entry"

    def __str__(self) -> str:
        return f"{self.matter_no} 第{self.seq}条"


class RecordSeal(models.Model):
    """A seal that lies in its folder: which transactions it covers, and the digest of its file."""

    number = models.IntegerField(primary_key=True)
    digest = models.BinaryField()
    from_tx = models.BigIntegerField()
    upto_tx = models.BigIntegerField()
    entries = models.BigIntegerField()
    made_at = models.DateTimeField()
    key = models.TextField()

    class Meta:
        managed = False
        db_table = "record_seal"
        ordering: ClassVar[list[str]] = ["number"]

    def __str__(self) -> str:
        return f"第{self.number}号封存"
