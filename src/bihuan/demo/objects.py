"""What is supervised in the demo district: enterprises, projects, buildings, places and facilities, by trade and town."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from bihuan.demo.agencies import Agencies
from bihuan.demo.people import Staff
from bihuan.demo.places import CODE, NAME, Town
from bihuan.demo.words import BRAND_FIRST, BRAND_LAST, options, table
from bihuan.kernel.objects.access import draft_object
from bihuan.kernel.objects.models import ObjectKind, SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.people.models import Role
from bihuan.kernel.territory.models import Region, Sector
from bihuan.registers.credit_code import ALPHABET, make
from bihuan.registers.enterprises.ledger_names import LedgerName, LedgerNames
from bihuan.registers.enterprises.registration import EnterpriseRow, import_enterprises
from bihuan.registers.models import Ownership, Scale

FLAGSHIP = "云湖鼎晟精密机械有限公司"
UNCONFIRMED = (
    ("青石镇恒发塑料厂", "light_industry"),
    ("柳溪兴旺木业加工点", "light_industry"),
    ("白塔镇老李汽修店", "commerce"),
    ("南塘镇聚福饭店", "commerce"),
    ("河口镇顺达停车场", "road_traffic"),
    ("松岭诚信砖瓦厂", "building_materials"),
)
INDUSTRIAL = frozenset({"machinery", "building_materials", "metallurgy", "nonferrous", "textiles"})
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True, slots=True)
class Site:
    """One object with its town and the groups its findings are drawn from."""

    object: SupervisedObject
    town: Town
    findings: tuple[str, ...]


@dataclass(slots=True)
class _Draft:
    row: dict[str, str]
    name: str
    town: Town
    region: Region
    code: str


def populate(
    staff: Staff, agencies: Agencies, towns: Sequence[Town], rng: Random, wanted: int, accounts: int
) -> list[Site]:
    """Enter ``wanted`` objects into the register; ``accounts`` of them have people who can sign in."""
    drafts = _drafts(towns, rng, wanted)
    register = {draft.code: draft for draft in drafts if draft.row["kind"] == ObjectKind.ENTERPRISE}
    chiefs = _register_enterprises(list(register.values()), staff, rng)
    sites = _placed(drafts, agencies, rng)
    sites.sort(key=lambda site: site.object.name != FLAGSHIP)
    _staffed(sites, staff, rng, accounts, chiefs)
    return sites


def unconfirmed(towns: Sequence[Town]) -> list[SupervisedObject]:
    """What only a ledger has named so far, waiting for confirmation; nobody's regulator yet."""
    sectors = {sector.code: sector for sector in Sector.objects.all()}
    named = []
    for name, code in UNCONFIRMED:
        town = next(town for town in towns if name.startswith(town.stem))
        named.append(LedgerName(name=name, code="", region=town.region, sector=sectors[code]))
    register = LedgerNames(named, "镇街隐患台账")
    found = [register.object_of(each) for each in named]
    register.save()
    return found


