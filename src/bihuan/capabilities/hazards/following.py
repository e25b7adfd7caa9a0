"""Hazards go where their object goes: what was merged or moved takes its open and closed hazards along, and back again."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.hazards.recurrence import relocate
from bihuan.kernel import clock
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Region
from bihuan.kernel.territory.trees import subtree
from bihuan.registers.towns import move_paths


def follow_object(
    old: SupervisedObject, into: SupervisedObject, actor: Actor, only: Sequence[UUID] | None
) -> list[UUID]:
    """An object was found to be another: its hazards are that one's now. The decision itself is on the record."""
    rows, moving = _locked(Hazard.objects.filter(object=old), only)
    rows.update(object=into, region_path=into.region_path, agency=into.agency_id)
    relocate(rows, clock.today())
    return moving


def follow_town(old: Region, into: Region, actor: Actor, only: Sequence[UUID] | None) -> list[UUID]:
    """A town a ledger named was found to be another."""
    rows, moving = _locked(Hazard.objects.filter(subtree(old.path, "region_path")), only)
    move_paths(rows, old, into)
    return moving


def _locked(rows: QuerySet[Hazard], only: Sequence[UUID] | None) -> tuple[QuerySet[Hazard], list[UUID]]:
    """The hazards that go over, held until all of it is written."""
    chosen = rows if only is None else rows.filter(pk__in=only)
    moving = list(chosen.order_by("pk").select_for_update().values_list("pk", flat=True))
    return Hazard.objects.filter(pk__in=moving), moving
