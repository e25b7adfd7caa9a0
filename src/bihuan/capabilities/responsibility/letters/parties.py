"""The two sides of a letter: which unit gives it, which receives it, and the post that signs for each."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F

from bihuan.capabilities.responsibility.committees.models.committees import Leadership, Standing
from bihuan.kernel import clock
from bihuan.kernel.people.models import ADMIN_ROLES, ENTERPRISE_ROLES, Post, Role, Tenure
from bihuan.kernel.responsibility.chain import titled
from bihuan.kernel.territory.models import Agency, AgencyKind
from bihuan.kernel.territory.trees import in_force

PRINCIPAL = re.compile(
    r"(?<!副)(?:区长|县长|市长|镇长|乡长|局长|大队长|支队长|主要负责人)$|(?:街道办事处|管委会|安委办)主任$"
)
"""What the principal leader of a unit is called, where nobody has said which post that is."""
RECEIVING = (AgencyKind.TOWN_GOVERNMENT, AgencyKind.DEPARTMENT)


def agency_key(pk: int | None) -> str:
    return f"agency:{pk}"


def object_key(uid: UUID) -> str:
    return f"object:{uid}"


def region_key(pk: int) -> str:
    return f"region:{pk}"


def leadership() -> Agency | None:
    """The government of the district, which gives letters to towns and departments."""
    return (
        Agency.objects.filter(kind=AgencyKind.LEADERSHIP, until=None)
        .select_related("region")
        .order_by("order", "id")
        .first()
    )


def seat_of(agency: int | None) -> Post | None:
    """The post that signs for a unit: the principal leader of the place's government as the committees know it (M010),
    else whoever is marked as its head, by the title of a principal before others."""
    if agency is None:
        return None
    known = _principal_of(agency)
    if known is not None:
        return known
    return _foremost(
        Post.objects.filter(agency=agency)
        .exclude(role__in=ADMIN_ROLES | ENTERPRISE_ROLES | {Role.GRID, Role.EXPERT})
        .select_related("agency")
        .order_by("id")
    )


def _principal_of(agency: int) -> Post | None:
    told = Leadership.objects.filter(
        in_force(clock.today()),
        post__agency=agency,
        standing=Standing.PRINCIPAL,
        region=F("post__agency__region"),
    )
    found = told.select_related("post", "post__agency").order_by("-since", "-id").first()
    return None if found is None else found.post


def seat_in_object(uid: UUID) -> Post | None:
    """The principal of an enterprise (第一责任人)."""
    return _foremost(
        Post.objects.filter(object=uid, role=Role.PRINCIPAL).select_related("agency").order_by("id")
    )


def seat_in_region(path: str) -> Post | None:
    """Who signs for a village: the head among the posts of just that place."""
    return _foremost(
        Post.objects.filter(region_path=path)
        .exclude(role__in=ADMIN_ROLES)
        .select_related("agency")
        .order_by("id")
    )


def seat_for(letter: Any) -> Post | None:
    """The post that heads the receiving side of a letter as the register has it now."""
    if letter.agency_id is not None:
        return seat_of(letter.agency_id)
    if letter.object_id is not None:
        return seat_in_object(letter.object_id)
    return seat_in_region(letter.region_path)


def seat_key(post: Post | None) -> int | None:
    return None if post is None else post.pk


def _foremost(posts: Iterable[Post]) -> Post | None:
    def rank(post: Post) -> tuple[bool, bool]:
        return post.heads, bool(PRINCIPAL.search(post.title))

    return max(posts, key=rank, default=None)


def title_of(post: Post | None) -> str:
    """A post as the paper calls it."""
    return "" if post is None else titled(post)


def holder_names(posts: Collection[int], on: date) -> dict[int, str]:
    """Who holds each of ``posts`` on a day, by name."""
    held = Tenure.objects.filter(in_force(on), post__in=posts).select_related("person").order_by("id")
    return {tenure.post_id: tenure.person.name for tenure in held}
