"""What hangs on an object or lies in a region: matters, posts and objects, counted before anybody decides about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from bihuan.kernel.loops.registry import all_running
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.models import Post
from bihuan.kernel.territory.models import Region
from bihuan.kernel.territory.trees import subtree


@dataclass(frozen=True, slots=True)
class Held:
    """How many matters there are, how many of them are not over yet, and what else."""

    label: str
    total: int
    open: int

    @property
    def words(self) -> str:
        """「隐患 3 条（未销号 2 条）」."""
        return f"{self.label} {self.total:,} 条" + (f"（未办结 {self.open:,} 条）" if self.open else "")


def held_by_object(uid: UUID) -> list[Held]:
    """The matters of one object, by loop."""
    return list(held_by_objects([uid]).get(uid, []))


def held_by_objects(uids: Iterable[UUID]) -> Mapping[UUID, list[Held]]:
    """The matters of several objects, one statement a loop."""
    wanted = list(uids)
    found: dict[UUID, list[Held]] = {}
    for service in all_running():
        open_now = Q(state__in=[state.value for state in service.loop.open_states])
        rows = service.model._default_manager.filter(object__in=wanted).order_by().values("object")
        for row in rows.annotate(total=Count("pk"), open=Count("pk", filter=open_now)):
            found.setdefault(row["object"], []).append(Held(service.loop.label, row["total"], row["open"]))
    return found


def held_in_region(region: Region) -> list[Held]:
    """The matters at or below a region, by loop."""
    found = []
    for service in all_running():
        here = service.model._default_manager.filter(subtree(region.path, "region_path"))
        open_now = here.filter(state__in=[state.value for state in service.loop.open_states]).count()
        total = here.count()
        if total:
            found.append(Held(service.loop.label, total, open_now))
    return found


def in_words(held: Iterable[Held]) -> str:
    """Everything that hangs on it, or that nothing does."""
    return "、".join(one.words for one in held) or "名下没有记录"


def what_else_holds(one: SupervisedObject) -> list[str]:
    """What besides matters would be left without an object: posts inside it and objects it answers for."""
    told = []
    if posts := Post.objects.filter(object=one.pk).count():
        told.append(f"岗位 {posts} 个")
    if objects := SupervisedObject.objects.filter(responsible=one).count():
        told.append(f"由它负责的工程、场所 {objects} 个")
    return told
