"""Rules that duties rest on, in versions: laws, provisions on leaders, the district's own opinions (M014)."""

from __future__ import annotations

from django.db import models

from bihuan.capabilities.responsibility.duties.words import Verification


class RuleDocument(models.Model):
    """One rule through all its versions."""

    name = models.CharField("文件名称", max_length=120, unique=True)
    issuer = models.CharField("制定机关", max_length=120, blank=True)

    def __str__(self) -> str:
        return self.name


class RuleVersion(models.Model):
    """One version; it is in force from its day until the next one's. Never changed once written."""

    document = models.ForeignKey(RuleDocument, models.PROTECT, related_name="versions")
    number = models.CharField("文号", max_length=60, blank=True)
    effective_from = models.DateField("施行日期")
    verification = models.CharField(
        "核对情况", max_length=2, choices=Verification.choices, default=Verification.UNVERIFIED
    )
    made_by = models.CharField(max_length=60)
    made_by_post = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "effective_from"], name="one_rule_version_a_day")
        ]

    def __str__(self) -> str:
        return f"《{self.document.name}》（{self.number or self.effective_from}）"


class Clause(models.Model):
    """One article of a version."""

    version = models.ForeignKey(RuleVersion, models.PROTECT, related_name="clauses")
    label = models.CharField("条款", max_length=40)
    text = models.CharField("内容", max_length=2000, blank=True)
    order = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "label"], name="one_clause_of_a_label")]

    def __str__(self) -> str:
        return f"《{self.version.document.name}》{self.label}"
