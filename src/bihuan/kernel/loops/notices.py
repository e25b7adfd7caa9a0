"""Who is told when a matter moves: the posts that hold it next, never the one who moved it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q

from bihuan.kernel import clock
from bihuan.kernel.exchange.notices import NewNotice, notify
from bihuan.kernel.loops.declaration import Hand
from bihuan.kernel.loops.registry import running
from bihuan.kernel.people.actors import Actor, Scope
from bihuan.kernel.people.models import ADMIN_ROLES, Role, Tenure
from bihuan.kernel.territory.trees import in_force


def tell(loop: str, uid: UUID, verb: str, hands: Iterable[str]) -> int:
    """Send the notice of a deed to everybody whose hand comes next; returns how many were told."""
    service = running(loop)
    matter: Any = service.model._default_manager.select_related("object").filter(uid=uid).first()
    if matter is None:
        return 0
    wanted = [hand for hand in _hands_of(service.loop) if hand.name in set(hands)]
    label = next(item.label for item in (*service.loop.openings, *service.loop.deeds) if item.name == verb)
    doer = matter.hand(verb)
    told = [
        NewNotice(
            text=f"{matter.no} {matter.object.name}：已{label}，现为“{service.loop.state(matter.state).label}”",
            post_id=scope.post_id,
            matter_kind=loop,
            matter=uid,
            matter_no=matter.no,
            reminder=f"{loop}.{verb}:{uid}:{matter.entry_count}",
        )
        for person, scope in _nearby(matter)
        if person != doer and any(hand.holds(_as_actor(person, scope), matter) for hand in wanted)
    ]
    return notify(told)


def _hands_of(loop: Any) -> Iterable[Hand]:
    seen: dict[str, Hand] = {}
    for deed in (*loop.openings, *loop.deeds):
        for hand in (*deed.by, *deed.notify):
            seen[hand.name] = hand
    return seen.values()


def _nearby(matter: Any) -> Iterable[tuple[int, Scope]]:
    """Posts close to the matter: in its object, in its agency, or over its own town; not the whole district."""
    town = ".".join(matter.region_path.split(".")[:2]) + "."
    tenures = (
        Tenure.objects.filter(in_force(clock.today()))
        .filter(
            Q(post__object=matter.object_id)
            | Q(post__agency=matter.agency_id, post__agency__isnull=False)
            | Q(post__region_path=town, post__role=Role.TOWN)
        )
        .exclude(post__role__in=ADMIN_ROLES)
        .select_related("post")
    )
    for tenure in tenures:
        post = tenure.post
        yield (
            tenure.person_id,
            Scope(
                Role(post.role), post.pk, post.title, post.agency_id, "", post.region_path,
                tuple(post.sector_paths), post.object,
            ),
        )  # fmt: skip


def _as_actor(person: int, scope: Scope) -> Actor:
    return Actor(id=person, person_id=person, name="", scopes=(scope,))
