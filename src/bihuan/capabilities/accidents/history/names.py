"""The words a ledger uses for units, towns and fields, fetched once a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bihuan.capabilities.accidents.branches import branch_of
from bihuan.kernel import clock
from bihuan.kernel.objects.access import visible_objects
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.responsibility.chain import lead_agency
from bihuan.kernel.territory.models import Region, Sector, SectorAlias
from bihuan.kernel.territory.names import name_key
from bihuan.kernel.territory.trees import find_region, in_force, the_district
from bihuan.kernel.workbooks.plain import PlainRow
from bihuan.kernel.workbooks.rowwise import listed


class Names:
    """What the rows of one workbook may be called after; a few statements for all of them."""

    def __init__(self, rows: Sequence[PlainRow], actor: Actor) -> None:
        district = the_district()
        self.district: Region | None = district.region if district else None
        self._regions: dict[str, Region | None] = {}
        self._sectors = _sectors()
        self._branches: dict[str, str] = {}
        self._leads: dict[str, int | None] = {}
        self._by_name, self._by_code = _objects(rows, actor)

    def object_called(self, name: str, code: str) -> SupervisedObject | None:
        """The registered unit of a code, or the only one of that name; None for one the register does not know."""
        if code:
            return self._by_code.get(code.upper())
        return self._by_name.get(name_key(name)) if name else None

    def region_called(self, text: str) -> Region | None:
        if text not in self._regions:
            self._regions[text] = find_region(text)
        return self._regions[text]

    def sectors_in(self, text: str) -> list[Sector | None]:
        """The fields a cell names: one where all of it is one name, else each of its parts."""
        whole = self._sectors.get(name_key(text)) if text else None
        if whole is not None:
            return [whole]
        found = [self._sectors.get(name_key(one)) for one in listed(text)]
        return found if any(found) else []

    def branch_of(self, sector: Sector) -> str:
        if sector.path not in self._branches:
            self._branches[sector.path] = branch_of(sector.path).value
        return self._branches[sector.path]

    def lead(self, sector: Sector) -> int | None:
        """Who regulates the field today and answers for its file."""
        if sector.path not in self._leads:
            self._leads[sector.path] = lead_agency(sector.path, clock.today())
        return self._leads[sector.path]


def _sectors() -> dict[str, Sector]:
    valid = Sector.objects.filter(in_force(clock.today()))
    found = {sector.name_key: sector for sector in valid}
    for alias in SectorAlias.objects.filter(sector__in=valid).select_related("sector"):
        found.setdefault(alias.name_key, alias.sector)
    return found


def _objects(
    rows: Iterable[PlainRow], actor: Actor
) -> tuple[dict[str, SupervisedObject], dict[str, SupervisedObject]]:
    keys = {name_key(row.cells.get("unit", "")) for row in rows} - {""}
    codes = {row.cells.get("credit_code", "").strip().upper() for row in rows} - {""}
    seen = visible_objects(actor).select_related("region")
    named: dict[str, list[SupervisedObject]] = {}
    for one in seen.filter(name_key__in=keys):
        named.setdefault(one.name_key, []).append(one)
    return (
        {key: found[0] for key, found in named.items() if len(found) == 1},
        {one.credit_code: one for one in seen.filter(credit_code__in=codes)},
    )
