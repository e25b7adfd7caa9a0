"""One inspection with its team, the answers to its checklists, what it found, and what came of that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from bihuan.capabilities.inspections import modes
from bihuan.capabilities.inspections.states import Grade, Handling, InspectionState, Met, Nature, Reply
from bihuan.kernel.loops.models import Matter
from bihuan.kernel.search import PairCodesField
from bihuan.kernel.territory.models import Agency
from bihuan.registers.checklists.models import ChecklistItem

DONE = (InspectionState.RECTIFYING, InspectionState.CLOSED)


def _codes(states: Any) -> list[tuple[str, str]]:
    return [(member.value, member.label) for member in states]


def _several(label: str) -> ArrayField[Sequence[int], list[int]]:
    return ArrayField(models.BigIntegerField(), verbose_name=label, default=list, blank=True)


class Inspection(Matter):
    """One inspection of one object by one mode (M107, M108, M111).

    ``agency`` (on the matter) leads; ``units`` are the others of a joint inspection. ``officers`` are persons, ``experts``
    rows of the register of advisors, ``versions`` the checklists in the versions of the day of arrival. ``secret`` says
    that nobody outside the team's units may know of it yet: arrival ends it. It counts from ``finished_on``;
    ``first_of_year`` marks the first finished inspection of its object in that calendar year, so that enterprises can be
    counted beside visits. ``origin`` is what it came out of (a plan's draw, a tip-off).
    """

    mode = models.CharField(
        "检查方式", max_length=30, choices=[(m.mode, m.label) for m in modes.modes().values()]
    )
    nature = models.CharField("检查性质", max_length=16, choices=_codes(Nature))
    planned_on = models.DateField("检查日期")
    content = models.CharField("检查内容", max_length=500)
    officers = _several("检查人员")
    experts = _several("专家、机构")
    units = _several("联合检查单位")
    checklist = models.CharField("检查表", max_length=80, blank=True)
    versions = _several("检查表版本")
    campaign = models.CharField("专项行动", max_length=60, blank=True)
    origin = models.CharField("来源编号", max_length=24, blank=True)
    secret = models.BooleanField(default=False)
    approved_on = models.DateField("方案审批日期", null=True, blank=True)
    noticed_on = models.DateField("事先通知日期", null=True, blank=True)
    arrived_at = models.DateTimeField("到场时间", null=True, blank=True)
    arrived_on = models.DateField("到场日期", null=True, blank=True)
    device_at = models.DateTimeField("手机记录的到场时间", null=True, blank=True)
    place = models.CharField("检查场所", max_length=120, blank=True)
    position = models.CharField("手机定位", max_length=60, blank=True)
    finished_on = models.DateField("检查完成日期", null=True, blank=True)
    party_name = models.CharField("现场负责人", max_length=60, blank=True)
    party_refused = models.BooleanField("拒绝签字", default=False)
    witness = models.CharField("见证人", max_length=60, blank=True)
    found_count = models.SmallIntegerField("发现问题", default=0)
    ordered_count = models.SmallIntegerField("责令限期整改的问题", default=0)
    failed_rechecks = models.SmallIntegerField("复查不合格次数", default=0)
    rechecked_on = models.DateField("最近复查日期", null=True, blank=True)
    first_of_year = models.BooleanField(default=False)
    search = PairCodesField(null=True, editable=False)

    def near(self) -> Q:
        """Those who inspect, whichever unit they come from, and the other units of a joint inspection."""
        return Q(person__in=self.officers) | Q(post__agency__in=self.units)

    @property
    def enforcing(self) -> bool:
        """Whether enforcement documents may come of it."""
        return self.nature == Nature.ENFORCEMENT

    @property
    def all_units(self) -> list[int]:
        """The leading unit and the others."""
        return [*([self.agency_id] if self.agency_id else []), *self.units]

    class Meta:
        indexes = [
            models.Index(fields=["planned_on", "uid"], name="inspection_by_day"),
            models.Index(fields=["finished_on", "uid"], name="inspection_by_end"),
            models.Index(fields=["object", "finished_on"], name="inspection_by_object"),
            models.Index(fields=["region_path"], name="inspection_by_place"),
            models.Index(fields=["agency", "state"], name="inspection_by_unit"),
            models.Index(fields=["duty_on"], name="inspection_duties", condition=Q(duty_on__isnull=False)),
            GinIndex(fields=["officers"], name="inspection_by_officer", fastupdate=False),
            GinIndex(fields=["search"], name="inspection_search", fastupdate=False),
        ]
        constraints = [
            models.CheckConstraint(
                name="inspection_state_known", condition=Q(state__in=[s.value for s in InspectionState])
            ),
            models.CheckConstraint(
                name="inspection_nature_known", condition=Q(nature__in=[s.value for s in Nature])
            ),
            models.CheckConstraint(
                name="inspection_secret_only_before_arrival", condition=Q(secret=False) | Q(arrived_at=None)
            ),
            models.CheckConstraint(
                name="inspection_unannounced_without_notice",
                condition=Q(noticed_on=None)
                | ~Q(mode__in=[m.mode for m in modes.modes().values() if not m.announced]),
            ),
            models.CheckConstraint(
                name="inspection_finished_as_it_stands",
                condition=Q(state__in=[s.value for s in DONE], finished_on__isnull=False)
                | (~Q(state__in=[s.value for s in DONE]) & Q(finished_on=None)),
            ),
            models.CheckConstraint(
                name="inspection_finished_after_arrival",
                condition=Q(finished_on=None) | Q(finished_on__gte=F("arrived_on")),
            ),
            models.CheckConstraint(
                name="inspection_refusal_has_witness", condition=Q(party_refused=False) | ~Q(witness="")
            ),
        ]


class ItemAnswer(models.Model):
    """The answer to one item; the last word of the team, every word is in the record. ``device_at`` is the phone's clock."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="answers")
    item = models.ForeignKey(ChecklistItem, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=4)
    note = models.CharField(max_length=500, blank=True)
    place = models.CharField(max_length=120, blank=True)
    photos = models.JSONField(default=list)
    by = models.CharField(max_length=60)
    device_at = models.DateTimeField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspection", "item"], name="one_answer_an_item"),
            models.CheckConstraint(
                name="answer_outcome_known", condition=Q(outcome__in=["pass", "fail", "na"])
            ),
            models.CheckConstraint(name="failed_answer_has_note", condition=~Q(outcome="fail") | ~Q(note="")),
        ]


