"""The responsibility letter: what one side asks of the other for a year, and who signed it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from bihuan.capabilities.responsibility.letters import targets as written
from bihuan.capabilities.responsibility.letters.states import LetterLevel, LetterState, Merit
from bihuan.kernel.loops import nearness
from bihuan.kernel.loops.models import Matter
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.search import PairCodesField
from bihuan.kernel.territory.models import Agency

SIGNED_STATES = (LetterState.IN_FORCE, LetterState.APPRAISED)
UNSIGNED_STATES = (LetterState.DRAFTED, LetterState.AWAITING)


class Letter(Matter):
    """One letter of a year (M006).

    ``agency`` (on the matter) is the receiving unit; an enterprise stands in ``object``, a village in ``region_path``.
    ``receiver_key`` names the receiving side whichever it is, ``issuer_key`` the giving side: the letters a unit gives
    are those whose ``issuer_key`` is its own ``receiver_key``, so no link between levels can go stale. ``targets`` is
    what :mod:`.targets` keeps; ``former`` the editions before this one with their signatures; ``alarms`` by target the
    worst that was told of it. ``ended`` frees the place of a letter that was withdrawn or terminated.
    """

    object = models.ForeignKey(  # type: ignore[assignment]  # a unit's letter is about no registered object
        SupervisedObject, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    year = models.SmallIntegerField("年度")
    level = models.CharField("层级", max_length=12, choices=LetterLevel.choices())
    issuer = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    issuer_key = models.CharField(max_length=60)
    issuer_name = models.CharField("下达单位", max_length=100)
    issuer_post = models.BigIntegerField("下达方签订岗位", null=True, blank=True)
    issuer_title = models.CharField(max_length=120, blank=True)
    receiver_key = models.CharField(max_length=60)
    receiver_name = models.CharField("责任单位", max_length=100)
    receiver_post = models.BigIntegerField("责任单位签订岗位", null=True, blank=True)
    receiver_title = models.CharField(max_length=120, blank=True)
    targets = models.JSONField("目标", default=list)
    measures = models.CharField("保障措施", max_length=4000, blank=True)
    rewards = models.CharField("考核与奖惩", max_length=2000, blank=True)
    conference_title = models.CharField("年度安全生产工作会议", max_length=120, blank=True)
    conference_no = models.CharField("会议编号", max_length=24, blank=True)
    conference_on = models.DateField("会议日期", null=True, blank=True)
    document_no = models.CharField("文号", max_length=60, blank=True)
    edition = models.SmallIntegerField("版次", default=1)
    former = models.JSONField(default=list)
    drafted_on = models.DateField("起草日期")
    issued_on = models.DateField("下达方签订日期", null=True, blank=True)
    issued_by = models.CharField("下达方签订人", max_length=60, blank=True)
    signed_on = models.DateField("签订日期", null=True, blank=True)
    signed_by = models.CharField("责任单位签订人", max_length=60, blank=True)
    first_signed_on = models.DateField("首次签订日期", null=True, blank=True)
    returned = models.CharField("退回修改的理由", max_length=2000, blank=True)
    alarms = models.JSONField(default=dict)
    alarm = models.SmallIntegerField("预警", default=0)
    merit = models.CharField("考核等次", max_length=12, blank=True)
    appraised_on = models.DateField("考核日期", null=True, blank=True)
    ended = models.BooleanField(default=False)
    withdrawn = models.BooleanField(default=False)
    search = PairCodesField(null=True, editable=False)

    def about(self) -> str:
        """What notices call the letter."""
        return f"{self.year} 年责任书（{self.receiver_name}）"

    @property
    def listed_targets(self) -> list[written.Target]:
        return written.of(self.targets)

    @property
    def level_label(self) -> str:
        return LetterLevel(self.level).label

    def near(self) -> Q:
        """The heads of both sides, and the committee office."""
        return nearness.posts(self.issuer_post, self.receiver_post) | nearness.office_over(self.region_path)

    class Meta:
        indexes = [
            models.Index(fields=["year", "issuer_key"], name="letter_by_issuer"),
            models.Index(fields=["agency", "state", "deadline"], name="letter_by_unit"),
            models.Index(fields=["region_path", "state"], name="letter_by_place"),
            models.Index(fields=["drafted_on", "uid"], name="letter_by_drafting"),
            models.Index(fields=["state", "deadline"], name="letter_by_state"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "receiver_key"], name="one_letter_a_year_and_unit", condition=Q(ended=False)
            ),
            models.CheckConstraint(
                name="letter_state_known", condition=Q(state__in=[one.value for one in LetterState])
            ),
            models.CheckConstraint(
                name="letter_level_known", condition=Q(level__in=[one.value for one in LetterLevel])
            ),
            models.CheckConstraint(
                name="letter_merit_known", condition=Q(merit__in=["", *(one.value for one in Merit)])
            ),
            models.CheckConstraint(
                name="letter_in_force_is_signed_by_both",
                condition=~Q(state__in=[state.value for state in SIGNED_STATES])
                | (Q(issued_on__isnull=False) & Q(signed_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="letter_ended_as_its_state_says",
                condition=Q(ended=True, state__in=[LetterState.WITHDRAWN.value, LetterState.TERMINATED.value])
                | (
                    Q(ended=False) & ~Q(state__in=[LetterState.WITHDRAWN.value, LetterState.TERMINATED.value])
                ),
            ),
        ]

    def edition_now(self) -> dict[str, Any]:
        """The present edition with its signatures, as ``former`` keeps it once it is replaced."""
        return {
            "edition": self.edition, "targets": self.targets, "measures": self.measures, "rewards": self.rewards,
            "issued_on": _iso(self.issued_on), "issued_by": self.issued_by, "issuer_title": self.issuer_title,
            "issuer_post": self.issuer_post, "signed_on": _iso(self.signed_on), "signed_by": self.signed_by,
            "receiver_title": self.receiver_title, "receiver_post": self.receiver_post,
        }  # fmt: skip


def _iso(day: Any) -> str | None:
    return None if day is None else day.isoformat()
