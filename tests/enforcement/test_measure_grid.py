"""State × deed × person of a measure: who may do what is written here by hand and asked of the engine's own permits."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from bihuan.capabilities.enforcement.measures.access import visible_measures
from bihuan.capabilities.enforcement.measures.loop import MEASURE
from bihuan.capabilities.enforcement.measures.models import Measure
from bihuan.kernel import clock
from bihuan.kernel.loops.permits import standing_failures
from tests.enforcement import measure_steps as steps
from tests.world import World

ENFORCERS = {"regulator", "regulator_two", "officer"}
OFFICE = {"office", "office_two"}
WATCHERS = ENFORCERS | OFFICE | {"clerk_east", "grid"}
ACCEPTORS = (ENFORCERS | OFFICE) - {"officer"}
ENTERPRISE = {"principal", "safety", "safety_two"}

MAKERS: dict[str, Callable[[World], Measure]] = {
    "stop in force": steps.ordered,
    "stop awaiting": steps.applied,
    "stop lifted": steps.lifted,
    "seizure proposed": steps.proposed_seizure,
    "seizure approved": lambda world: steps.approved(world, steps.proposed_seizure(world)),
    "seizure in force": steps.seized,
    "closure proposed": steps.proposed_closure,
    "closure in force": steps.closed,
    "cutoff proposed": steps.proposed_cutoff,
    "cutoff approved": lambda world: steps.approved(world, steps.proposed_cutoff(world)),
    "cutoff notified": steps.notified,
    "cutoff sent": steps.sent,
    "cutoff in force": steps.cut,
}
TRUTH: dict[str, dict[str, set[str]]] = {
    "stop in force": {
        "apply_lifting": ENFORCERS | ENTERPRISE, "record_breach": WATCHERS, "remind": ENFORCERS | OFFICE,
        "revoke": {"regulator"},
    },
    "stop awaiting": {
        "accept": ACCEPTORS, "send_back": ACCEPTORS, "record_breach": WATCHERS, "remind": ENFORCERS | OFFICE,
        "revoke": {"regulator"},
    },
    "stop lifted": {},
    "seizure proposed": {
        "approve": {"regulator"}, "turn_down": {"regulator"}, "withdraw": ENFORCERS, "remind": ENFORCERS | OFFICE,
    },
    "seizure approved": {"seize": ENFORCERS, "withdraw": ENFORCERS, "remind": ENFORCERS | OFFICE},
    "seizure in force": {
        "release": ENFORCERS, "dispose": ENFORCERS, "extend": {"regulator"}, "begin_test": ENFORCERS,
        "remind": ENFORCERS | OFFICE, "revoke": {"regulator"},
    },
    "closure proposed": {
        "approve": {"leader"}, "turn_down": {"leader"}, "withdraw": ENFORCERS, "remind": ENFORCERS | OFFICE,
    },
    "closure in force": {
        "verify": WATCHERS - {"officer"}, "find_reopened": WATCHERS, "remind": ENFORCERS | OFFICE, "revoke": {"leader"},
    },
    "cutoff proposed": {
        "approve": {"regulator"}, "turn_down": {"regulator"}, "withdraw": ENFORCERS, "remind": ENFORCERS | OFFICE,
    },
    "cutoff approved": {"notify_party": ENFORCERS, "withdraw": ENFORCERS, "remind": ENFORCERS | OFFICE},
    "cutoff notified": {
        "notify_party": ENFORCERS, "send_decision": ENFORCERS, "withdraw": ENFORCERS, "remind": ENFORCERS | OFFICE,
    },
    "cutoff sent": {
        "notify_party": ENFORCERS, "cut_off": ENFORCERS, "acknowledge": ENFORCERS, "withdraw": ENFORCERS,
        "remind": ENFORCERS | OFFICE,
    },
    "cutoff in force": {
        "apply_lifting": ENFORCERS | ENTERPRISE, "acknowledge": ENFORCERS, "record_supply": WATCHERS,
        "remind": ENFORCERS | OFFICE, "revoke": {"regulator"},
    },
}  # fmt: skip
"""For each measure of the eastern factory, ordered or proposed by ``officer``: which deed stands open to whom."""


@pytest.fixture(autouse=True)
def morning(world: World) -> Iterator[None]:
    with clock.frozen(steps.MORNING):
        steps.ready(world)
        yield


@pytest.mark.parametrize("name", MAKERS)
def test_each_person_may_do_what_is_written_and_nothing_else(world: World, name: str) -> None:
    measure = steps.fresh(MAKERS[name](world))
    found: dict[str, set[str]] = {}
    for person in world.users:
        actor = world.actor(person)
        if not visible_measures(actor).filter(pk=measure.pk).exists():
            continue
        for deed in MEASURE.deeds:
            if not standing_failures(MEASURE, deed, measure, actor):
                found.setdefault(deed.name, set()).add(person)
    assert found == TRUTH[name]


def test_every_deed_stands_in_the_grid_or_is_tried_by_itself() -> None:
    gridded = {deed for deeds in TRUTH.values() for deed in deeds}
    elsewhere = {
        "note_case", "report_urgent", "decide_later", "end_test", "recheck", "restore", "conclude", "close",
    }  # fmt: skip
    assert {deed.name for deed in MEASURE.deeds} == gridded | elsewhere
