"""The project and its dated milestones."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bihuan.capabilities.dispatch.windows.milestones.states import ProjectKind, ProjectState
from bihuan.kernel.loops import nearness
from bihuan.kernel.loops.models import Matter
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.territory.models import Agency


class Project(Matter):
    """One project with its milestones (M049).

    ``agency`` is the named lead. ``milestones`` are in the order of their days: ``{"title", "due", "reported_on",
    "result", "accepted_on", "accepted_by", "reporter", "task"}``; ``task`` is the number of the one task that lateness
    raised. ``late_from`` is the day after the nearest unreported one that has raised none: the timer looks there.
    """

    object = models.ForeignKey(  # type: ignore[assignment]  # a project need not be about anything registered
        SupervisedObject, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="+", db_index=False, verbose_name="牵头单位"
    )
    name = models.CharField("工程", max_length=80)
    kind = models.CharField("类别", max_length=16, choices=ProjectKind.choices())
    urged_by = models.BigIntegerField("督促单位", null=True, blank=True)
    basis = models.CharField("依据", max_length=120, blank=True)
    content = models.CharField("建设内容", max_length=2000, blank=True)
    milestones = models.JSONField("节点", default=list)
    planned_on = models.DateField("列入日期")
    late_from = models.DateField(null=True, blank=True)
    accepted_on = models.DateField("竣工验收日期", null=True, blank=True)
    result = models.CharField("完成情况", max_length=2000, blank=True)

    def about(self) -> str:
        """What notices call the project."""
        return self.name

    @property
    def agency_name(self) -> str:
        return self.agency.name

    def near(self) -> Q:
        """The committee office, which coordinates what the unit builds."""
        return nearness.office_over(self.region_path)

    class Meta:
        indexes = [
            models.Index(fields=["planned_on", "uid"], name="project_by_day"),
            models.Index(
                fields=["late_from"], name="project_late", condition=Q(state=ProjectState.UNDER_WAY.value)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="project_state_known", condition=Q(state__in=[s.value for s in ProjectState])
            ),
            models.CheckConstraint(
                name="project_closed_when_accepted",
                condition=~Q(state=ProjectState.CLOSED.value) | Q(accepted_on__isnull=False),
            ),
        ]
