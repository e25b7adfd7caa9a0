"""Accidents go where their unit goes: what was merged or moved takes its accidents and their versions along, and back."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q

from bihuan.capabilities.accidents.effects import index
from bihuan.capabilities.accidents.models import Accident
from bihuan.kernel.loops.moving import move_matters
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Region
from bihuan.kernel.territory.trees import subtree


def follow_object(
    old: SupervisedObject, into: SupervisedObject, actor: Actor, only: Sequence[UUID] | None
) -> list[UUID]:
    """An object was found to be another: its accidents are that one's now, each by an entry that says so."""

    def hand_over(accident: Accident) -> None:
        accident.object, accident.region_path, accident.agency_id = into, into.region_path, into.agency_id
        index(accident)
        accident.versions.update(object=into, region_path=into.region_path, agency=into.agency_id)

    told = {
        "old_name": old.name, "old_object": str(old.uid), "new_name": into.name, "object": str(into.uid),
        "region_path": into.region_path, "agency": into.agency_id,
    }  # fmt: skip
    which = Q(object=old) if only is None else Q(object=old, pk__in=only)
    return move_matters("accident", which, "follow_object", hand_over, actor=actor, payload=told)


def follow_town(old: Region, into: Region, actor: Actor, only: Sequence[UUID] | None) -> list[UUID]:
    """A town a ledger named was found to be another: every accident below it lies below that one now."""

    def move(accident: Accident) -> None:
        accident.region_path = into.path + accident.region_path[len(old.path) :]
        accident.versions.update(region_path=accident.region_path)

    told = {"old_name": old.name, "old_path": old.path, "new_name": into.name, "region_path": into.path}
    below = subtree(old.path, "region_path")
    which = below if only is None else below & Q(pk__in=only)
    return move_matters("accident", which, "follow_town", move, actor=actor, payload=told)
