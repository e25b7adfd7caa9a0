"""A plan of inspections and its lines."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from bihuan.capabilities.inspections.planning.plans.states import PlanKind, PlanState
from bihuan.kernel.loops.models import Matter
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.territory.models import Agency


class Plan(Matter):
    """What one unit means to inspect in a year, quarter or month (M110; 安全生产法 第六十二条).

    ``months`` and ``most`` are what the proposal went by: not inspected for so long, at most so many. ``lines`` and
    ``lines_digest`` bind the list itself into the record, so that a line changed behind the loop's back is found out.
    """

    object = models.ForeignKey(  # type: ignore[assignment]  # a plan is about many objects
        SupervisedObject, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    kind = models.CharField("计划类型", max_length=8, choices=PlanKind.choices())
    period = models.CharField("计划期间", max_length=10)
    title = models.CharField("名称", max_length=120)
    basis = models.CharField("编制依据", max_length=400)
    sectors = ArrayField(models.CharField(max_length=200), verbose_name="行业领域", default=list, blank=True)
    months = models.SmallIntegerField("多久没查的列入（月）")
    most = models.SmallIntegerField("最多列入（家）")
    lines_count = models.IntegerField("列入对象", default=0)
    lines_digest = models.CharField(max_length=64, blank=True)
    submitted_on = models.DateField("报审日期", null=True, blank=True)
    approved_on = models.DateField("批准日期", null=True, blank=True)
    approved_by = models.CharField("批准人", max_length=60, blank=True)
    closing = models.CharField("完成情况", max_length=1000, blank=True)

    def about(self) -> str:
        """What notices call the plan."""
        return self.title

    class Meta:
        indexes = [models.Index(fields=["agency", "state"], name="plan_by_unit")]
        constraints = [
            models.CheckConstraint(
                name="plan_state_known", condition=Q(state__in=[s.value for s in PlanState])
            ),
            models.CheckConstraint(
                name="plan_runs_approved",
                condition=~Q(state__in=[PlanState.RUNNING.value, PlanState.ENDED.value]) | Q(approved_on__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["agency", "period", "title"],
                condition=~Q(state=PlanState.CANCELLED.value),
                name="plan_named_once",
            ),
        ]  # fmt: skip


class PlanLine(models.Model):
    """One object of a plan: why it is in, by when it is to be inspected, and the inspection that did it.

    The four columns of jurisdiction are the object's and the planning unit's, for figures and doors. ``counts`` is set
    while the plan is approved and the line neither dropped nor excused: only then it is 计划内.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="lines")
    place = models.PositiveSmallIntegerField("序号")
    object = models.ForeignKey(SupervisedObject, models.PROTECT, related_name="+")
    region_path = models.CharField(max_length=200)
    sector_path = models.CharField(max_length=200, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", null=True)
    score = models.SmallIntegerField("分值", default=0)
    reasons = models.JSONField("列入理由", default=list)
    added_by_hand = models.BooleanField(default=False)
    due_on = models.DateField("应于")
    counts = models.BooleanField(default=False)
    inspection = models.CharField("检查编号", max_length=24, blank=True)
    done_on = models.DateField("完成日期", null=True, blank=True)
    excused = models.CharField("不再检查的理由", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "object"], name="plan_names_an_object_once"),
        ]
        indexes = [
            models.Index(fields=["object", "due_on"], name="plan_line_by_object"),
            models.Index(fields=["inspection"], name="plan_line_by_visit", condition=~Q(inspection="")),
        ]
