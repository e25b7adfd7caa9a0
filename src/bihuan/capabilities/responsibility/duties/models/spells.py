"""For how long something that is looked after by a check has been as it should be: what coverage figures count."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Spell(models.Model):
    """One thing of a check (a post that needs a duty, a town whose committee is looked at), while it is one way.

    When it changes, the spell ends on that day and another begins; so "how many posts had a duty on 30 June" is answered
    exactly, and opened. Written only by :mod:`..coverage`. ``href`` is where it is mended.
    """

    check_name = models.CharField(max_length=20)
    subject = models.CharField(max_length=100)
    label = models.CharField(max_length=200)
    passes = models.BooleanField()
    why = models.CharField(max_length=300, blank=True)
    level = models.CharField(max_length=16)
    region_path = models.CharField(max_length=200, blank=True)
    sector_path = models.CharField(max_length=200, blank=True)
    agency = models.BigIntegerField(default=0)
    object = models.UUIDField(null=True, blank=True)
    href = models.CharField(max_length=200, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["check_name", "subject"], condition=Q(until=None), name="one_present_spell"
            )
        ]
        indexes = [
            models.Index(
                fields=["check_name", "passes", "label"], condition=Q(until=None), name="spells_now"
            ),
            models.Index(fields=["since"], name="spells_by_beginning"),
        ]

    def __str__(self) -> str:
        return f"{self.check_name} {self.label}"
