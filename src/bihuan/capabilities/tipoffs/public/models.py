"""What the public door keeps for a day: counts under names nobody can turn back, photos on their way, answers told once."""

from __future__ import annotations

from uuid import uuid4

from django.db import models


class DayKey(models.Model):
    """The random key under which addresses are counted today. It goes with its day, and what it hid cannot be found again."""

    day = models.DateField(primary_key=True)
    secret = models.BinaryField(max_length=32)


class Knock(models.Model):
    """How often something was done from one address (as a keyed digest of the day) or, with an empty ``who``, by all.

    ``until`` is the end of a growing wait after wrong numbers.
    """

    span = models.CharField(max_length=13)
    what = models.CharField(max_length=12)
    who = models.BinaryField(max_length=16)
    count = models.BigIntegerField(default=0)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["span", "what", "who"], name="knock_once")]


class HeldPhoto(models.Model):
    """A photo of a form that was not sent yet, already made anew and without what the camera wrote into it."""

    uid = models.UUIDField(primary_key=True, default=uuid4)
    form = models.UUIDField(db_index=True)
    content = models.BinaryField()
    preview = models.BinaryField()
    size = models.PositiveIntegerField()
    source = models.BinaryField(max_length=32)
    at = models.DateTimeField(db_index=True)


class Sent(models.Model):
    """A form that was sent, with the answer locked under a secret only its sender's page has: repeating it tells the same."""

    form = models.UUIDField(primary_key=True)
    answer = models.BinaryField()
    at = models.DateTimeField(db_index=True)
