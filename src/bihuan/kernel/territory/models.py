"""Regions, agencies and sectors as dated trees."""

from __future__ import annotations

from django.db import models


class Node(models.Model):
    """A place in a dated tree. ``path`` is the ids from the root, each closed by a dot, so that a prefix is a subtree."""

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=200, db_index=True)
    name = models.CharField("名称", max_length=100)
    name_key = models.CharField(max_length=100, db_index=True)
    since = models.DateField("起", null=True, blank=True)
    until = models.DateField("止", null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class RegionLevel(models.TextChoices):
    CITY = "city", "市"
    DISTRICT = "district", "区县"
    TOWN = "town", "镇街"
    ZONE = "zone", "功能区"
    VILLAGE = "village", "村社区"
    GRID_CELL = "grid_cell", "网格"


class Standing(models.TextChoices):
    """Whether the register vouches for an entry, or only a ledger has named it so far."""

    CONFIRMED = "confirmed", "已核实"
    PENDING = "pending", "待核实"
    MERGED = "merged", "已并入"
    REJECTED = "rejected", "不予登记"


GONE = (Standing.MERGED, Standing.REJECTED)
"""What no list, search or ledger finds any more, though its row stays."""


class Region(Node):
    """行政区划: district, town, village, grid cell or zone."""

    level = models.CharField(max_length=12, choices=RegionLevel.choices)
    standing = models.CharField(max_length=12, choices=Standing.choices, default=Standing.CONFIRMED)
    order = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["parent", "name"], name="region_once_under_parent")]


class RegionCode(models.Model):
    """The GB/T 2260 code a region carries for a time; codes are reissued, regions are not."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="codes")
    code = models.CharField(max_length=12)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)


class RegionAlias(models.Model):
    """Another name under which ledgers file a region."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="aliases")
    name_key = models.CharField(max_length=100, unique=True)


class Sector(Node):
    """行业领域: a node of the versioned sector tree (M071)."""

    code = models.CharField(max_length=40, unique=True)
    order = models.IntegerField(default=0)


class SectorAlias(models.Model):
    """What a sector is called in ledgers: 危化, 危化品 and 危险化学品 are one."""

    sector = models.ForeignKey(Sector, models.CASCADE, related_name="aliases")
    name_key = models.CharField(max_length=60, unique=True)


class AgencyKind(models.TextChoices):
    COMMITTEE_OFFICE = "committee_office", "安委办"
    LEADERSHIP = "leadership", "区委区政府"
    DEPARTMENT = "department", "部门"
    TOWN_GOVERNMENT = "town_government", "镇街"


class Agency(Node):
    """部门、单位: whoever supervises, files or coordinates."""

    kind = models.CharField(max_length=20, choices=AgencyKind.choices)
    region = models.ForeignKey(Region, models.PROTECT, related_name="agencies")
    files_ledger = models.BooleanField("按月报送隐患台账", default=True)
    order = models.IntegerField(default=0)

    class Meta:
        verbose_name = "单位"


class AgencyAlias(models.Model):
    """A former or short name, dated, so that records filed under it are found (M029)."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="aliases")
    name_key = models.CharField(max_length=100, db_index=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)


class Regulation(models.Model):
    """Which agency regulates which sector, as lead or assistant, and since when (管行业必须管安全, 安全生产法 第三条)."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="regulations")
    sector = models.ForeignKey(Sector, models.PROTECT, related_name="regulations")
    lead = models.BooleanField(default=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)


class District(models.Model):
    """The one district this installation serves; whether it is the demonstration is written here and never changes."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    region = models.OneToOneField(Region, models.PROTECT)
    code = models.CharField("行政区划代码", max_length=6)
    demo = models.BooleanField(default=False)
    founded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_district")]
