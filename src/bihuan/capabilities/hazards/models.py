"""The hazard and what hangs on it."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from bihuan.capabilities.hazards.states import Grade, HazardState, Source
from bihuan.kernel.facets import Facet, Facets
from bihuan.kernel.loops.models import Matter
from bihuan.kernel.search import PairCodesField
from bihuan.kernel.territory.models import Agency

FACETS = Facets(
    "hazards_hazard",
    (
        Facet("r", "region_path", part=2),
        Facet("s", "sector_path", part=1),
        Facet("a", "agency_id"),
        Facet("u", "source"),
        Facet("g", "grade", common=Grade.GENERAL.value),
        Facet("t", "state", common=HazardState.CLOSED.value),
        Facet("f", "finder"),
        Facet("b", "batch"),
        Facet("c", "campaign", common=""),
    ),
    own=("object_id", "uid", "no"),
)
OPEN_STATES = (HazardState.REPORTED, HazardState.RECTIFYING, HazardState.AWAITING_ACCEPTANCE)


class Hazard(Matter):
    """One hazard (隐患) from finding to closing.

    ``rectify_by`` is the day set for the rectification; ``deadline`` (on the matter) the day the present holder must
    act by. ``accepted_on`` is the day of acceptance, ``accepted_claimed`` tells that only a ledger says so. ``row_key``
    identifies the ledger row it came from, ``row_facts`` what that row stated. ``self_accepted`` tells that the enterprise
    accepted it by itself; ``leniency`` on which branch a disclosed hazard ended (:mod:`.disclosure`). ``spot`` is object,
    kind and place in one number, ``recurs`` the hazard found there before, ``recurrence`` how often it has come back
    (:mod:`.recurrence`). ``origin`` is the number of the matter it was found by (a leader's visit), if one.
    """

    grade = models.CharField("等级", max_length=8, choices=Grade.choices())
    source = models.CharField("来源", max_length=20, choices=Source.choices())
    campaign = models.CharField("专项行动", max_length=60, blank=True)
    category = models.CharField("隐患类别", max_length=20, blank=True)
    description = models.CharField("隐患描述", max_length=2000)
    place = models.CharField("部位", max_length=120, blank=True)
    criterion = models.CharField("判定标准", max_length=20, blank=True)
    voluntary = models.BooleanField("主动报告", default=False)
    found_on = models.DateField("发现日期")
    found_by = models.CharField("检查人", max_length=60)
    finder = models.BigIntegerField(null=True, blank=True)
    responsible_person = models.CharField("整改责任人", max_length=60, blank=True)
    measures = models.CharField("整改措施", max_length=2000, blank=True)
    contingency_plan = models.CharField("应急预案", max_length=500, blank=True)
    funds_planned_fen = models.BigIntegerField(null=True, blank=True)
    funds_spent_fen = models.BigIntegerField(null=True, blank=True)
    rectify_by = models.DateField("整改期限", null=True, blank=True)
    rectified_on = models.DateField("整改完成日期", null=True, blank=True)
    rectification = models.CharField("整改情况", max_length=2000, blank=True)
    accepted_on = models.DateField("验收日期", null=True, blank=True)
    accepted_by = models.CharField("验收人", max_length=60, blank=True)
    accepted_claimed = models.BooleanField(default=False)
    claimed = models.BooleanField("台账所载", default=False)
    voided = models.BooleanField(default=False)
    self_accepted = models.BooleanField(default=False)
    leniency = models.CharField(max_length=8, blank=True, default="")
    failed_acceptances = models.SmallIntegerField(default=0)
    extension = models.JSONField(null=True, blank=True)
    recurs = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="recurrences", db_index=False
    )
    recurrence = models.SmallIntegerField(default=0)
    spot = models.BigIntegerField(null=True, editable=False)
    reported_to_regulator_on = models.DateField(null=True, blank=True)
    reported_to_workers_on = models.DateField(null=True, blank=True)
    origin = models.CharField("来源编号", max_length=24, blank=True, default="")
    batch = models.UUIDField(null=True, blank=True)
    row_key = models.BinaryField(null=True)
    row_facts = models.JSONField(null=True)
    search = PairCodesField(null=True, editable=False)

    @property
    def object_name(self) -> str:
        """The name of the object; lists carry it under this name without the object."""
        return self.object.name

    @property
    def object_code(self) -> str:
        return self.object.credit_code

    class Meta:
        indexes = [
            models.Index(fields=["object", "-found_on"], name="hazard_by_object"),
            models.Index(fields=["region_path", "state", "deadline"], name="hazard_by_town"),
            models.Index(fields=["found_on", "uid"], name="hazard_by_found"),
            models.Index(
                fields=["accepted_on"], name="hazard_by_accepted", condition=Q(accepted_on__isnull=False)
            ),
            models.Index(fields=["rectify_by"], name="hazard_by_due"),
            models.Index(
                fields=["deadline", "uid"],
                name="hazard_open_by_deadline",
                condition=Q(state__in=[state.value for state in OPEN_STATES]),
            ),
            models.Index(
                fields=["duty_on", "uid"], name="hazard_by_duty", condition=Q(duty_on__isnull=False)
            ),
            models.Index(
                fields=["spot", "found_on"],
                name="hazard_by_spot",
                condition=Q(spot__isnull=False, voided=False),
            ),
            models.Index(fields=["origin"], name="hazard_by_origin", condition=~Q(origin="")),
            models.Index(fields=["found_on"], name="hazard_repeats", condition=Q(recurrence__gt=0)),
            models.Index(
                fields=["rectify_by", "found_on", "uid"],
                name="hazard_majors",
                condition=Q(grade=Grade.MAJOR.value, voided=False),
            ),
            GinIndex(fields=["search"], name="hazard_search"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["row_key"], name="one_hazard_per_ledger_row"),
            models.CheckConstraint(
                name="hazard_state_known", condition=Q(state__in=[s.value for s in HazardState])
            ),
            models.CheckConstraint(
                name="hazard_source_known", condition=Q(source__in=[s.value for s in Source])
            ),
            models.CheckConstraint(
                name="hazard_grade_known", condition=Q(grade__in=[g.value for g in Grade])
            ),
            models.CheckConstraint(
                name="rectified_after_found",
                condition=Q(rectified_on=None) | Q(rectified_on__gte=F("found_on")),
            ),
            models.CheckConstraint(
                name="accepted_after_rectified",
                condition=Q(accepted_on=None) | Q(rectified_on=None) | Q(accepted_on__gte=F("rectified_on")),
            ),
            models.CheckConstraint(
                name="closed_when_accepted",
                condition=~Q(state=HazardState.CLOSED.value) | Q(accepted_on__isnull=False),
            ),
            models.CheckConstraint(
                name="funds_not_negative",
                condition=(Q(funds_spent_fen=None) | Q(funds_spent_fen__gte=0))
                & (Q(funds_planned_fen=None) | Q(funds_planned_fen__gte=0)),
            ),
        ]


REPLACED = "改由新的督办要求接续"
"""Why a listing ended that another one replaced."""


class Listing(models.Model):
    """挂牌督办 of a major hazard (M090): the level that listed it is the only one that takes it off the list."""

    hazard = models.ForeignKey(Hazard, models.PROTECT, related_name="listings")
    level = models.CharField("督办层级", max_length=12)
    lead = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="督办牵头单位")
    leader_post = models.BigIntegerField("包保领导岗位", null=True)
    leader_name = models.CharField("包保领导", max_length=120)
    listed_on = models.DateField()
    due_on = models.DateField()
    delisted_on = models.DateField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hazard"], condition=Q(delisted_on__isnull=True), name="one_open_listing_per_hazard"
            )
        ]

    @property
    def level_label(self) -> str:
        return {"district": "区级", "city": "市级", "province": "省级"}[self.level]


class SpotDraw(models.Model):
    """One hazard drawn for a spot check: of whose closings, of which month, at which share of how many."""

    hazard = models.ForeignKey(Hazard, models.PROTECT, related_name="draws")
    unit = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    month = models.CharField(max_length=7)
    drawn_on = models.DateField()
    due_on = models.DateField()
    share = models.SmallIntegerField()
    among = models.IntegerField()
    settled = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hazard", "month"], name="drawn_once_a_month")]
        indexes = [models.Index(fields=["month", "unit"], name="spot_draw_by_unit")]


class SpotCheck(models.Model):
    """抽查 of a general hazard that an enterprise found, rectified and accepted by itself."""

    hazard = models.ForeignKey(Hazard, models.PROTECT, related_name="spot_checks")
    on = models.DateField()
    by = models.CharField(max_length=60)
    passed = models.BooleanField()
    finding = models.CharField(max_length=500, blank=True)
