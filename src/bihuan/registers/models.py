"""Details one-to-one on supervised objects, and who decided that a name in a ledger is a real object."""

from __future__ import annotations

from django.db import models

from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.territory.models import Region


class Ownership(models.TextChoices):
    STATE = "state", "国有"
    COLLECTIVE = "collective", "集体"
    PRIVATE = "private", "民营"
    FOREIGN = "foreign", "外资及港澳台资"
    MIXED = "mixed", "混合所有制"
    SOLE = "sole", "个体工商户"


class Scale(models.TextChoices):
    """统计上大中小微型企业划分."""

    LARGE = "large", "大型"
    MEDIUM = "medium", "中型"
    SMALL = "small", "小型"
    MICRO = "micro", "微型"
    ABOVE = "above", "规模以上"


class Enterprise(models.Model):
    """一企一档 (M053): what the register knows of an enterprise beyond what every supervised object has.

    The credit code, name, place and sector lie on the object; its town is the object's region.
    """

    object = models.OneToOneField(
        SupervisedObject, models.CASCADE, primary_key=True, related_name="enterprise", verbose_name="监管对象"
    )
    industry_code = models.CharField("国民经济行业代码", max_length=5, blank=True)
    ownership = models.CharField("经济类型", max_length=12, choices=Ownership.choices, blank=True)
    scale = models.CharField("规模", max_length=12, choices=Scale.choices, blank=True)
    staff_count = models.PositiveIntegerField("从业人数", null=True, blank=True)
    principal_name = models.CharField("主要负责人", max_length=60, blank=True)
    principal_phone = models.CharField("主要负责人电话", max_length=30, blank=True)
    safety_manager_name = models.CharField("安全管理人员", max_length=60, blank=True)
    safety_manager_phone = models.CharField("安全管理人员电话", max_length=30, blank=True)
    business = models.CharField("主要产品或经营范围", max_length=300, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.object.name


class DecisionKind(models.TextChoices):
    CONFIRMED = "confirmed", "核实登记"
    MERGED = "merged", "并入"
    AMENDED = "amended", "更正"


class StandingDecision(models.Model):
    """Who decided that a 待核实 object or town is real, is another one, or was written wrongly, and why.

    ``into`` and ``into_region`` name what it was merged into. Never changed, never deleted.
    """

    object = models.ForeignKey(
        SupervisedObject, models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    into = models.ForeignKey(SupervisedObject, models.PROTECT, null=True, blank=True, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="decisions")
    into_region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=12, choices=DecisionKind.choices)
    reason = models.CharField("理由", max_length=400, blank=True)
    decided_by = models.CharField("决定人", max_length=60)
    decided_by_id = models.CharField(max_length=40, blank=True)
    decided_by_post = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_decision_is_about_one_thing",
                condition=models.Q(object__isnull=False, region=None, into_region=None)
                | models.Q(object=None, into=None, region__isnull=False),
            ),
            models.CheckConstraint(
                name="a_merger_names_its_target",
                condition=models.Q(kind="merged", into__isnull=False)
                | models.Q(kind="merged", into_region__isnull=False)
                | (~models.Q(kind="merged") & models.Q(into=None, into_region=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.object or self.region} {self.get_kind_display()}"
