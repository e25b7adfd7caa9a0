"""The accident and the versions of what is known of it."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from bihuan.capabilities.accidents.lessons.models import Lesson, LessonCheck
from bihuan.capabilities.accidents.monthly.models import AccidentReturn, RiskForecast
from bihuan.capabilities.accidents.states import AccidentState, Branch, Grade, Told
from bihuan.capabilities.accidents.warnings.models import EarlyWarning
from bihuan.kernel.loops.models import Matter
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.models import Role
from bihuan.kernel.search import PairCodesField
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.uid import uuid7

__all__ = [
    "COUNTS", "OPEN_STATES", "Accident", "AccidentReturn", "AccidentVersion", "EarlyWarning", "Facts", "Lesson", "LessonCheck",
    "RiskForecast",
]  # fmt: skip


COUNTS = ("deaths", "missing", "serious", "poisoned", "slight")
"""How many were hurt, and how: 死亡、失踪、重伤、急性工业中毒、轻伤."""
OPEN_STATES = tuple(
    state for state in AccidentState if state not in (AccidentState.CLOSED, AccidentState.DISMISSED)
)


class Facts(models.Model):
    """What is known of an accident: where it counts and how grave it is.

    ``counted_deaths`` and ``counted_serious`` are what grade and statistics rest on: who dies of it after the days the law
    gives (30, of road traffic and fire 7) stays in the record and out of both. ``counted_serious`` holds those poisoned.
    Money in fen.
    """

    occurred_on = models.DateField("发生日期")
    branch = models.CharField("事故统计行业", max_length=16, choices=Branch.choices())
    type = models.CharField("事故类型", max_length=10, blank=True, default="")
    grade = models.CharField("等级", max_length=16, choices=Grade.choices())
    deaths = models.IntegerField("死亡", default=0)
    missing = models.IntegerField("失踪", default=0)
    serious = models.IntegerField("重伤", default=0)
    poisoned = models.IntegerField("急性工业中毒", default=0)
    slight = models.IntegerField("轻伤", default=0)
    loss_fen = models.BigIntegerField("直接经济损失", default=0)
    counted_deaths = models.IntegerField(default=0)
    counted_serious = models.IntegerField(default=0)

    class Meta:
        abstract = True


class Accident(Facts, Matter):
    """One accident from the first report to the closing of its file.

    ``knew_at`` is when the principal of the unit knew of it: the hour of the law runs from there (国务院令第493号 第九条);
    ``reported_at`` when this district was told. ``late_minutes`` is None where nobody has established ``knew_at``.
    ``confirmed`` says of each number when it was confirmed and by what: ``{"deaths": {"at", "evidence", "version"}}``.
    ``onward`` are the reports upward and aside with their receipts, ``team`` who investigates by whose authority,
    ``leaders`` who of the shift was called to the front and came (M205); ``ledger`` says of an accident of earlier years in
    which ledger it stands: then its hours are not known and no clock is told.
    ``documents``, ``recommendations``, ``sanctions``, ``offences`` and ``reviews`` lines with days of their own, ``proofs``
    the evidence of the four conditions. The JSON of each line stands in :mod:`.lines`.
    """

    object = models.ForeignKey(  # type: ignore[assignment]  # a car on a road belongs to nobody registered here
        SupervisedObject, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    unit = models.CharField("事故发生单位", max_length=120, blank=True)
    place = models.CharField("事故地点", max_length=200, blank=True)
    summary = models.CharField("简要经过", max_length=2000)
    measures = models.CharField("已采取的措施", max_length=1000, blank=True)
    occurred_at = models.DateTimeField("发生时间")
    knew_at = models.DateTimeField("单位负责人知悉时间", null=True, blank=True)
    knew_who = models.CharField("知悉的单位负责人", max_length=60, blank=True)
    reported_at = models.DateTimeField("接报时间")
    time_evidence = models.CharField("时间依据", max_length=500, blank=True)
    late_minutes = models.IntegerField("迟报（分钟）", null=True, blank=True)
    verified_on = models.DateField("核实日期", null=True, blank=True)
    confirmed = models.JSONField(default=dict)
    told = models.IntegerField("事实版本", default=0)
    onward = models.JSONField(default=list)
    team = models.JSONField(null=True, blank=True)
    extension_days = models.SmallIntegerField(default=0)
    appraisals = models.JSONField(default=list)
    documents = models.JSONField(default=list)
    report = models.JSONField(null=True, blank=True)
    recommendations = models.JSONField(default=list)
    sanctions = models.JSONField(default=list)
    proofs = models.JSONField(default=dict)
    offences = models.JSONField(default=list)
    reviews = models.JSONField(default=list)
    replied_on = models.DateField("批复日期", null=True, blank=True)
    evaluated_on = models.DateField("评估日期", null=True, blank=True)
    published_on = models.DateField("评估公开日期", null=True, blank=True)
    closed_on = models.DateField("结案日期", null=True, blank=True)
    dismissed = models.BooleanField(default=False)
    leaders = models.JSONField(default=list)
    ledger = models.CharField("台账所载", max_length=200, blank=True, default="")
    search = PairCodesField(null=True, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["object", "-occurred_on"], name="accident_by_object"),
            models.Index(fields=["occurred_on", "uid"], name="accident_by_day"),
            models.Index(fields=["region_path", "state"], name="accident_by_town"),
            models.Index(fields=["deadline", "uid"], name="accident_by_deadline"),
            GinIndex(fields=["search"], name="accident_search"),
        ]
        constraints = [
            models.CheckConstraint(
                name="accident_state_known", condition=Q(state__in=[s.value for s in AccidentState])
            ),
            models.CheckConstraint(
                name="accident_grade_known", condition=Q(grade__in=[g.value for g in Grade])
            ),
            models.CheckConstraint(
                name="accident_branch_known", condition=Q(branch__in=[b.value for b in Branch])
            ),
            models.CheckConstraint(
                name="accident_numbers_not_negative",
                condition=Q(
                    deaths__gte=0, missing__gte=0, serious__gte=0, poisoned__gte=0, slight__gte=0, loss_fen__gte=0
                ),
            ),
            models.CheckConstraint(
                name="accident_times_in_order",
                condition=Q(reported_at__gte=F("occurred_at"))
                & (Q(knew_at=None) | Q(knew_at__gte=F("occurred_at"))),
            ),
            models.CheckConstraint(
                name="accident_closed_with_day",
                condition=~Q(state=AccidentState.CLOSED.value) | Q(closed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="accident_dismissed_as_it_stands",
                condition=Q(state=AccidentState.DISMISSED.value, dismissed=True)
                | (~Q(state=AccidentState.DISMISSED.value) & Q(dismissed=False)),
            ),
        ]  # fmt: skip

    def about(self) -> str:
        """What notices call the accident: whose it is, or where."""
        return self.unit or self.place

    def near(self) -> models.Q:
        """The office and the leaders of the district hear of every accident, by night as well."""
        return Q(post__role__in=[Role.OFFICE, Role.LEADER])


class AccidentVersion(Facts):
    """One version of the facts: appended, never overwritten; the database refuses to change its numbers.

    It is known from ``valid_from`` to the day before ``valid_until``: a figure counts the version that was known at its
    cut-off, so that a report of last quarter still says what was known then. ``no`` is the accident's number.
    """

    uid = models.UUIDField(primary_key=True, default=uuid7)
    accident = models.ForeignKey(Accident, models.PROTECT, related_name="versions")
    no = models.CharField("编号", max_length=24)
    number = models.SmallIntegerField("版本")
    cause = models.CharField("由来", max_length=16, choices=Told.choices())
    known_at = models.DateTimeField("确认时间")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    evidence = models.CharField("依据", max_length=500, blank=True)
    told_by = models.CharField("报告人", max_length=60, blank=True)
    recorded_at = models.DateTimeField()
    region_path = models.CharField(max_length=200)
    sector_path = models.CharField(max_length=200, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", db_index=False)
    object = models.ForeignKey(SupervisedObject, models.PROTECT, null=True, related_name="+", db_index=False)
    unit = models.CharField(max_length=120, blank=True)
    late = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["occurred_on", "uid"], name="accident_version_by_day"),
            models.Index(fields=["valid_from"], name="accident_version_from"),
            models.Index(
                fields=["valid_until"], name="accident_version_until", condition=Q(valid_until__isnull=False)
            ),
            models.Index(fields=["object"], name="accident_version_by_object"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["accident", "number"], name="accident_version_once"),
            models.UniqueConstraint(
                fields=["accident"], condition=Q(valid_until=None), name="accident_one_version_in_force"
            ),
            models.CheckConstraint(
                name="accident_version_days_in_order",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.no} 第 {self.number} 版"
