"""Last month's dispatch pack of the demo, issued, with the month before forgotten; and a half-year beside last year's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from bihuan.demo.casting import Casting
from bihuan.demo.stage import Stage
from bihuan.demo.stories import Story
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.expectations.cadences import ensure
from bihuan.kernel.figures.comparing import a_year_before
from bihuan.kernel.territory.trees import the_district
from bihuan.kernel.web.figures.cards import current_half
from bihuan.reporting import drafting, issuing, regular
from bihuan.reporting.models import Kind

MARK = "云安办"
KIND = Kind.MONTHLY_PACK.value


def packs(stage: Stage, casting: Casting) -> Iterator[Story]:
    """The pack of the month that is over, and this half-year's report with last year's to compare it with."""
    yield _issued(stage, casting)
    yield _beside_last_year(stage, casting)


def _issued(stage: Stage, casting: Casting) -> Story:
    last = Period.month_of((casting.today - timedelta(days=3)).replace(day=1) - timedelta(days=1))
    before = Period.month_of(last.first - timedelta(days=1))
    day = min(
        last.last + timedelta(days=13), casting.today - timedelta(days=2)
    )  # the ledgers have come by then
    yield datetime.combine(day, time(10, 20), clock.SHANGHAI)
    district = the_district()
    assert district is not None
    regular.expect(KIND, before, district.region)
    for month in (before, last, Period.month_of(casting.today)):
        ensure(month, regular.kind_of(KIND))
    office = stage.staff.office[0].actor()
    report = drafting.begin(KIND, last, last.last, district.region, office)
    issuing.issue(report.uid, stage.staff.office[0].actor(), version=report.version, mark=MARK)


def _beside_last_year(stage: Stage, casting: Casting) -> Story:
    """Last year's half, made up from its accidents and issued, so that this year's draft opens beside it."""
    yield casting.moment(1)
    district = the_district()
    assert district is not None
    today = clock.today()
    half = current_half(today)
    then, cut_off = a_year_before(half, today)
    office = stage.staff.office[0].actor()
    former = drafting.begin(Kind.HALF_YEAR.value, then, cut_off, district.region, office)
    issuing.issue(former.uid, stage.staff.office[0].actor(), version=former.version, mark=MARK)
    drafting.begin(Kind.HALF_YEAR.value, half, today, district.region, office)
