"""Hazards go where their object goes: what was merged or moved takes its open and closed hazards along, and back again."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q

from bihuan.capabilities.hazards.effects import index
from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.hazards.recurrence import recount
from bihuan.kernel import clock
from bihuan.kernel.loops.moving import move_matters
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Region
from bihuan.kernel.territory.trees import subtree


def follow_object(
    old: SupervisedObject, into: SupervisedObject, actor: Actor, only: Sequence[UUID] | None
) -> list[UUID]:
    """An object was found to be another: its hazards are that one's now, each by an entry that says so."""
    spots: list[int | None] = []

    def hand_over(hazard: Hazard) -> None:
        spots.append(hazard.spot)
        hazard.object, hazard.region_path, hazard.agency_id = into, into.region_path, into.agency_id
        index(hazard)
        spots.append(hazard.spot)

    told = {
        "old_name": old.name, "old_object": str(old.uid), "new_name": into.name, "object": str(into.uid),
        "region_path": into.region_path, "agency": into.agency_id,
    }  # fmt: skip
    which = Q(object=old) if only is None else Q(object=old, pk__in=only)
    moved = move_matters("hazard", which, "follow_object", hand_over, actor=actor, payload=told)
    recount(spots, clock.today())
    return moved


def follow_town(old: Region, into: Region, actor: Actor, only: Sequence[UUID] | None) -> list[UUID]:
    """A town a ledger named was found to be another: every hazard below it lies below that one now."""

    def move(hazard: Hazard) -> None:
        hazard.region_path = into.path + hazard.region_path[len(old.path) :]

    told = {"old_name": old.name, "old_path": old.path, "new_name": into.name, "region_path": into.path}
    below = subtree(old.path, "region_path")
    which = below if only is None else below & Q(pk__in=only)
    return move_matters("hazard", which, "follow_town", move, actor=actor, payload=told)
