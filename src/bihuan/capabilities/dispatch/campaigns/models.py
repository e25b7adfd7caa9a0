"""The campaign, the names it goes by, and the objects it is to reach."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from bihuan.capabilities.dispatch.campaigns.states import CampaignState, Filing, Nature, SetRule
from bihuan.kernel import campaigns
from bihuan.kernel.loops import nearness
from bihuan.kernel.loops.models import Matter
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.search import PairCodesField
from bihuan.kernel.territory.models import Agency

UNDATED = (CampaignState.DRAFTED.value, CampaignState.WITHDRAWN.value)


class Campaign(Matter):
    """A campaign from its draft to its end (M041). ``name`` is the tag that other matters carry.

    ``agency`` is the lead unit, one; ``members`` are the keys of the others. ``sector_paths`` and ``region_paths`` say
    whom it reaches, empty for all. ``superior``, ``duties_served`` and ``development`` are 三个结合 (M042). ``in_place`` keeps
    四个到位, each with its evidence. A set, programme or plan is the ``parent`` of what it holds.
    """

    object = models.ForeignKey(  # type: ignore[assignment]  # a campaign is about many objects, or none
        SupervisedObject, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    name = models.CharField("名称", max_length=campaigns.LENGTH)
    nature = models.CharField("类别", max_length=12, choices=Nature.choices())
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="所属系列或专项"
    )
    superior = models.CharField("上级部署文件", max_length=120, blank=True)
    superior_no = models.CharField("文号", max_length=60, blank=True)
    duties_served = models.CharField("落实的职责", max_length=1000, blank=True)
    development = models.CharField("服务的发展任务", max_length=1000, blank=True)
    content = models.CharField("主要内容", max_length=2000, blank=True)
    first_day = models.DateField("开始日期", null=True, blank=True)
    last_day = models.DateField("结束日期", null=True, blank=True)
    sector_paths = ArrayField(
        models.CharField(max_length=200), verbose_name="行业领域", default=list, blank=True
    )
    region_paths = ArrayField(models.CharField(max_length=200), verbose_name="镇街", default=list, blank=True)
    members = ArrayField(models.BigIntegerField(), verbose_name="成员单位", default=list, blank=True)
    filing = models.CharField(
        "报送频次",
        max_length=8,
        choices=Filing.choices(),
        default=Filing.NEVER.value,
    )
    forms = models.CharField("报送内容", max_length=500, blank=True)
    filing_days = models.SmallIntegerField("报送期限（工作日）", default=2)
    members_due = models.SmallIntegerField("应有项数", default=0)
    set_rule = models.CharField("构成要求", max_length=12, blank=True, choices=SetRule.choices())
    in_place = models.JSONField(default=dict)
    drafted_on = models.DateField("拟定日期")
    approved_on = models.DateField("批准日期", null=True, blank=True)
    ended_on = models.DateField("结束于", null=True, blank=True)
    summary = models.CharField("总结", max_length=4000, blank=True)
    search = PairCodesField(null=True, editable=False)

    def about(self) -> str:
        """What notices call the campaign."""
        return self.name

    @property
    def agency_name(self) -> str:
        return self.agency.name if self.agency is not None else ""

    @property
    def last_tagged(self) -> date:
        """The last day of which something may carry the tag."""
        return self.ended_on or self.last_day or date.max

    def near(self) -> Q:
        """The units that take part, and the committee office."""
        return nearness.units(self.members) | nearness.office_over(self.region_path)

    class Meta:
        indexes = [
            models.Index(fields=["state", "deadline"], name="campaign_by_state"),
            models.Index(fields=["drafted_on", "uid"], name="campaign_by_draft"),
            GinIndex(fields=["members"], name="campaign_by_member", fastupdate=False),
        ]
        constraints = [
            models.CheckConstraint(
                name="campaign_state_known", condition=Q(state__in=[s.value for s in CampaignState])
            ),
            models.CheckConstraint(
                name="campaign_begins_complete",
                condition=Q(state__in=UNDATED)
                | (
                    Q(first_day__isnull=False, last_day__isnull=False, agency__isnull=False)
                    & (~Q(nature=Nature.CAMPAIGN.value) | (~Q(superior="") & ~Q(duties_served="") & ~Q(development="")))
                ),
            ),
            models.CheckConstraint(
                name="campaign_days_in_order",
                condition=Q(first_day=None) | Q(last_day=None) | Q(last_day__gte=F("first_day")),
            ),
        ]  # fmt: skip


class CampaignName(models.Model):
    """A name that means one campaign: its present one, a former one, or one that ledgers use for it.

    Unique over all: two campaigns never share a name, and what was once called so is counted where it belongs.
    """

    class Kind(models.TextChoices):
        PRESENT = "present", "现名"
        FORMER = "former", "曾用名"
        ADOPTED = "adopted", "归并名称"

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="names")
    name = models.CharField("名称", max_length=campaigns.LENGTH, unique=True)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.PRESENT)
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign"], condition=Q(kind="present"), name="campaign_has_one_present_name"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Target(models.Model):
    """One object a campaign is to reach: registered once, checked once or never.

    ``campaign_name`` is the tag as it was when the object was registered; figures count former names under the present
    one. The four columns of jurisdiction are those of the object on that day.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="targets", db_index=False)
    object = models.ForeignKey(SupervisedObject, models.PROTECT, related_name="+", db_index=False)
    campaign_name = models.CharField(max_length=campaigns.LENGTH)
    region_path = models.CharField(max_length=200)
    sector_path = models.CharField(max_length=200, blank=True)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    registered_on = models.DateField("列入日期")
    checked_on = models.DateField("检查日期", null=True, blank=True)
    checked_by = models.CharField("检查单位", max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "object"], name="target_registered_once")]
        indexes = [
            models.Index(fields=["registered_on", "id"], name="target_by_day"),
            models.Index(fields=["object"], name="target_by_object"),
        ]

    def __str__(self) -> str:
        return self.campaign_name


def told(aspects: dict[str, Any], aspect: str) -> str:
    """The state noted for one of 四个到位; empty when nobody has said."""
    return str(aspects.get(aspect, {}).get("state", ""))
