"""Who is told when a matter moves: the posts that hold it next, never the one who moved it.

The record is the outbox: a job reads what was settled since it last looked, so a notice costs the deed nothing, is
lost with nothing that committed, and is sent for nothing that did not. A deed that cannot be told keeps no other from
being told: it stands for ``bihuan doctor`` by the number of its matter and is tried again at the next turns.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from bihuan.kernel import clock
from bihuan.kernel.exchange.notices import NewNotice, notify
from bihuan.kernel.loops import apart
from bihuan.kernel.loops.declaration import Deed, Duty, Hand
from bihuan.kernel.loops.models import Told
from bihuan.kernel.loops.registry import all_running, running
from bihuan.kernel.people.actors import Actor, Scope
from bihuan.kernel.people.models import ADMIN_ROLES, Role, Tenure
from bihuan.kernel.record.following import Deed as Settled
from bihuan.kernel.record.following import horizon, settled_between
from bihuan.kernel.territory.trees import in_force

LOCK = 7_701_031
JOB = "loops.tell"
AGAIN_AT_ONCE = 50
SLICE = 200
"""Deeds whose matters are fetched together."""
TOWN_DEPTH = 2


@transaction.atomic
def tell_new() -> int:
    """Send the notices of every deed settled since the last time; returns how many were sent."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
    upto = horizon()
    told, created = Told.objects.get_or_create(id=1, defaults={"upto_tx": upto})
    if created:
        return 0
    neighbours = Neighbours()
    with apart.rows(JOB) as run:
        sent = _told_now(run)
        settled = settled_between(told.upto_tx, upto, _verbs())
        for start in range(0, len(settled), SLICE):
            few = settled[start : start + SLICE]
            matters = _matters(few)
            sent += sum(
                run.each(partial(_about, deed), partial(_tell, deed, matters.get(deed.matter), neighbours), 0)
                for deed in few
            )
    told.upto_tx = max(upto, told.upto_tx)
    told.save(update_fields=["upto_tx"])
    return sent


def _about(deed: Settled) -> str:
    """What a deed goes by where it could not be told: its loop, its matter's number, the verb, the place in the record."""
    try:
        rows = running(deed.kind).model._default_manager.filter(uid=deed.matter)
    except KeyError:
        return f"{deed.kind} {deed.matter} {deed.verb} {deed.seq}"
    no = rows.values_list("no", flat=True).first()
    return f"{deed.kind} {no or deed.matter} {deed.verb} {deed.seq}"


def _told_now(run: apart.Rows) -> int:
    """Try again what could not be told, the longest untried first; what is left for a later turn stands as it was."""
    standing = apart.standing(JOB)
    run.left.update(standing[AGAIN_AT_ONCE:])
    return sum(run.each(about, partial(_again, about), 0) for about in standing[:AGAIN_AT_ONCE])


def _again(about: str) -> int:
    kind, no, verb, seq = about.split()
    matter = running(kind).model._default_manager.filter(no=no).values_list("uid", flat=True).first()
    return 0 if matter is None else tell(kind, matter, verb, int(seq))


def _matters(deeds: Sequence[Settled]) -> dict[UUID, Any]:
    """The matters of deeds, one statement a kind; those of a kind that is gone are left out."""
    kinds = {service.loop.name: service for service in all_running()}
    return {
        matter.uid: matter
        for kind in {deed.kind for deed in deeds} & kinds.keys()
        for matter in kinds[kind]
        .model._default_manager.select_related("object")
        .filter(uid__in={deed.matter for deed in deeds if deed.kind == kind})
    }


def _verbs() -> list[str]:
    return sorted({deed.name for service in all_running() for deed in _deeds(service.loop) if deed.notify})


def _deeds(loop: Any) -> Iterable[Deed]:
    return (*loop.openings, *loop.deeds)


def tell(loop: str, uid: UUID, verb: str, seq: int) -> int:
    """Send the notice of one deed to everybody whose hand comes next; repeated, it tells nobody twice."""
    deed = Settled(uid, loop, verb, seq)
    return _tell(deed, _matters([deed]).get(uid), Neighbours())


def _tell(settled: Settled, matter: Any, neighbours: Neighbours) -> int:
    if matter is None:
        return 0
    loop = running(settled.kind).loop
    deed = next((item for item in _deeds(loop) if item.name == settled.verb and item.notify), None)
    if deed is None:
        return 0
    doer = matter.hand(deed.name)
    told = [
        NewNotice(
            text=f"{matter.no} {matter.about()}：已{deed.label}，现为“{loop.state(matter.state).label}”",
            post_id=scope.post_id,
            matter_kind=loop.name,
            matter=matter.uid,
            matter_no=matter.no,
            urgent=deed.urgent,
            reminder=f"{loop.name}.{deed.name}:{matter.uid}:{settled.seq}",
        )
        for person, scope in neighbours.of(matter)
        if person != doer and any(hand.holds(_as_actor(person, scope), matter) for hand in deed.notify)
    ]
    return notify(told)


def tell_duty(service: Any, matter: Any, duty: Duty, due: date) -> int:
    """Tell those near the matter whose duty it is that it has opened; repeated, it tells nobody twice."""
    told = [
        NewNotice(
            text=f"{matter.no} {matter.about()}：{duty.label}，请于 {due} 前办理",
            post_id=post,
            matter_kind=service.loop.name,
            matter=matter.uid,
            matter_no=matter.no,
            reminder=f"{service.loop.name}.{duty.name}:{matter.uid}:{due}",
        )
        for post in posts_near(matter, duty.by[0])
    ]
    return notify(told)


def posts_near(matter: Any, *hands: Hand) -> list[int]:
    """The posts close to a matter that hold one of ``hands``."""
    return [
        scope.post_id
        for person, scope in _nearby(matter)
        if any(hand.holds(_as_actor(person, scope), matter) for hand in hands)
    ]


Held = Sequence[tuple[int, Scope]]
"""Posts with the persons who hold them."""


class Neighbours:
    """Who sits near the matters of one run: many lie in the same place, and it is looked up once."""

    def __init__(self) -> None:
        self._known: dict[tuple[Any, ...], Held] = {}

    def of(self, matter: Any) -> Held:
        """The posts of :func:`_nearby`."""
        place = (matter.object_id, matter.agency_id, _town(matter), matter.near())
        if place not in self._known:
            self._known[place] = list(_nearby(matter))
        return self._known[place]


def _town(matter: Any) -> str:
    return ".".join(matter.region_path.split(".")[:TOWN_DEPTH]) + "."


def _nearby(matter: Any) -> Iterable[tuple[int, Scope]]:
    """Posts close to the matter: in its object, in its agency, over its own town, or near by its kind; not the whole
    district."""
    tenures = (
        Tenure.objects.filter(in_force(clock.today()))
        .filter(
            Q(post__object=matter.object_id, post__object__isnull=False)
            | Q(post__agency=matter.agency_id, post__agency__isnull=False)
            | Q(post__region_path=_town(matter), post__role=Role.TOWN)
            | matter.near()
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
                tuple(post.sector_paths), post.object, post.heads,
            ),
        )  # fmt: skip


def _as_actor(person: int, scope: Scope) -> Actor:
    return Actor(id=person, person_id=person, name="", scopes=(scope,))
