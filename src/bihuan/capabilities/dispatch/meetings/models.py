"""Meetings with what they decided and asked for, leaders' visits with what they found."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from bihuan.capabilities.dispatch.meetings.states import (
    Body,
    MeetingKind,
    MeetingState,
    VisitKind,
    VisitState,
)
from bihuan.capabilities.dispatch.models import Task
from bihuan.kernel.loops import nearness
from bihuan.kernel.loops.models import Matter
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.search import PairCodesField
from bihuan.kernel.territory.models import Agency

HELD_STATES = (MeetingState.HELD, MeetingState.MINUTED)


def _codes(states: type[Body] | type[MeetingKind] | type[VisitKind]) -> list[tuple[str, str]]:
    return [(member.value, member.label) for member in states]


def _units(label: str) -> ArrayField[Sequence[int], list[int]]:
    return ArrayField(models.BigIntegerField(), verbose_name=label, default=list, blank=True)


def _objects(label: str) -> ArrayField[Sequence[str], list[str]]:
    return ArrayField(models.CharField(max_length=36), verbose_name=label, default=list, blank=True)


class Meeting(Matter):
    """One meeting from its plan, or from what is recorded of it afterwards, to its minutes (M032, M033, M035, M039).

    ``agency`` (on the matter) is the unit that keeps it. ``invited`` are the units asked to come, of which ``absent``
    did not and ``substitutes`` sent somebody else; ``summoned`` the enterprises whose legal representative was called
    (M046). ``took_place`` tells that it was held, on ``held_on``. ``deploy_by`` is the day until which every invited unit
    files what it made of it. ``task_no`` is the task that a meeting on site belongs to (M051).
    """

    object = models.ForeignKey(  # type: ignore[assignment]  # a meeting is about no single object
        SupervisedObject, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    title = models.CharField("会议名称", max_length=120)
    body = models.CharField("会议层级", max_length=20, choices=_codes(Body))
    kind = models.CharField("会议类型", max_length=20, choices=_codes(MeetingKind))
    held_on = models.DateField("召开日期")
    took_place = models.BooleanField(default=False)
    place = models.CharField("地点", max_length=120, blank=True)
    chair_post = models.BigIntegerField(null=True, blank=True)
    chair_name = models.CharField("主持人", max_length=120, blank=True)
    agenda = models.CharField("议程", max_length=2000, blank=True)
    invited = _units("参会单位")
    absent = _units("缺席单位")
    substitutes = _units("派人代会单位")
    summoned = _objects("通知到会的企业")
    summoned_absent = _objects("未到会的企业")
    task_no = models.CharField("关联任务", max_length=24, blank=True)
    minuted_on = models.DateField("印发日期", null=True, blank=True)
    document_no = models.CharField("文号", max_length=60, blank=True)
    minutes = models.CharField("纪要正文", max_length=8000, blank=True)
    deploy_by = models.DateField("部署报送期限", null=True, blank=True)
    demand = models.CharField("部署要求", max_length=2000, blank=True)
    search = PairCodesField(null=True, editable=False)

    def about(self) -> str:
        """What notices call the meeting."""
        return self.title

    def near(self) -> Q:
        """Whoever is asked to come, and the committee office that keeps it, whoever entered it."""
        return nearness.units(self.invited) | nearness.office_over(self.region_path)

    class Meta:
        indexes = [
            models.Index(fields=["held_on", "uid"], name="meeting_by_day"),
            GinIndex(fields=["invited"], name="meeting_by_invited", fastupdate=False),
            GinIndex(fields=["summoned"], name="meeting_by_summoned", fastupdate=False),
            GinIndex(fields=["search"], name="meeting_search", fastupdate=False),
        ]
        constraints = [
            models.CheckConstraint(
                name="meeting_state_known", condition=Q(state__in=[s.value for s in MeetingState])
            ),
            models.CheckConstraint(name="meeting_body_known", condition=Q(body__in=[b.value for b in Body])),
            models.CheckConstraint(
                name="meeting_kind_known", condition=Q(kind__in=[k.value for k in MeetingKind])
            ),
            models.CheckConstraint(
                name="meeting_took_place",
                condition=Q(state__in=[s.value for s in HELD_STATES], took_place=True)
                | (~Q(state__in=[s.value for s in HELD_STATES]) & Q(took_place=False)),
            ),
            models.CheckConstraint(
                name="meeting_minuted_after_held",
                condition=Q(minuted_on=None) | Q(minuted_on__gte=F("held_on")),
            ),
        ]


class Decision(models.Model):
    """One thing a meeting decided, or a difficulty raised there, and the task it became: one each, in one transaction."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions")
    order = models.SmallIntegerField()
    words = models.CharField(max_length=120)
    difficulty = models.BooleanField(default=False)
    raised_by = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    task = models.OneToOneField(Task, models.PROTECT, related_name="decision")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "order"], name="decision_once_in_order")]


