"""What an enterprise keeps of its own responsibility: posts with their lists, safety roles, requirement sets."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bihuan.kernel.objects.models import SupervisedObject


class InnerPost(models.Model):
    """A post inside an enterprise, as the enterprise lists it; with ``duties`` it has its post-level list (M021).

    A changed list ends the row and begins another, so the list of any day can be read.
    """

    object = models.ForeignKey(SupervisedObject, models.PROTECT, related_name="+")
    name = models.CharField("岗位", max_length=60)
    people = models.PositiveIntegerField("在岗人数", default=1)
    duties = models.CharField("岗位安全生产责任清单", max_length=2000, blank=True)
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)
    made_by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["object", "name"], condition=Q(until=None), name="one_inner_post_of_a_name"
            )
        ]

    def __str__(self) -> str:
        return self.name


class SafetyRole(models.Model):
    """Who holds one of the roles of an enterprise's safety organisation (M030)."""

    object = models.ForeignKey(SupervisedObject, models.PROTECT, related_name="+")
    role = models.CharField("职位", max_length=30)
    holder = models.CharField("人员或机构", max_length=120)
    part = models.CharField("负责区域或说明", max_length=120, blank=True)
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)
    made_by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["object", "role", "holder", "part"],
                condition=Q(until=None),
                name="a_safety_role_is_told_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.holder}"


class RequirementSet(models.Model):
    """五落实、五到位、四到位 (M022): a named set of items as some document lists them."""

    title = models.CharField("名称", max_length=60, unique=True)
    basis = models.CharField("依据", max_length=200, blank=True)
    warning = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title


class RequirementItem(models.Model):
    """One item; sets that name the same item share it, so it is judged once."""

    name = models.CharField("要求", max_length=60, unique=True)

    def __str__(self) -> str:
        return self.name


class SetItem(models.Model):
    """An item's place in a set."""

    set = models.ForeignKey(RequirementSet, models.CASCADE, related_name="places")
    item = models.ForeignKey(RequirementItem, models.PROTECT, related_name="places")
    order = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["set", "item"], name="an_item_once_in_a_set")]

    def __str__(self) -> str:
        return f"{self.set_id} {self.item_id}"


class ItemFinding(models.Model):
    """Whether an enterprise meets an item, found on a day, with what shows it; the latest counts."""

    object = models.ForeignKey(SupervisedObject, models.PROTECT, related_name="+")
    item = models.ForeignKey(RequirementItem, models.PROTECT, related_name="+")
    passed = models.BooleanField("符合")
    evidence = models.CharField("依据的事实", max_length=500)
    found_on = models.DateField("核查日期")
    found_by = models.CharField(max_length=60)
    found_by_post = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["object", "item", "-found_on", "-id"], name="latest_item_finding")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.passed}"
