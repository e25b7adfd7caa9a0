"""The monthly forms: what is due, what a unit said, and what was agreed on acceptance."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import Q

from bihuan.capabilities.accidents.monthly.states import FormState
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.loops import nearness
from bihuan.kernel.loops.models import Matter
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.territory.models import Agency

FILED = (FormState.FILED.value, FormState.ACCEPTED.value)


def _constraints(name: str) -> list[models.BaseConstraint]:
    return [
        models.UniqueConstraint(fields=["agency", "period"], name=f"one_{name}_a_unit_and_month"),
        models.CheckConstraint(
            name=f"{name}_state_known", condition=Q(state__in=[state.value for state in FormState])
        ),
        models.CheckConstraint(
            name=f"{name}_accepted_is_filed",
            condition=~Q(state=FormState.ACCEPTED.value)
            | (Q(filed_at__isnull=False) & Q(accepted_at__isnull=False)),
        ),
        models.CheckConstraint(name=f"{name}_nil_says_why", condition=Q(nil=False) | ~Q(nil_reason="")),
    ]


class MonthlyForm(Matter):
    """One form of one unit and month. ``period`` is the month it is filed for, ``due_on`` the last day to do so.

    ``edition`` counts what was filed: each is an entry of the record with all it said, this row carries the present one.
    ``late`` is that of the first filing; what is corrected or sent back is not late again.
    """

    object = models.ForeignKey(  # type: ignore[assignment]  # a form is about a month, not about one object
        SupervisedObject, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="+", db_index=False, verbose_name="填报单位"
    )
    period = models.CharField("月份", max_length=10)
    month_from = models.DateField("月初")
    due_on = models.DateField("报送期限")
    unit_name = models.CharField("单位（报送时名称）", max_length=100, blank=True)
    edition = models.SmallIntegerField("第几稿", default=0)
    filed_at = models.DateTimeField("报送时间", null=True)
    filed_by = models.CharField("填报人", max_length=60, blank=True)
    filed_post = models.CharField("填报人职务", max_length=160, blank=True)
    late = models.BooleanField("迟报", default=False)
    nil = models.BooleanField("零报告", default=False)
    nil_reason = models.CharField("零报告说明", max_length=500, blank=True)
    correction = models.CharField("更正理由", max_length=500, blank=True)
    returned = models.CharField("退回理由", max_length=500, blank=True)
    accepted_at = models.DateTimeField("备案时间", null=True)
    accepted_by = models.CharField("备案人", max_length=60, blank=True)
    accepted_post = models.CharField("备案人职务", max_length=160, blank=True)
    opinion = models.CharField("备案意见", max_length=500, blank=True)

    class Meta:
        abstract = True

    @property
    def month(self) -> Period:
        return Period.parse(self.period)

    @property
    def name(self) -> str:
        """The unit as it was called when it filed, as it is called now before that."""
        return self.unit_name or self.agency.name

    def near(self) -> Q:
        """The committee office, which accepts what the unit files."""
        return nearness.office_over(self.region_path)


class AccidentReturn(MonthlyForm):
    """安全生产事故统计报表 of one unit and month (M207): its own numbers, accident by accident.

    ``lines`` are what the unit stated: ``{"on", "unit", "branch", "deaths", "serious", "loss_fen"}``; ``agreed`` the
    accidents of the system they were found equal to on acceptance, by number and version, so that what changes later shows.
    """

    lines = models.JSONField("逐起填报", default=list)
    explanation = models.CharField("差异说明", max_length=1000, blank=True)
    agreed = models.JSONField("备案时的系统记录", default=list)

    class Meta:
        constraints = _constraints("accident_return")
        indexes = [models.Index(fields=["month_from", "agency"], name="accident_return_by_month")]

    def about(self) -> str:
        return f"{self.name} {self.month.chinese()}事故统计报表"


class RiskForecast(MonthlyForm):
    """预警预测月报表 of one unit (M179): what threatens in the month after ``period``, on what basis, where, and what is done.

    ``items`` are ``{"risk", "level", "basis", "area", "measures"}``.
    """

    items = models.JSONField("预测事项", default=list)

    class Meta:
        constraints = _constraints("risk_forecast")
        indexes = [models.Index(fields=["month_from", "agency"], name="risk_forecast_by_month")]

    @property
    def ahead(self) -> Period:
        """The month that is forecast."""
        return month_after(self.month.last)

    def about(self) -> str:
        return f"{self.name} {self.ahead.chinese()}预警预测月报表"


def month_after(day: date) -> Period:
    """The month after the one that ends with ``day``."""
    return Period.month_of(day + timedelta(days=1))
