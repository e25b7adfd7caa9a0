"""Keys of matters and the values locked with them."""

from __future__ import annotations

from django.db import models


class VaultKey(models.Model):
    """One matter's key, itself locked with the installation's master key.

    Deleting the row is the forgetting.
    """

    matter = models.UUIDField(unique=True)
    locked = models.BinaryField()
    master = models.TextField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.matter}"


class VaultValue(models.Model):
    """A value under a key.

    ``key`` is no foreign key: the row stays when its key is destroyed, and says so.
    """

    matter = models.UUIDField()
    field = models.TextField()
    key = models.BigIntegerField()
    commitment = models.BinaryField()
    locked = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["matter", "field"], name="vault_value_of")]

    def __str__(self) -> str:
        return f"{self.matter} {self.field}"
