"""The key period: its days, what it opens, and what it left behind."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from bihuan.capabilities.dispatch.windows.milestones.models import Project
from bihuan.capabilities.dispatch.windows.states import Reporting, WindowKind, WindowState
from bihuan.kernel.loops import nearness
from bihuan.kernel.loops.models import Matter
from bihuan.kernel.objects.models import SupervisedObject

__all__ = ["KeyWindow", "Project"]


class KeyWindow(Matter):
    """One key period from plan to summary (M048).

    ``ahead`` days before ``first_day`` its tasks are opened; daily reports are due from the first day to the last.
    ``templates`` says what is opened, a task each: ``{"title", "requirement", "kind", "to", "unit", "days"}``, ``days``
    counted from the first day, empty for the last. ``units`` are the keys of those who report, fixed on entering.
    ``summary`` keeps the numbers as they stood when the window was left.
    """

    object = models.ForeignKey(  # type: ignore[assignment]  # a time is about nothing registered
        SupervisedObject, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    kind = models.CharField("时段", max_length=16, choices=WindowKind.choices())
    year = models.SmallIntegerField("年份")
    name = models.CharField("名称", max_length=60)
    first_day = models.DateField("开始日期")
    last_day = models.DateField("结束日期")
    ahead = models.SmallIntegerField("提前布置（天）", default=0)
    reporting = models.CharField(
        "日报单位",
        max_length=8,
        choices=Reporting.choices(),
        default=Reporting.TOWNS.value,
    )
    forms = models.CharField("日报内容", max_length=500, blank=True)
    templates = models.JSONField(default=list)
    units = ArrayField(models.BigIntegerField(), default=list, blank=True)
    enters_on = models.DateField("布置日期")
    entered_on = models.DateField("进入日期", null=True, blank=True)
    opened = models.JSONField(default=list)
    left_on = models.DateField("总结日期", null=True, blank=True)
    summary = models.JSONField(null=True, blank=True)
    opinion = models.CharField("总结意见", max_length=4000, blank=True)

    def about(self) -> str:
        """What notices call the window."""
        return self.name

    def found(self) -> dict[str, Any]:
        """The numbers kept on leaving; empty before."""
        return self.summary or {}

    def near(self) -> Q:
        """The units that report each day, and the committee office."""
        return nearness.units(self.units) | nearness.office_over(self.region_path)

    class Meta:
        indexes = [
            models.Index(fields=["first_day", "uid"], name="window_by_day"),
            models.Index(
                fields=["enters_on"],
                name="window_to_turn",
                condition=Q(state__in=[WindowState.PLANNED.value, WindowState.OPEN.value]),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="window_state_known", condition=Q(state__in=[s.value for s in WindowState])
            ),
            models.CheckConstraint(name="window_days_in_order", condition=Q(last_day__gte=F("first_day"))),
            models.CheckConstraint(name="window_opens_in_time", condition=Q(enters_on__lte=F("first_day"))),
            models.CheckConstraint(
                name="window_closed_with_summary",
                condition=~Q(state=WindowState.CLOSED.value) | Q(left_on__isnull=False, summary__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["kind", "year"],
                name="window_once_a_year",
                condition=~Q(state=WindowState.CANCELLED.value)
                & ~Q(kind__in=[WindowKind.EVENT.value, WindowKind.OTHER.value]),
            ),
        ]  # fmt: skip
