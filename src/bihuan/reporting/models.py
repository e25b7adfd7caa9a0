"""Reports: the draft that is worked on, each issue as it went out, and the papers that are being made."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from bihuan.kernel.attachments.models import Attachment
from bihuan.kernel.territory.models import Agency, Region
from bihuan.kernel.uid import uuid7


class Kind(models.TextChoices):
    HALF_YEAR = "half-year", "半年推进落实报告"
    ANNUAL = "annual", "年度工作总结"
    SPEECH = "speech", "会议发言材料"
    MONTHLY_PACK = "monthly", "月调度材料"
    QUARTERLY_PLAN = "quarterly", "季统筹计划"
    BULLETIN = "bulletin", "形势通报"
    LEGISLATURE = "legislature", "人大汇报材料"


class TemplateShelf(models.Model):
    """The template in use of one kind of report; empty means the newest that a release brought.

    ``entry_count`` and ``head`` are its chain in the record.
    """

    kind = models.CharField("种类", max_length=20, choices=Kind.choices, unique=True)
    in_use = models.ForeignKey("TemplateVersion", models.PROTECT, null=True, blank=True, related_name="+")
    entry_count = models.IntegerField(default=0)
    head = models.BinaryField(default=bytes)

    class Meta:
        verbose_name = "报告模板"

    def __str__(self) -> str:
        return self.get_kind_display()


class TemplateVersion(models.Model):
    """One version of a template. Nothing here is ever changed or removed; a later version stands beside it.

    ``ordinal`` counts a kind's versions from 1. ``built_in`` ones came with a release and are kept here once a report was
    begun with them, so that no release changes a report under way.
    """

    uid = models.UUIDField(primary_key=True, default=uuid7)
    shelf = models.ForeignKey(TemplateShelf, models.PROTECT, related_name="versions")
    ordinal = models.IntegerField("第几版")
    built_in = models.BooleanField(default=False)
    title = models.CharField("标题", max_length=200)
    recipients = models.CharField("主送机关", max_length=200, blank=True)
    copies = models.CharField("抄送", max_length=400, blank=True)
    style = models.CharField("文体", max_length=10)
    body = models.TextField("正文")
    note = models.CharField("修改说明", max_length=200, blank=True)
    digest = models.BinaryField("内容摘要", max_length=32)
    saved_at = models.DateTimeField("保存时间")
    saved_by = models.CharField(max_length=40, blank=True)
    saved_by_name = models.CharField("保存人", max_length=60)
    saved_by_post = models.CharField("保存人职务", max_length=160, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shelf", "ordinal"], name="template_versions_in_order"),
        ]
        verbose_name = "报告模板的版本"

    def __str__(self) -> str:
        return f"{self.shelf} 第{self.ordinal}版"


class Report(models.Model):
    """One report of a kind, a period and a place, or of an agency; it may be issued more than once.

    ``texts`` is what the clerk wrote around the figures; a part that was never written follows the proposals. The
    four columns of jurisdiction are those every supervised row carries; ``sector_paths`` narrows an agency's report.
    ``template`` is the version it was begun with, until the clerk takes a newer; older reports without one follow the
    release.
    ``entry_count`` and ``head`` are its chain in the record.
    """

    uid = models.UUIDField(primary_key=True, default=uuid7)
    no = models.CharField("编号", max_length=24, unique=True)
    kind = models.CharField("种类", max_length=20, choices=Kind.choices)
    period = models.CharField("时段", max_length=10)
    as_of = models.DateField("截至")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    region_path = models.CharField(max_length=200, db_index=True)
    sector_path = models.CharField(max_length=200, blank=True)
    sector_paths = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    object = models.UUIDField(null=True, blank=True)
    texts = models.JSONField("文字", default=dict)
    digits = models.SmallIntegerField("整改率小数位", default=1)
    template = models.ForeignKey(TemplateVersion, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.IntegerField(default=1)
    drafted_at = models.DateTimeField("起草时间")
    drafted_by_name = models.CharField("起草人", max_length=60)
    changed_at = models.DateTimeField("修改时间")
    entry_count = models.IntegerField(default=0)
    head = models.BinaryField(default=bytes)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "period", "region", "agency"],
                nulls_distinct=False,
                name="one_report_of_a_period",
            ),
            models.CheckConstraint(condition=Q(digits__gte=0, digits__lte=2), name="report_digits_sensible"),
        ]
        verbose_name = "报告"

    def __str__(self) -> str:
        return self.no


class Issue(models.Model):
    """A report as it was signed and went out. Nothing here is ever changed; a later issue stands beside it.

    ``figures`` of it lie frozen in ``kernel.figures`` under ``uid``; ``rolls`` are the counted lists that are no
    figures. ``page`` is what the screen shows, ``changes`` what differed from the issue before. ``content_digest`` is
    SM3 over question, figures and texts; the digests of the papers are those of their attachments. ``figures_pdf`` is the
    appendix of a speech, which its own papers leave out.
    """

    uid = models.UUIDField(primary_key=True, default=uuid7)
    report = models.ForeignKey(Report, models.PROTECT, related_name="issues")
    ordinal = models.SmallIntegerField("第几次")
    mark = models.CharField("机关代字", max_length=20)
    year = models.SmallIntegerField()
    number = models.IntegerField()
    as_of = models.DateField("截至")
    texts = models.JSONField(default=dict)
    digits = models.SmallIntegerField(default=1)
    title = models.CharField("标题", max_length=200)
    page = models.TextField()
    rolls = models.JSONField(default=list)
    changes = models.JSONField(default=list)
    flags = models.JSONField(default=list)
    content_digest = models.BinaryField(max_length=32)
    docx = models.ForeignKey(Attachment, models.PROTECT, related_name="+")
    pdf = models.ForeignKey(Attachment, models.PROTECT, related_name="+")
    figures_pdf = models.ForeignKey(Attachment, models.PROTECT, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField("签发时间")
    issued_by_name = models.CharField("签发人", max_length=60)
    issued_by_post = models.CharField("签发人职务", max_length=160)
    seq = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "ordinal"], name="issues_of_a_report_in_order"),
            models.UniqueConstraint(fields=["mark", "year", "number"], name="one_paper_per_number"),
        ]
        verbose_name = "签发稿"

    def __str__(self) -> str:
        return f"{self.mark}〔{self.year}〕{self.number}号"


class CountedRecords(models.Model):
    """Which records a total of an issue counted, sixteen bytes each in order, so that a later difference has names."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="counted")
    figure = models.CharField(max_length=80)
    uids = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issue", "figure"], name="counted_once_per_issue")]

    def __str__(self) -> str:
        return f"{self.figure}（{len(self.uids) // 16} 条）"