class Finding(models.Model):
    """One thing found: by an item that failed, or beside the checklists. One unit owns it (M111).

    ``hazard_no`` is the hazard it became when the inspection was finished; ``met`` what the recheck said.
    """

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="findings")
    order = models.SmallIntegerField()
    item = models.ForeignKey(ChecklistItem, models.PROTECT, null=True, related_name="+")
    place = models.CharField(max_length=120, blank=True)
    words = models.CharField(max_length=600)
    violated = models.CharField(max_length=200, blank=True)
    penalty = models.CharField(max_length=120, blank=True)
    owner = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    grade = models.CharField(max_length=8, choices=_codes(Grade), default=Grade.GENERAL.value)
    criterion = models.CharField(max_length=24, blank=True)
    handling = models.CharField(max_length=8, choices=_codes(Handling))
    measure = models.CharField(max_length=200, blank=True)
    due_on = models.DateField(null=True)
    photos = models.JSONField(default=list)
    hazard_no = models.CharField(max_length=24, blank=True)
    met = models.CharField(max_length=6, choices=_codes(Met), default=Met.OPEN.value)
    met_on = models.DateField(null=True)
    remark = models.CharField(max_length=300, blank=True)
    dropped = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspection", "order"], name="inspection_finding_in_order"),
            models.UniqueConstraint(
                fields=["inspection", "item"], condition=Q(dropped=""), name="one_finding_an_item"
            ),
            models.CheckConstraint(
                name="ordered_finding_has_day",
                condition=~Q(handling=Handling.RECTIFY.value) | Q(due_on__isnull=False),
            ),
        ]

    @property
    def to_be_rectified(self) -> bool:
        """Whether somebody still has to look at it again."""
        return self.handling == Handling.RECTIFY and not self.dropped and self.met != Met.MET


class ExtensionRequest(models.Model):
    """The party asks for more time on an order, and what it was answered."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="extensions")
    former = models.DateField()
    until = models.DateField()
    reasons = models.CharField(max_length=500)
    safeguards = models.CharField(max_length=500)
    asked_by = models.CharField(max_length=60)
    asked_on = models.DateField()
    reply = models.CharField(max_length=8, choices=_codes(Reply), default=Reply.ASKED.value)
    replied_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["inspection"],
                condition=Q(reply=Reply.ASKED.value),
                name="one_extension_asked_at_a_time",
            )
        ]


class CaseProposal(models.Model):
    """What an inspection found is proposed for a case; ``case_no`` is the case that took it up.

    ``automatic`` ones were opened by an order that was not met (M127); there is one for each recheck.
    """

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="proposals")
    seq = models.SmallIntegerField()
    automatic = models.BooleanField(default=False)
    reason = models.CharField(max_length=500)
    findings = models.JSONField(default=list)
    proposed_by = models.CharField(max_length=60)
    proposed_on = models.DateField()
    case_no = models.CharField(max_length=24, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inspection", "seq"], name="proposal_in_order")]
