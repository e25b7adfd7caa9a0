"""Who may enforce and who may advise, each with the days for which it holds (M072, M141)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.models import Person
from bihuan.kernel.territory.models import Agency


class CertificateKind(models.TextChoices):
    """What a certificate entitles to: only the first two let their holder enforce."""

    ENFORCEMENT = "enforcement", "行政执法证"
    COMPREHENSIVE = "comprehensive", "应急管理综合行政执法证"
    SUPERVISION = "supervision", "行政执法监督证"


ENFORCING = frozenset({CertificateKind.ENFORCEMENT, CertificateKind.COMPREHENSIVE})


class Certificate(models.Model):
    """One certificate of one person: the one truth about who may enforce on a day.

    ``until`` is the last day it is valid, ``revoked_on`` the day from which it no longer is. What was signed is judged by
    the certificate of that day; rows are revoked, never deleted or rewritten.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="certificates")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=CertificateKind.choices)
    no = models.CharField("证号", max_length=40)
    scope = models.CharField("执法类别、区域", max_length=200, blank=True)
    issuer = models.CharField("发证机关", max_length=80, blank=True)
    since = models.DateField("有效期起")
    until = models.DateField("有效期至")
    revoked_on = models.DateField("停用日期", null=True, blank=True)
    revoked_for = models.CharField("停用原因", max_length=200, blank=True)
    said_by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="certificate_in_order", condition=Q(until__gte=F("since"))),
            models.UniqueConstraint(
                fields=["kind", "no", "since"], condition=Q(revoked_on=None), name="certificate_told_once"
            ),
        ]
        indexes = [models.Index(fields=["person", "until"], name="certificate_of_person")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.no}"


class Recusal(models.Model):
    """Why a person keeps away from an enterprise (回避): kin, shares, former employment; from a day, until it is lifted."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="recusals")
    object = models.ForeignKey(SupervisedObject, models.PROTECT, related_name="+")
    reason = models.CharField("回避事由", max_length=200)
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)
    said_by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["object"], name="recusal_by_object")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "object"], condition=Q(until=None), name="one_open_recusal"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} 回避 {self.object}"


class AdvisorKind(models.TextChoices):
    EXPERT = "expert", "专家"
    EVALUATION = "evaluation", "安全评价机构"
    TESTING = "testing", "检测检验机构"
    TRAINING = "training", "安全培训机构"
    SERVICE = "service", "安全技术服务机构"


class Advisor(models.Model):
    """An expert or an agency that may be engaged while its qualification holds (M072).

    ``person`` ties an expert to an account here; agencies have none.
    """

    kind = models.CharField(max_length=20, choices=AdvisorKind.choices)
    name = models.CharField("名称", max_length=80)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    speciality = models.CharField("专业、业务范围", max_length=200)
    qualification = models.CharField("职称、资质证书编号", max_length=120, blank=True)
    since = models.DateField("有效期起")
    until = models.DateField("有效期至")
    revoked_on = models.DateField("停用日期", null=True, blank=True)
    revoked_for = models.CharField("停用原因", max_length=200, blank=True)
    said_by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="advisor_in_order", condition=Q(until__gte=F("since")))]

    def __str__(self) -> str:
        return self.name

    def valid(self, on: Any) -> bool:
        """Whether it may be engaged on this day."""
        return bool(self.since <= on <= self.until and (self.revoked_on is None or self.revoked_on > on))


class Engagement(models.Model):
    """One piece of work an expert or agency was asked for: scope, fee, result; ``findings`` are hazards' numbers."""

    advisor = models.ForeignKey(Advisor, models.PROTECT, related_name="engagements")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    object = models.ForeignKey(SupervisedObject, models.PROTECT, null=True, blank=True, related_name="+")
    scope = models.CharField("委托事项", max_length=500)
    fee_fen = models.BigIntegerField("费用", default=0)
    begun_on = models.DateField("委托日期")
    due_on = models.DateField("应完成日期")
    ended_on = models.DateField("完成日期", null=True, blank=True)
    result = models.CharField("结果", max_length=2000, blank=True)
    findings = models.JSONField(default=list)
    said_by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="engagement_ends_with_result",
                condition=Q(ended_on=None) | (~Q(result="") & Q(ended_on__gte=F("begun_on"))),
            ),
            models.CheckConstraint(name="engagement_fee_known", condition=Q(fee_fen__gte=0)),
        ]

    def __str__(self) -> str:
        return self.scope
