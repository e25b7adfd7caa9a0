"""Five years of accidents, 2016 to 2020, whose sums are the golden numbers N17–N27; and the smaller sets N30 and N31."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tests.accidents.test_figures import on
from tests.world import World

ROAD, SHOP, BUILDING, MINE, FIRE, FACTORY = "道路交通", "商贸", "建筑施工", "非煤矿山", "消防", "工贸"


@dataclass(frozen=True)
class Year:
    """``fatal`` are (field, dead) of each accident with dead; ``road`` and ``rest`` count those without; loss in 万元."""

    fatal: tuple[tuple[str, int], ...]
    road: int
    rest: int
    wan: int


SET = {
    2016: Year(((ROAD, 1), (FACTORY, 1), (BUILDING, 2)), 15, 2, 150),
    2017: Year(((ROAD, 1), (FACTORY, 1)), 16, 2, 150),
    2018: Year(((ROAD, 1), (BUILDING, 1), (FACTORY, 1)), 16, 2, 158),
    2019: Year(((ROAD, 6), (BUILDING, 3), (ROAD, 1), (FACTORY, 1)), 17, 4, 318),
    2020: Year(((SHOP, 1), (SHOP, 1), (FIRE, 1), (ROAD, 9), (MINE, 3)), 22, 2, 810),
    2021: Year(((ROAD, 1), (ROAD, 1), (FACTORY, 1), (FACTORY, 1)), 4, 0, 200),
    2022: Year(((ROAD, 1), (ROAD, 1), (FACTORY, 1)), 2, 0, 100),
}


def build(world: World) -> None:
    """Every accident is received on its own morning; the second halves of 2021 and 2022 hold all of those years."""
    for year, told in SET.items():
        accidents = [*told.fatal, *[(ROAD, 0)] * told.road, *[(FACTORY, 0)] * told.rest]
        first = date(year, 7, 1) if year > 2020 else date(year, 1, 8)
        share, rest = divmod(told.wan, len(accidents))
        for number, (field, dead) in enumerate(accidents):
            day = first + timedelta(days=number * 5)
            loss = share + (rest if number == 0 else 0)
            on(world, day.isoformat(), dead, sector=field, wan=loss)


def missing(world: World) -> None:
    """N31: thirteen dead and sixteen missing in one year."""
    for day, dead, lost in (
        ("2015-09-01", 1, 0), ("2015-09-02", 1, 0), ("2015-10-21", 0, 9), ("2015-10-22", 1, 7), ("2015-10-25", 10, 0),
    ):  # fmt: skip
        on(world, day, dead, missing=lost)
