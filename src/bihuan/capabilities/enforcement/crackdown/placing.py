"""Where an item lies and whose it is: the territory tree, the sector of its kind, the unit that leads the strike."""

from __future__ import annotations

from typing import Any

from bihuan.capabilities.enforcement.crackdown.catalogue import CODES, Kind
from bihuan.kernel import clock
from bihuan.kernel.errors import Absent, Refused
from bihuan.kernel.objects.access import access_object
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.meant import region_meant
from bihuan.kernel.territory.models import GONE, Agency, AgencyKind, Region, RegionLevel, Regulation, Sector
from bihuan.kernel.territory.names import name_key
from bihuan.kernel.territory.trees import in_force

SECTOR_OF = {
    Kind.FIREWORKS: "fireworks", Kind.EXPLOSIVES: "civil_explosives", Kind.CHEMICAL: "hazardous_chemicals",
    Kind.MINE: "noncoal_mine", Kind.VEHICLE: "road_traffic",
}  # fmt: skip
"""The sector whose regulator leads, by its code in the sector tree."""


def place(item: Any, given: Any, actor: Actor) -> None:
    """Before an item is opened: its place, sector and unit.

    Raises:
        Refused: the place is not known, or no unit can lead.
    """
    kind = CODES[given.code].kind
    item.object = _object(given, actor)
    item.place = _region(given, item.object)
    item.region_path = item.place.path
    sector = _sector(kind, item.object)
    item.sector_path = sector.path if sector else ""
    item.agency = _lead(getattr(given, "lead", None), sector, item)


def _object(given: Any, actor: Actor) -> Any:
    ref = getattr(given, "object", None)
    if ref is None:
        return None
    try:
        return access_object(actor, ref)
    except Absent:
        raise Refused.because(
            "crackdown.object_unknown", "没有查到这家企业，或不在您的辖区", "object"
        ) from None


def _region(given: Any, registered: Any) -> Region:
    text = getattr(given, "place", "")
    if not text:
        assert registered is not None
        region: Region = registered.region
        return region
    found = region_meant(text) or _village_of_town(text)
    if found is None or found.standing in GONE:
        raise Refused.because(
            "crackdown.place_unknown",
            f"没有查到“{text}”，请写镇街或村社区的名称；同名的村写成“东湖镇张庄村”",
            "place",
        )
    return found


def _village_of_town(text: str) -> Region | None:
    """东湖镇张庄村: the town first, then its village."""
    key = name_key(text)
    towns = Region.objects.filter(level__in=[RegionLevel.TOWN, RegionLevel.ZONE]).exclude(standing__in=GONE)
    for town in towns:
        rest = key.removeprefix(town.name_key)
        if rest and rest != key:
            return (
                Region.objects.filter(path__startswith=town.path, name_key=rest)
                .exclude(standing__in=GONE)
                .first()
            )
    return None


def _sector(kind: Kind, registered: Any) -> Sector | None:
    code = SECTOR_OF.get(kind)
    if code is not None:
        return Sector.objects.filter(in_force(clock.today()), code=code).first()
    return registered.sector if registered is not None else None


def _lead(chosen: int | None, sector: Sector | None, item: Any) -> Agency:
    """The unit named; else who leads the sector, the emergency bureau, the town, the committee office."""
    units = Agency.objects.filter(in_force(clock.today()))
    if chosen is not None:
        named = units.filter(pk=chosen).first()
        if named is None:
            raise Refused.because("crackdown.lead_unknown", "牵头单位不存在或已撤并，请重新选择", "lead")
        return named
    if sector is not None:
        leads = Regulation.objects.filter(in_force(clock.today()), sector=sector, lead=True)
        leads = leads.select_related("agency").order_by("id")
        regulated = next((one.agency for one in leads if one.agency.until is None), None)
        if regulated is not None:
            return regulated
    found = (
        units.filter(kind=AgencyKind.DEPARTMENT, name__contains="应急管理").order_by("order", "id").first()
        or units.filter(kind=AgencyKind.TOWN_GOVERNMENT, region__path=item.region_path).first()
        or units.filter(kind=AgencyKind.COMMITTEE_OFFICE).order_by("order", "id").first()
    )
    if found is None:
        raise Refused.because("crackdown.no_unit", "还没有登记可以牵头打击的单位，请选择牵头单位", "lead")
    return found
