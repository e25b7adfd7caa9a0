"""Enforcement documents as issued, the organs that issue them, and the dossiers they are bound into."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from bihuan.kernel.attachments.models import Attachment
from bihuan.kernel.territory.models import Agency
from bihuan.kernel.uid import uuid7


class Standing(models.TextChoices):
    ISSUED = "issued", "已制发"
    VOIDED = "voided", "已作废"


class Recorded(models.Model):
    """A row with a chain of its own in the record, whose columns every entry binds.

    ``no`` is its number in the record; ``entry_count`` and ``head`` say where its chain ends.
    """

    uid = models.UUIDField(primary_key=True, default=uuid7)
    no = models.CharField("留痕编号", max_length=80, unique=True)
    entry_count = models.IntegerField(default=0)
    head = models.BinaryField(default=bytes)

    class Meta:
        abstract = True


class OrganProfile(Recorded):
    """What papers say of an enforcing organ. ``mark`` is its word in numbers (应急), ``short_name`` the X before it."""

    agency = models.OneToOneField(Agency, models.PROTECT, related_name="organ_profile", verbose_name="机关")
    full_name = models.CharField("机关全称", max_length=100)
    short_name = models.CharField("机关简称", max_length=20)
    mark = models.CharField("文号代字", max_length=10, default="应急")
    address = models.CharField("地址", max_length=200)
    phone = models.CharField("联系电话", max_length=40)
    contact = models.CharField("联系人", max_length=60, blank=True)
    bank = models.CharField("代收罚款银行", max_length=100, blank=True)
    account_name = models.CharField("收款户名", max_length=100, blank=True)
    account = models.CharField("收款账号", max_length=60, blank=True)
    reconsideration = models.CharField("行政复议机关", max_length=100)
    court = models.CharField("管辖法院", max_length=100)
    changed_at = models.DateTimeField("更新时间")

    def __str__(self) -> str:
        return self.full_name


class Instrument(Recorded):
    """One document as it was issued. What it says never changes: correcting it means voiding it and issuing anew.

    ``facts`` are canonical, ``paper`` is the document as it was worded then, ``digest`` SM3 over all of it. ``signings``
    and ``service`` grow by recorded deeds. The four columns of jurisdiction are those of its matter when it was issued.
    """

    kind = models.CharField("文种", max_length=40)
    rule_version = models.CharField("样式版本", max_length=20)
    organ = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="制发机关")
    number = models.CharField("文号", max_length=80, blank=True)
    series = models.CharField("代字", max_length=30, blank=True)
    year = models.SmallIntegerField("年份")
    ordinal = models.IntegerField("序号", null=True, blank=True)
    loop = models.CharField(max_length=30)
    matter = models.UUIDField(db_index=True)
    matter_no = models.CharField("事项编号", max_length=24)
    region_path = models.CharField(max_length=200)
    sector_path = models.CharField(max_length=200, blank=True)
    object = models.UUIDField(null=True, blank=True, db_index=True)
    facts = models.JSONField("内容", default=dict)
    paper = models.JSONField("文书正文", default=dict)
    articles = models.JSONField("引用条款", default=list)
    digest = models.BinaryField("摘要", max_length=32)
    issued_on = models.DateField("制发日期")
    issued_at = models.DateTimeField("制发时间")
    issued_by = models.CharField("制发人", max_length=60)
    issued_by_ref = models.CharField(max_length=40, blank=True)
    addressee = models.CharField("送达对象", max_length=200, blank=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    state = models.CharField("状态", max_length=10, choices=Standing.choices, default=Standing.ISSUED)
    void_reason = models.CharField("作废原因", max_length=300, blank=True)
    voided_on = models.DateField("作废日期", null=True, blank=True)
    signings: Any = models.JSONField("签名", default=list)
    service: Any = models.JSONField("送达", default=dict)
    served_on = models.DateField("送达日期", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "series", "year", "ordinal"],
                condition=Q(ordinal__isnull=False),
                name="one_instrument_per_number",
            ),
        ]
        indexes = [models.Index(fields=["kind", "issued_on"], name="instrument_by_kind")]
        verbose_name = "执法文书"

    def __str__(self) -> str:
        return self.number or self.no

    @property
    def voided(self) -> bool:
        """Whether it holds no more."""
        return self.state == Standing.VOIDED

    @property
    def day(self) -> date:
        """The day it bears."""
        return self.issued_on


class Dossier(Recorded):
    """A closed case's papers bound in order. ``parts`` name each part with its digest and pages; nothing here changes."""

    loop = models.CharField(max_length=30)
    matter = models.UUIDField(db_index=True)
    matter_no = models.CharField("事项编号", max_length=24)
    ordinal = models.SmallIntegerField("第几次成卷", default=1)
    file_no = models.CharField("归档号", max_length=60)
    title = models.CharField("案卷题名", max_length=200)
    retention = models.CharField("保存期限", max_length=20)
    parts: Any = models.JSONField("卷内文件", default=list)
    cover: Any = models.JSONField("案卷首页", default=dict)
    pages = models.IntegerField("页数")
    digest = models.BinaryField("摘要", max_length=32)
    volume = models.ForeignKey(Attachment, models.PROTECT, related_name="+")
    bound_at = models.DateTimeField("成卷时间")
    bound_by = models.CharField("成卷人", max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "ordinal"], name="dossiers_of_a_matter_in_order")
        ]
        indexes = [GinIndex(fields=["parts"], name="dossier_by_part", opclasses=["jsonb_path_ops"])]
        verbose_name = "案卷"

    def __str__(self) -> str:
        return self.file_no


class ServiceConsent(Recorded):
    """电子送达确认书: an addressee agrees to be served electronically, where, and from when (行政处罚法第六十一条)."""

    object = models.UUIDField("当事人", null=True, blank=True, db_index=True)
    matter = models.UUIDField(null=True, blank=True, db_index=True)
    addressee = models.CharField("受送达人", max_length=200)
    channel = models.CharField("方式", max_length=40)
    address = models.CharField("送达地址", max_length=200)
    given_on = models.DateField("确认日期")
    ended_on = models.DateField("撤回日期", null=True, blank=True)
    paper = models.ForeignKey(Attachment, models.PROTECT, null=True, blank=True, related_name="+")
    kept_by = models.CharField("登记人", max_length=60)

    class Meta:
        verbose_name = "电子送达确认书"

    def __str__(self) -> str:
        return self.addressee
