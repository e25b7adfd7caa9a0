"""The people's congress looks at the archives of the demo: two departments have their pack, one has been looked through."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import islice

from bihuan.demo.casting import Casting
from bihuan.demo.stage import Stage
from bihuan.demo.stories import Story
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.territory.trees import the_district
from bihuan.reporting import drafting
from bihuan.reporting.archives import index
from bihuan.reporting.archives.opening import open_item
from bihuan.reporting.models import Kind

PACKS, LOOKED_AT = 2, 12


def archives(stage: Stage, casting: Casting) -> Iterator[Story]:
    """One story: packs are begun, and on the day of the inspection some items are opened."""
    yield _inspected(stage, casting)


def _inspected(stage: Stage, casting: Casting) -> Story:
    day = casting.today - timedelta(days=1)
    yield datetime.combine(day, time(15, 10), clock.SHANGHAI)
    district, year = the_district(), Period.parse(str(day.year))
    assert district is not None
    office = stage.staff.office[0].actor()
    begun = [
        unit
        for unit in index.departments(day.year)
        if unit.regulations.filter(lead=True, until=None).exists()
    ][:PACKS]
    for unit in begun:
        drafting.begin(Kind.LEGISLATURE.value, year, day, district.region, office, unit)
    for unit in begun[:1]:
        for item in islice(index.items(unit, year, office), LOOKED_AT):
            open_item(unit, year, item.loop, item.no, office)
