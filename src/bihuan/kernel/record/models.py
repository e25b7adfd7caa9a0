"""The record and its seals as Django knows them. Nothing is written through these models."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class RecordEntry(models.Model):
    """A row of the record, its widest columns first.

    The table is hash-partitioned by matter; the application may add rows and read them. ``deed`` and ``hand`` point at
    the words (:mod:`bihuan.kernel.record.words`), ``matter_no`` stands in the first entry of a matter only, ``payload``
    is packed (:mod:`bihuan.kernel.record.packing`).
    """

    pk = models.CompositePrimaryKey("matter", "seq")
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    tx = models.BigIntegerField()
    matter = models.UUIDField()
    seq = models.IntegerField()
    deed = models.IntegerField()
    hand = models.IntegerField()
    digest = models.BinaryField()
    matter_no = models.TextField()
    facts = models.BinaryField()
    payload = models.BinaryField()
    signature = models.BinaryField()

    class Meta:
        managed = False
        db_table = "record_entry"

    def __str__(self) -> str:
        return f"{self.matter} 第{self.seq}条"


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
