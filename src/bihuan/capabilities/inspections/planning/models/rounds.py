"""Templates of rounds and the rounds themselves."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from bihuan.capabilities.inspections.planning.rounds.states import RoundState
from bihuan.kernel.loops.models import Matter
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.territory.models import Agency


class RoundTemplate(models.Model):
    """A round's sections in order (M113): ``{"key", "title", "what"}`` each.

    With ``window`` (a kind of key period) it is a pack (M121): every object of its ``register`` — given by name, or of
    its sectors in the owner's place — needs a finished round in the ``ahead`` days before such a period opens.
    """

    code = models.CharField("编号", max_length=40, unique=True)
    title = models.CharField("名称", max_length=80)
    says = models.CharField("说明", max_length=200, blank=True)
    sections = models.JSONField("环节", default=list)
    window = models.CharField("重点时段", max_length=16, blank=True)
    ahead = models.SmallIntegerField("提前（天）", default=30)
    sectors = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    register = ArrayField(models.UUIDField(), default=list, blank=True)
    owner = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)
    made_by = models.CharField("编制人", max_length=60)

    def __str__(self) -> str:
        return self.title


class Round(Matter):
    """One round over one object or along one way. ``sections`` is the template's list as it stood on setting out.

    ``own``: the enterprise walks its own ground, and nobody else finishes it. ``results`` maps a section's key to
    ``{"outcome", "note", "at", "by", "hazards"}``.
    """

    object = models.ForeignKey(SupervisedObject, models.PROTECT, related_name="+", db_index=False)
    template = models.ForeignKey(RoundTemplate, models.PROTECT, related_name="+")
    own = models.BooleanField("企业自行巡查", default=False)
    title = models.CharField("名称", max_length=120)
    walkers = models.CharField("巡查人员", max_length=200)
    companions = models.CharField("同行单位", max_length=200, blank=True)
    began_on = models.DateField("出发日期")
    finished_on = models.DateField("完成日期", null=True, blank=True)
    sections = models.JSONField("环节", default=list)
    results = models.JSONField("结果", default=dict)
    hazards = models.JSONField("发现隐患", default=list)

    def about(self) -> str:
        """What notices call the round."""
        return self.title

    class Meta:
        indexes = [
            models.Index(fields=["region_path", "state"], name="round_by_place"),
            models.Index(fields=["template", "object", "finished_on"], name="round_by_pack"),
        ]
        constraints = [
            models.CheckConstraint(
                name="round_state_known", condition=Q(state__in=[s.value for s in RoundState])
            ),
            models.CheckConstraint(
                name="round_finished_on_a_day",
                condition=~Q(state=RoundState.FINISHED.value) | Q(finished_on__isnull=False),
            ),
        ]
