"""What the demo's years are compared with: the ledger of five earlier years, and the numbers that rates are divided by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from bihuan.capabilities.accidents.inputs import FromLedger
from bihuan.capabilities.accidents.law import kinds_on
from bihuan.demo.casting import Casting
from bihuan.demo.people import Seat
from bihuan.demo.places import NAME, Town
from bihuan.demo.stage import Stage
from bihuan.demo.stories import Story
from bihuan.kernel import clock
from bihuan.kernel.loops import engine
from bihuan.kernel.responsibility.chain import lead_agency
from bihuan.kernel.territory.models import Sector
from bihuan.registers.economy.keeping import tell
from bihuan.registers.economy.meaning import told_by

ROAD, TRADE, BUILDING, MINE, FIRE = (
    "road_traffic",
    "industry_trade",
    "construction",
    "noncoal_mine",
    "fire",
)
EARLIER: dict[int, tuple[tuple[str, str, int, int, int], ...]] = {
    5: (("02-11", ROAD, 1, 1, 42), ("03-20", ROAD, 0, 2, 18), ("05-07", TRADE, 1, 0, 96), ("06-15", ROAD, 2, 0, 70),
        ("08-23", BUILDING, 1, 0, 120), ("10-09", ROAD, 1, 0, 35), ("11-28", FIRE, 0, 1, 64)),
    4: (("01-19", ROAD, 1, 0, 40), ("04-02", ROAD, 0, 1, 15), ("05-30", MINE, 1, 0, 130), ("07-11", ROAD, 1, 2, 55),
        ("09-16", TRADE, 0, 2, 38), ("10-21", ROAD, 2, 1, 88), ("12-13", BUILDING, 1, 0, 115)),
    3: (("02-08", ROAD, 1, 0, 36), ("03-27", BUILDING, 3, 1, 410), ("05-12", ROAD, 0, 2, 22), ("06-25", TRADE, 1, 0, 104),
        ("08-19", ROAD, 1, 0, 41), ("09-30", ROAD, 1, 1, 47), ("11-05", FIRE, 0, 0, 52), ("12-20", ROAD, 1, 0, 33)),
    2: (("01-14", ROAD, 1, 0, 39), ("03-06", TRADE, 1, 0, 98), ("04-18", ROAD, 2, 0, 76), ("06-02", ROAD, 0, 1, 17),
        ("07-29", BUILDING, 1, 0, 125), ("09-11", ROAD, 1, 1, 44), ("11-17", TRADE, 0, 2, 46)),
    1: (("01-16", TRADE, 1, 0, 120), ("02-24", ROAD, 1, 1, 35), ("03-13", ROAD, 1, 0, 40), ("04-09", BUILDING, 1, 0, 150),
        ("05-21", ROAD, 2, 0, 60), ("06-30", TRADE, 0, 2, 45), ("08-12", ROAD, 1, 0, 40), ("09-05", FIRE, 0, 0, 30),
        ("10-18", BUILDING, 1, 0, 130), ("12-06", ROAD, 1, 0, 38)),
    0: (("01-22", ROAD, 1, 0, 37), ("03-15", TRADE, 0, 1, 28)),
}  # fmt: skip
"""Years ago, then day, field, dead, severely injured and loss in 万元 of each accident."""
TYPES = {
    ROAD: "道路",
    TRADE: "机械",
    BUILDING: "高处坠落",
    MINE: "物体打击",
    FIRE: "火灾",
}
PLACES = {
    ROAD: "县道 {n} 号路段",
    TRADE: "{town}机械加工厂生产车间",
    BUILDING: "{town}安置房工地 {n} 号楼",
    MINE: "{town}采石场作业平台",
    FIRE: "{town}沿街商铺",
}
GDP = {5: 682_300, 4: 724_800, 3: 769_500, 2: 823_900, 1: 884_600}
"""Years ago, in 万元: the year's; the first half and nine months of this year are their usual share of a little more."""
CITY = {5: "0.026", 4: "0.025", 3: "0.024", 2: "0.022", 1: "0.021"}
VEHICLES = {2: 108_400, 1: 112_300}


