"""Hazards go where their object goes: what was merged or moved takes its open and closed hazards along."""

from __future__ import annotations

from typing import Any

from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.hazards.recurrence import relocate
from bihuan.kernel import clock
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Region
from bihuan.registers.towns import move_paths


def follow_object(old: SupervisedObject, into: SupervisedObject, actor: Actor) -> None:
    """An object was found to be another: its hazards are that one's now. The decision itself is on the record."""
    moved = list(Hazard.objects.filter(object=old).values_list("pk", flat=True))
    if moved:
        hazards = Hazard.objects.filter(pk__in=moved)
        hazards.update(object=into, region_path=into.region_path, agency=into.agency_id)
        relocate(hazards, clock.today())


def follow_town(old: Region, into: Region, actor: Any) -> None:
    """A town a ledger named was found to be another."""
    move_paths(Hazard.objects.all(), old, into)
