"""What every matter carries, whichever loop it runs in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import models

from bihuan.kernel import clock
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.uid import uuid7

BEFORE = ".before"


class Matter(models.Model):
    """One run of a loop.

    ``entry_count`` and ``head`` are the length and the last digest of its chain in the record: the database refuses a
    change of state whose entry is not there. ``hands`` says which person did each deed last (谁治理谁签名), and under
    the deed's name with :data:`BEFORE` who else did it in earlier rounds, for deeds that others must not share.
    ``deadline`` is the day the present holder must have acted by, ``deadline_note`` how it was counted. ``duties`` is
    what is owed beside that (see :mod:`bihuan.kernel.loops.duties`), ``duty_on`` the next day to look at it.
    """

    uid = models.UUIDField(primary_key=True, default=uuid7)
    no = models.CharField("编号", max_length=24, unique=True)
    state = models.CharField("状态", max_length=32)
    version = models.IntegerField(default=1)
    region_path = models.CharField(max_length=200)
    sector_path = models.CharField(max_length=200, blank=True)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    object = models.ForeignKey(SupervisedObject, models.PROTECT, related_name="+", db_index=False)
    opened_at = models.DateTimeField()
    deadline = models.DateField("期限", null=True, blank=True)
    deadline_note = models.JSONField(null=True, blank=True)
    escalated = models.SmallIntegerField(default=0)
    duties = models.JSONField(null=True, blank=True)
    duty_on = models.DateField(null=True, blank=True)
    hands = models.JSONField(default=dict)
    entry_count = models.IntegerField(default=0)
    head = models.BinaryField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.no

    def about(self) -> str:
        """What notices call the matter: its object, unless the kind of matter has a better word."""
        return str(self.object.name)

    def near(self) -> models.Q:
        """Tenures to be told of the matter that lie neither in its unit nor in its object; nobody, unless a kind says so."""
        return models.Q()

    def hand(self, deed: str) -> int | None:
        """The person who did ``deed`` last, if a person did."""
        person: int | None = self.hands.get(deed)
        return person

    def has_done(self, deed: str, person: int) -> bool:
        """Whether ``person`` did ``deed``, in this round or one before it was sent back."""
        return self.hand(deed) == person or person in self.hands.get(deed + BEFORE, ())


class Request(models.Model):
    """An idempotency key and what it was answered, one answer for each matter of its set, kept as long as they live."""

    actor_ref = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    fingerprint = models.BinaryField()
    kind = models.CharField(max_length=20)
    answers = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor_ref", "key"], name="one_answer_per_key")]


class Escalation(models.Model):
    """One rung climbed: which matter, how far, to whom, when. The dated notice M106 asks for at each step.

    ``duty`` is empty for the matter's own deadline, else the duty whose day has passed.
    """

    kind = models.CharField(max_length=20)
    matter = models.UUIDField(db_index=True)
    duty = models.CharField(max_length=40, blank=True, default="")
    no = models.CharField(max_length=24)
    level = models.SmallIntegerField()
    holder = models.CharField(max_length=20)
    post_id = models.BigIntegerField(null=True)
    person_id = models.BigIntegerField(null=True, db_index=True)
    name = models.CharField(max_length=200)
    rule = models.CharField(max_length=300)
    deadline = models.DateField()
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "duty", "level", "deadline"], name="each_rung_climbed_once_per_deadline"
            )
        ]


class Setback(models.Model):
    """A row that a job could not do, from the first run that failed to the last; gone as soon as one does it."""

    job = models.CharField(max_length=60)
    about = models.CharField(max_length=120)
    says = models.CharField(max_length=400)
    since = models.DateTimeField()
    last = models.DateTimeField()
    times = models.IntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "about"], name="one_setback_per_row")]


class Told(models.Model):
    """Up to which transaction of the record the notices have been sent."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    upto_tx = models.BigIntegerField()


def columns_of(matter: models.Model) -> dict[str, Any]:
    """The matter's column values by attribute name, to see afterwards what an effect changed."""
    return {field.attname: getattr(matter, field.attname) for field in matter._meta.concrete_fields}


def settle_escalations(matter: UUID, *duties: str) -> None:
    """The matter moved on: nobody is asked for it any more, or for ``duties`` that were met."""
    Escalation.objects.filter(matter=matter, duty__in=duties or ("",), settled_at=None).update(
        settled_at=clock.now()
    )
