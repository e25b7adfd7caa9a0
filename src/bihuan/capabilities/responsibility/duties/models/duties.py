"""The duty: who must see to what for work safety, by which rule, from when to when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import MD5, Coalesce

from bihuan.capabilities.responsibility.duties.models.rules import Clause
from bihuan.capabilities.responsibility.duties.words import DutyClass, Level, Oversight, Side
from bihuan.kernel.people.models import Post
from bihuan.kernel.territory.models import Agency


class Duty(models.Model):
    """One duty of a post, or of a unit where ``post`` is empty (M001–M003).

    ``agency`` is the unit, or the post's unit; ``object`` the uid of the enterprise for posts inside one. The four columns of
    jurisdiction are the holder's. Rows are ended and followed, never rewritten, so any day can be read again.
    """

    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    object = models.UUIDField(null=True, blank=True)
    region_path = models.CharField(max_length=200, blank=True)
    sector_path = models.CharField(max_length=200, blank=True)
    level = models.CharField("层级", max_length=16, choices=Level.choices)
    side = models.CharField("责任主体", max_length=12, choices=Side.choices)
    duty_class = models.CharField("责任类别", max_length=12, choices=DutyClass.choices)
    oversight = models.CharField("监管方式", max_length=14, choices=Oversight.choices, blank=True)
    text = models.CharField("职责", max_length=2000)
    clause = models.ForeignKey(Clause, models.PROTECT, null=True, blank=True, related_name="duties")
    basis = models.CharField("其他依据", max_length=200, blank=True)
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)
    follows = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    made_by = models.CharField("登记人", max_length=60)
    made_by_post = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_duty_has_a_holder", condition=Q(post__isnull=False) | Q(agency__isnull=False)
            ),
            models.CheckConstraint(name="a_duty_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="a_duty_ends_after_it_began", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
            models.CheckConstraint(
                name="enterprise_duties_are_of_the_enterprise_side",
                condition=Q(duty_class="enterprise", side="enterprise")
                | (~Q(duty_class="enterprise") & Q(side="government")),
            ),
            models.CheckConstraint(
                name="only_regulators_oversee",
                condition=(Q(duty_class="regulatory") & ~Q(oversight="")) | (~Q(duty_class="regulatory") & Q(oversight="")),
            ),
            models.UniqueConstraint(
                Coalesce("post", Value(0), output_field=models.BigIntegerField()),
                Coalesce("agency", Value(0), output_field=models.BigIntegerField()),
                MD5("text"),
                condition=Q(until=None),
                name="a_duty_is_told_once",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["post"], condition=Q(until=None), name="duty_of_post"),
            models.Index(fields=["agency"], condition=Q(until=None, post=None), name="duty_of_unit"),
            models.Index(fields=["object"], condition=Q(object__isnull=False), name="duty_of_object"),
            models.Index(fields=["clause"], condition=Q(until=None), name="duty_by_clause"),
        ]

    def __str__(self) -> str:
        return self.text[:40]
