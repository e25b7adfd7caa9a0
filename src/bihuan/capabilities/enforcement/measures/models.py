"""A measure and all it goes through, the suppliers it asks for help, and the failures to hold a supply back."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from bihuan.capabilities.enforcement.measures.states import (
    OPEN_STATES,
    STANDING,
    Disposal,
    FailureState,
    Family,
    Ground,
    MeasureKind,
    MeasureState,
    Supply,
)
from bihuan.kernel.loops.declaration import State
from bihuan.kernel.loops.models import Matter
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.search import PairCodesField
from bihuan.kernel.territory.models import Agency


def _values(*states: State) -> list[str]:
    return [one.value for one in states]


class Supplier(models.Model):
    """Who supplies power or civil explosives: an enterprise of the register or a unit, dated, never overwritten.

    ``object`` is the enterprise whose accounts acknowledge by page, ``agency`` the unit that does so itself (the
    police, for explosives); ``answerable`` is the department that answers for the supplier when supply goes on.
    """

    supply = models.CharField("供应什么", max_length=12, choices=Supply.choices())
    name = models.CharField("名称", max_length=120)
    object = models.ForeignKey(SupervisedObject, models.PROTECT, null=True, blank=True, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    answerable = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="主管部门")
    contact = models.CharField("联系人", max_length=60)
    phone = models.CharField("电话", max_length=30)
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="supplier_kind_known", condition=Q(supply__in=_values(*Supply))),
            models.CheckConstraint(
                name="supplier_in_order", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
            models.UniqueConstraint(
                fields=["supply", "name"], condition=Q(until=None), name="one_present_supplier_of_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Measure(Matter):
    """One measure from its proposal or order to its lifting (M129–M134).

    ``agency`` is the department that ordered it. ``since`` is the day from which it is in force, ``until`` the last day
    (a seizure) or the day set for putting things right (a stop). ``told`` says that the unit itself may see it. Columns
    of one family stay empty for the others; ``inventory``, ``tests`` and ``rechecks`` are lists as they were told.
    """

    kind = models.CharField("种类", max_length=20, choices=MeasureKind.choices())
    family = models.CharField(max_length=12, choices=Family.choices())
    ground = models.CharField("情形", max_length=24, choices=Ground.choices(), blank=True)
    reason = models.CharField("事实和理由", max_length=2000, blank=True)
    scope = models.CharField("范围", max_length=300)
    told = models.BooleanField(default=False)
    proposed_on = models.DateField("提出日期")
    since = models.DateField("开始日期", null=True, blank=True)
    until = models.DateField("期限", null=True, blank=True)
    lifted_on = models.DateField("解除日期", null=True, blank=True)
    lifted_by = models.CharField("解除人", max_length=60, blank=True)
    officers = models.CharField("执法人员", max_length=200, blank=True)
    origin = models.CharField("检查或案件编号", max_length=24, blank=True, default="")
    origin_uid = models.UUIDField(null=True, blank=True)
    hazard = models.CharField("隐患编号", max_length=24, blank=True, default="")
    hazard_uid = models.UUIDField(null=True, blank=True)
    approved_on = models.DateField("批准日期", null=True, blank=True)
    approved_by = models.CharField("批准人", max_length=60, blank=True)
    approval_no = models.CharField("批准文号", max_length=60, blank=True)
    voided = models.BooleanField(default=False)
    # stops
    inspected_on = models.DateField("检查日期", null=True, blank=True)
    delay_reason = models.CharField("未当日决定的理由", max_length=500, blank=True)
    months_unpaid = models.SmallIntegerField("拖欠工资月数", null=True, blank=True)
    demands = models.CharField("恢复的条件", max_length=2000, blank=True)
    done = models.CharField("整改情况", max_length=2000, blank=True)
    applied_on = models.DateField("申请恢复日期", null=True, blank=True)
    applied_by = models.CharField("申请人", max_length=60, blank=True)
    opinion = models.CharField("验收意见", max_length=2000, blank=True)
    sent_back = models.SmallIntegerField("验收不合格次数", default=0)
    broken = models.SmallIntegerField("违反次数", default=0)
    broken_on = models.DateField("最近违反日期", null=True, blank=True)
    case_no = models.CharField("转入案件编号", max_length=24, blank=True, default="")
    # seizures
    urgent = models.CharField("紧急情况", max_length=500, blank=True)
    carried_out_at = models.DateTimeField("实施时间", null=True, blank=True)
    inventory = models.JSONField(default=list)
    present = models.CharField("到场人", max_length=120, blank=True)
    reported_at = models.DateTimeField("报告时间", null=True, blank=True)
    extended_days = models.SmallIntegerField("延长日数", default=0)
    extended_on = models.DateField("延长日期", null=True, blank=True)
    tests = models.JSONField(default=list)
    disposal = models.CharField("处理方式", max_length=12, blank=True, choices=Disposal.choices())
    disposal_no = models.CharField("处理依据文号", max_length=60, blank=True)
    received_by = models.CharField("领取人", max_length=60, blank=True)
    # closures
    verified_on = models.DateField("核实日期", null=True, blank=True)
    verified_by = models.CharField("核实人", max_length=60, blank=True)
    rechecks = models.JSONField(default=list)
    rechecked = models.SmallIntegerField("已复查次数", default=0)
    reopened = models.SmallIntegerField("死灰复燃次数", default=0)
    # supplies cut off
    stop_uid = models.UUIDField(null=True, blank=True)
    stop_no = models.CharField("停产决定编号", max_length=24, blank=True)
    disobeyed = models.CharField("拒不执行的事实", max_length=2000, blank=True)
    danger = models.CharField("现实危险", max_length=2000, blank=True)
    safety = models.CharField("保证安全的安排", max_length=2000, blank=True)
    supplier = models.ForeignKey(Supplier, models.PROTECT, null=True, blank=True, related_name="measures")
    notified_at = models.DateTimeField("通知送达时间", null=True, blank=True)
    starts_at = models.DateTimeField("停止供应时间", null=True, blank=True)
    emergency = models.CharField("不提前通知的紧急情形", max_length=500, blank=True)
    sent_at = models.DateTimeField("送达供应单位时间", null=True, blank=True)
    replied_at = models.DateTimeField("答复时间", null=True, blank=True)
    agreed = models.BooleanField("同意执行", null=True, blank=True)
    reply = models.CharField("答复内容", max_length=2000, blank=True)
    handlers = models.CharField("供应单位经办人", max_length=400, blank=True)
    stopped_at = models.DateTimeField("实际停止供应时间", null=True, blank=True)
    supplied = models.SmallIntegerField("停供期内供应次数", default=0)
    restored_at = models.DateTimeField("恢复供应时间", null=True, blank=True)
    search = PairCodesField(null=True, editable=False)

    def about(self) -> str:
        """What notices call the measure."""
        return f"{self.object.name}：{MeasureKind(self.kind).label}"

    def near(self) -> Q:
        """Whoever has an account at the supplier, once the decision was sent there."""
        if self.supplier is None or self.sent_at is None:
            return Q()
        reach = Q()
        if self.supplier.object_id is not None:
            reach |= Q(post__object=self.supplier.object_id)
        if self.supplier.agency_id is not None:
            reach |= Q(post__agency=self.supplier.agency_id)
        return reach

    @property
    def testing(self) -> bool:
        """Whether a test stops the clock now."""
        return any(not one.get("ended") for one in self.tests)

    class Meta:
        indexes = [
            models.Index(
                fields=["object"], name="measure_in_force", condition=Q(state__in=_values(*STANDING))
            ),
            models.Index(fields=["object", "-proposed_on"], name="measure_of_object"),
            models.Index(
                fields=["deadline", "uid"], name="measure_open_by_deadline",
                condition=Q(state__in=_values(*OPEN_STATES)),
            ),
            models.Index(fields=["proposed_on", "uid"], name="measure_by_day"),
            models.Index(fields=["region_path", "state"], name="measure_by_place"),
            models.Index(fields=["agency", "state"], name="measure_by_agency"),
            models.Index(fields=["supplier"], name="measure_by_supplier", condition=Q(supplier__isnull=False)),
            models.Index(fields=["duty_on"], name="measure_owing", condition=Q(duty_on__isnull=False)),
            GinIndex(fields=["search"], name="measure_search", fastupdate=False),
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(name="measure_state_known", condition=Q(state__in=_values(*MeasureState))),
            models.CheckConstraint(name="measure_kind_known", condition=Q(kind__in=_values(*MeasureKind))),
            models.CheckConstraint(name="measure_family_known", condition=Q(family__in=_values(*Family))),
            models.CheckConstraint(
                name="measure_in_force_since", condition=~Q(state__in=_values(*STANDING)) | Q(since__isnull=False)
            ),
            models.CheckConstraint(
                name="measure_lifted_dated",
                condition=~Q(state=MeasureState.LIFTED.value) | Q(lifted_on__isnull=False),
            ),
            models.CheckConstraint(
                name="measure_extended_once_by_thirty", condition=Q(extended_days__gte=0, extended_days__lte=30)
            ),
        ]  # fmt: skip

    def says(self) -> dict[str, Any]:
        """The measure in the few words other rooms show."""
        return {"no": self.no, "kind": MeasureKind(self.kind).label, "scope": self.scope, "since": self.since}


class SupplyFailure(Matter):
    """停供把关不严 (M227): supply inside a stop period, on the department that answers for the supplier."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="failures")
    supplier_name = models.CharField("供应单位", max_length=120)
    supplied_at = models.DateTimeField("供应时间")
    found_on = models.DateField("发现日期")
    seen = models.CharField("发现情况", max_length=2000)
    handlers = models.CharField("责任人员", max_length=400, blank=True)
    finding = models.CharField("核查情况", max_length=2000, blank=True)
    causes = models.CharField("原因", max_length=2000, blank=True)
    decision = models.CharField("处理决定", max_length=2000, blank=True)
    document_no = models.CharField("处理文号", max_length=60, blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    dismissed = models.BooleanField(default=False)

    def about(self) -> str:
        """What notices call the failure."""
        return f"{self.supplier_name}在停供期内供应"

    class Meta:
        indexes = [
            models.Index(fields=["agency", "state"], name="supply_failure_by_agency"),
            models.Index(fields=["measure"], name="supply_failure_of_measure"),
            models.Index(fields=["found_on", "uid"], name="supply_failure_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                name="supply_failure_state_known", condition=Q(state__in=_values(*FailureState))
            ),
            models.CheckConstraint(
                name="supply_failure_names_somebody",
                condition=~Q(handlers="") | Q(state__in=_values(FailureState.FOUND, FailureState.DISMISSED)),
            ),
            models.CheckConstraint(
                name="supply_failure_closed_with_decision",
                condition=~Q(state=FailureState.CLOSED.value) | (~Q(decision="") & Q(closed_on__isnull=False)),
            ),
        ]  # fmt: skip
