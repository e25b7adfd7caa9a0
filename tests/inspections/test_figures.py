"""Counts come from records alone: by mode, visits and enterprises apart, a joint inspection once (M107, M111, M112)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bihuan.capabilities.inspections import inputs
from bihuan.capabilities.inspections.workload import enterprises_of, inspections_of
from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import answers, checking, registry
from bihuan.kernel.loops.escalation import climb_all
from tests.inspections.steps import (
    approved,
    arranged,
    arrival,
    clean,
    do,
    ending,
    found,
    names,
    ordered,
    recheck,
    tick_all,
)
from tests.web.conftest import SignIn
from tests.world import World

NAMES = ["inspections.done", "inspections.enforcement", "inspections.enterprises", "inspections.found"]


def year(on: date | None = None) -> tuple[Period, date]:
    today = on or clock.today()
    return Period.parse(str(today.year)), today


def counted(by: str = "", on: date | None = None) -> dict[str, object]:
    found_ = answers.values(NAMES, *year(on), by=by)
    if not by:
        return {name: found_[name].amount for name in NAMES}
    return {line: value.amount for line, value in found_["inspections.done"].by.items()}


def test_what_is_done_is_counted_once_by_mode_and_enterprise(world: World) -> None:
    clean(world)
    ordered(world, mode="covert", units=(world.builders.pk,))
    arranged(world, mode="four_no_two_straight")
    assert counted() == dict(zip(NAMES, (2, 2, 1, 1), strict=True))
    assert counted("kind") == {"明查": 1, "暗访": 1}
    assert counted("unit") == {"区应急管理局": 2}
    assert checking.check(1, 1).ok


def test_an_enterprise_counts_anew_in_the_next_year(world: World) -> None:
    with clock.frozen(datetime(2026, 12, 30, 9, tzinfo=ZoneInfo("Asia/Shanghai"))):
        clean(world)
    with clock.frozen(datetime(2027, 1, 4, 9, tzinfo=ZoneInfo("Asia/Shanghai"))):
        assert clean(world).first_of_year
        assert not clean(world).first_of_year
        assert counted(on=date(2027, 1, 4))["inspections.enterprises"] == 1


def test_what_weekly_forms_ask_for_is_there(world: World) -> None:
    assert "inspections.done" in registry.names()
    assert {"region", "sector", "agency"} <= registry.figure("inspections.done").tally.dims.keys()


def test_officers_are_counted_by_inspections_and_enterprises(world: World) -> None:
    clean(world)
    one = approved(world, officers=names(world, "officer", "regulator"))
    one = do(world, one, "arrive", arrival())
    do(world, found(world, tick_all(world, one)), "finish", ending())
    person = world.users["officer"].person_id
    period = year()[0]
    assert inspections_of([person], period) == {person: 2}
    assert enterprises_of([person], period) == {person: 1}


def test_the_statistics_page_opens_its_records(world: World, sign_in: SignIn) -> None:
    one = clean(world)
    client = sign_in("regulator")
    page = client.get("/inspections/statistics/").content.decode()
    assert "明查" in page
    address = f"/figures/inspections.done/records/?period={clock.today().year}&kind=open"
    assert one.no in client.get(address).content.decode()
    assert one.no in client.get(f"/enterprises/{world.factory.uid}/").content.decode()
    assert sign_in("safety").get("/inspections/statistics/").status_code == 403


def test_lists_take_the_same_number_of_statements_however_long(world: World, sign_in: SignIn) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = sign_in("regulator")
    client.get("/inspections/?tab=all")
    sizes = []
    for _ in range(2):
        for _ in range(2):
            arranged(world)
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/inspections/?tab=all").status_code == 200
        sizes.append(len(seen))
    assert sizes[0] == sizes[1]


def test_a_scheme_is_no_inspection(world: World) -> None:
    one = do(world, arranged(world), "cancel", inputs.Reason(reason="停产"))
    assert counted()["inspections.done"] == 0
    assert one.deadline is None
    assert one.planned_on + timedelta(days=0) == clock.today()


def test_orders_what_they_order_and_rechecks_are_counters_of_their_own(world: World) -> None:
    told = ["inspections.orders", "inspections.ordered", "inspections.rechecked", "inspections.failed"]

    def amounts(on: date) -> list[int | None]:
        found_ = answers.values(told, Period.parse(str(on.year)), on)
        return [found_[name].amount for name in told]

    clean(world)
    one = ordered(world)
    finished = clock.today()
    assert one.ordered_count == 1
    assert amounts(finished) == [1, 1, 0, 0]
    with clock.frozen(clock.now() + timedelta(days=12)):
        climb_all()
        again = clock.today() + timedelta(days=9)
        do(world, one, "recheck", recheck(one, "未整改", next_due=again))
        assert amounts(clock.today()) == [1, 1, 1, 1]
    assert amounts(finished) == [1, 1, 0, 0], "a report of an earlier day says what it said"
    assert checking.check(1, 1).ok
