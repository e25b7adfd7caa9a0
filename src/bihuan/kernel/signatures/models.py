"""Keys of persons, and what they signed."""

from __future__ import annotations

from django.db import models

from bihuan.kernel.people.models import Person


class Kind(models.TextChoices):
    """How a signature came about; every page that shows one says which."""

    SIGNED_IN = "signed_in", "本人登录签名"
    TOKEN = "token", "接口令牌签名"
    DRAWN = "drawn", "见证下手写签名"
    SCANNED = "scanned", "扫描签名"
    CLAIMED = "claimed", "台账所载签名"
    REFUSED = "refused", "拒签（有见证）"


KEYED = frozenset({Kind.SIGNED_IN, Kind.TOKEN, Kind.DRAWN})
WITNESSED = frozenset({Kind.DRAWN, Kind.REFUSED})


class PersonKey(models.Model):
    """One SM2 key of a person, in force from a day until it is revoked. The private half lies encrypted."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="keys", db_index=False)
    fingerprint = models.CharField(max_length=16, unique=True)
    public = models.BinaryField()
    locked = models.BinaryField()
    locked_by = models.TextField()
    valid_from = models.DateTimeField("启用时间")
    revoked_at = models.DateTimeField("停用时间", null=True, blank=True)
    revoked_for = models.CharField("停用原因", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_person_has_one_key_in_force",
                fields=["person"],
                condition=models.Q(revoked_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.fingerprint


class Signature(models.Model):
    """A person's hand under one entry of the record, read off the record: a view, nothing is written through it.

    ``value`` is r‖s over the entry's digest, empty where no key signed.
    """

    pk = models.CompositePrimaryKey("matter", "seq")
    matter = models.UUIDField()
    seq = models.IntegerField()
    person = models.ForeignKey(
        Person, models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    kind = models.TextField(choices=Kind.choices)
    key = models.ForeignKey(
        PersonKey, models.DO_NOTHING, related_name="+", null=True, db_index=False, db_constraint=False
    )
    value = models.BinaryField()
    at = models.DateTimeField()
    witness = models.TextField("见证人", default="")

    class Meta:
        managed = False
        db_table = "signatures_signature"

    def __str__(self) -> str:
        return f"{self.matter} 第{self.seq}条"
