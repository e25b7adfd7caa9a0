"""Who keeps the register: one rule for forms, workbooks, API and pages."""

from __future__ import annotations

from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.territory.models import Region, Sector

KEEPERS = frozenset({Role.OFFICE, Role.REGULATOR, Role.TOWN})


def may_keep(actor: Actor, region: Region, sector: Sector) -> bool:
    """Whether the actor keeps the register of this sector in this place."""
    return actor.all_seeing or actor.covers(KEEPERS, region.path, sector.path, None, None)


def may_keep_object(actor: Actor, known: SupervisedObject) -> bool:
    """Whether the actor keeps the register entry of this object."""
    return actor.all_seeing or actor.covers(
        KEEPERS, known.region_path, known.sector_path, known.agency_id, known.uid
    )
