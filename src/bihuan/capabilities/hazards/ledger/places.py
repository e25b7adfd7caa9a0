"""Whose hazard a row is: its enterprise, town and sector as the registers know them, or new ones to be confirmed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from bihuan.capabilities.hazards.hands import SUPERVISING
from bihuan.capabilities.hazards.ledger.known import names_of
from bihuan.capabilities.hazards.ledger.row import LedgerRow
from bihuan.kernel.objects.models import SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Region, Sector
from bihuan.registers.enterprises.ledger_names import LedgerName, LedgerNames, region_or_pending

Named = tuple[str, str, str, str]
"""Name, credit code, town and sector as rows give them: all that decides whose a row is."""


@dataclass(frozen=True, slots=True)
class Place:
    """A row's object and sector path; ``new`` when the register lacked the object.

    ``names`` are the enterprise's, as :func:`known.names_of` gives them.
    """

    object: SupervisedObject
    sector_path: str
    new: bool
    allowed: bool
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a row belongs nowhere; ``field`` is the ledger's column."""

    code: str
    field: str
    reason: str


def named(row: LedgerRow) -> Named:
    return row.object_name, row.credit_code, row.town, row.sector


class Places:
    """All enterprises of one ledger at once. Regions that no register knows are planted when asked for.

    ``hold`` keeps them from being merged while the ledger is written.
    """

    def __init__(self, wanted: Iterable[Named], actor: Actor, named_by: str, *, hold: bool) -> None:
        self._actor = actor
        self._sectors = {sector.code: sector for sector in Sector.objects.all()}
        self._regions: dict[str, Region] = {}
        names = list(dict.fromkeys(wanted))
        self._by_code = self._known_by_code(names)
        self._resolved: dict[Named, LedgerName | Wrong] = {one: self._name(one) for one in names}
        self._new: set[object] = set()
        self._needed: dict[UUID, SupervisedObject] = {}
        self._names = LedgerNames(
            [one for one in self._resolved.values() if isinstance(one, LedgerName)], named_by, hold=hold
        )
        self._places = {one: self._place(one) for one in names}

    def of(self, row: LedgerRow) -> Place | Wrong:
        """Where a row belongs."""
        return self._places[named(row)]

    @property
    def needed(self) -> list[SupervisedObject]:
        """Objects the register lacked and a row that was taken needs; none for a row that was turned away."""
        return list(self._needed.values())

    def need(self, places: Iterable[Place], *, write: bool) -> None:
        """These are taken; with ``write`` what the register lacks of them is entered, marked 待核实."""
        lacking = {place.object.pk: place.object for place in places if place.new}
        fresh = [one for pk, one in lacking.items() if pk not in self._needed]
        if fresh and write:
            SupervisedObject.objects.bulk_create(fresh)
        self._needed |= lacking

    @property
    def any_wrong(self) -> bool:
        """Whether some row belongs nowhere or out of the actor's reach."""
        return any(isinstance(one, Wrong) or not one.allowed for one in self._places.values())

    def _known_by_code(self, names: list[Named]) -> dict[str, SupervisedObject]:
        codes = {code for _, code, town, _ in names if code and not town}
        known = SupervisedObject.objects.filter(credit_code__in=codes).select_related("region")
        return {one.credit_code: one for one in known}

    def _name(self, one: Named) -> LedgerName | Wrong:
        name, code, town, sector = one
        if len(name) > 120:
            return Wrong("hazard.too_long", "object_name", "超过 120 个字，请缩短")
        region = self._region(town, code)
        if region is None:
            why = (
                "企业库里也没有这个统一社会信用代码，"
                if code
                else "也没有统一社会信用代码可查；只凭名称会认错同名企业，"
            )
            return Wrong("hazard.no_town", "town", f"没有填写，{why}请写明属地镇街")
        return LedgerName(name, code, region, self._sectors.get(sector))

    def _region(self, town: str, code: str) -> Region | None:
        if not town:
            known = self._by_code.get(code)
            return known.region if known is not None else self._own_region()
        if town not in self._regions:
            self._regions[town] = region_or_pending(town[:100])
        return self._regions[town]

    def _own_region(self) -> Region | None:
        """A town's clerk need not write the town."""
        paths = {scope.region_path for scope in self._actor.scopes if scope.region_path.count(".") > 1}
        return Region.objects.filter(path=paths.pop()).first() if len(paths) == 1 else None

    def _place(self, one: Named) -> Place | Wrong:
        resolved = self._resolved[one]
        if isinstance(resolved, Wrong):
            return resolved
        made = len(self._names.created)
        object_ = self._names.object_of(resolved)
        if len(self._names.created) > made:
            self._new.add(object_.pk)
        sector = self._sectors.get(one[3])
        sector_path = sector.path if sector is not None else object_.sector_path
        if not sector_path:
            return Wrong("hazard.no_sector", "sector_text", "没有填写，企业库里也没有，请写明行业领域")
        new = object_.pk in self._new
        names = names_of(one[0], one[1], object_, new=new)
        return Place(object_, sector_path, new, self._allowed(object_, sector_path), names)

    def _allowed(self, object_: SupervisedObject, sector_path: str) -> bool:
        """Whether the actor may bring hazards of this object in: row by row, through the same reach as everywhere."""
        if self._actor.is_system:
            return True
        return self._actor.covers(
            SUPERVISING, object_.region_path, sector_path, object_.agency_id, object_.uid
        )
