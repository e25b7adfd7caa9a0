"""Checklists, their dated versions and the items of each: a version is never rewritten, so an old inspection keeps its own."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bihuan.kernel.territory.models import Agency, Sector

MARKS = [("V1", "已核对原文"), ("V2", "据二手材料，未见原件"), ("K", "待核对")]


class Checklist(models.Model):
    """What an inspection of one kind looks at (M109). ``code`` never changes; without a sector it serves any trade.

    ``owner`` is the unit that wrote a list of its own; a list of the release has none.
    """

    code = models.CharField("编号", max_length=40, unique=True)
    title = models.CharField("名称", max_length=80)
    says = models.CharField("说明", max_length=200, blank=True)
    sector = models.ForeignKey(Sector, models.PROTECT, null=True, blank=True, related_name="+")
    owner = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return self.title


class ChecklistVersion(models.Model):
    """The items of a checklist as used between two days; ``effective_to`` is its last day, empty while it runs.

    ``shipped`` versions come with the release; a district's own version goes before them on the days it runs. ``digest``
    is the SM3 of the items in order, printed at the foot so that two sheets are seen to be the same.
    """

    checklist = models.ForeignKey(Checklist, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("版次")
    shipped = models.BooleanField(default=False)
    effective_from = models.DateField("启用")
    effective_to = models.DateField("停用", null=True, blank=True)
    source = models.CharField("来源", max_length=400)
    mark = models.CharField("核对情况", max_length=2, choices=MARKS)
    digest = models.CharField(max_length=64)
    made_by = models.CharField("编制人", max_length=60)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["checklist", "number"], name="checklist_version_once"),
            models.CheckConstraint(
                name="checklist_version_ends_after_it_began",
                condition=Q(effective_to=None) | Q(effective_to__gte=F("effective_from")),
            ),
        ]

    @property
    def label(self) -> str:
        return f"第 {self.number} 版（{self.effective_from} 起）"


class ChecklistItem(models.Model):
    """One thing to look at. ``key`` stays the same through the versions of a list; ``scope`` names the trade it is limited to.

    ``criterion`` is the major-hazard criterion (:mod:`bihuan.registers.criteria`) that a violation meets, if one;
    ``penalty`` cites the clause that punishes it. ``mark`` tells how far basis and wording were verified.
    """

    version = models.ForeignKey(ChecklistVersion, models.PROTECT, related_name="items")
    order = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=20)
    group = models.CharField("类别", max_length=40)
    scope = models.CharField(max_length=40, blank=True)
    content = models.CharField("检查内容", max_length=200)
    method = models.CharField("检查方法", max_length=400)
    violation = models.CharField("违法情形", max_length=600)
    basis = models.CharField("检查依据", max_length=200, blank=True)
    penalty = models.CharField("处罚依据", max_length=120, blank=True)
    criterion = models.CharField(max_length=24, blank=True)
    mark = models.CharField("核对情况", max_length=2, choices=MARKS)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="checklist_item_once"),
            models.UniqueConstraint(fields=["version", "order"], name="checklist_item_order"),
        ]

    @property
    def is_major(self) -> bool:
        """Whether a violation is by itself a major hazard."""
        return bool(self.criterion)

    @property
    def no(self) -> int:
        """Its number on the sheet, from 1."""
        return self.order
