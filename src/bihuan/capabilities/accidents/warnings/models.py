"""The early warning and who answers it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from bihuan.capabilities.accidents.warnings.states import Colour, Source, WarningState
from bihuan.kernel.loops import nearness
from bihuan.kernel.loops.models import Matter
from bihuan.kernel.objects.models import SupervisedObject


class EarlyWarning(Matter):
    """One warning (M180). ``towns`` are paths, empty for the whole district; ``units`` the keys of who must acknowledge it.

    ``acknowledged`` says of each unit when and by whom (``{"12": {"at", "by", "post"}}``); raised or prolonged, a warning is
    acknowledged anew. ``actions`` are what was done: ``{"unit", "on", "words", "by"}``.
    """

    object = models.ForeignKey(  # type: ignore[assignment]  # a warning is of a place and a time, not of one object
        SupervisedObject, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    source = models.CharField("来源", max_length=12, choices=[(one.value, one.label) for one in Source])
    source_words = models.CharField("来源说明", max_length=200, blank=True)
    level = models.CharField("级别", max_length=8, choices=[(one.value, one.label) for one in Colour])
    title = models.CharField("预警事项", max_length=120)
    risk = models.CharField("风险和影响", max_length=2000)
    requirement = models.CharField("防范要求", max_length=2000)
    towns = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    units = ArrayField(models.BigIntegerField(), default=list)
    first_day = models.DateField("预警自")
    last_day = models.DateField("至")
    acknowledge_by = models.DateField("签收期限")
    channel = models.CharField("发布渠道", max_length=120)
    audience = models.CharField("发布对象", max_length=200)
    acknowledged = models.JSONField(default=dict)
    actions = models.JSONField(default=list)
    issued_at = models.DateTimeField("发布时间")
    lifted_on = models.DateField("解除日期", null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["first_day", "uid"], name="early_warning_by_day")]
        constraints = [
            models.CheckConstraint(
                name="early_warning_state_known", condition=Q(state__in=[s.value for s in WarningState])
            ),
            models.CheckConstraint(
                name="early_warning_days_in_order", condition=Q(last_day__gte=F("first_day"))
            ),
            models.CheckConstraint(
                name="early_warning_lifted_with_day",
                condition=~Q(state=WarningState.LIFTED.value) | Q(lifted_on__isnull=False),
            ),
        ]

    def about(self) -> str:
        """What notices call the warning."""
        return f"{Colour(self.level).label}：{self.title}"

    def near(self) -> Q:
        """The units that must acknowledge it, and the committee office."""
        return nearness.units(self.units) | nearness.office_over(self.region_path)

    @property
    def waiting(self) -> list[int]:
        """The units that have not acknowledged."""
        return [unit for unit in self.units if str(unit) not in self.acknowledged]