class Deployment(models.Model):
    """What one unit made of a meeting in its own field (M046)."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="deployments")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    deployed_on = models.DateField()
    words = models.CharField(max_length=2000)
    filed_on = models.DateField()
    filed_by = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "agency"], name="deployed_once_a_unit")]


class Visit(Matter):
    """One visit of a leader (M045, M101): 督导检查 or 带队排查, two counters.

    ``agency`` (on the matter) is the leader's own; ``unit`` the one that was visited, ``visited`` the objects. The visit
    counts as soon as it is recorded; ``confirmed_on`` says when the leader confirmed it.
    """

    object = models.ForeignKey(  # type: ignore[assignment]  # a visit may go to several objects or to a unit
        SupervisedObject, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    leader_post = models.BigIntegerField()
    leader_name = models.CharField("领导", max_length=120)
    kind = models.CharField("类型", max_length=16, choices=_codes(VisitKind))
    visited_on = models.DateField("日期")
    unit = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="受督导单位"
    )
    visited = _objects("到的企业、场所")
    place = models.CharField("地点", max_length=120, blank=True)
    companions = models.CharField("陪同人员", max_length=300, blank=True)
    situation = models.CharField("检查情况", max_length=2000)
    confirmed_on = models.DateField("领导确认日期", null=True, blank=True)
    voided = models.BooleanField(default=False)
    search = PairCodesField(null=True, editable=False)

    def about(self) -> str:
        """What notices call the visit."""
        return f"{self.leader_name} {VisitKind(self.kind).label}"

    def near(self) -> Q:
        """The leader whose visit it was, and the committee office."""
        return nearness.posts(self.leader_post) | nearness.office_over(self.region_path)

    class Meta:
        indexes = [
            models.Index(fields=["visited_on", "uid"], name="visit_by_day"),
            models.Index(fields=["leader_post", "visited_on"], name="visit_by_leader"),
            models.Index(fields=["region_path"], name="visit_by_place"),
            GinIndex(fields=["visited"], name="visit_by_visited", fastupdate=False),
            GinIndex(fields=["search"], name="visit_search", fastupdate=False),
        ]
        constraints = [
            models.CheckConstraint(
                name="visit_state_known", condition=Q(state__in=[s.value for s in VisitState])
            ),
            models.CheckConstraint(
                name="visit_kind_known", condition=Q(kind__in=[k.value for k in VisitKind])
            ),
            models.CheckConstraint(
                name="visit_confirmed_with_day",
                condition=~Q(state=VisitState.CONFIRMED.value) | Q(confirmed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="visit_voided_as_it_stands",
                condition=Q(state=VisitState.VOIDED.value, voided=True)
                | (~Q(state=VisitState.VOIDED.value) & Q(voided=False)),
            ),
        ]


class VisitFinding(models.Model):
    """One thing a visit found: a hazard, by its number in the hazards' own ledger, or a task of a unit."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="findings")
    order = models.SmallIntegerField()
    words = models.CharField(max_length=200)
    hazard_no = models.CharField(max_length=24, blank=True)
    task = models.OneToOneField(Task, models.PROTECT, null=True, related_name="finding")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visit", "order"], name="finding_once_in_order"),
            models.CheckConstraint(
                name="finding_is_hazard_or_task",
                condition=(~Q(hazard_no="") & Q(task=None)) | (Q(hazard_no="") & Q(task__isnull=False)),
            ),
        ]
