"""The agencies of the demo district and which sector each of them leads (管行业必须管安全)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bihuan.demo.places import NAME, Town
from bihuan.demo.words import table
from bihuan.kernel.territory.models import Agency, AgencyAlias, AgencyKind, Region, Regulation, Sector
from bihuan.kernel.territory.names import name_key
from bihuan.kernel.territory.trees import plant


@dataclass(frozen=True, slots=True)
class Bureau:
    """One district agency with the sectors it leads."""

    agency: Agency
    leads: tuple[Sector, ...]
    department: str
    officers: int

    @property
    def short(self) -> str:
        return self.agency.name.removeprefix("区")


@dataclass(frozen=True, slots=True)
class Agencies:
    """Everybody who supervises. ``lead`` finds the bureau of a sector by its path."""

    leadership: Agency
    office: Agency
    bureaus: tuple[Bureau, ...]
    governments: tuple[Agency, ...]

    def lead(self, sector_path: str) -> Bureau:
        """The bureau that leads the nearest sector at or above ``sector_path``."""
        fitting = [
            (len(sector.path), bureau)
            for bureau in self.bureaus
            for sector in bureau.leads
            if sector_path.startswith(sector.path)
        ]
        return max(fitting, key=lambda pair: pair[0])[1]


def establish(district: Region, towns: Sequence[Town]) -> Agencies:
    """Plant the agencies, their short names and their regulations."""
    sectors = {sector.code: sector for sector in Sector.objects.all()}
    leadership = plant(
        Agency,
        None,
        f"{NAME}人民政府",
        kind=AgencyKind.LEADERSHIP,
        region=district,
        files_ledger=False,
        order=1,
    )
    office, bureaus = None, []
    for order, row in enumerate(table("agencies"), start=2):
        kind = AgencyKind(row["kind"])
        filing = kind == AgencyKind.DEPARTMENT
        agency = plant(
            Agency, None, row["name"], kind=kind, region=district, files_ledger=filing, order=order
        )
        _also_called(agency, row["short"].split())
        if not filing:
            office = agency
            continue
        leads = tuple(sectors[code] for code in row["leads"].split())
        assists = [sectors[code] for code in row["assists"].split()]
        Regulation.objects.bulk_create(
            [Regulation(agency=agency, sector=sector) for sector in leads]
            + [Regulation(agency=agency, sector=sector, lead=False) for sector in assists]
        )
        bureaus.append(Bureau(agency, leads, row["department"], int(row["officers"])))
    assert office is not None
    governments = tuple(_government(town) for town in towns)
    return Agencies(leadership, office, tuple(bureaus), governments)


def _government(town: Town) -> Agency:
    agency = plant(
        Agency,
        None,
        town.government,
        kind=AgencyKind.TOWN_GOVERNMENT,
        region=town.region,
        order=40 + town.order,
    )
    _also_called(agency, [town.region.name])
    return agency


def _also_called(agency: Agency, names: Sequence[str]) -> None:
    AgencyAlias.objects.bulk_create([AgencyAlias(agency=agency, name_key=name_key(name)) for name in names])
