"""The counters of fire inspections against a district's own year: 849 家次, 1116 处, 1042 处, 3 家, 26.58 万元 (M112)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bihuan.capabilities.enforcement.measures.models import Measure
from bihuan.capabilities.enforcement.models import Case
from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.inspections.models import Inspection
from bihuan.capabilities.inspections.planning.pages import fire
from bihuan.kernel import record
from bihuan.kernel.calendar.periods import Period
from bihuan.kernel.figures import checking
from bihuan.kernel.loops.models import Matter
from tests.inspections.test_planning_draws import many
from tests.web.conftest import SignIn
from tests.world import World

NOON = datetime(2023, 6, 1, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
DAY = date(2023, 6, 1)
YEAR, CUT = Period.parse("2023"), date(2023, 12, 31)
VISITS, ENTERPRISES, FOUND, RECTIFIED, STOPS, FINES = (
    849,
    9,
    1116,
    1042,
    3,
    (20_000_00, 45_800_00, 200_000_00),
)


STOP: dict[str, Any] = {
    "state": "in_force", "kind": "stop_production", "family": "stop", "scope": "三层经营场所", "proposed_on": DAY, "since": DAY,
}  # fmt: skip
DECIDED: dict[str, Any] = {
    "state": "decided", "party_kind": "entity", "party": "东湖商场", "source": "inspection", "template": "penalty",
    "cause": "消防设施未保持完好有效", "brief": "检查发现", "acted_on": DAY, "proposed_on": DAY, "filed_on": DAY,
    "decided_on": DAY, "outcome": "penalty",
}  # fmt: skip


def keep(kind: str, rows: Sequence[Matter]) -> None:
    """Save them as an import does: each with its entry, so that the database lets it in."""
    entries = [
        record.NewEntry(one.uid, 1, record.genesis(one.uid), kind, one.no, "claim", "", one.state, "", "", "", NOON, NOON, {})
        for one in rows
    ]  # fmt: skip
    for one, head in zip(rows, record.append(entries), strict=True):
        one.head, one.entry_count = head, 1
    type(rows[0]).objects.bulk_create(rows)  # type: ignore[attr-defined]


def common(world: World, letter: str, number: int, **more: Any) -> dict[str, Any]:
    """What every matter of the year carries: the fire trade, a factory of the town, the day."""
    return {
        "no": f"370403-{letter}2023-{number:06d}", "region_path": world.east.path, "sector_path": fire.fire_path(),
        "object": world.factory, "agency": world.bureau, "opened_at": NOON, **more,
    }  # fmt: skip


def a_year(world: World) -> None:
    many(world)
    objects = list(type(world.factory).objects.filter(agency=world.bureau).order_by("name"))
    assert len(objects) == ENTERPRISES
    keep(
        "inspection",
        [
            Inspection(
                **common(world, "I", n, object=objects[n % ENTERPRISES]), state="closed", mode="open", nature="supervision",
                planned_on=DAY, content="消防设施", finished_on=DAY, arrived_on=DAY, arrived_at=NOON,
                first_of_year=n < ENTERPRISES,
            )
            for n in range(VISITS)
        ],
    )  # fmt: skip
    keep(
        "hazard",
        [
            Hazard(
                **common(world, "H", n), state="closed" if n < RECTIFIED else "rectifying", description=f"隐患{n}",
                found_on=DAY, found_by="周岚", source="routine", grade="general",
                accepted_on=DAY if n < RECTIFIED else None,
                **({"rectified_on": DAY, "rectify_by": DAY} if n < RECTIFIED else {"rectify_by": CUT}),
            )
            for n in range(FOUND)
        ],
    )  # fmt: skip


def test_the_counters_of_the_year(world: World, sign_in: SignIn) -> None:
    a_year(world)
    keep("measure", [Measure(**common(world, "O", n), **STOP) for n in range(STOPS)])
    keep("case", [Case(**common(world, "C", n), **DECIDED, fine_fen=fine) for n, fine in enumerate(FINES)])
    told = fire.counters(YEAR, CUT)
    assert {name: value.amount for name, value in told.items()} == {
        "inspections.done": 849,
        "inspections.enterprises": 9,
        "hazards.found": 1116,
        "hazards.rectified": 1042,
        "measures.stop_orders": 3,
        "cases.fines_decided": 26_580_000,
        "cases.daily_penalties": 0,
        "cases.fines_total": 26_580_000,
    }
    assert f"{(told['cases.fines_decided'].amount or 0) / 1_000_000:.2f}" == "26.58", "万元, from fen"
    assert checking.check(1, 1).ok
    page = sign_in("regulator").get("/inspections/fire/?period=2023").content.decode()
    assert "849" in page
    assert "1,116" in page
