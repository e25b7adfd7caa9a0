"""The scope an actor may count: a part of the jurisdiction that a tally can tell, and says in words beside the figure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.core.exceptions import PermissionDenied

from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.actors import Scope as PostScope
from bihuan.kernel.people.models import ADMIN_ROLES, ENTERPRISE_ROLES, Role

COORDINATING = frozenset({Role.OFFICE, Role.LEADER})


@dataclass(frozen=True, slots=True)
class Reach:
    """``scope`` is counted from tallies; with ``by_record`` the records behind the actor's own door are counted one by
    one, because no tally knows an enterprise."""

    scope: Scope
    by_record: bool = False


def reach_of(actor: Actor) -> Reach | None:
    """The widest of the actor's posts; None for who has no business to count."""
    if actor.all_seeing:
        return Reach(Scope())
    posts = [post for post in actor.scopes if post.role not in ADMIN_ROLES]
    if not posts:
        return None
    places = [post for post in posts if post.role not in ENTERPRISE_ROLES]
    if not places:
        return Reach(Scope(), by_record=True)
    return Reach(_scope(min(places, key=_narrowness)))


def reach_to_count(actor: Actor) -> Reach:
    """The actor's reach, for pages of nothing but figures: 403 for who has no business to count."""
    reach = reach_of(actor)
    if reach is None:
        raise PermissionDenied
    return reach


def coordinates(actor: Actor, scope: Scope) -> bool:
    """Whether the committee office's or a leader's post of the actor reaches over all of ``scope``."""
    return actor.all_seeing or any(
        post.role in COORDINATING
        and bool(post.region_path)
        and bool(scope.regions)
        and all(region.startswith(post.region_path) for region in scope.regions)
        and (not post.sector_paths or set(scope.sectors) == set(post.sector_paths))
        for post in actor.scopes
    )


def _narrowness(post: PostScope) -> tuple[bool, bool, int]:
    return (not post.region_path, bool(post.sector_paths), len(post.region_path))


def _scope(post: PostScope) -> Scope:
    if not post.region_path:
        return Scope(agency=post.agency_id if post.agency_id is not None else 0)
    return Scope(regions=(post.region_path,), sectors=tuple(post.sector_paths))


def narrowed(
    scope: Scope, region: str = "", sector: str = "", source: str = "", grade: str = ""
) -> Scope | None:
    """``scope`` restricted to a region and a sector that lie in it; None when they do not."""
    asked = scope
    if region:
        if scope.regions and not region.startswith(scope.regions):
            return None
        asked = replace(asked, regions=(region,))
    if sector:
        if scope.sectors and not sector.startswith(scope.sectors):
            return None
        asked = replace(asked, sectors=(sector,))
    return replace(asked, source=source, grade=grade)
