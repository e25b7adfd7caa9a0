"""The people of the agencies: leaders with their portfolios, the committee office, bureaus, towns, grid, experts."""

from __future__ import annotations

from collections.abc import Sequence

from bihuan.demo.agencies import Agencies, Bureau
from bihuan.demo.people import Staff
from bihuan.demo.places import Town
from bihuan.kernel.people.models import Role
from bihuan.kernel.territory.models import Region, Sector

FLAGSHIP_TOWN = "青石镇"
PORTFOLIOS = (
    (
        "常务副区长",
        "industry_trade hazardous_chemicals fireworks noncoal_mine coal_mine civil_explosives fire power pipeline parks other",
    ),
    (
        "副区长（住建、交通、城市管理）",
        "construction town_gas self_built_houses road_traffic water_transport railway aviation"
        " postal urban_operation urban_flooding winter_heating telecommunications",
    ),
    (
        "副区长（教育、卫生、文旅、商贸、民政、市场监管）",
        "education health tourism care_homes food special_equipment emerging commerce",
    ),
    (
        "副区长（农业农村、水利、自然资源、生态环境）",
        "agriculture agricultural_machinery fishing_vessels forest_fire water_works"
        " geological_disaster grain_storage environment",
    ),
)


def appoint(staff: Staff, district: Region, agencies: Agencies, towns: Sequence[Town]) -> None:
    """Draw up everybody who holds an office, the demo's own identities first."""
    _leaders(staff, district, agencies)
    _office(staff, district, agencies)
    for bureau in agencies.bureaus:
        _bureau(staff, district, bureau)
    pairs = list(zip(towns, agencies.governments, strict=True))
    for town, government in sorted(pairs, key=lambda pair: pair[0].region.name != FLAGSHIP_TOWN):
        head = staff.seat(Role.TOWN, "应急管理办公室主任", agency=government, region=town.region, heads=True)
        clerks = [
            staff.seat(Role.TOWN, title, agency=government, region=town.region)
            for title in ("应急管理办公室工作人员", "安监站工作人员")
        ]
        staff.town[town.region.path] += [head, *clerks]
        for village in town.villages[:2]:
            staff.grid[town.region.path].append(
                staff.seat(Role.GRID, f"{village.name}网格员", agency=government, region=town.region)
            )
    for trade in ("机械冶金", "化工", "建筑施工", "消防"):
        staff.experts.append(staff.seat(Role.EXPERT, f"区安全生产专家库专家（{trade}）", region=district))
    for role, title in (
        (Role.SYSTEM_ADMIN, "系统管理员"),
        (Role.SECURITY_ADMIN, "安全管理员"),
        (Role.AUDITOR, "审计管理员"),
    ):
        staff.seat(role, title)


def _leaders(staff: Staff, district: Region, agencies: Agencies) -> None:
    sectors = {sector.code: sector for sector in Sector.objects.all()}
    government = agencies.leadership
    for title, codes in PORTFOLIOS:
        held = [sectors[code] for code in codes.split()]
        staff.leaders.append(staff.seat(Role.LEADER, title, agency=government, region=district, sectors=held))
    first = staff.leaders[0]
    staff.seat(Role.LEADER, "区安委会常务副主任", agency=government, region=district, person=first.person)
    staff.leaders.append(staff.seat(Role.LEADER, "区长", agency=government, region=district, heads=True))


def _office(staff: Staff, district: Region, agencies: Agencies) -> None:
    for title, heads in (("专职副主任", True), ("综合协调科科长", False), ("督查考核科科员", False)):
        staff.office.append(
            staff.seat(Role.OFFICE, title, agency=agencies.office, region=district, heads=heads)
        )


def _titles(department: str) -> tuple[str, str, str]:
    if department.endswith("大队"):
        return f"{department}负责人", f"{department}教导员", f"{department}民警"
    stem = department.removesuffix("科")
    return f"{stem}科科长", f"{stem}科副科长", f"{stem}科科员"


def _bureau(staff: Staff, district: Region, bureau: Bureau) -> None:
    """An agency that leads no sector acts only on what is its own."""
    agency, region = bureau.agency, district if bureau.leads else None
    seats = [
        staff.seat(
            Role.REGULATOR, title, agency=agency, region=region, sectors=bureau.leads, heads=not number
        )
        for number, title in enumerate(_titles(bureau.department))
    ]
    seats += [
        staff.seat(
            Role.OFFICER, f"执法{number}中队执法人员", agency=agency, region=region, sectors=bureau.leads
        )
        for number in ("一", "二", "三")[: bureau.officers]
    ]
    staff.bureau[agency.pk] += seats
