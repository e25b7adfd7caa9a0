"""Who can have a duty: a post, a unit, or a post inside an enterprise; and who keeps the duties of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bihuan.capabilities.responsibility.duties.words import Level
from bihuan.kernel.errors import Absent
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import ADMIN_ROLES, ENTERPRISE_ROLES, Post, Role
from bihuan.kernel.responsibility.chain import titled
from bihuan.kernel.territory.models import Agency, AgencyKind

DUTIFUL = frozenset(Role) - ADMIN_ROLES - {Role.EXPERT}
"""Posts of which a duty is expected; an expert advises and answers for nothing."""
UNIT_KEEPERS = frozenset({Role.OFFICE, Role.REGULATOR, Role.TOWN})


@dataclass(frozen=True, slots=True)
class Holder:
    """A post or a unit, with the enterprise of an enterprise's post."""

    post: Post | None
    agency: Agency | None
    object: SupervisedObject | None = None

    @property
    def about(self) -> str:
        """Its number in record and address."""
        if self.post is not None:
            return f"post/{self.post.pk}"
        assert self.agency is not None
        return f"unit/{self.agency.pk}"

    @property
    def name(self) -> str:
        if self.post is None:
            assert self.agency is not None
            return self.agency.name
        return f"{self.object.name} {self.post.title}" if self.object else titled(self.post)

    @property
    def level(self) -> Level:
        return level_of(self.post.role if self.post else "", self.agency)

    def columns(self) -> dict[str, Any]:
        """The holder's columns of a duty."""
        place = self.object or (self.post if self.post is not None else self.agency)
        path = place.region.path if isinstance(place, Agency) else place.region_path if place else ""
        return {
            "post": self.post,
            "agency": self.agency,
            "object": self.object.uid if self.object else None,
            "region_path": path,
            "sector_path": self.object.sector_path if self.object else "",
            "level": self.level,
        }


def level_of(role: str, agency: Agency | None) -> Level:
    """Where a post of this role and unit sits."""
    if role in ENTERPRISE_ROLES:
        return Level.ENTERPRISE
    if role in (Role.TOWN, Role.GRID) or (agency is not None and agency.kind == AgencyKind.TOWN_GOVERNMENT):
        return Level.TOWN
    return Level.DISTRICT


def of_post(post: Post) -> Holder:
    """The holder that a post is."""
    supervised = SupervisedObject.objects.filter(uid=post.object).first() if post.object else None
    return Holder(post, post.agency, supervised)


def find(about: str) -> Holder:
    """The holder with this number.

    Raises:
        Absent: there is none, or its post is one of which no duty is expected.
    """
    kind, _, key = about.partition("/")
    if key.isdecimal() and len(key) < 18:
        if kind == "post":
            post = Post.objects.select_related("agency__region", "region").filter(pk=int(key)).first()
            if post is not None and post.role in DUTIFUL:
                return of_post(post)
        if kind == "unit":
            agency = Agency.objects.select_related("region").filter(pk=int(key)).first()
            if agency is not None:
                return Holder(None, agency)
    raise Absent("没有这个岗位或单位")


def may_keep(actor: Actor, holder: Holder) -> bool:
    """The committee office keeps the government's duties, a unit its own, an enterprise its own."""
    if actor.is_system:
        return True
    if holder.level == Level.ENTERPRISE:
        uid = holder.object.uid if holder.object else None
        return uid is not None and any(
            scope.role in ENTERPRISE_ROLES and scope.object == uid for scope in actor.scopes
        )
    if actor.holds(Role.OFFICE):
        return True
    return holder.agency is not None and any(
        scope.role in UNIT_KEEPERS and scope.agency_id == holder.agency.pk for scope in actor.scopes
    )


def may_see(actor: Actor, holder: Holder) -> bool:
    """Everybody in the government reads the government's duties; an enterprise's are read by it and its supervisors."""
    if actor.all_seeing or may_keep(actor, holder):
        return True
    if holder.level != Level.ENTERPRISE:
        return bool(actor.roles - ADMIN_ROLES - ENTERPRISE_ROLES - {Role.EXPERT})
    known = holder.object
    return known is not None and any(
        scope.covers(known.region_path, known.sector_path, known.agency_id, known.uid)
        for scope in actor.scopes
    )


def find_all(abouts: list[str]) -> list[Holder]:
    """Many holders by few statements; numbers of nobody are left out."""
    keys = {
        kind: [int(one.partition("/")[2]) for one in abouts if one.startswith(f"{kind}/")]
        for kind in ("post", "unit")
    }
    posts = Post.objects.filter(pk__in=keys["post"], role__in=DUTIFUL).select_related("agency__region")
    listed = list(posts.order_by("id"))
    inside = SupervisedObject.objects.in_bulk({post.object for post in listed if post.object})
    found = [Holder(post, post.agency, inside.get(post.object) if post.object else None) for post in listed]
    units = Agency.objects.filter(pk__in=keys["unit"]).select_related("region").order_by("order", "id")
    return [*found, *(Holder(None, unit) for unit in units)]
