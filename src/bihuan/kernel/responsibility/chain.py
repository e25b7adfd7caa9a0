"""The responsibility chain of an object, as of any day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Q

from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.models import Post, Role, Tenure
from bihuan.kernel.territory.models import AgencyKind, Regulation
from bihuan.kernel.territory.trees import in_force


class Level(StrEnum):
    """The rungs, from the one nearest the danger upward."""

    LEAD = "lead"
    ENTERPRISE = "enterprise"
    TERRITORIAL = "territorial"
    SECTOR = "sector"
    OFFICE = "office"
    LEADER = "leader"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Level.LEAD: "牵头单位",
    Level.ENTERPRISE: "企业主要负责人",
    Level.TERRITORIAL: "属地",
    Level.SECTOR: "行业主管部门",
    Level.OFFICE: "安委办",
    Level.LEADER: "分管领导",
}


@dataclass(frozen=True, slots=True)
class Holder:
    """One rung. ``person_id`` None means the post is vacant that day or nobody is named at all: a gap that shows."""

    level: Level
    rule: str
    post_id: int | None = None
    title: str = ""
    person_id: int | None = None
    name: str = ""
    agency_id: int | None = None

    @property
    def vacant(self) -> bool:
        return self.person_id is None


def lead_agency(sector_path: str, on: date) -> int | None:
    """The one agency that leads the regulation of a sector on a day (安全生产法 第三条: 管行业必须管安全).

    The regulator of the nearest node above wins over one further up the tree.
    """
    if not sector_path:
        return None
    leads = Regulation.objects.filter(in_force(on), lead=True).values_list("sector__path", "agency_id")
    fitting = [(path, agency) for path, agency in leads if sector_path.startswith(path)]
    return max(fitting, key=lambda pair: len(pair[0]))[1] if fitting else None


def chain(supervised: SupervisedObject, on: date, *, agency: int | None = None) -> tuple[Holder, ...]:
    """Everybody who answers for ``supervised`` on the day ``on``, by name; five rungs, vacant ones included.

    ``agency`` is who supervises a matter about it where that is another than the object's own regulator.
    """
    agency = agency or supervised.agency_id or lead_agency(supervised.sector_path, on)
    posts = list(_candidates(supervised.uid, agency))
    holders = _holders([post.pk for post in posts], on)
    return tuple(
        _rung(level, rule, chosen, holders)
        for level, rule, chosen in (
            (Level.ENTERPRISE, "生产经营单位的主要负责人是本单位安全生产第一责任人（《安全生产法》第五条）",
             _first(posts, lambda post: post.role == Role.PRINCIPAL)),
            (Level.TERRITORIAL, "镇街对辖区安全生产负属地管理责任（《安全生产法》第九条）", _territorial(posts, supervised)),
            (Level.SECTOR, "管行业必须管安全（《安全生产法》第三条）",
             _first(posts, lambda post: post.agency_id == agency and post.role in _REGULATORS)),
            (Level.OFFICE, COORDINATES, _first(posts, lambda post: post.role == Role.OFFICE)),
            (Level.LEADER, LEADS, _leader(posts, supervised.region_path, supervised.sector_path)),
        )
    )  # fmt: skip


def unit_chain(agency: int | None, region_path: str, sector_path: str, on: date) -> tuple[Holder, ...]:
    """Everybody who answers for what a unit was told to do: its head, the committee office, the leader in charge.

    The leader is the one whose portfolio covers the sectors the unit regulates, where the duty names no sector itself.
    """
    sectors = [sector_path] if sector_path else _regulated(agency, on)
    posts = list(_candidates(None, agency))
    leaders = (_leader(posts, region_path, sector) for sector in sectors or [""])
    leader = max(leaders, key=lambda post: bool(post and post.sector_paths), default=None)
    holders = _holders([post.pk for post in posts], on)
    return (
        _rung(Level.LEAD, GIVEN, _first(posts, lambda post: post.agency_id == agency), holders),
        _rung(Level.OFFICE, COORDINATES, _first(posts, lambda post: post.role == Role.OFFICE), holders),
        _rung(Level.LEADER, LEADS, leader, holders),
    )


def _regulated(agency: int | None, on: date) -> list[str]:
    led = Regulation.objects.filter(in_force(on), agency=agency, lead=True).order_by("id")
    return list(led.values_list("sector__path", flat=True))


def chain_of(matter: Any, on: date) -> tuple[Holder, ...]:
    """The chain of a matter: of its object, or of the unit it was given to when it is about none."""
    if matter.object_id is None:
        return unit_chain(matter.agency_id, matter.region_path, matter.sector_path, on)
    return chain(matter.object, on)


def leader_rung(
    posts: Sequence[Post], places: Iterable[tuple[str, str]], on: date
) -> dict[tuple[str, str], Holder]:
    """The leader's rung for each pair of region and sector path, from the leaders' posts (the first before all)."""
    holders = _holders([post.pk for post in posts], on)
    return {place: _rung(Level.LEADER, LEADS, _leader(posts, *place), holders) for place in places}


GIVEN = "交办的任务由牵头单位负总责"
COORDINATES = "安委办综合协调"
LEADS = "党政领导按分工对分管领域安全生产负责"
_REGULATORS = (Role.REGULATOR, Role.OFFICER)


def _candidates(supervised: UUID | None, agency: int | None) -> Iterable[Post]:
    regulators = Q(agency=agency, role__in=_REGULATORS) if agency else Q(pk__in=[])
    return (
        Post.objects.filter(
            Q(object=supervised, object__isnull=False, role=Role.PRINCIPAL)
            | Q(role=Role.TOWN)
            | Q(role=Role.LEADER)
            | Q(role=Role.OFFICE, agency__kind=AgencyKind.COMMITTEE_OFFICE)
            | regulators
        )
        .select_related("agency")
        .order_by("-heads", "id")
    )


def _holders(posts: Sequence[int], on: date) -> dict[int, tuple[int, str]]:
    tenures = Tenure.objects.filter(in_force(on), post__in=posts).select_related("person")
    return {tenure.post_id: (tenure.person_id, tenure.person.name) for tenure in tenures}


def _first(posts: Iterable[Post], fits: object) -> Post | None:
    assert callable(fits)
    return next((post for post in posts if fits(post)), None)


def _territorial(posts: Iterable[Post], supervised: SupervisedObject) -> Post | None:
    fitting = [
        post
        for post in posts
        if post.role == Role.TOWN and post.region_path and supervised.region_path.startswith(post.region_path)
    ]
    return max(fitting, key=lambda post: (post.heads, len(post.region_path)), default=None)


def _leader(posts: Iterable[Post], region_path: str, sector_path: str) -> Post | None:
    fitting = [
        post
        for post in posts
        if post.role == Role.LEADER
        and region_path.startswith(post.region_path)
        and (not post.sector_paths or sector_path.startswith(tuple(post.sector_paths)))
    ]
    return max(fitting, key=lambda post: (bool(post.sector_paths), post.heads), default=None)


def _rung(level: Level, rule: str, post: Post | None, holders: dict[int, tuple[int, str]]) -> Holder:
    if post is None:
        return Holder(level, rule)
    person_id, name = holders.get(post.pk, (None, ""))
    return Holder(level, rule, post.pk, titled(post), person_id, name, post.agency_id)


def titled(post: Post) -> str:
    """A post as papers call it: with its unit, unless the title says it already."""
    agency = post.agency.name if post.agency else ""
    return post.title if not agency or post.title.startswith(agency) else f"{agency} {post.title}"


def bound(level: Level, post_id: int, rule: str, on: date) -> Holder | None:
    """The holder of one post that was named for a rung (包保领导); None when there is no such post any more."""
    post = Post.objects.select_related("agency").filter(pk=post_id).first()
    return None if post is None else _rung(level, rule, post, _holders([post_id], on))
