"""Committees with their dated seats, and who leads each government they must be led by (M010)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from bihuan.kernel.people.models import Post
from bihuan.kernel.territory.models import Agency, Region


class CommitteeKind(models.TextChoices):
    PLENARY = "plenary", "安全生产委员会"
    SPECIALIST = "specialist", "专业委员会"


class SeatRole(models.TextChoices):
    CHAIR = "chair", "主任"
    VICE_CHAIR = "vice_chair", "副主任"
    MEMBER = "member", "成员"


class Standing(models.TextChoices):
    PRINCIPAL = "principal", "政府主要负责人"
    DEPUTY = "deputy", "政府班子副职"


class Committee(models.Model):
    """A work safety committee of the district or of a town; or a specialist one, led by a unit."""

    name = models.CharField("名称", max_length=80, unique=True)
    kind = models.CharField("类别", max_length=12, choices=CommitteeKind.choices)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    lead = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    duty = models.CharField("职责", max_length=1000, blank=True)
    basis = models.CharField("成立文件", max_length=120, blank=True)
    since = models.DateField("成立日期")
    until = models.DateField("撤销日期", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region"], condition=Q(kind="plenary", until=None), name="one_committee_of_a_place"
            ),
            models.CheckConstraint(
                name="a_specialist_committee_has_a_lead", condition=Q(kind="plenary") | Q(lead__isnull=False)
            ),
            models.CheckConstraint(
                name="a_committee_ends_after_it_began", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """A seat of a committee: a post, or a unit that is a member; one chair at a time, by the database's own exclusion."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="seats")
    role = models.CharField("职务", max_length=12, choices=SeatRole.choices)
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_seat_is_a_post_or_a_unit",
                condition=Q(post__isnull=False, agency=None)
                | Q(post=None, agency__isnull=False, role="member"),
            ),
            models.UniqueConstraint(
                fields=["committee", "post"], condition=Q(until=None, post__isnull=False), name="a_post_sits_once"
            ),
            models.UniqueConstraint(
                fields=["committee", "agency"], condition=Q(until=None, agency__isnull=False), name="a_unit_sits_once"
            ),
            models.CheckConstraint(
                name="a_seat_ends_after_it_began", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.committee_id} {self.role}"


class Leadership(models.Model):
    """Which post is the principal leader of a place's government, and which are its deputies, dated.

    A post's role says what its holder may do here; that a town's committee is led by whoever leads the town is another fact.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    standing = models.CharField("身份", max_length=10, choices=Standing.choices)
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region", "post"], condition=Q(until=None), name="one_standing_of_a_post"
            ),
            models.CheckConstraint(
                name="leadership_ends_after_it_began", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.standing}"
