"""The task: what a meeting, a speech or a document asks of one unit until one day."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from bihuan.capabilities.dispatch.states import TaskKind, TaskState
from bihuan.kernel.facets import Facet, Facets
from bihuan.kernel.loops import nearness
from bihuan.kernel.loops.models import Matter
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.search import PairCodesField
from bihuan.kernel.territory.models import Agency

OPEN_STATES = (TaskState.DISPATCHED, TaskState.UNDER_WAY, TaskState.AWAITING_ACCEPTANCE)
FACETS = Facets(
    "dispatch_task",
    (
        Facet("a", "agency_id"),
        Facet("r", "region_path", part=2),
        Facet("s", "sector_path", part=1),
        Facet("l", "leader_post"),
        Facet("k", "kind"),
        Facet("t", "state", common=TaskState.CLOSED.value),
        Facet("c", "campaign", common=""),
        Facet("h", "supporting", several=True),
    ),
    own=("uid", "no"),
)


class Task(Matter):
    """One task from dispatch to closing (M044).

    ``agency`` (on the matter) is the lead unit, exactly one; ``supporting`` holds the keys of the units that help it.
    ``due_on`` is the day set for the work, ``deadline`` the day the present holder must act by; ``origin`` is the number of
    the matter it came out of (a meeting, a visit), if one. The four fields of a
    task that is really done: 有人管 ``agency`` and ``responsible_person``, 有人抓 ``leader_post``, 有落实 ``measures``,
    有成效 ``result``.
    """

    object = models.ForeignKey(  # type: ignore[assignment]  # a task need not be about anything registered
        SupervisedObject, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="+", db_index=False, verbose_name="牵头单位"
    )
    supporting = ArrayField(models.BigIntegerField(), verbose_name="配合单位", default=list, blank=True)
    title = models.CharField("任务", max_length=120)
    requirement = models.CharField("具体要求", max_length=2000, blank=True)
    kind = models.CharField("任务类型", max_length=12, choices=TaskKind.choices())
    due_on = models.DateField("完成期限")
    leader_post = models.BigIntegerField("分管（督促）领导", null=True, blank=True)
    leader_name = models.CharField(max_length=120, blank=True)
    source_title = models.CharField("来源", max_length=120, blank=True)
    source_on = models.DateField("来源日期", null=True, blank=True)
    quote = models.CharField("原文", max_length=1000, blank=True)
    campaign = models.CharField("专项行动", max_length=60, blank=True)
    origin = models.CharField("来源编号", max_length=24, blank=True, default="")
    dispatched_on = models.DateField("交办日期")
    responsible_person = models.CharField("责任人", max_length=60, blank=True)
    measures = models.CharField("落实措施", max_length=2000, blank=True)
    progress = models.CharField("最近进展", max_length=2000, blank=True)
    progress_on = models.DateField("进展日期", null=True, blank=True)
    finished_on = models.DateField("完成日期", null=True, blank=True)
    result = models.CharField("完成情况和成效", max_length=2000, blank=True)
    accepted_on = models.DateField("验收日期", null=True, blank=True)
    accepted_by = models.CharField("验收人", max_length=60, blank=True)
    sent_back = models.SmallIntegerField("退回次数", default=0)
    declined = models.CharField("不属本单位职责的理由", max_length=2000, blank=True)
    extension = models.JSONField(null=True, blank=True)
    supervised_on = models.DateField("挂牌督办日期", null=True, blank=True)
    withdrawn = models.BooleanField(default=False)
    search = PairCodesField(null=True, editable=False)

    def about(self) -> str:
        """What notices call the task."""
        return self.title

    def near(self) -> Q:
        """Whoever supports the lead unit, the committee office that accepts, and the person who gave the task."""
        giver = Q(person=self.hand("dispatch"), person__isnull=False)
        return nearness.units(self.supporting) | nearness.office_over(self.region_path) | giver

    @property
    def agency_name(self) -> str:
        """The lead unit's name; lists carry it under this name without the unit."""
        return self.agency.name

    class Meta:
        indexes = [
            models.Index(fields=["agency", "state", "deadline"], name="task_by_unit"),
            models.Index(
                fields=["deadline", "uid"],
                name="task_open_by_deadline",
                condition=Q(state__in=[state.value for state in OPEN_STATES]),
            ),
            models.Index(fields=["dispatched_on", "uid"], name="task_by_dispatch"),
            models.Index(fields=["region_path", "state"], name="task_by_place"),
            models.Index(fields=["origin"], name="task_by_origin", condition=~Q(origin="")),
            GinIndex(fields=["supporting"], name="task_by_supporting", fastupdate=False),
            GinIndex(fields=["search"], name="task_search", fastupdate=False),
        ]
        constraints = [
            models.CheckConstraint(
                name="task_state_known", condition=Q(state__in=[s.value for s in TaskState])
            ),
            models.CheckConstraint(name="task_kind_known", condition=Q(kind__in=[k.value for k in TaskKind])),
            models.CheckConstraint(
                name="task_closed_with_result",
                condition=~Q(state=TaskState.CLOSED.value)
                | (Q(accepted_on__isnull=False) & ~Q(result="") & Q(finished_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="task_accepted_after_finished",
                condition=Q(accepted_on=None) | Q(finished_on=None) | Q(accepted_on__gte=F("finished_on")),
            ),
        ]

    def has(self) -> dict[str, Any]:
        """The four of a task that is looked after: 有人管、有人抓、有落实、有成效; empty where one is missing."""
        return {
            "有人管": self.responsible_person,
            "有人抓": self.leader_name,
            "有落实": self.measures,
            "有成效": self.result,
        }
