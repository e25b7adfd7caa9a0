"""Whose paper it is and how it is marked: the organ, the number, the hand, and whether it is a demonstration."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from bihuan.kernel import clock
from bihuan.kernel.figures.scope import Scope
from bihuan.kernel.territory.models import Agency, AgencyKind, Region, RegionLevel
from bihuan.kernel.territory.trees import the_district

PROOF = "（送审稿）"


@dataclass(frozen=True, slots=True)
class Holder:
    """The place or agency a report is about, as its sentences and its head call it."""

    place: str
    organ: str
    mark: str
    recipient: str
    scope: Scope
    whole: bool
    agency: int | None = None


@dataclass(frozen=True, slots=True)
class Imprint:
    """What is printed around the text. Without ``number`` it is a proof; ``digest`` is in hexadecimal."""

    organ: str
    on: date = field(default_factory=clock.today)
    red_head: bool = True
    number: str = ""
    serial: str = ""
    signer: str = ""
    digest: str = ""
    demo: bool = False


def holder_of(region: Region, agency: Agency | None = None, sector_paths: tuple[str, ...] = ()) -> Holder:
    """The holder of a report on a district, a town or an agency's sectors."""
    district = the_district()
    whole_name = district.region.name if district else region.name
    committee = f"{whole_name}安全生产委员会办公室"
    if agency is not None:
        scope = Scope(regions=(region.path,), sectors=sector_paths)
        place = f"{agency.name}监管领域"
        return Holder(place, agency.name, agency.name[:2], committee, scope, False, agency.pk)
    if region.level in (RegionLevel.DISTRICT, RegionLevel.CITY):
        mark = f"{whole_name[0]}安办"
        return Holder(whole_name, committee, mark, f"{whole_name}人民政府", Scope(), True)
    government = Agency.objects.filter(region=region, kind=AgencyKind.TOWN_GOVERNMENT, until=None).first()
    organ = government.name if government else region.name
    return Holder(region.name, organ, f"{region.name[:2]}安", committee, Scope(regions=(region.path,)), False)
