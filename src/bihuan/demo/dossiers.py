"""What the registers of the demo district tell beyond names: parties of projects, exits of places, permits that lapse."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from bihuan.kernel import clock
from bihuan.kernel.objects.models import ObjectKind, SupervisedObject
from bihuan.kernel.people.actors import Actor
from bihuan.kernel.territory.models import Standing
from bihuan.registers import trail
from bihuan.registers.enterprises.dated_kinds import INSURANCE, PERMIT, PROCESS
from bihuan.registers.models import Building, DatedDetail, Facility, Place, Project

INSURERS = ("云湖保险公司", "滨湖财产保险", "振兴财险")
_PERMITS = {
    "hazardous_chemicals": "chemical_trade", "fireworks": "fireworks_trade", "town_gas": "gas_trade",
    "noncoal_mine": "work_safety", "coal_mine": "work_safety", "metallurgy": "work_safety", "road_transport": "road_transport",
}  # fmt: skip
_PROCESSES = {
    "metallurgy": ("molten_metal", "gas"), "nonferrous": ("molten_metal",), "building_materials": ("belt_conveyor", "confined_space"),
    "textiles": ("dust",), "light_industry": ("dust", "spraying"), "machinery": ("spraying", "confined_space"),
    "commerce": ("ammonia",), "hazardous_chemicals": ("hazardous_chemical", "major_source"),
}  # fmt: skip
_PLACES = {"education": "school", "health": "hospital", "care_homes": "care", "emerging": "amusement"}
_FACILITIES = {"pipeline": "gas", "urban_flooding": "bridge", "road_traffic": "bridge"}


def fill(objects: Sequence[SupervisedObject], by: Actor) -> None:
    """Tell what each object's register asks for; drawn by itself, so that no other story changes with it."""
    rng, today = Random("dossiers"), clock.today()  # noqa: S311 - an invented district
    projects = [_project(one, rng, today) for one in objects if one.kind == ObjectKind.PROJECT]
    buildings = [_building(one, rng, today) for one in objects if one.kind == ObjectKind.BUILDING]
    places = [_place(one, rng) for one in objects if one.kind == ObjectKind.PLACE]
    facilities = [_facility(one, rng, today) for one in objects if one.kind == ObjectKind.FACILITY]
    Project.objects.bulk_create(projects)
    Building.objects.bulk_create(buildings)
    Place.objects.bulk_create(places)
    Facility.objects.bulk_create(facilities)
    papers = [row for one in objects if one.kind == ObjectKind.ENTERPRISE for row in _papers(one, rng, today)]
    DatedDetail.objects.bulk_create(papers, batch_size=1000)
    trail.note(
        [
            trail.Noted(one, "registered", {"name": one.name, "kind": one.kind}, now=Standing.CONFIRMED.value)
            for one in objects
            if one.kind != ObjectKind.ENTERPRISE
        ],
        by,
    )


def _sector(one: SupervisedObject) -> str:
    return one.sector.code if one.sector else ""


def _project(one: SupervisedObject, rng: Random, today: date) -> Project:
    begun = today - timedelta(days=rng.randrange(60, 700))
    builder = one.responsible.name if one.responsible else "云湖建设工程有限公司"
    return Project(
        object=one, stage=rng.choices(("building", "stopped", "planned"), (85, 10, 5))[0], client="云湖城市建设有限公司",
        builder=builder, overseer=rng.choice(("滨湖监理有限公司", "正衡工程监理有限公司")),
        permit_no=f"370491{begun:%Y%m%d}{rng.randrange(1, 99):02d}01", floor_area=Decimal(rng.randrange(20, 900) * 100),
        begins_on=begun, ends_on=begun + timedelta(days=rng.randrange(540, 1000)),
    )  # fmt: skip


def _building(one: SupervisedObject, rng: Random, today: date) -> Building:
    high = _sector(one) == "fire"
    floors = rng.randrange(9, 30) if high else rng.randrange(2, 6)
    return Building(
        object=one, class_of=rng.choice(("high_public_1", "high_public_2", "high_mixed", "high_dwelling")) if high else "other",
        used_for="办公、商业" if high else "出租、经营", floors=floors, height=Decimal(floors * 3),
        floor_area=Decimal(floors * rng.randrange(3, 15) * 100),
        fire_state=rng.choices(("good", "partly", "broken", "none"), (70, 18, 4, 8))[0],
        checked_on=today - timedelta(days=rng.randrange(20, 500)),
    )  # fmt: skip


def _place(one: SupervisedObject, rng: Random) -> Place:
    sort = _PLACES.get(_sector(one)) or _sort_by_name(one.name)
    return Place(
        object=one, sort=sort, floor_area=Decimal(rng.randrange(3, 80) * 100), capacity=rng.randrange(4, 120) * 10,
        exits=rng.randrange(1, 7), fire_facilities="室内消火栓、灭火器、应急照明",
        fire_risk=rng.choices(("high", "higher", "general", "low"), (4, 16, 60, 20))[0],
    )  # fmt: skip


def _sort_by_name(name: str) -> str:
    words = {"景区": "sight", "酒店": "hotel", "网咖": "netbar", "影城": "amusement", "歌厅": "amusement"}
    return next((sort for word, sort in words.items() if word in name), "other")


def _facility(one: SupervisedObject, rng: Random, today: date) -> Facility:
    tested = today - timedelta(days=rng.randrange(30, 400))
    return Facility(
        object=one, sort=_FACILITIES.get(_sector(one), "other"), in_use="used", maintainer="云湖设施维护有限公司",
        tested_on=tested, next_test_on=tested + timedelta(days=365),
    )  # fmt: skip


def _papers(one: SupervisedObject, rng: Random, today: date) -> Iterable[DatedDetail]:
    sector, said = _sector(one), {"object": one, "said_by": "登记导入", "at": clock.now()}
    for code in _PROCESSES.get(sector, ()):
        if rng.random() < 0.7:
            yield DatedDetail(**said, kind=PROCESS.kind, code=code)
    if sector in _PERMITS:
        since = today - timedelta(days=rng.randrange(60, 1150))
        number = f"云许证〔{since.year}〕{rng.randrange(1, 900):04d}号"
        yield DatedDetail(
            **said, kind=PERMIT.kind, code=_PERMITS[sector], name="市应急管理局", number=number,
            since=since, until=since + timedelta(days=3 * 365 - 1),
        )  # fmt: skip
    if rng.random() < 0.6:
        since = today - timedelta(days=rng.randrange(5, 385))
        policy = f"YH{since:%Y%m}{rng.randrange(10**6):06d}"
        yield DatedDetail(
            **said, kind=INSURANCE.kind, code="liability", name=rng.choice(INSURERS), number=policy,
            count=rng.randrange(4, 300), since=since, until=since + timedelta(days=364),
        )  # fmt: skip
