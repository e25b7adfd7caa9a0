"""What is supervised in the demo district: enterprises, projects, buildings, places and facilities, by trade and town."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from bihuan.demo import dossiers
from bihuan.demo.agencies import Agencies
from bihuan.demo.drafts import FLAGSHIP, Draft, address, cells, drafts
from bihuan.demo.people import Staff
from bihuan.demo.places import Town
from bihuan.kernel.objects.access import draft_object
from bihuan.kernel.objects.models import ObjectKind, SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.territory.models import Sector
from bihuan.registers.enterprises.ledger_names import LedgerName, LedgerNames
from bihuan.registers.enterprises.registration import EnterpriseRow, import_enterprises

UNCONFIRMED = (
    ("青石镇恒发塑料厂", "light_industry"),
    ("柳溪兴旺木业加工点", "light_industry"),
    ("白塔镇老李汽修店", "commerce"),
    ("南塘镇聚福饭店", "commerce"),
    ("河口镇顺达停车场", "road_traffic"),
    ("松岭诚信砖瓦厂", "building_materials"),
)


@dataclass(frozen=True, slots=True)
class Site:
    """One object with its town and the groups its findings are drawn from."""

    object: SupervisedObject
    town: Town
    findings: tuple[str, ...]

    @property
    def runs(self) -> bool:
        """Whether it produces or sells, so that stopping costs orders."""
        return self.object.kind == ObjectKind.ENTERPRISE


def populate(
    staff: Staff, agencies: Agencies, towns: Sequence[Town], rng: Random, wanted: int, accounts: int
) -> list[Site]:
    """Enter ``wanted`` objects into the register; ``accounts`` of them have people who can sign in."""
    drawn = drafts(towns, rng, wanted)
    register = {draft.code: draft for draft in drawn if draft.is_enterprise}
    chiefs = _register_enterprises(list(register.values()), staff, rng)
    sites = _placed(drawn, agencies, rng)
    dossiers.fill([site.object for site in sites], Actor.system("import"))
    sites.sort(key=lambda site: site.object.name != FLAGSHIP)
    _staffed(sites, staff, rng, accounts, chiefs)
    return sites


def unconfirmed(towns: Sequence[Town]) -> list[Site]:
    """What only a ledger has named so far, waiting for confirmation; nobody's regulator yet."""
    sectors = {sector.code: sector for sector in Sector.objects.all()}
    homes = [next(town for town in towns if name.startswith(town.stem)) for name, _ in UNCONFIRMED]
    named = [
        LedgerName(name=name, code="", region=town.region, sector=sectors[code])
        for (name, code), town in zip(UNCONFIRMED, homes, strict=True)
    ]
    register = LedgerNames(named, "镇街隐患台账")
    found = [Site(register.object_of(each), town, ("shop",)) for each, town in zip(named, homes, strict=True)]
    register.save()
    return found


def _register_enterprises(drawn: Sequence[Draft], staff: Staff, rng: Random) -> dict[str, tuple[str, str]]:
    chiefs = {draft.code: (staff.called(), staff.called()) for draft in drawn}
    rows = [
        EnterpriseRow(number, str(number), cells(draft, chiefs[draft.code], rng))
        for number, draft in enumerate(drawn, start=1)
    ]
    outcome = import_enterprises(rows, Actor.system("import"))
    if outcome.rejected:
        raise AssertionError(outcome.rejected[:3])
    return chiefs


def _placed(drawn: Sequence[Draft], agencies: Agencies, rng: Random) -> list[Site]:
    """Let each object lie on the map, under its bureau; what is no enterprise is written here."""
    known = {found.credit_code: found for found in SupervisedObject.objects.exclude(credit_code="")}
    sectors = {sector.code: sector for sector in Sector.objects.all()}
    builders = [
        known[draft.code] for draft in drawn if draft.row["sector"] == "construction" and draft.code in known
    ]
    sites, fresh = [], []
    for draft in drawn:
        sector = sectors[draft.row["sector"]]
        found = known.get(draft.code)
        if found is None:
            found = draft_object(
                draft.name,
                draft.region,
                kind=ObjectKind(draft.row["kind"]),
                sector=sector,
                credit_code=draft.code if draft.has_licence else "",
                address=address(draft, rng),
            )
            if draft.row["kind"] == ObjectKind.PROJECT and builders:
                found.responsible = rng.choice(builders)
            fresh.append(found)
        found.agency = agencies.lead(sector.path).agency
        found.latitude, found.longitude = draft.town.spot(rng)
        found.since = date(2004, 1, 1) + timedelta(days=rng.randrange(7600))
        sites.append(Site(found, draft.town, tuple(draft.row["findings"].split())))
    SupervisedObject.objects.bulk_create(fresh, batch_size=500)
    SupervisedObject.objects.bulk_update(
        list(known.values()), ["agency", "latitude", "longitude", "since"], batch_size=200
    )
    return sites


def _staffed(
    sites: Sequence[Site], staff: Staff, rng: Random, accounts: int, chiefs: dict[str, tuple[str, str]]
) -> None:
    """A head for every object, some posts vacant; where there are accounts also two who see to safety."""
    every = max(1, len(sites) // max(1, accounts))
    for number, (site, title) in enumerate(_titled(sites)):
        acting = number % every == 0
        if not acting and rng.random() < 0.02:
            continue
        names = chiefs.get(site.object.credit_code) or ("", "")
        seats = [
            staff.seat(Role.PRINCIPAL, title, site=site.object, heads=True, account=acting, name=names[0])
        ]
        if acting:
            seats.append(staff.seat(Role.SAFETY, "安全科长", site=site.object, name=names[1]))
            seats.append(staff.seat(Role.SAFETY, "专职安全员", site=site.object))
            staff.inside[site.object.uid] = seats


def _titled(sites: Sequence[Site]) -> Iterator[tuple[Site, str]]:
    titles = {
        ObjectKind.ENTERPRISE: "总经理",
        ObjectKind.PROJECT: "项目经理",
        ObjectKind.BUILDING: "产权人代表",
        ObjectKind.PLACE: "负责人",
        ObjectKind.FACILITY: "管理单位负责人",
    }
    special = {"education": "校（园）长", "health": "院长", "care_homes": "院长"}
    for site in sites:
        sector = site.object.sector
        title = special.get(sector.code if sector else "") or titles[ObjectKind(site.object.kind)]
        yield site, title
