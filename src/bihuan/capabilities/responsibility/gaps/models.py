"""One gap or conflict of supervision, followed until somebody is named."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from bihuan.capabilities.responsibility.gaps.causes import Cause
from bihuan.capabilities.responsibility.gaps.states import OPEN_STATES, GapState
from bihuan.kernel.loops import nearness
from bihuan.kernel.loops.models import Matter
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.search import PairCodesField
from bihuan.kernel.territory.models import Agency

_OPEN = [state.value for state in OPEN_STATES]


class Gap(Matter):
    """One cause about one subject. ``agency`` is who settles it: the committee office until it gives it to a unit.

    ``subject`` is the sector's or region's path, the unit's key or the object's uid; ``settled_by`` the naming facts made
    since that settled it, in words.
    """

    object = models.ForeignKey(  # type: ignore[assignment]  # most gaps are about a sector or a place
        SupervisedObject, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="+", db_index=False, verbose_name="落实单位"
    )
    cause = models.CharField("情形", max_length=16, choices=Cause.choices())
    subject = models.CharField(max_length=200, blank=True)
    subject_name = models.CharField("对象", max_length=120, blank=True)
    concerned = models.IntegerField("发现时涉及", default=0)
    description = models.CharField("情况说明", max_length=2000, blank=True)
    found_on = models.DateField("发现日期")
    detected = models.BooleanField("比对发现", default=False)
    demand = models.CharField("要求", max_length=2000, blank=True)
    due_on = models.DateField("解决期限", null=True, blank=True)
    how = models.CharField("怎样解决的", max_length=2000, blank=True)
    settled_by = models.CharField("落实的责任", max_length=1000, blank=True)
    settled_on = models.DateField("报告解决日期", null=True, blank=True)
    closed_on = models.DateField("核销日期", null=True, blank=True)
    closed_by = models.CharField("核销人", max_length=60, blank=True)
    voided = models.BooleanField(default=False)
    search = PairCodesField(null=True, editable=False)

    def near(self) -> Q:
        """The committee office, which assigns a gap and accepts that it is closed."""
        return nearness.office_over(self.region_path)

    class Meta:
        indexes = [
            models.Index(fields=["agency", "state"], name="gap_by_unit"),
            models.Index(fields=["found_on", "uid"], name="gap_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                name="gap_state_known", condition=Q(state__in=[one.value for one in GapState])
            ),
            models.CheckConstraint(
                name="gap_cause_known", condition=Q(cause__in=[one.value for one in Cause])
            ),
            models.UniqueConstraint(
                fields=["cause", "subject"],
                condition=Q(state__in=_OPEN) & ~Q(cause=Cause.OTHER.value),
                name="one_open_gap_per_cause",
            ),
            models.CheckConstraint(
                name="gap_closed_with_its_answer",
                condition=~Q(state=GapState.CLOSED.value) | (Q(closed_on__isnull=False) & ~Q(how="")),
            ),
        ]

    def about(self) -> str:
        return (
            f"{self.subject_name}{Cause(self.cause).label}" if self.subject_name else Cause(self.cause).label
        )

    @property
    def agency_name(self) -> str:
        return self.agency.name


class Compared(models.Model):
    """What the comparison of a night found over the whole district, so that a page need not compare a million objects.

    ``lines`` are ``[cause, subject, town, count]``.
    """

    on = models.DateField(primary_key=True)
    at = models.DateTimeField()
    lines = models.JSONField()

    def __str__(self) -> str:
        return f"{self.on}"
