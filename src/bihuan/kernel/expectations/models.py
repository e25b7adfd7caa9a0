"""Expectations and the cadences they are drawn from."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from django.db import models
from django.db.models import Q

from bihuan.kernel import clock
from bihuan.kernel.expectations.kinds import is_deed
from bihuan.kernel.territory.models import Agency, AgencyKind
from bihuan.kernel.uid import uuid7


class Frequency(models.TextChoices):
    DAY = "day", "每日"
    WEEK = "week", "每周"
    MONTH = "month", "每月"
    QUARTER = "quarter", "每季度"


class Holders(models.TextChoices):
    """Of whom a cadence expects: one agency, or a class that changes as agencies come and go."""

    ONE = "one", "指定单位"
    LEDGER_FILERS = "ledger_filers", "报送台账的单位"
    REGULATORS = "regulators", "有行业监管职责的部门"
    DEPARTMENTS = AgencyKind.DEPARTMENT.value, "部门"
    TOWNS = AgencyKind.TOWN_GOVERNMENT.value, "镇街"


class Standing(StrEnum):
    """Where an expectation stands on a day; always derived, so no row can be forgotten in a wrong state."""

    DUE = "due"
    FILED = "filed"
    NIL = "nil"
    LATE = "late"
    MISSING = "missing"
    WAIVED = "waived"

    @property
    def label(self) -> str:
        """As pages say it."""
        return _STANDINGS[self]


_STANDINGS = {
    Standing.DUE: "待报",
    Standing.FILED: "已报",
    Standing.NIL: "零报告",
    Standing.LATE: "迟报",
    Standing.MISSING: "未报",
    Standing.WAIVED: "免报",
}


class Cadence(models.Model):
    """How often something is due and when (a district's dated choice).

    Due ``days`` after the period's last day, in working days or calendar days: five working days after a
    month are the fifth working day of the next. ``straight`` days end on rest days too: whoever is on duty
    reports. A change of rule ends this row and begins another; what was expected stays.
    """

    class Unit(models.TextChoices):
        WORKING = "working", "工作日"
        CALENDAR = "calendar", "自然日"
        STRAIGHT = "straight", "日（节假日不顺延）"

    kind = models.CharField("事项", max_length=40)
    title = models.CharField("名称", max_length=80)
    holders = models.CharField("报送单位", max_length=20, choices=Holders.choices)
    holder = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    frequency = models.CharField("频次", max_length=8, choices=Frequency.choices)
    days = models.SmallIntegerField("期限（日）", default=5)
    unit = models.CharField("期限单位", max_length=8, choices=Unit.choices, default=Unit.WORKING)
    effective_from = models.DateField("起")
    effective_to = models.DateField("止", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cadence_names_its_one_holder",
                condition=Q(holders=Holders.ONE, holder__isnull=False)
                | (~Q(holders=Holders.ONE) & Q(holder__isnull=True)),
            ),
            models.CheckConstraint(name="cadence_days_sensible", condition=Q(days__gte=0, days__lte=366)),
            models.UniqueConstraint(
                fields=["kind", "holders", "holder", "frequency", "effective_from"],
                nulls_distinct=False,
                name="cadence_declared_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.get_frequency_display()}）"


class Expectation(models.Model):
    """One thing due from one agency: met by a record, by an explicit nil filing, or waived; else missing or late.

    ``object`` is the supervised object or the matter concerned, if one is; ``period`` the label of the time it is about.
    ``met_by`` is the uid of what met it (an import batch, a matter). ``entry_count`` and ``head`` are its
    chain in the record: filing, nil filing and waiver are entries, the latter two with their reason.
    """

    uid = models.UUIDField(primary_key=True, default=uuid7)
    cadence = models.ForeignKey(Cadence, models.PROTECT, null=True, related_name="expectations")
    holder = models.ForeignKey(Agency, models.PROTECT, related_name="expectations", verbose_name="单位")
    kind = models.CharField("事项", max_length=40)
    title = models.CharField("名称", max_length=80)
    object = models.UUIDField(null=True, blank=True)
    period = models.CharField("时段", max_length=10)
    opens_on = models.DateField("起")
    due_on = models.DateField("期限")
    due_rule = models.CharField("期限说明", max_length=400, blank=True)
    provisional = models.BooleanField("期限待定", default=False)
    met_at = models.DateTimeField("报送时间", null=True, blank=True)
    met_by = models.UUIDField(null=True, blank=True)
    met_by_name = models.CharField("报送人", max_length=120, blank=True)
    nil = models.BooleanField("零报告", default=False)
    nil_reason = models.CharField("零报告说明", max_length=500, blank=True)
    waived_at = models.DateTimeField("免报时间", null=True, blank=True)
    waived_by_name = models.CharField("批准人", max_length=120, blank=True)
    waiver_reason = models.CharField("免报理由", max_length=500, blank=True)
    entry_count = models.IntegerField(default=0)
    head = models.BinaryField(default=bytes)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["holder", "kind", "object", "period"], nulls_distinct=False, name="expected_once"
            ),
            models.CheckConstraint(
                name="nil_filing_says_why",
                condition=Q(nil=False) | (Q(met_at__isnull=False) & ~Q(nil_reason="")),
            ),
            models.CheckConstraint(
                name="waiver_says_why", condition=Q(waived_at__isnull=True) | ~Q(waiver_reason="")
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "period"], name="expectation_by_period"),
            models.Index(
                fields=["holder", "due_on"],
                name="expectation_unmet",
                condition=Q(met_at__isnull=True, waived_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.period}"

    @property
    def no(self) -> str:
        """Its number in the record."""
        return f"{self.kind}/{self.holder_id}/{self.period}"

    @property
    def to_be_done(self) -> bool:
        """Whether it is work rather than a filing: nobody can report nil of it."""
        return self.cadence_id is None or is_deed(self.kind)

    def standing(self, on: date) -> Standing:
        """Where it stands at the end of ``on``; a filing after that day has not come yet."""
        met_on = clock.day_of(self.met_at) if self.met_at else None
        if met_on is not None and met_on <= on:
            if met_on > self.due_on:
                return Standing.LATE
            return Standing.NIL if self.nil else Standing.FILED
        waived_on = clock.day_of(self.waived_at) if self.waived_at else None
        if waived_on is not None and waived_on <= on:
            return Standing.WAIVED
        return Standing.MISSING if self.due_on < on else Standing.DUE
