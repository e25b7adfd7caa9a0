"""Bringing the catalogue of sectors into the territory tables, where posts and objects refer to it."""

from __future__ import annotations

from django.db import transaction

from bihuan.kernel.territory.models import Sector, SectorAlias
from bihuan.kernel.territory.names import name_key
from bihuan.kernel.territory.trees import keys, seedling
from bihuan.registers.sectors import SectorNode, catalogue


@transaction.atomic
def load_sectors() -> int:
    """Plant the sectors of this release that are not there yet; safe to repeat. Returns how many were added.

    A sector keeps its row and path for ever, so that jurisdictions and old records stay valid; a release
    renames it or ends its validity. Aliases that a district has given to another sector stay as they are.
    """
    here = {sector.code: sector for sector in Sector.objects.all()}
    lacking = [(order, node) for order, node in enumerate(catalogue().nodes) if node.code not in here]
    for order, node in enumerate(catalogue().nodes):
        if node.code in here:
            _renewed(here[node.code], node, order)
    added = [
        _planted(node, here, order, key)
        for (order, node), key in zip(lacking, keys(Sector, len(lacking)), strict=True)
    ]
    Sector.objects.bulk_create(added)
    _load_aliases(here)
    return len(added)


def _planted(node: SectorNode, here: dict[str, Sector], order: int, key: int) -> Sector:
    """The row, unsaved; the catalogue names parents before their children."""
    parent = here[node.parent.code] if node.parent else None
    made = seedling(
        Sector, parent, node.name, key, code=node.code, order=order, since=node.since, until=node.until
    )
    here[node.code] = made
    return made


def _renewed(sector: Sector, node: SectorNode, order: int) -> None:
    wanted = (node.name, node.since, node.until, order)
    if (sector.name, sector.since, sector.until, sector.order) != wanted:
        sector.name, sector.since, sector.until, sector.order = wanted
        sector.name_key = name_key(node.name)
        sector.save()


def _load_aliases(here: dict[str, Sector]) -> None:
    wanted = {
        name_key(word): here[node.code]
        for node in catalogue().nodes
        for word in node.words
        if name_key(word) != name_key(node.name)
    }
    rows = [SectorAlias(sector=sector, name_key=key) for key, sector in wanted.items()]
    SectorAlias.objects.bulk_create(rows, ignore_conflicts=True)
