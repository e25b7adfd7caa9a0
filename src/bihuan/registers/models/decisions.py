"""Who decided what about the register: that a name is real, is another one, is nothing, or was written wrongly."""

from __future__ import annotations

from typing import Any

from django.db import models

from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.territory.models import Region


class DecisionKind(models.TextChoices):
    CONFIRMED = "confirmed", "核实登记"
    MERGED = "merged", "并入"
    AMENDED = "amended", "更正"
    REGISTERED = "registered", "登记"
    REJECTED = "rejected", "不予登记"
    UNDONE = "undone", "撤销决定"


class StandingDecision(models.Model):
    """Who decided that a 待核实 object or town is real, is another one, or was written wrongly, and why.

    ``into`` and ``into_region`` name what it was merged into, ``moved`` what went over by it, by kind, so that ``undoes``
    can bring exactly that back. Never changed, never deleted.
    """

    object = models.ForeignKey(
        SupervisedObject, models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    into = models.ForeignKey(SupervisedObject, models.PROTECT, null=True, blank=True, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="decisions")
    into_region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=12, choices=DecisionKind.choices)
    reason = models.CharField("理由", max_length=400, blank=True)
    decided_by = models.CharField("决定人", max_length=60)
    decided_by_id = models.CharField(max_length=40, blank=True)
    decided_by_post = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()
    moved: models.JSONField[dict[str, Any]] = models.JSONField(default=dict, blank=True)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="undone_by")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_undoing_names_what_it_undoes",
                condition=models.Q(kind="undone", undoes__isnull=False)
                | (~models.Q(kind="undone") & models.Q(undoes=None)),
            ),
            models.CheckConstraint(
                name="a_decision_is_about_one_thing",
                condition=models.Q(object__isnull=False, region=None, into_region=None)
                | models.Q(object=None, into=None, region__isnull=False),
            ),
            models.CheckConstraint(
                name="a_merger_names_its_target",
                condition=models.Q(kind="merged", into__isnull=False)
                | models.Q(kind="merged", into_region__isnull=False)
                | (~models.Q(kind="merged") & models.Q(into=None, into_region=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.object or self.region} {self.get_kind_display()}"
