"""《专业委员会落实安全监管责任台账》 and its sampling (M012)."""

from __future__ import annotations

from django.db import models

from bihuan.capabilities.responsibility.committees.models.committees import Committee
from bihuan.kernel.territory.models import Agency


class LedgerLine(models.Model):
    """One duty of a specialist committee: whose it is, how far it is, and what shows it."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="lines")
    number = models.PositiveSmallIntegerField("序号")
    duty = models.CharField("责任事项", max_length=500)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    due_on = models.DateField("完成期限", null=True, blank=True)
    progress = models.CharField("进展", max_length=1000, blank=True)
    evidence = models.CharField("佐证材料", max_length=500, blank=True)
    reported_on = models.DateField("填报日期", null=True, blank=True)
    reported_by = models.CharField(max_length=60, blank=True)
    opened_on = models.DateField("列入日期")
    closed_on = models.DateField("完成日期", null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["committee", "number"], name="one_line_of_a_number")]

    def __str__(self) -> str:
        return self.duty[:40]


class Sampling(models.Model):
    """One specialist committee drawn for assessment, and how its ledger was found.

    ``draw`` is the number that ``seed`` gives among the ``among`` committees of that day in the order of their keys, so that
    anybody can draw the same again.
    """

    round = models.CharField("考核轮次", max_length=40, unique=True)
    seed = models.CharField(max_length=64)
    among = models.JSONField(default=list)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="samplings")
    lines = models.PositiveSmallIntegerField("事项数")
    complete = models.PositiveSmallIntegerField("有进展有佐证的事项数")
    score = models.PositiveSmallIntegerField("得分", null=True, blank=True)
    remark = models.CharField("评语", max_length=500, blank=True)
    drawn_on = models.DateField("抽取日期")
    drawn_by = models.CharField(max_length=60)
    scored_on = models.DateField("评分日期", null=True, blank=True)
    scored_by = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return self.round
