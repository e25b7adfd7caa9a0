"""A paper that asks for work, and each thing it asks for: as read, and as the clerk settled it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from bihuan.capabilities.dispatch.models import Task
from bihuan.capabilities.dispatch.papers.states import ItemState, Origin, PaperKind, PaperState
from bihuan.capabilities.dispatch.states import TaskKind
from bihuan.kernel.loops import nearness
from bihuan.kernel.loops.models import Matter
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.search import PairCodesField

UNDECIDED = (PaperState.SPLITTING, PaperState.ANSWERED)


class Paper(Matter):
    """A speech, notice, superior document or rule (M040, M047).

    ``digest`` is the SM3 of ``text``, which offsets of the items count. ``superior`` is the superior document that this
    one carries out here. ``answered_on`` is the day the district first acted on it, by tasks or by a paper of its own;
    ``act_by`` the day by which it had to. The counts say what became of its items: ``proposed`` by the rules, of these
    ``accepted`` unchanged, ``changed`` (edited, merged or split) and ``dropped``; ``added`` by the clerk; ``kept`` in all.
    """

    object = models.ForeignKey(  # type: ignore[assignment]  # a paper is about nothing registered
        SupervisedObject, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    kind = models.CharField("文件类型", max_length=12, choices=PaperKind.choices())
    title = models.CharField("标题", max_length=120)
    issuer = models.CharField("发文（讲话）单位或人员", max_length=80)
    number = models.CharField("文号", max_length=60, blank=True)
    issued_on = models.DateField("文件日期")
    text = models.TextField("正文")
    digest = models.BinaryField("正文摘要", max_length=32)
    form = models.CharField("来自", max_length=8)
    superior = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="implementing",
        verbose_name="贯彻的上级文件",
    )
    received_on = models.DateField("登记日期")
    act_by = models.DateField("落实期限")
    answered_on = models.DateField("本地落实日期", null=True, blank=True)
    decomposed_on = models.DateField("分解日期", null=True, blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    voided = models.BooleanField(default=False)
    proposed = models.SmallIntegerField("系统提取", default=0)
    accepted = models.SmallIntegerField("照提取采用", default=0)
    changed = models.SmallIntegerField("修改后采用", default=0)
    dropped = models.SmallIntegerField("不列为任务", default=0)
    added = models.SmallIntegerField("人工补充", default=0)
    kept = models.SmallIntegerField("列为任务", default=0)
    search = PairCodesField(null=True, editable=False)

    def about(self) -> str:
        """What notices call the paper."""
        return self.title

    def near(self) -> Q:
        """The committee office, which splits and dispatches it."""
        return nearness.office_over(self.region_path)

    class Meta:
        indexes = [
            models.Index(
                fields=["deadline", "uid"],
                name="paper_open_by_deadline",
                condition=Q(state__in=[state.value for state in UNDECIDED]),
            ),
            models.Index(fields=["received_on", "uid"], name="paper_by_receipt"),
            models.Index(fields=["digest"], name="paper_by_digest"),
            GinIndex(fields=["search"], name="paper_search", fastupdate=False),
        ]
        constraints = [
            models.CheckConstraint(
                name="paper_state_known", condition=Q(state__in=[s.value for s in PaperState])
            ),
            models.CheckConstraint(
                name="paper_kind_known", condition=Q(kind__in=[k.value for k in PaperKind])
            ),
            models.CheckConstraint(
                name="paper_decomposed_on_a_day",
                condition=~Q(state__in=[PaperState.DECOMPOSED.value, PaperState.CLOSED.value])
                | Q(decomposed_on__isnull=False)
                | Q(closed_on__isnull=False),
            ),
        ]


class Proposal(models.Model):
    """One thing a paper asks for.

    ``read`` is what the rules proposed and never changes; the other columns are what the clerk made of it. ``anchor``
    is the run ``start:end`` of the paper's text; ``reshaped`` says that it was merged or split. While it is being settled
    ``leads`` may name several units or none; the database lets no item become a task without exactly one lead and a day.
    ``received_on``, ``paper_kind`` and ``region_path`` repeat the paper's, for counting.
    """

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="proposals")
    number = models.SmallIntegerField("条目")
    state = models.CharField(max_length=12, choices=ItemState.choices())
    kept = models.BooleanField(default=True)
    origin = models.CharField(max_length=8, choices=Origin.choices())
    read = models.JSONField(null=True)
    anchor = models.TextField("原文")
    start = models.IntegerField()
    end = models.IntegerField()
    summary = models.CharField("任务", max_length=120)
    requirement = models.CharField("具体要求", max_length=2000, blank=True)
    kind = models.CharField("任务类型", max_length=12, choices=TaskKind.choices())
    leads = ArrayField(models.BigIntegerField(), default=list)
    lead = models.BigIntegerField("牵头单位", null=True)
    supporting = ArrayField(models.BigIntegerField(), default=list)
    due_on = models.DateField("完成期限", null=True)
    leader_post = models.BigIntegerField(null=True)
    reason = models.CharField("不列为任务的理由", max_length=400, blank=True)
    reshaped = models.BooleanField(default=False)
    into = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    task = models.OneToOneField(Task, models.PROTECT, null=True, related_name="+")
    received_on = models.DateField()
    settled_on = models.DateField(null=True)
    paper_kind = models.CharField(max_length=12)
    region_path = models.CharField(max_length=200)
    voided = models.BooleanField(default=False)

    class Meta:
        ordering = ["start", "number"]
        indexes = [models.Index(fields=["received_on"], name="proposal_by_receipt")]
        constraints = [
            models.UniqueConstraint(fields=["paper", "number"], name="item_number_once"),
            models.CheckConstraint(name="item_run_of_text", condition=Q(end__gt=models.F("start"))),
            models.CheckConstraint(
                name="item_dispatched_with_one_lead_and_day",
                condition=Q(settled_on=None)
                | Q(kept=False)
                | Q(leads__len=1, lead__isnull=False, due_on__isnull=False),
            ),
            models.CheckConstraint(
                name="item_kept_becomes_a_task",
                condition=Q(task=None) | Q(kept=True, settled_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"第 {self.number} 条"
