"""Every state × hand × deed of the declaration, tried through the engine by a real person in a real post."""

from __future__ import annotations

from typing import Any

import pytest

from bihuan.capabilities.hazards.loop import HAZARD
from bihuan.capabilities.hazards.models import Hazard
from bihuan.capabilities.hazards.states import HazardState
from bihuan.kernel.loops.grid import Cell, grid
from bihuan.kernel.loops.permits import standing_failures
from bihuan.kernel.people.actors import Actor
from tests.hazards.steps import awaiting, closed, rectifying, reported
from tests.world import World

PEOPLE = {
    "finder": "grid",
    "supervisor": "regulator_two",
    "rectifier": "safety_two",
    "acceptor": "regulator_two",
    "district_level": "leader",
    "office": "office_two",
}
SAMPLES = [cell for cell in grid(HAZARD) if cell.hand in PEOPLE]
MAKERS = {
    HazardState.REPORTED: reported,
    HazardState.RECTIFYING: rectifying,
    HazardState.AWAITING_ACCEPTANCE: awaiting,
    HazardState.CLOSED: closed,
}


def _in_state(world: World, state: HazardState) -> Any:
    if state in MAKERS:
        return MAKERS[state](world)
    ended = reported(world)
    ended.state = state.value
    return ended


@pytest.mark.parametrize("state", list(HazardState), ids=lambda state: state.value)
def test_each_hand_may_do_what_is_declared_and_nothing_else(world: World, state: HazardState) -> None:
    hazard = _in_state(world, state)
    for cell in (cell for cell in SAMPLES if cell.state is state):
        actor = world.actor(PEOPLE[cell.hand])
        codes = {failure.code for failure in standing_failures(HAZARD, HAZARD.deed(cell.deed), hazard, actor)}
        refused_by_declaration = bool(codes & {"loop.wrong_state", "loop.not_your_step"})
        assert refused_by_declaration != _may(hazard, cell, actor), cell


def _may(hazard: Hazard, cell: Cell, actor: Actor) -> bool:
    """A person may be several hands at once; any of them opens the deed."""
    deed = HAZARD.deed(cell.deed)
    if not deed.leaves(HAZARD.state(hazard.state)):
        return False
    held = {hand.name for hand in deed.by if hand.holds(actor, hazard)}
    return bool(held)


def test_importer_is_nobodys_hand_in_the_browser(world: World) -> None:
    hazard = rectifying(world)
    for name in world.users:
        codes = {
            failure.code
            for failure in standing_failures(HAZARD, HAZARD.deed("claim_accepted"), hazard, world.actor(name))
        }
        assert "loop.not_your_step" in codes, name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("office", {"assign", "void", "refer", "merge", "regrade", "remind", "correct"}),
        ("regulator", {"assign", "refer", "merge", "regrade", "remind", "correct"}),
        ("clerk_east", {"assign", "refer", "merge", "regrade", "remind", "correct"}),
        ("leader", {"remind"}),
        ("safety", set()),
        ("clerk_west", set()),
        ("builder", set()),
        ("auditor", set()),
        ("system_admin", set()),
    ],
)
def test_who_may_do_what_with_a_reported_hazard(world: World, name: str, expected: set[str]) -> None:
    """The hand-written truth beside the generated grid: general, reported, in the eastern town."""
    hazard = reported(world)
    allowed = {
        deed.name
        for deed in HAZARD.deeds
        if deed.shown and not standing_failures(HAZARD, deed, hazard, world.actor(name))
    }
    assert allowed == expected
