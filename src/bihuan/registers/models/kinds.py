"""Details one-to-one on the objects that are no enterprise; what each column means is said by its trait."""

from __future__ import annotations

from decimal import Decimal

from django.db import models

from bihuan.kernel.objects.models import SupervisedObject
from bihuan.registers.objects import traits
from bihuan.registers.objects.traits import KindOf, Trait


class KindDetails(models.Model):
    """What every such object has beside its own columns. An empty text or a null says that nobody has told."""

    object = models.OneToOneField(
        SupervisedObject, models.CASCADE, primary_key=True, related_name="%(class)s", verbose_name="监管对象"
    )
    keeper_name = models.CharField("现场负责人", max_length=60, blank=True)
    keeper_phone = models.CharField("现场负责人电话", max_length=30, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.object.name


def _text(trait: Trait) -> models.CharField[str, str]:
    choices = trait.choices or None
    return models.CharField(
        trait.label, max_length=20 if choices else trait.limit, blank=True, choices=choices
    )


def _of(register: KindOf, name: str) -> models.CharField[str, str]:
    return _text(register.trait(name))


def _area() -> models.DecimalField[Decimal | None, Decimal | None]:
    return models.DecimalField("面积", max_digits=12, decimal_places=2, null=True, blank=True)


class Project(KindDetails):
    """在建工程 (M056)."""

    stage = _of(traits.PROJECTS, "stage")
    client = _of(traits.PROJECTS, "client")
    builder = _of(traits.PROJECTS, "builder")
    overseer = _of(traits.PROJECTS, "overseer")
    permit_no = _of(traits.PROJECTS, "permit_no")
    floor_area = _area()
    begins_on = models.DateField("开工日期", null=True, blank=True)
    ends_on = models.DateField("计划竣工日期", null=True, blank=True)


class Building(KindDetails):
    """建筑 (M059)."""

    class_of = _of(traits.BUILDINGS, "class_of")
    used_for = _of(traits.BUILDINGS, "used_for")
    floors = models.PositiveIntegerField("层数", null=True, blank=True)
    height = models.DecimalField("建筑高度", max_digits=6, decimal_places=2, null=True, blank=True)
    floor_area = _area()
    fire_state = _of(traits.BUILDINGS, "fire_state")
    checked_on = models.DateField("消防设施检测日期", null=True, blank=True)


class Place(KindDetails):
    """场所 (M055, M060, M068)."""

    sort = _of(traits.PLACES, "sort")
    floor_area = _area()
    capacity = models.PositiveIntegerField("核定人数", null=True, blank=True)
    exits = models.PositiveIntegerField("安全出口", null=True, blank=True)
    fire_facilities = _of(traits.PLACES, "fire_facilities")
    fire_risk = _of(traits.PLACES, "fire_risk")


class Facility(KindDetails):
    """设施设备 (M062)."""

    sort = _of(traits.FACILITIES, "sort")
    serial_no = _of(traits.FACILITIES, "serial_no")
    in_use = _of(traits.FACILITIES, "in_use")
    maintainer = _of(traits.FACILITIES, "maintainer")
    tested_on = models.DateField("最近检验日期", null=True, blank=True)
    next_test_on = models.DateField("下次检验日期", null=True, blank=True)
