"""The batch (批次) and its items (件); receipts lie apart from both."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from bihuan.capabilities.tipoffs.states import (
    CLOSED_STATES,
    OPEN_STATES,
    BatchState,
    Channel,
    ItemState,
    Outcome,
    Rejection,
    Topic,
    Verdict,
)
from bihuan.kernel.loops import nearness
from bihuan.kernel.loops.models import Matter
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.search import PairCodesField

__all__ = ["Batch", "Item", "Receipt"]


class Batch(Matter):
    """One submission (M242): a message from the public page, a call, a letter, a visit, a transfer.

    ``origin`` and ``origin_no`` are the organ that passed it on and its own number, ``reply_by`` the day it asks for
    (M244). Who reported lies sealed in the vault under the batch's key, never in a column; ``anonymous`` says that nothing
    was given.
    """

    object = models.ForeignKey(  # type: ignore[assignment]  # a batch is about no single object
        SupervisedObject, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    channel = models.CharField("来源", max_length=12, choices=Channel.choices())
    received_on = models.DateField("收到日期")
    origin = models.CharField("来文单位", max_length=60, blank=True)
    origin_no = models.CharField("来文编号", max_length=40, blank=True)
    reply_by = models.DateField("要求答复日期", null=True, blank=True)
    anonymous = models.BooleanField("匿名", default=True)
    reported_back_on = models.DateField("回报来文单位日期", null=True, blank=True)
    reported_back = models.CharField("回报文号", max_length=60, blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["received_on", "uid"], name="tipoff_batch_by_day"),
            models.Index(fields=["state", "received_on"], name="tipoff_batch_by_state"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["origin", "origin_no"],
                condition=~Q(origin_no="") & ~Q(state=BatchState.REVOKED.value),
                name="one_batch_per_origin_number",
            ),
            models.CheckConstraint(
                name="tipoff_batch_closed_with_day",
                condition=Q(state=BatchState.CLOSED.value, closed_on__isnull=False)
                | (~Q(state=BatchState.CLOSED.value) & Q(closed_on__isnull=True)),
            ),
        ]

    def about(self) -> str:
        """What notices call the batch: by what way it came and when; never who."""
        return f"{Channel(self.channel).label} {self.received_on}"

    @property
    def items_all(self) -> int:
        return self.items.count()

    @property
    def items_open(self) -> int:
        return self.items.filter(state__in=[state.value for state in OPEN_STATES]).count()

    def near(self) -> models.Q:
        """The office hears of every batch."""
        return nearness.office_over(self.region_path)


class Item(Matter):
    """One matter of a batch (M242): what, where, whose, until when.

    ``agency`` (on the matter) is the unit it is referred to, ``company`` an enterprise that does the work (M244);
    ``subject`` is the object of the register it is about, a column of its own, so that neither that object's people nor its
    chain ever come near. ``due_on`` is the day for closing it, ``handle_by`` the handler's. ``merged_into`` is the leading
    item. ``links`` are what became of it: ``{"kind", "no", "on", "done_on", "says"}``; ``reward`` is
    ``{"basis", "no", "fine_fen", "deaths", "grade", "amount_fen", "rule", "on", "by", "approved_on", "paid_on", …}``.
    Places are millionths of a degree. ``asked_on`` is the day of the reporter's first question since the last answer to one,
    ``answered_on`` of that answer; ``correction`` says why a wrong end or a wrong entry was taken back.
    """

    object = models.ForeignKey(  # type: ignore[assignment]  # its people must hear nothing: see ``subject``
        SupervisedObject, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="items")
    ordinal = models.SmallIntegerField("件序")
    channel = models.CharField("来源", max_length=12, choices=Channel.choices())
    origin = models.CharField("来文单位", max_length=60, blank=True)
    topic = models.CharField("主题", max_length=12, choices=Topic.choices())
    words = models.CharField("反映内容", max_length=2000)
    place = models.CharField("地点", max_length=200, blank=True)
    subject = models.ForeignKey(
        SupervisedObject, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    lon_e6 = models.IntegerField("经度", null=True, blank=True)
    lat_e6 = models.IntegerField("纬度", null=True, blank=True)
    received_on = models.DateField("收到日期")
    due_on = models.DateField("办结期限")
    admitted_on = models.DateField("受理日期", null=True, blank=True)
    referred_on = models.DateField("转办日期", null=True, blank=True)
    handle_by = models.DateField("办理期限", null=True, blank=True)
    company = models.CharField("办理企业", max_length=60, blank=True)
    demand = models.CharField("办理要求", max_length=1000, blank=True)
    declined = models.CharField("承办单位异议", max_length=1000, blank=True)
    extension = models.JSONField("延期申请", null=True, blank=True)
    outcome = models.CharField("核查结论", max_length=12, choices=Outcome.choices(), blank=True)
    result = models.CharField("办理情况", max_length=2000, blank=True)
    reported_on = models.DateField("反馈日期", null=True, blank=True)
    sent_back = models.SmallIntegerField("退回次数", default=0)
    reply = models.CharField("回复", max_length=2000, blank=True)
    replied_on = models.DateField("回复日期", null=True, blank=True)
    rejection = models.CharField("不予受理原因", max_length=12, choices=Rejection.choices(), blank=True)
    transferred_to = models.CharField("移送单位", max_length=60, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name="并入"
    )
    withdrawn_on = models.DateField("举报人撤回日期", null=True, blank=True)
    links = models.JSONField("转为", default=list)
    reward = models.JSONField("奖励", null=True, blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    verdict = models.CharField("举报人评价", max_length=12, choices=Verdict.choices(), blank=True)
    rated_on = models.DateField("评价日期", null=True, blank=True)
    asked_on = models.DateField("追问日期", null=True, blank=True)
    answered_on = models.DateField("追问答复日期", null=True, blank=True)
    corrected_on = models.DateField("更正日期", null=True, blank=True)
    correction = models.CharField("更正说明", max_length=1100, blank=True)
    search = PairCodesField(null=True, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["received_on", "uid"], name="tipoff_item_by_day"),
            models.Index(fields=["agency", "state"], name="tipoff_item_by_handler"),
            models.Index(fields=["state", "deadline"], name="tipoff_item_by_state"),
            models.Index(fields=["region_path", "received_on"], name="tipoff_item_by_town"),
            models.Index(fields=["subject", "received_on"], name="tipoff_item_by_subject"),
            models.Index(fields=["deadline", "uid"], name="tipoff_item_by_deadline"),
            GinIndex(fields=["search"], name="tipoff_item_search"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["batch", "ordinal"], name="tipoff_item_once_in_batch"),
            models.CheckConstraint(
                name="tipoff_item_closed_with_day",
                condition=Q(state__in=[s.value for s in CLOSED_STATES], closed_on__isnull=False)
                | (~Q(state__in=[s.value for s in CLOSED_STATES]) & Q(closed_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="tipoff_item_closed_with_reply",
                condition=Q(closed_on__isnull=True) | Q(replied_on__isnull=False),
            ),
            models.CheckConstraint(
                name="tipoff_item_merged_with_lead",
                condition=~Q(state=ItemState.MERGED.value) | Q(merged_into__isnull=False),
            ),
            models.CheckConstraint(
                name="tipoff_item_about_no_object", condition=Q(object__isnull=True)
            ),
            models.CheckConstraint(
                name="tipoff_item_place_whole",
                condition=Q(lon_e6__isnull=True, lat_e6__isnull=True)
                | Q(lon_e6__isnull=False, lat_e6__isnull=False),
            ),
        ]  # fmt: skip

    def about(self) -> str:
        """What notices call the item: its topic and its place."""
        return f"{Topic(self.topic).label} {self.place}".strip()

    @property
    def batch_no(self) -> str:
        return str(self.batch.no)

    @property
    def agency_name(self) -> str | None:
        return self.agency.name if self.agency is not None else None

    @property
    def subject_name(self) -> str | None:
        return self.subject.name if self.subject is not None else None

    @property
    def lead_no(self) -> str | None:
        return self.merged_into.no if self.merged_into is not None else None

    def near(self) -> models.Q:
        """The office hears of every item."""
        return nearness.office_over(self.region_path)


class Receipt(models.Model):
    """The keyed digest of a receipt number and the batch it opens. Nothing here leads back to the number."""

    digest = models.BinaryField(unique=True)
    batch = models.OneToOneField(Batch, models.PROTECT, related_name="receipt")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return "回执"
