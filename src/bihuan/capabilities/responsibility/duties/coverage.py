"""全覆盖: which posts and units have a duty, per level (M001, M003)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from django.db.models import Q

from bihuan.capabilities.responsibility.duties import spelling
from bihuan.capabilities.responsibility.duties.access import in_force
from bihuan.capabilities.responsibility.duties.holders import DUTIFUL, Holder, level_of
from bihuan.capabilities.responsibility.duties.models import Duty, Spell
from bihuan.capabilities.responsibility.duties.spelling import Check, Judged
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.models import Post
from bihuan.kernel.responsibility.chain import titled
from bihuan.kernel.territory.models import GONE, Agency, AgencyKind
from bihuan.kernel.territory.trees import in_force as standing

POSTS = "post_duty"
UNITS = "unit_duty"
_UNITS_WITH_DUTIES = (AgencyKind.COMMITTEE_OFFICE, AgencyKind.DEPARTMENT, AgencyKind.TOWN_GOVERNMENT)
NONE_YET = "还没有登记安全生产职责"
BASE = "/responsibility/duties/"


def having(abouts: Collection[str], on: date) -> set[str]:
    """Which of these holders have a duty on a day."""
    posts = {int(about[5:]) for about in abouts if about.startswith("post/")}
    units = {int(about[5:]) for about in abouts if about.startswith("unit/")}
    rows = Duty.objects.filter(in_force(on)).filter(Q(post__in=posts) | Q(post=None, agency__in=units))
    found = rows.values_list("post_id", "agency_id").distinct()
    return {f"post/{post}" if post else f"unit/{agency}" for post, agency in found}


def follow(*holders: Holder) -> None:
    """Take up at once what a deed changed for these holders."""
    posts = {holder.about for holder in holders if holder.post is not None}
    units = {holder.about for holder in holders if holder.post is None}
    if posts:
        spelling.refresh(POSTS, only=posts)
    if units:
        spelling.refresh(UNITS, only=units)


def judge_posts(on: date, only: Collection[str] | None) -> Iterator[Judged]:
    """Every post that answers for something: leaders, the office, regulators, officers, towns, grid, enterprises."""
    posts = Post.objects.filter(role__in=DUTIFUL).filter(_of_a_standing_unit(on)).select_related("agency")
    if only is not None:
        posts = posts.filter(pk__in=_keys(only))
    listed = list(posts.order_by("id"))
    objects = _objects(post.object for post in listed if post.object)
    covered = _covered(Q(post__in=[post.pk for post in listed]) if only is not None else Q(), on, "post_id")
    for post in listed:
        supervised = objects.get(post.object) if post.object else None
        if post.object and supervised is None:
            continue
        has = post.pk in covered
        yield Judged(
            subject=f"post/{post.pk}",
            label=f"{supervised.name} {post.title}" if supervised else titled(post),
            passes=has,
            why="" if has else NONE_YET,
            level=level_of(post.role, post.agency).value,
            region_path=supervised.region_path if supervised else post.region_path,
            sector_path=supervised.sector_path if supervised else "",
            agency=post.agency_id or (supervised.agency_id if supervised else 0) or 0,
            object=post.object,
            href=f"{BASE}post/{post.pk}/",
        )


def judge_units(on: date, only: Collection[str] | None) -> Iterator[Judged]:
    """Every department, town and the committee office."""
    units = Agency.objects.filter(standing(on), kind__in=_UNITS_WITH_DUTIES).select_related("region")
    if only is not None:
        units = units.filter(pk__in=_keys(only))
    covered = _covered(Q(post=None), on, "agency_id")
    for unit in units.order_by("order", "id"):
        has = unit.pk in covered
        yield Judged(
            subject=f"unit/{unit.pk}",
            label=unit.name,
            passes=has,
            why="" if has else NONE_YET,
            level=level_of("", unit).value,
            region_path=unit.region.path,
            agency=unit.pk,
            href=f"{BASE}unit/{unit.pk}/",
        )


def _of_a_standing_unit(on: date) -> Q:
    return Q(agency=None) | Q(agency__until=None) | Q(agency__until__gt=on)


def _keys(only: Collection[str]) -> list[int]:
    return [int(subject.partition("/")[2]) for subject in only]


def _covered(which: Q, on: date, column: str) -> set[int]:
    rows = Duty.objects.filter(which, in_force(on)).exclude(**{column: None})
    return set(rows.values_list(column, flat=True).distinct())


def _objects(uids: Iterable[object]) -> dict[object, SupervisedObject]:
    living = SupervisedObject.objects.filter(uid__in=set(uids)).exclude(standing__in=GONE)
    return {one.uid: one for one in living.only("uid", "name", "region_path", "sector_path", "agency_id")}


def public_posts() -> set[str]:
    """The posts outside enterprises, and those that were judged as such: some hundreds, however many enterprises."""
    now = Post.objects.filter(role__in=DUTIFUL, object=None).values_list("pk", flat=True)
    judged = Spell.objects.filter(check_name=POSTS, until=None, object=None).values_list("subject", flat=True)
    return {*judged, *(f"post/{pk}" for pk in now)}


CHECKS = (
    Check(POSTS, "岗位安全职责", "没有安全职责的岗位", judge_posts, often=public_posts),
    Check(UNITS, "单位安全职责", "没有安全职责的单位", judge_units),
)