def _drafts(towns: Sequence[Town], rng: Random, wanted: int) -> list[_Draft]:
    rows = table("trades")
    whole = sum(int(row["count"]) for row in rows)
    used = {FLAGSHIP}
    machines = next(row for row in rows if row["sector"] == "machinery")
    home = next(town for town in towns if town.weight == max(each.weight for each in towns))
    found = [_Draft(machines, FLAGSHIP, home, home.villages[-1], credit_code("1", rng))]
    shares = [(row, number) for row in rows for number in range(int(row["count"]))]
    for row, _ in (shares[index * whole // wanted] for index in range(1, wanted)):
        weights = [town.weight if row["sector"] in INDUSTRIAL else 1 for town in towns]
        town = rng.choices(towns, weights)[0]
        village = rng.choice(town.villages)
        name = _name(row["names"], town, village, rng, used)
        found.append(_Draft(row, name, town, village, credit_code(_department_kind(row), rng)))
    return found


def _name(templates: str, town: Town, village: Region, rng: Random, used: set[str]) -> str:
    stem = village.name.removesuffix("社区").removesuffix("村")
    while True:
        template = rng.choice(options(templates))
        name = template.format(
            b=rng.choice(BRAND_FIRST) + rng.choice(BRAND_LAST), t=town.stem, v=stem, n=rng.randrange(1, 16)
        )
        if name not in used:
            used.add(name)
            return name


def _department_kind(row: dict[str, str]) -> str:
    return "2" if row["kind"] in (ObjectKind.PLACE, ObjectKind.FACILITY) else "1"


def credit_code(kind: str, rng: Random) -> str:
    """A code that passes both checks, in the invented district's range."""
    organisation = "MA" + "".join(rng.choice(ALPHABET) for _ in range(6))
    values = [int(sign) if sign.isdigit() else ord(sign) - 55 for sign in organisation]
    total = sum(value * weight for value, weight in zip(values, _ORGANISATION_WEIGHTS, strict=True))
    check = "0123456789X0"[(11 - total % 11) % 11]
    department = "9" if kind == "1" else "1"
    return make(f"{department}{kind}{CODE}{organisation}{check}")


def _register_enterprises(drafts: Sequence[_Draft], staff: Staff, rng: Random) -> dict[str, tuple[str, str]]:
    chiefs = {draft.code: (staff.called(), staff.called()) for draft in drafts}
    rows = [
        EnterpriseRow(number, str(number), _cells(draft, chiefs[draft.code], rng))
        for number, draft in enumerate(drafts, start=1)
    ]
    outcome = import_enterprises(rows, Actor.system("import"))
    if outcome.rejected:
        raise AssertionError(outcome.rejected[:3])
    return chiefs


def _cells(draft: _Draft, chiefs: tuple[str, str], rng: Random) -> dict[str, str]:
    scale = rng.choices((Scale.MICRO, Scale.SMALL, Scale.MEDIUM, Scale.ABOVE), (30, 50, 12, 8))[0]
    staff = {"micro": (4, 20), "small": (20, 120), "medium": (120, 480), "above": (80, 900)}[scale]
    ownership = rng.choices((Ownership.PRIVATE, Ownership.STATE, Ownership.MIXED), (88, 6, 6))[0]
    return {
        "name": draft.name,
        "credit_code": draft.code,
        "region": draft.region.name,
        "sector": Sector.objects.get(code=draft.row["sector"]).name,
        "address": _address(draft, rng),
        "industry_code": draft.row["industry"],
        "ownership": str(ownership.label),
        "scale": str(scale.label),
        "staff_count": str(rng.randrange(*staff)),
        "principal_name": chiefs[0],
        "principal_phone": _phone(rng),
        "safety_manager_name": chiefs[1],
        "safety_manager_phone": _phone(rng),
        "business": draft.row["business"],
    }


def _phone(rng: Random) -> str:
    return f"1{rng.choice('3578')}9{rng.randrange(10**8):08d}"


def _address(draft: _Draft, rng: Random) -> str:
    road = rng.choice(("振兴路", "工业路", "滨湖路", "人民路", "青年路", "创业路", "解放街", "文化路"))
    return f"{NAME}{draft.town.region.name}{draft.region.name}{road}{rng.randrange(1, 400)}号"


def _placed(drafts: Sequence[_Draft], agencies: Agencies, rng: Random) -> list[Site]:
    """Let each object lie on the map, under its bureau; what is no enterprise is written here."""
    known = {found.credit_code: found for found in SupervisedObject.objects.exclude(credit_code="")}
    sectors = {sector.code: sector for sector in Sector.objects.all()}
    builders = [
        known[draft.code]
        for draft in drafts
        if draft.row["sector"] == "construction" and draft.code in known
    ]
    sites, fresh = [], []
    for draft in drafts:
        sector = sectors[draft.row["sector"]]
        found = known.get(draft.code)
        if found is None:
            found = draft_object(
                draft.name,
                draft.region,
                kind=ObjectKind(draft.row["kind"]),
                sector=sector,
                credit_code=draft.code if draft.row["kind"] == ObjectKind.PLACE else "",
                address=_address(draft, rng),
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
            staff.seat(
                Role.PRINCIPAL, title, site=site.object, heads=True, account=acting, name=names[0]
            )
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