def statistics(stage: Stage, casting: Casting, towns: Sequence[Town]) -> Iterator[Story]:
    """The ledger of earlier years is taken in soon after the district began; bulletins are entered as they came."""
    yield _earlier_years(stage, casting, towns)
    yield _published(stage, casting)


def _earlier_years(stage: Stage, casting: Casting, towns: Sequence[Town]) -> Story:
    yield casting.moment(170)
    sectors = {row.code: row for row in Sector.objects.filter(code__in=TYPES, until=None)}
    year, number = clock.today().year, 0
    for ago, lines in EARLIER.items():
        given, columns = [], []
        for day, field, dead, hurt, wan in lines:
            on = date.fromisoformat(f"{year - ago}-{day}")
            if on >= clock.today():
                continue
            number += 1
            town, sector = towns[number % len(towns)], sectors[field]
            given.append(_row(on, field, sector, town, number, (dead, hurt, wan)))
            columns.append(
                {
                    "region_path": town.region.path,
                    "sector_path": sector.path,
                    "agency_id": lead_agency(sector.path, on),
                }
            )
        if given:
            engine.open_many(
                "accident", "enter_ledger", given, actor=_office(stage).actor("import"), columns=columns
            )


def _row(
    on: date, field: str, sector: Sector, town: Town, number: int, told: tuple[int, int, int]
) -> FromLedger:
    dead, hurt, wan = told
    kind = next((one.code for one in kinds_on(on) if one.name.startswith(TYPES[field])), "")
    settled = date(on.year + 1, 3, 31)
    closed = settled if settled < clock.today() else None
    return FromLedger(
        occurred_on=on, place=PLACES[field].format(town=town.stem, n=number % 9 + 3), deaths=dead, serious=hurt,
        loss=wan * 1_000_000, region=town.region.pk, sector=sector.pk, type=kind, closed_on=closed,
        closed_by="区政府批复" if closed else "", ledger=f"{NAME}{on.year}年生产安全事故台账.xlsx",
    )  # fmt: skip


def _published(stage: Stage, casting: Casting) -> Story:
    yield casting.moment(3)
    year = clock.today().year
    office = _office(stage).actor()
    for said in _bulletins(year):
        if date.fromisoformat(said["published_on"]) <= clock.today():
            tell(told_by(said), office)


def _bulletins(year: int) -> Iterator[dict[str, str]]:
    """Each bulletin as it came: a first accounting, verified a year later; the city's rates; vehicles."""
    for ago, wan in GDP.items():
        of = year - ago
        yield _gdp(of, wan, "provisional", f"{of + 1}-02-20", f"{NAME}{of}年国民经济和社会发展统计公报")
        verified = f"{NAME}统计局关于{of}年地区生产总值最终核实结果的通知"
        yield _gdp(of, wan + (-1) ** of * 1_150, "final", f"{of + 2}-01-15", verified)
        yield {
            "indicator": "gdp_deaths", "place": "全市", "year": str(of), "amount": CITY[ago], "stage": "published",
            "source": f"市安委会办公室关于{of}年度安全生产指标情况的通报", "published_on": f"{of + 1}-03-10",
        }  # fmt: skip
    for ago, count in VEHICLES.items():
        yield {
            "indicator": "vehicles", "year": str(year - ago), "amount": str(count), "stage": "published",
            "source": "公安分局交警大队统计年报", "published_on": f"{year - ago + 1}-01-25",
        }  # fmt: skip
    yield {
        **_gdp(year, 447_200, "provisional", f"{year}-07-25", f"{NAME}{year}年上半年经济运行情况"),
        "span": "上半年",
    }
    yield {
        **_gdp(year, 688_900, "provisional", f"{year}-10-25", f"{NAME}{year}年前三季度经济运行情况"),
        "span": "前三季度",
    }


def _gdp(year: int, wan: int, stage: str, on: str, source: str) -> dict[str, str]:
    return {"indicator": "gdp", "year": str(year), "amount": str(wan), "stage": stage, "source": source, "published_on": on}  # fmt: skip


def _office(stage: Stage) -> Seat:
    return stage.staff.office[0]
