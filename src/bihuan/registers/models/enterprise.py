"""What the register knows of an enterprise beyond what every supervised object has."""

from __future__ import annotations

from django.db import models

from bihuan.kernel.objects.models import SupervisedObject


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


class RegisterRequest(models.Model):
    """An idempotency key given with a change of the register, and which object it was answered with."""

    actor_ref = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    fingerprint = models.BinaryField()
    object = models.ForeignKey(SupervisedObject, models.CASCADE, related_name="+")
    version = models.IntegerField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["actor_ref", "key"], name="one_register_answer_per_key")
        ]

    def __str__(self) -> str:
        return self.key
