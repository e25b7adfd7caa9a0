"""The case: what one party is suspected of, from opening to the archive."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from bihuan.capabilities.enforcement.states import (
    OPEN_STATES,
    CaseSource,
    CaseState,
    Outcome,
    PartyKind,
    Template,
)
from bihuan.kernel.facets import Facet, Facets
from bihuan.kernel.loops.models import Matter
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.search import PairCodesField
from bihuan.kernel.territory.models import Agency

FACETS = Facets(
    "enforcement_case",
    (
        Facet("r", "region_path", part=2),
        Facet("s", "sector_path", part=1),
        Facet("a", "agency_id"),
        Facet("u", "source"),
        Facet("t", "state", common=CaseState.ARCHIVED.value),
        Facet("k", "template"),
        Facet("o", "outcome"),
        Facet("h", "partners", several=True),
    ),
    own=("object_id", "uid", "no"),
)


class Case(Matter):
    """One enforcement case (M122, M128). Money is integer fen.

    ``agency`` (on the matter) is the enforcing agency; ``object`` is empty for a party nobody has registered (an illegal
    den). ``acted_on`` is the day of the act, or of its end where it went on: that day's law counts. ``officers`` are the
    two investigators ``[{id, name, certificate}]``. The JSON columns each hold one thing as rows: ``violations`` with
    clause, factors, amount and reasoning; ``proposal`` what is proposed; ``notice`` and ``hearing`` their days and what the
    party said; ``review`` legal review and collective discussion; ``limit`` extensions and pauses of the ninety days;
    ``decision``; ``measures`` with their own execution; ``account`` schedule, payments and what stands still meanwhile;
    ``remedies`` 复议 and 诉讼; ``daily`` the daily penalty with a notice, hearing and review of its own (:mod:`.rounds`);
    ``refunds`` what goes back after a remedy; ``enforcement`` demand and court; ``referral``; ``parts`` of a joint case.
    ``ceiling_fen`` is what was announced to the party: a defence never raises it. ``linked`` are uids of matters whose
    documents belong into the dossier.
    """

    object = models.ForeignKey(  # type: ignore[assignment]  # a party need not be registered
        SupervisedObject, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="+", db_index=False, verbose_name="办案机关"
    )
    party_kind = models.CharField("当事人类别", max_length=8, choices=PartyKind.choices())
    party = models.CharField("当事人", max_length=120)
    party_code = models.CharField("统一社会信用代码或身份证号", max_length=30, blank=True)
    party_address = models.CharField("地址", max_length=200, blank=True)
    principal = models.CharField("法定代表人（主要负责人）", max_length=60, blank=True)
    phone = models.CharField("联系电话", max_length=30, blank=True)
    source = models.CharField("案件来源", max_length=16, choices=CaseSource.choices())
    origin = models.CharField("来源编号", max_length=24, blank=True, default="")
    linked = ArrayField(models.UUIDField(), default=list, blank=True)
    template = models.CharField("程序模板", max_length=16, choices=Template.choices())
    summary = models.BooleanField("简易程序", default=False)
    cause = models.CharField("案由", max_length=120)
    brief = models.CharField("案情", max_length=2000)
    acted_on = models.DateField("违法行为发生（终了）日期")
    harmful = models.BooleanField("涉及生命健康安全且有危害后果", default=False)
    absolute = models.CharField("四个一律情形", max_length=24, blank=True)
    officers: Any = models.JSONField("执法人员", default=list)
    investigators = ArrayField(models.BigIntegerField(), default=list, blank=True)
    proposed_on = models.DateField("提请立案日期")
    filed_on = models.DateField("立案日期", null=True, blank=True)
    decide_by = models.DateField("办案期限", null=True, blank=True)
    evidence: Any = models.JSONField("证据", default=list)
    violations: Any = models.JSONField("违法行为", default=list)
    finding = models.CharField("调查结论", max_length=2000, blank=True)
    proposal: Any = models.JSONField("拟处理意见", default=dict)
    ceiling_fen = models.BigIntegerField("已告知的罚款", null=True, blank=True)
    notice: Any = models.JSONField("告知", default=dict)
    hearing: Any = models.JSONField("听证", default=dict)
    review: Any = models.JSONField("审核", default=dict)
    limit: Any = models.JSONField("办案期限的延长和中止", default=dict)
    decision: Any = models.JSONField("决定", default=dict)
    outcome = models.CharField(
        "处理结果", max_length=12, choices=Outcome.choices(), default=Outcome.NONE.value
    )
    decided_on = models.DateField("决定日期", null=True, blank=True)
    served_on = models.DateField("送达日期", null=True, blank=True)
    measures: Any = models.JSONField("处罚和措施", default=list)
    fine_fen = models.BigIntegerField("罚款", default=0)
    confiscation_fen = models.BigIntegerField("没收违法所得", default=0)
    paid_fen = models.BigIntegerField("已缴罚款", default=0)
    collected_on = models.DateField("缴清日期", null=True, blank=True)
    additional_fen = models.BigIntegerField("加处罚款", default=0)
    additional_paid_fen = models.BigIntegerField("已缴加处罚款", default=0)
    daily_fen = models.BigIntegerField("按日连续处罚", default=0)
    daily_paid_fen = models.BigIntegerField("已缴按日连续处罚", default=0)
    account: Any = models.JSONField("缴款", default=dict)
    remedies: Any = models.JSONField("复议和诉讼", default=list)
    daily: Any = models.JSONField("按日连续处罚的告知和决定", default=dict)
    refunds: Any = models.JSONField("退还的款项", default=list)
    enforcement: Any = models.JSONField("催告和强制执行", default=dict)
    referral: Any = models.JSONField("移送", default=dict)
    detained = models.SmallIntegerField("拘留人数", default=0)
    partners = ArrayField(models.BigIntegerField(), default=list, blank=True)
    parts: Any = models.JSONField("联合办案分工", default=list)
    recurrence = models.SmallIntegerField("此前同类违法次数", default=0)
    former: Any = models.JSONField("此前案件", default=list)
    published_on = models.DateField("公示日期", null=True, blank=True)
    unpublished_on = models.DateField("撤回公示日期", null=True, blank=True)
    concluded_on = models.DateField("结案日期", null=True, blank=True)
    archived_on = models.DateField("归档日期", null=True, blank=True)
    voided = models.BooleanField(default=False)
    search = PairCodesField(null=True, editable=False)

    def about(self) -> str:
        """What notices call the case."""
        return self.name

    @property
    def name(self) -> str:
        """The case as papers call it: 涉嫌 until decided."""
        suspected = "" if self.decided_on else "涉嫌"
        return f"{self.party}{suspected}{self.cause}案"

    @property
    def entity(self) -> bool:
        return self.party_kind == PartyKind.ENTITY

    @property
    def agency_name(self) -> str:
        """The enforcing agency's name; lists carry it under this name."""
        return self.agency.name

    class Meta:
        indexes = [
            models.Index(fields=["agency", "state", "deadline"], name="case_by_agency"),
            models.Index(
                fields=["deadline", "uid"],
                name="case_open_by_deadline",
                condition=Q(state__in=[state.value for state in OPEN_STATES]),
            ),
            models.Index(fields=["proposed_on", "uid"], name="case_by_proposal"),
            models.Index(
                fields=["decided_on", "uid"], name="case_by_decision", condition=Q(decided_on__isnull=False)
            ),
            models.Index(fields=["object", "-proposed_on"], name="case_by_object"),
            models.Index(fields=["party", "proposed_on"], name="case_by_party"),
            models.Index(fields=["region_path", "state"], name="case_by_place"),
            models.Index(fields=["origin"], name="case_by_origin", condition=~Q(origin="")),
            models.Index(fields=["duty_on", "uid"], name="case_by_duty", condition=Q(duty_on__isnull=False)),
            GinIndex(fields=["partners"], name="case_by_partners", fastupdate=False),
            GinIndex(fields=["search"], name="case_search", fastupdate=False),
        ]
        constraints = [
            models.CheckConstraint(
                name="case_state_known", condition=Q(state__in=[s.value for s in CaseState])
            ),
            models.CheckConstraint(
                name="case_decided_when_executed",
                condition=~Q(state__in=["decided", "executing", "concluded", "archived"])
                | Q(decided_on__isnull=False)
                | Q(outcome__in=["transferred", "withdrawn"]),
            ),
            models.CheckConstraint(
                name="case_served_when_executed",
                condition=~Q(state="executing") | Q(served_on__isnull=False),
            ),
            models.CheckConstraint(
                name="case_concluded_with_day",
                condition=~Q(state__in=["concluded", "archived"])
                | Q(concluded_on__isnull=False)
                | Q(outcome="withdrawn"),
            ),
            models.CheckConstraint(
                name="case_money_in_order",
                condition=Q(fine_fen__gte=0, paid_fen__gte=0, paid_fen__lte=models.F("fine_fen"))
                & Q(additional_fen__gte=0, additional_fen__lte=models.F("fine_fen"))
                & Q(
                    additional_paid_fen__gte=0,
                    additional_paid_fen__lte=models.F("additional_fen"),
                    daily_paid_fen__lte=models.F("daily_fen"),
                ),
            ),
        ]
        verbose_name = "执法案件"
