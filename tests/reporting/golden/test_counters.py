"""Counters of enforcement, meetings and visits (M261, M262): each of them the rows themselves, counted a second way in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from django.db import connection

from bihuan.kernel import clock
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import answers
from bihuan.kernel.figures.scope import Scope
from tests.enforcement import crackdown_steps
from tests.reporting.golden.people import Golden, moment

PERIODS = [
    ("2023H1", "2023-06-30"),
    ("2023Q1", "2023-03-31"),
    ("2023Q2", "2023-05-20"),
    ("2022", "2022-12-31"),
]
HAZARDS = "SELECT COUNT(*) FROM hazards_hazard WHERE NOT voided AND found_on BETWEEN %(first)s AND %(until)s AND region_path LIKE %(at)s"
COUNTERS = {
    "hazards.found": HAZARDS,
    "hazards.urged": HAZARDS + " AND rectify_by IS NOT NULL",
    "hazards.rectified": HAZARDS + " AND accepted_on <= %(cut)s",
    "inspections.done": (
        "SELECT COUNT(*) FROM inspections_inspection WHERE finished_on BETWEEN %(first)s AND %(until)s"
        " AND region_path LIKE %(at)s"
    ),
    "measures.stop_orders": (
        "SELECT COUNT(*) FROM measures_measure WHERE NOT voided AND family = 'stop'"
        " AND since BETWEEN %(first)s AND %(until)s AND region_path LIKE %(at)s"
    ),
    "cases.fines_decided": (
        "SELECT COALESCE(SUM(fine_fen), 0) FROM enforcement_case WHERE outcome = 'penalty'"
        " AND decided_on BETWEEN %(first)s AND %(until)s AND region_path LIKE %(at)s"
    ),
    "crackdown.banned": (
        "SELECT COUNT(*) FROM crackdown_item WHERE NOT dismissed AND found_on BETWEEN %(first)s AND %(until)s"
        " AND banned_on <= %(cut)s AND region_path LIKE %(at)s"
    ),
    "crackdown.persons_detained": (
        "SELECT COALESCE(SUM(detained_persons), 0) FROM crackdown_item WHERE NOT dismissed"
        " AND found_on BETWEEN %(first)s AND %(until)s AND struck_on <= %(cut)s AND region_path LIKE %(at)s"
    ),
}  # fmt: skip


def counted(sql: str, period: Period, cut: date, at: str) -> int:
    given = {"first": period.first, "until": min(period.last, cut), "cut": cut, "at": f"{at}%"}
    return int(rows(sql, given)[0][0])


def rows(sql: str, given: dict[str, Any]) -> Sequence[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return list(cursor.fetchall())


def dens(golden: Golden) -> None:
    """Two dens banned, with five persons detained."""
    for persons, day in ((2, date(2023, 2, 15)), (3, date(2023, 5, 10))):
        with clock.frozen(moment(day)):
            struck = crackdown_steps.struck(golden.world, detained_persons=persons)
            crackdown_steps.banned(golden.world, crackdown_steps.awaiting(golden.world, struck))


def test_each_counter_is_its_own_rows_over_the_same_period_and_scope(golden: Golden) -> None:
    dens(golden)
    world = golden.world
    told: dict[str, int | None] = {}
    for label, cut in PERIODS:
        period, day = Period.parse(label), date.fromisoformat(cut)
        for at in ("", world.east.path, world.west.path):
            scope = Scope(regions=(at,)) if at else Scope()
            found = answers.values(list(COUNTERS), period, day, scope)
            for name, sql in COUNTERS.items():
                assert found[name].amount == counted(sql, period, day, at), (name, label, at)
                told.setdefault(name, found[name].amount)
    assert told["crackdown.persons_detained"] == 5
    assert told["crackdown.banned"] == 2
    assert len({told[name] for name in ("hazards.found", "hazards.urged", "hazards.rectified")}) == 3, (
        "never one"
    )


def test_urged_and_rectified_are_parts_of_found(golden: Golden) -> None:
    found = answers.values(
        ["hazards.found", "hazards.urged", "hazards.rectified"],
        Period.parse("2023H1"),
        date(2023, 6, 30),
        by="town",
    )
    for line, value in found["hazards.found"].by.items():
        for name in ("hazards.urged", "hazards.rectified"):
            assert (found[name].by[line].amount or 0) <= (value.amount or 0)


MEETINGS = "SELECT {by}, COUNT(*) FROM meetings_meeting WHERE took_place AND held_on BETWEEN %(first)s AND %(until)s GROUP BY 1"
VISITS = (
    "SELECT {by}, COUNT(*) FROM meetings_visit WHERE NOT voided AND kind = '{kind}'"
    " AND visited_on BETWEEN %(first)s AND %(until)s GROUP BY 1"
)


@pytest.mark.parametrize(("label", "cut"), PERIODS)
def test_meetings_by_body_and_visits_by_leader_come_from_the_ledgers(
    golden: Golden, label: str, cut: str
) -> None:
    period, day = Period.parse(label), date.fromisoformat(cut)
    given = {"first": period.first, "until": min(period.last, day)}
    for name, by, sql in (
        ("meetings.held", "body", MEETINGS.format(by="body")),
        ("meetings.held", "kind", MEETINGS.format(by="kind")),
        ("meetings.held", "leader", MEETINGS.format(by="chair_post")),
        ("visits.supervision", "leader", VISITS.format(by="leader_post", kind="supervision")),
        ("visits.led_inspections", "leader", VISITS.format(by="leader_post", kind="led_inspection")),
    ):
        value = answers.value(name, period, day, by=by)
        lines = {line.scope.singles()[by]: line.amount for line in value.by.values()}
        assert lines == dict(rows(sql, given)), (name, by)
        assert value.amount == sum(count or 0 for count in lines.values())


def test_the_two_counters_of_visits_are_never_one(golden: Golden) -> None:
    half = Period.parse("2023H1")
    found = answers.values(["visits.supervision", "visits.led_inspections"], half, half.last)
    assert (found["visits.supervision"].amount, found["visits.led_inspections"].amount) == (24, 8)