class Purpose(models.TextChoices):
    PROOF = "proof", "送审稿"
    ISSUE = "issue", "签发稿"
    THREE_LISTS = "three_lists", "三个清单"


class Status(models.TextChoices):
    WAITING = "waiting", "等待排印"
    WORKING = "working", "正在排印"
    DONE = "done", "已完成"
    FAILED = "failed", "未能完成"


class Printout(models.Model):
    """Papers ordered from the job worker: the page that ordered them may be left and come back to.

    ``account`` ordered it and alone may fetch it; an issue is fetched through its report. ``reasons`` says why
    nothing came of it.
    """

    uid = models.UUIDField(primary_key=True, default=uuid7)
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    report = models.ForeignKey(Report, models.PROTECT, null=True, related_name="printouts")
    version = models.IntegerField(default=0)
    question = models.JSONField(default=dict)
    account = models.BigIntegerField()
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.WAITING)
    reasons = models.JSONField(default=list)
    title = models.CharField(max_length=200, blank=True)
    docx = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    pdf = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    issue = models.ForeignKey(Issue, models.PROTECT, null=True, related_name="+")
    ordered_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["report", "ordered_at"], name="printout_of_report")]
        verbose_name = "排印"

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}（{self.get_status_display()}）"


class ArchiveOpening(models.Model):
    """An item of a department's archive was opened, the first time (M263). Appended, never changed."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    year = models.SmallIntegerField("年份")
    loop = models.CharField("类别", max_length=20)
    no = models.CharField("编号", max_length=24)
    opened_at = models.DateTimeField("调阅时间")
    opened_by = models.CharField("调阅人", max_length=60)
    opened_by_post = models.CharField("调阅人职务", max_length=160, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "year", "loop", "no"], name="archive_item_opened_once"),
        ]
        verbose_name = "档案调阅"

    def __str__(self) -> str:
        return self.no
