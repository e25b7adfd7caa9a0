"""The warning and the entities that have to receive it and look."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from bihuan.capabilities.accidents.lessons.states import LessonState, Origin
from bihuan.kernel.loops.models import Matter
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.models import Role
from bihuan.kernel.territory.models import Agency


class Lesson(Matter):
    """One accident as a warning: what happened, what it teaches, which similar entities look until when.

    ``accident`` is the number of an accident of this district, empty for one elsewhere. ``scope`` are the paths of the
    fields and towns it was issued to. Its checks are rows; an act of the warning writes each.
    """

    object = models.ForeignKey(  # type: ignore[assignment]  # a warning is about a kind of danger, not about one object
        SupervisedObject, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    origin = models.CharField("来源", max_length=8, choices=Origin.choices())
    accident = models.CharField("事故编号", max_length=24, blank=True, default="")
    title = models.CharField("警示标题", max_length=120)
    occurred_on = models.DateField("事故日期")
    place = models.CharField("事故地点", max_length=120)
    kind = models.CharField("事故类型", max_length=40, blank=True, default="")
    deaths = models.IntegerField("死亡", default=0)
    missing = models.IntegerField("失踪", default=0)
    lesson = models.CharField("事故教训", max_length=2000)
    requirement = models.CharField("排查要求", max_length=2000, blank=True, default="")
    channel = models.CharField("通报渠道", max_length=120, blank=True, default="")
    sectors = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    towns = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    issued_on = models.DateField("发布日期", null=True, blank=True)
    check_by = models.DateField("排查期限", null=True, blank=True)
    listed = models.IntegerField("排查对象", default=0)
    received = models.IntegerField("已签收", default=0)
    checked = models.IntegerField("已排查", default=0)

    class Meta:
        indexes = [
            models.Index(fields=["occurred_on", "uid"], name="lesson_by_day"),
            models.Index(fields=["accident"], name="lesson_by_accident", condition=~Q(accident="")),
        ]
        constraints = [
            models.CheckConstraint(
                name="lesson_state_known", condition=Q(state__in=[s.value for s in LessonState])
            ),
            models.CheckConstraint(
                name="lesson_issued_with_days",
                condition=Q(state__in=[LessonState.DRAFT.value, LessonState.WITHDRAWN.value])
                | Q(issued_on__isnull=False, check_by__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["accident"], condition=~Q(accident=""), name="one_lesson_of_an_accident"
            ),
        ]

    def about(self) -> str:
        """What notices call the warning."""
        return self.title

    def near(self) -> models.Q:
        """Whoever answers for a listed entity, and the office."""
        listed = LessonCheck.objects.filter(lesson=self.pk).values("object")
        return Q(post__object__in=listed) | Q(post__role=Role.OFFICE)


class LessonCheck(models.Model):
    """One similar entity: who owns the looking, when it was received, and what was seen."""

    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="checks")
    object = models.ForeignKey(SupervisedObject, models.PROTECT, related_name="+", db_index=False)
    region_path = models.CharField(max_length=200)
    sector_path = models.CharField(max_length=200, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", db_index=False)
    received_at = models.DateTimeField("签收时间", null=True, blank=True)
    received_by = models.CharField("签收人", max_length=60, blank=True)
    checked_on = models.DateField("排查日期", null=True, blank=True)
    checked_by = models.CharField("排查人", max_length=60, blank=True)
    problem = models.BooleanField("发现问题", default=False)
    finding = models.CharField("排查情况", max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lesson", "object"], name="lesson_lists_an_entity_once"),
        ]
        indexes = [models.Index(fields=["object"], name="lesson_check_by_object")]

    def __str__(self) -> str:
        return f"{self.lesson_id} {self.object_id}"
