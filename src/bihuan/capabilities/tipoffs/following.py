"""Items go where the object they are about goes, and where their town goes: merged or moved, and back."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q

from bihuan.capabilities.tipoffs.models import Item
from bihuan.kernel.loops.moving import move_matters
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Region
from bihuan.kernel.territory.trees import subtree


def follow_object(
    old: SupervisedObject, into: SupervisedObject, actor: Actor, only: Sequence[UUID] | None
) -> list[UUID]:
    """An object was found to be another: what was told of it is told of that one, each by an entry that says so."""

    def hand_over(item: Item) -> None:
        item.subject, item.region_path = into, into.region_path

    told = {
        "old_name": old.name, "old_object": str(old.uid), "new_name": into.name, "object": str(into.uid),
        "region_path": into.region_path,
    }  # fmt: skip
    which = Q(subject=old) if only is None else Q(subject=old, pk__in=only)
    return move_matters("tipoff", which, "follow_object", hand_over, actor=actor, payload=told)


def follow_town(old: Region, into: Region, actor: Actor, only: Sequence[UUID] | None) -> list[UUID]:
    """A town was found to be another: every item below it lies below that one now."""

    def move(item: Item) -> None:
        item.region_path = into.path + item.region_path[len(old.path) :]

    told = {"old_name": old.name, "old_path": old.path, "new_name": into.name, "region_path": into.path}
    below = subtree(old.path, "region_path")
    which = below if only is None else below & Q(pk__in=only)
    return move_matters("tipoff", which, "follow_town", move, actor=actor, payload=told)
