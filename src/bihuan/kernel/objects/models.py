"""The supervised object (监管对象), one table for all kinds; details live one-to-one in the registers."""

from __future__ import annotations

from django.db import models

from bihuan.kernel.territory.models import Agency, Region, Sector, Standing
from bihuan.kernel.uid import uuid7


class ObjectKind(models.TextChoices):
    ENTERPRISE = "enterprise", "企业"
    PROJECT = "project", "在建工程"
    BUILDING = "building", "建筑"
    PLACE = "place", "场所"
    FACILITY = "facility", "设施设备"


class SupervisedObject(models.Model):
    """One supervised object. ``credit_code`` is the GB 32100 code when it has one, else empty.

    ``name_key`` is the normalised name; ``responsible`` the enterprise that answers for a project, building or place.
    """

    uid = models.UUIDField(primary_key=True, default=uuid7)
    kind = models.CharField(max_length=12, choices=ObjectKind.choices, default=ObjectKind.ENTERPRISE)
    name = models.CharField("名称", max_length=120)
    name_key = models.CharField(max_length=120, db_index=True)
    name_pinyin = models.CharField(max_length=240, blank=True)
    credit_code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="supervised_objects")
    region_path = models.CharField(max_length=200)
    sector = models.ForeignKey(
        Sector, models.PROTECT, null=True, blank=True, related_name="supervised_objects"
    )
    sector_path = models.CharField(max_length=200, blank=True)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="supervised_objects"
    )
    responsible = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="answers_for")
    standing = models.CharField(max_length=12, choices=Standing.choices, default=Standing.CONFIRMED)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="absorbed")
    address = models.CharField("地址", max_length=200, blank=True)
    latitude = models.FloatField("纬度", null=True, blank=True)
    longitude = models.FloatField("经度", null=True, blank=True)
    since = models.DateField("成立", null=True, blank=True)
    until = models.DateField("注销", null=True, blank=True)
    named_by = models.CharField("来源", max_length=120, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["credit_code"], condition=~models.Q(credit_code=""), name="one_object_per_credit_code"
            )
        ]
        indexes = [
            models.Index(fields=["region_path", "name_pinyin"]),
            models.Index(fields=["standing"], condition=models.Q(standing="pending"), name="objects_pending"),
        ]

    def __str__(self) -> str:
        return self.name


class ObjectAlias(models.Model):
    """A former or ledger name that was confirmed to mean this object; never merged silently."""

    object = models.ForeignKey(SupervisedObject, models.CASCADE, related_name="aliases")
    name_key = models.CharField(max_length=120, db_index=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
